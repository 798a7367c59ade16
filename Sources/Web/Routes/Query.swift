/// The part of an address after the question mark, read.
public struct Query: NamedValues, Sendable, Hashable {
    public let pairs: [NamedValue]
    /// As it was written in the address, for lists that link to themselves.
    public let text: String

    public init(_ text: String = "") {
        self.text = text
        pairs = URLEncoded.pairs(in: text.utf8) ?? []
    }

    /// The same query with one value changed, or left out where it is nil. Starts with `?` unless empty.
    public func with(_ name: String, _ value: String?) -> String {
        var pairs = pairs.filter { $0.name != name }
        if let value { pairs.append(NamedValue(name, value)) }
        return pairs.isEmpty ? "" : "?" + URLEncoded.text(pairs)
    }
}
