public import Crypto

/// A device on which an account has signed in before, by a cookie we signed for the two.
public struct KnownDevice: Sendable, Hashable {
    static let cookie = "device"
    static let lifetime = Duration.seconds(365 * 86_400)

    /// Random, and the same for as long as the cookie lives.
    public let id: String
    private let signature: String

    /// A new one, after a sign-in that succeeded.
    public static func fresh(for account: String, signedWith key: SymmetricKey) -> KnownDevice {
        let id = Base64URL.encode(Secrets.random(12))
        return KnownDevice(id: id, signature: signature(id, account, key))
    }

    private init(id: String, signature: String) {
        self.id = id
        self.signature = signature
    }

    /// Nil unless this browser brought a cookie we signed for this very account.
    public init?(_ request: RequestFacts, account: String, signedWith key: SymmetricKey) {
        let name = SetCookie.name(KnownDevice.cookie, isSecure: request.isSecure)
        self.init(request.cookies[name], account: account, signedWith: key)
    }

    init?(_ text: String?, account: String, signedWith key: SymmetricKey) {
        guard let text, text.utf8.count < 100 else { return nil }
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 2 else { return nil }
        let expected = KnownDevice.signature(parts[0], account, key)
        guard Secrets.areEqual(Array(parts[1].utf8), Array(expected.utf8)) else { return nil }
        self.init(id: parts[0], signature: parts[1])
    }

    var text: String { "\(id).\(signature)" }

    private static func signature(_ id: String, _ account: String, _ key: SymmetricKey) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("device:\(id):\(account)".utf8), using: key)
        return Base64URL.encode(code.prefix(16))
    }
}
