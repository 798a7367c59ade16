/// A piece of a page, written as a literal.
///
/// What is interpolated is escaped for the place it stands in; only another `HTML` is spliced as it is. A value
/// where escaping cannot make it safe (an unquoted attribute, a script, a comment, an event handler) traps, so
/// the first test that renders the page finds it. A literal ends in text: no tag, comment or script left open.
public struct HTML: Sendable, Hashable {
    public internal(set) var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Markup from somewhere else, taken at its word. Every use of this is a place to review.
    public init(verbatim markup: some StringProtocol) { bytes = Array(markup.utf8) }

    public static let empty = HTML(bytes: [])

    public var isEmpty: Bool { bytes.isEmpty }

    /// The markup as a string.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public static func += (page: inout HTML, more: HTML) { page.bytes += more.bytes }
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral literal: String) {
        var interpolation = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        interpolation.appendLiteral(literal)
        self.init(stringInterpolation: interpolation)
    }

    public init(stringInterpolation: StringInterpolation) {
        stringInterpolation.expectFinished()
        bytes = stringInterpolation.bytes
    }
}

extension Sequence<HTML> {
    /// The pieces one after another, with `separator` between them.
    public func joined(separator: HTML = .empty) -> HTML {
        var bytes: [UInt8] = []
        for piece in self {
            if !bytes.isEmpty { bytes += separator.bytes }
            bytes += piece.bytes
        }
        return HTML(bytes: bytes)
    }
}
