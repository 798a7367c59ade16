/// What BG/BB needs to know of one customer: which of a number of equal opportunities were taken.
///
/// For the discrete setting: an annual gift, a monthly box, a season ticket. Opportunities are counted from the
/// first after the customer was won.
public struct OpportunityHistory: Sendable, Hashable, Comparable {
    /// x: opportunities taken, 0 to `opportunities`.
    public let taken: Int
    /// tₓ: the number of the last one taken, 0 where none was; at least x.
    public let last: Int
    /// n: opportunities there were, 0 to 10,000.
    public let opportunities: Int

    /// - Throws: `OutOfRange` naming `opportunities`, `taken` or `last`.
    public init(taken: Int, last: Int, opportunities: Int) throws(OutOfRange) {
        guard (0...10_000).contains(opportunities) else {
            throw OutOfRange(
                input: "opportunities", value: Double(opportunities), allowed: "from 0 to 10000")
        }
        guard (0...opportunities).contains(taken) else {
            throw OutOfRange(input: "taken", value: Double(taken), allowed: "from 0 to opportunities")
        }
        guard taken == 0 ? last == 0 : (taken...opportunities).contains(last) else {
            throw OutOfRange(
                input: "last", value: Double(last),
                allowed: "0 without a purchase, else from taken to opportunities")
        }
        self.init(checked: taken, last, opportunities)
    }

    private init(checked taken: Int, _ last: Int, _ opportunities: Int) {
        self.taken = taken
        self.last = last
        self.opportunities = opportunities
    }

    /// Someone won today, before the first opportunity.
    public static let new = Self(checked: 0, 0, 0)

    /// Fewer opportunities first, then fewer taken, then the earlier last one.
    public static func < (left: Self, right: Self) -> Bool {
        (left.opportunities, left.taken, left.last) < (right.opportunities, right.taken, right.last)
    }
}
