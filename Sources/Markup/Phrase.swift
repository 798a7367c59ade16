/// Something we say, kept as a key with values, so that it can be said in any language, now or a year later.
public struct Phrase: Sendable, Hashable {
    public let key: String
    public let arguments: [Argument]

    /// `Phrase("people.count", .count(23_570))`
    public init(_ key: String, _ arguments: Argument...) { self.init(key, arguments: arguments) }

    public init(_ key: String, arguments: [Argument]) {
        self.key = key
        self.arguments = arguments
    }

    /// In the language of whoever reads now.
    public var text: String { text(for: .current) }

    /// In the language of this reader, with numbers and times as they write them.
    public func text(for reader: Reader) -> String {
        reader.catalogue.say(self, to: reader)
    }

    /// With markup round the arguments named; everything else is escaped.
    public func html(wrapping wrappers: [String: (HTML) -> HTML]) -> HTML {
        let reader = Reader.current
        let pieces = reader.catalogue.pieces(of: self, to: reader)
        return pieces.map { piece in
            let html: HTML = "\(piece.text)"
            guard let name = piece.name, let wrap = wrappers[name] else { return html }
            return wrap(html)
        }.joined()
    }
}

/// A value in a phrase. Its kind decides how each language writes it.
public enum Argument: Sendable, Hashable {
    case text(String)
    /// How many: grouped, and the one that chooses between "1 person" and "2 people".
    case count(Int)
    case number(Double, decimals: Int)
    /// A share of one: 0.125 is 12.5 %.
    case percent(Double, decimals: Int)
    /// An amount in the minor units of an ISO 4217 currency.
    case money(minor: Int64, currency: String)
    case day(daysSinceEpoch: Int)
    /// Milliseconds since 1970, shown on the reader's clock.
    case instant(Int64)

    /// As whoever reads now writes it.
    public var text: String { text(for: .current) }

    public func text(for reader: Reader, style: DateStyle? = nil) -> String {
        reader.catalogue.formats.write(self, style: style, for: reader)
    }
}

/// How much of a day or moment a phrase shows: `{due:time}`.
public enum DateStyle: String, Sendable, CaseIterable {
    case date, time, long, short, weekday, month
}
