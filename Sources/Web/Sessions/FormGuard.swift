import Crypto

/// Proof that a form came from a page of ours: an HMAC bound to whoever was shown the page.
///
/// The proof is masked anew for every page, so that a compressed page never holds the same secret twice
/// (BREACH).
struct FormGuard: Sendable {
    let key: SymmetricKey

    /// A new proof for a page shown to the holder of `secret`.
    func token(for secret: String) -> String {
        let mask = Secrets.random(16)
        return Base64URL.encode(mask + FormGuard.mix(proof(for: secret), mask))
    }

    func accepts(_ token: String?, from secret: String) -> Bool {
        guard let token, token.utf8.count < 64, let bytes = Base64URL.decode(token), bytes.count == 32 else {
            return false
        }
        return Secrets.areEqual(FormGuard.mix(Array(bytes[16...]), Array(bytes[..<16])), proof(for: secret))
    }

    private func proof(for secret: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("form:\(secret)".utf8), using: key).prefix(16))
    }

    private static func mix(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] { zip(one, other).map { $0 ^ $1 } }
}

/// What a visitor without a session is known by while they fill in a form: a random value with our signature.
struct VisitorSecret: Sendable, Hashable {
    static let cookie = "visitor"

    let text: String

    static func fresh(signedWith key: SymmetricKey) -> VisitorSecret {
        let value = Base64URL.encode(Secrets.random(16))
        return VisitorSecret(text: "\(value).\(signature(of: value, with: key))")
    }

    /// Nil unless we signed it.
    init?(_ text: String?, signedWith key: SymmetricKey) {
        guard let text, text.utf8.count < 100 else { return nil }
        let parts = text.split(separator: ".")
        guard parts.count == 2 else { return nil }
        let expected = VisitorSecret.signature(of: String(parts[0]), with: key)
        guard Secrets.areEqual(Array(parts[1].utf8), Array(expected.utf8)) else { return nil }
        self.text = text
    }

    private init(text: String) { self.text = text }

    private static func signature(of value: String, with key: SymmetricKey) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("visitor:\(value)".utf8), using: key)
        return Base64URL.encode(code.prefix(16))
    }
}
