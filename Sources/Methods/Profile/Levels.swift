/// How many customers reached each level in the window. Customers, not transactions; one customer may
/// be counted in several levels.
public struct Levels: Sendable, Equatable, Codable {
    /// Level 1: customers whose first-ever transaction falls in the window.
    public var first: Int
    /// Level 2: customers with at least one transaction in the window that is not their first.
    public var repeating: Int
    /// Level 3: people with at least one recorded advocacy act in the window. They need not be customers.
    public var advocate: Int

    /// Counts of people; checked where they are used.
    public init(first: Int, repeating: Int, advocate: Int) {
        self.first = first
        self.repeating = repeating
        self.advocate = advocate
    }

    /// The three levels added up; a customer on two levels counts twice.
    public var total: Int { first + repeating + advocate }

    private enum CodingKeys: String, CodingKey {
        case first
        case repeating = "repeat"
        case advocate
    }

    func validate() throws(ShapeError) {
        try OutOfRange.check(count: first, "levels.first")
        try OutOfRange.check(count: repeating, "levels.repeating")
        try OutOfRange.check(count: advocate, "levels.advocate")
    }
}
