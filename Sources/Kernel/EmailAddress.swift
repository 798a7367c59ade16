/// A mail address as people type it. The domain is compared without case; the local part as well, which is what every
/// mail provider that matters does and what keeps one person from becoming two.
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Nil where the text cannot be delivered to: no `@`, blanks, control characters, over 254 bytes.
    public init?(_ raw: String) {
        let trimmed = raw.trimmed
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, trimmed.utf8.count <= 254, parts[0].utf8.count <= 64 else {
            return nil
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let isDomain = labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
        guard isDomain, trimmed.unicodeScalars.allSatisfy(EmailAddress.mayStand) else { return nil }
        text = trimmed
    }

    private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0}"..."\u{20}", "\u{7F}"..."\u{A0}", "(", ")", "<", ">", "[", "]", ":", ";", ",", "\\", "\"":
            false
        default: !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
        }
    }

    /// The form addresses are compared and indexed by.
    public var key: String { text.lowercased() }

    public var description: String { text }
}
