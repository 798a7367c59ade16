/// An address on this site, safe to send somebody to: it begins with one slash and hides nothing.
///
/// `next=` comes from strangers. `//evil.example`, `/\evil.example`, `https:evil.example` and anything with a
/// control character in it become nil.
public struct LocalPath: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String?) {
        guard let text, text.utf8.count <= 2000, text.utf8.first == UInt8(ascii: "/") else { return nil }
        let isClean = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isClean, text.utf8.dropFirst().first != UInt8(ascii: "/") else { return nil }
        description = text
    }
}
