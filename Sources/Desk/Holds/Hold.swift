public import Kernel
public import Storage

/// Something that waits for a customer, and why: no further than its scope, and no longer than its end.
public struct Hold: Sendable, Equatable {
    public enum Reason: String, Sendable, CaseIterable, SQLBindable { case bill, dispute, other }

    public let id: ID<Hold>
    public let scope: HoldScope
    public let reason: Reason
    public let words: String
    /// The colleague who sees to it; nil where nobody does.
    public let owner: Int64?
    public let start: Instant
    /// The last day it lasts, to the end of that day where the organisation is; nil: until it is settled.
    public let lastDay: LocalDate?
    public let placedBy: Int64?
    public let placedAt: Instant
    public let lifting: Lifting?

    /// Taken off before its end.
    public struct Lifting: Sendable, Equatable {
        public let at: Instant
        public let by: Int64?
        public let why: String
    }

    public init(
        id: ID<Hold>, scope: HoldScope, reason: Reason = .bill, words: String = "", owner: Int64? = nil,
        start: Instant, lastDay: LocalDate? = nil, placedBy: Int64? = nil, placedAt: Instant? = nil,
        lifting: Lifting? = nil
    ) {
        self.id = id
        self.scope = scope
        self.reason = reason
        self.words = words
        self.owner = owner
        self.start = start
        self.lastDay = lastDay
        self.placedBy = placedBy
        self.placedAt = placedAt ?? start
        self.lifting = lifting
    }
}

/// How far a hold has come.
public enum HoldState: String, Sendable, CaseIterable {
    /// Begins later.
    case ahead
    case open
    /// Its last day is over.
    case over
    case lifted
}

extension Hold {
    /// Whether an act waits because of this hold. Nothing outside its scope, before its start, after the end of its last
    /// day where the organisation is, or after it was lifted ever does.
    public func touches(_ act: IntendedAct, in zone: Zone) -> Bool {
        state(at: act.moment, in: zone) == .open && scope.covers(act)
    }

    public func state(at moment: Instant, in zone: Zone) -> HoldState {
        if let lifting, lifting.at <= moment { return .lifted }
        if let lastDay, moment >= zone.instant(of: lastDay + 1) { return .over }
        return start <= moment ? .open : .ahead
    }
}

extension Hold {
    static let columns: SQL = """
        h.id, h.party_id, h.below, h.orders, h.deliveries, h.service, h.discounts, h.contract_id, h.product,
        h.over_amount, h.over_currency, h.reason, h.words, h.owner_id, h.starts_at, h.until_day, h.placed_by,
        h.placed_at, h.lifted_at, h.lifted_by, h.lifted_why
        """

    init(row: any Row) throws {
        id = try row.id(0)
        scope = try HoldScope(row: row)
        reason = try row.word(11)
        words = try row.text(12)
        owner = try row.optionalInt64(13)
        start = try row.instant(14)
        let last = try row.int(15)
        lastDay = last >= HoldStore.untilSettled ? nil : LocalDate(daysSinceEpoch: last)
        placedBy = try row.optionalInt64(16)
        placedAt = try row.instant(17)
        let lifted = (by: try row.optionalInt64(19), why: try row.text(20))
        lifting = try row.optionalInstant(18).map { Lifting(at: $0, by: lifted.by, why: lifted.why) }
    }
}

extension HoldScope {
    fileprivate init(row: any Row) throws {
        let party: ID<Party> = try row.id(1)
        var doings: Set<Doing> = []
        for (place, doing) in Doing.allCases.enumerated() where try row.bool(3 + place) {
            doings.insert(doing)
        }
        var over: Money?
        if let amount = try row.optionalInt64(9) {
            let code = try row.text(10)
            guard let currency = Currency(code) else { throw StorageError.broken("a hold is in \(code)") }
            over = Money(minor: amount, currency: currency)
        }
        self.init(
            try row.bool(2) ? .below(party) : .only(party), doings, contract: try row.optionalInt64(7),
            product: try row.text(8), over: over)
    }
}
