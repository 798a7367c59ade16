/// A statement whose values are bound and never spelled. Interpolating a value binds it, interpolating another `SQL`
/// splices it, and there is no third way: a string that came from outside cannot become part of the statement.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The statement as an engine takes it, values standing as `$1, $2 …` in order of appearance. Rendered once, while
    /// the statement is put together.
    public private(set) var text: String

    public private(set) var values: [SQLValue] = []

    /// Where each `$n` starts in `text`, in UTF-8: a fragment spliced behind other values is numbered anew.
    private var marks: [Int] = []

    public init(stringLiteral words: String) { text = words }

    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.statement }

    public struct StringInterpolation: StringInterpolationProtocol {
        var statement: SQL = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            statement.text.reserveCapacity(literalCapacity + 4 * interpolationCount)
            statement.values.reserveCapacity(interpolationCount)
            statement.marks.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ words: String) { statement.text += words }

        public mutating func appendInterpolation(_ value: some SQLBindable) { statement.bind(value.sqlValue) }

        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            statement.bind(value.sqlValue)
        }

        public mutating func appendInterpolation(_ fragment: SQL) { statement.splice(fragment) }

        /// `$1, $2, $3`: for `IN (\(list: ids))`. An empty list writes NULL, which matches nothing.
        public mutating func appendInterpolation(list values: [some SQLBindable]) {
            guard !values.isEmpty else { return appendLiteral("NULL") }
            for (index, value) in values.enumerated() {
                if index > 0 { appendLiteral(", ") }
                statement.bind(value.sqlValue)
            }
        }
    }

    private mutating func bind(_ value: SQLValue) {
        values.append(value)
        marks.append(text.utf8.count)
        text += "$\(values.count)"
    }

    private mutating func splice(_ fragment: SQL) {
        guard !fragment.values.isEmpty else { return text += fragment.text }
        guard !text.isEmpty else { return self = fragment }
        let words = fragment.text.utf8
        var rest = words.startIndex
        for (number, mark) in fragment.marks.enumerated() {
            let start = words.index(words.startIndex, offsetBy: mark)
            text += fragment.text[rest..<start]
            bind(fragment.values[number])
            rest = words.index(start, offsetBy: 1 + String(number + 1).utf8.count)
        }
        text += fragment.text[rest...]
    }

    public static func + (one: SQL, other: SQL) -> SQL {
        var both = one
        both.splice(other)
        return both
    }
}

extension [SQL] {
    /// Fragments with `separator` between: `conditions.joined(" AND ")`.
    public func joined(_ separator: SQL) -> SQL {
        var all = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: count)
        for (index, fragment) in enumerated() {
            if index > 0 { all.appendInterpolation(separator) }
            all.appendInterpolation(fragment)
        }
        return all.statement
    }
}
