/// A customer base as its distinct purchase histories, each with the number of customers who share it.
///
/// Most people buy once and are watched equally long, so a million customers are often a few thousand
/// histories; everything after this type costs by the history. The groups are in ascending order whatever
/// order the customers came in, so every result is the same to the last bit.
public struct CustomerBase<Unit: TimeUnit>: Sendable, Equatable {
    /// One history and how many customers have it.
    public struct Group: Sendable, Equatable {
        /// The history they share.
        public let history: PurchaseHistory<Unit>
        /// 1 to 10¹².
        public let customers: Int
    }

    /// Ascending by repeats, last purchase and time observed; each history once.
    public let groups: [Group]
    /// Everyone in the base.
    public let customers: Int
    /// Those with at least one repeat purchase.
    public let repeaters: Int
    /// All repeat purchases of all customers.
    public let repeatPurchases: Int
    /// The mean of T over customers; zero for an empty base.
    public let meanObserved: Time<Unit>

    /// Counts customers with equal histories together, in time proportional to their number.
    ///
    /// - Throws: `OutOfRange` naming `customers` beyond 10¹².
    public init(_ histories: some Sequence<PurchaseHistory<Unit>>) throws(OutOfRange) {
        var tally = HistoryTally()
        for history in histories {
            tally.add(history.repeats, history.last.value, history.observed.value, customers: 1)
        }
        try self.init(tally)
    }

    /// Takes histories that are counted already; equal ones are added up.
    ///
    /// - Throws: `OutOfRange` naming `customers` unless each count is from 1 to 10¹², and so is their sum.
    public init(
        counted: some Sequence<(history: PurchaseHistory<Unit>, customers: Int)>
    ) throws(OutOfRange) {
        var tally = HistoryTally()
        for (history, customers) in counted {
            try OutOfRange.check(count: customers, "customers", from: 1)
            try OutOfRange.check(count: tally.customers + customers, "customers")
            tally.add(history.repeats, history.last.value, history.observed.value, customers: customers)
        }
        try self.init(tally)
    }

    /// What was known of all customers on the evening of `end`; who had not bought yet is left out.
    ///
    /// - Throws: `OutOfRange` naming `customers` beyond 10¹².
    public init(
        _ customers: some Sequence<PurchaseDays>, through end: Int, in unit: Unit.Type = Unit.self
    ) throws(OutOfRange) {
        var tally = HistoryTally()
        let daysPerUnit = Unit.seconds / Days.seconds
        for customer in customers {
            guard let known = customer.counted(through: end, daysPerUnit: daysPerUnit) else { continue }
            tally.add(known.repeats, known.last, known.observed, customers: 1)
        }
        try self.init(tally)
    }

    private init(_ tally: HistoryTally) throws(OutOfRange) {
        try OutOfRange.check(count: tally.customers, "customers")
        customers = tally.customers
        var (repeaters, purchases, observed) = (0, 0, 0.0)
        let entries = tally.sorted()
        for entry in entries {
            repeaters += entry.repeats > 0 ? entry.customers : 0
            // At most 10¹² customers × 10⁶ purchases: within an Int.
            purchases += entry.repeats * entry.customers
            observed += Double(entry.customers) * entry.observed
        }
        groups = entries.map { entry in
            let history = PurchaseHistory<Unit>(checked: entry.repeats, entry.last, entry.observed)
            return Group(history: history, customers: entry.customers)
        }
        self.repeaters = repeaters
        repeatPurchases = purchases
        meanObserved = Time(customers > 0 ? observed / Double(customers) : 0)
    }
}
