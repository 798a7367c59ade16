/// Some rows of a longer list, and the key to ask for the next ones with. Lists page by key, never by offset.
public struct Portion<Element: Sendable>: Sendable {
    public var items: [Element]
    /// What to pass as `after` for the following portion; nil on the last.
    public var next: String?

    public init(items: [Element], next: String?) {
        self.items = items
        self.next = next
    }

    /// Cuts a list that was asked for one row too many, which is how a list knows that it goes on.
    public init(_ rows: [Element], limit: Int, key: (Element) -> String) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit ? items.last.map(key) : nil
    }
}
