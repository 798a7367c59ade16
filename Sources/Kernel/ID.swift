/// A row's number, typed by what it numbers, so that a customer's id cannot be passed for a purchase's.
public struct ID<Noun>: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    public init?(_ text: some StringProtocol) {
        guard let value = Int64(text), value > 0 else { return nil }
        self.value = value
    }

    public var description: String { String(value) }

    public static func < (one: ID, other: ID) -> Bool { one.value < other.value }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
