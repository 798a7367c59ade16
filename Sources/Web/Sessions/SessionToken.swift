import Crypto

/// What a browser holds to be known again: 128 random bits. The database holds only its hash.
public struct SessionToken: Sendable, Hashable {
    static let cookie = "session"
    /// How long the browser keeps it; the desk may end the session sooner.
    public static let lifetime = Duration.seconds(30 * 86_400)

    public let text: String

    /// A new one. Every sign-in gets its own, so a token planted beforehand is worth nothing.
    public static func fresh() -> SessionToken { SessionToken(text: Base64URL.encode(Secrets.random(16))) }

    /// Nil where the text cannot have come from `fresh`.
    public init?(_ text: String?) {
        guard let text, text.utf8.count == 22, Base64URL.decode(text)?.count == 16 else { return nil }
        self.text = text
    }

    private init(text: String) { self.text = text }

    public var hash: [UInt8] { Secrets.hash(of: text) }
}

/// Random bytes and hashes for everything that must not be guessed: sessions, keys, invitations.
public enum Secrets {
    public static func random(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }

    /// SHA-256, for secrets that are random enough to need no slow hash.
    public static func hash(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// A new API key: 160 random bits in letters and digits, as clients expect them.
    public static func freshKey() -> String { Base64URL.encode(random(20)) }

    /// Compares without telling by its time how far they agree.
    static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
