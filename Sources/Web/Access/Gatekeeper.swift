public import Markup

/// Who people and programs are. The desk answers; the web only asks.
///
/// Tokens reach it as SHA-256 hashes, so neither its tables nor its logs can hold a usable one.
public protocol Gatekeeper: Sendable {
    /// False until somebody has created the first administrator.
    var isSetUp: Bool { get async throws }

    /// Nil for sessions that ended, ran out or never were, and for people who are suspended.
    func person(forSession hash: [UInt8]) async throws -> SignedIn?

    func caller(forKey hash: [UInt8]) async throws -> APICaller?

    /// Does the same amount of work for an address nobody has. Must ask `SignInThrottle`.
    func caller(email: String, password: String, from address: RemoteAddress) async throws -> APICaller?

    /// The language and zone to write in: the person's own choice, else the best of `acceptLanguage`.
    func reader(for person: Colleague?, acceptLanguage: String?) async throws -> Reader

    /// Names of people who may grant this, to say whom to ask. A few are enough.
    func grantors(of permission: Permission) async throws -> [String]

    /// Notes that a session or key was used. Called once a minute for each at most.
    func recordUse(_ use: AccessUse) async throws
}

/// What was used, from where.
public struct AccessUse: Sendable, Hashable {
    public enum Subject: Sendable, Hashable {
        case session(Int64)
        case key(Int64)
    }

    public let subject: Subject
    public let address: RemoteAddress

    public init(subject: Subject, address: RemoteAddress) {
        self.subject = subject
        self.address = address
    }
}
