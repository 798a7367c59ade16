public import Crypto
import Web

/// The word that shows that whoever founds the desk can read the terminal it was started in.
///
/// It is made from the desk's secret, so that every machine of one desk prints the same. Founding the desk
/// uses it up: the page that asks for it is gone afterwards.
public struct SetUpCode: Sendable {
    /// Such as `K7QM-2XWD-9RTB`: 60 bits, no letters that look like digits.
    public let text: String

    public init(secret: SymmetricKey) {
        let code = HMAC<SHA256>.authenticationCode(for: Array("set-up code".utf8), using: secret)
        let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        let letters = code.prefix(12).map { alphabet[Int($0) % 32] }
        let groups = [letters[..<4], letters[4..<8], letters[8...]]
        text = groups.map { String($0) }.joined(separator: "-")
    }

    /// However it is spaced and cased. Takes the same time wherever it differs.
    func accepts(_ typed: String) -> Bool {
        let given = Array(typed.uppercased().utf8.filter { $0 > 0x2F && $0 < 0x5B })
        let wanted = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard given.count == wanted.count else { return false }
        return zip(given, wanted).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
