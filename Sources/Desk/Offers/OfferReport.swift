import Kernel
import Methods

/// What the last computation of the offers looked at, what it left out and what came of offers so far.
struct OfferReport: Sendable, Codable, Equatable {
    /// How long after an offer came up a purchase counts.
    static let days = 60

    struct Side: Sendable, Codable, Equatable {
        var customers = 0
        var bought = 0
    }

    /// The last day on record.
    var day = LocalDate(daysSinceEpoch: 0)
    var support = 20
    /// Customers with a purchase that names a product.
    var customers = 0
    var products = 0
    /// Products with enough customers that were left out because there were too many of them.
    var productsLeftOut = 0
    /// Customers with more products than can be told apart.
    var broadCustomers = 0
    var tested = 0
    var found = 0
    var kept = 0
    /// Customers with an offer, and offers open to colleagues.
    var offers = 0
    /// Offers that came up long enough ago: open to colleagues, and left alone to compare with.
    var open = Side()
    var held = Side()
    /// Of those open: made, and not made.
    var made = Side()
    var notMade = Side()
    var accepted = 0
    var declined = 0
    var seconds = 0.0

    /// The open share less the share of those left alone; nil while one of them is of nobody.
    var comparison: ShareComparison? { OfferReport.compare(open, held) }

    private static func compare(_ one: Side, _ other: Side) -> ShareComparison? {
        guard let first = try? ShareCount(one.bought, of: one.customers),
            let second = try? ShareCount(other.bought, of: other.customers)
        else { return nil }
        return try? ShareComparison(first, versus: second)
    }
}
