public import Kernel
import Storage

/// What a customer and we agreed on: what, from when, at which price, and how it ends.
public struct Contract: Sendable, Equatable {
    public let id: ID<Contract>
    public let party: ID<Party>
    /// What kind of contract, as people call it: `one year`.
    public let words: String
    public let product: String
    public let terms: ContractTerms
    public let currency: Currency
    public let promotion: String
    /// The last day of the promotion.
    public let promotionDay: LocalDate?
    /// The first day without the contract, once it is given up or over.
    public let end: LocalDate?
    public let endReason: String
    /// What else a file said about it, `PaymentMethod: Mailed check`.
    public let attribute: String
    /// The last day a file knew it to run; nil where it is kept here.
    public let seen: LocalDate?
    public let source: String
    public let outsideID: String?
    /// Filled by the store, the first price first.
    public var prices: [ContractPrice] = []

    /// What to call it in a list.
    public var name: String {
        [product, words].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    public func price(on day: LocalDate) -> Money? {
        prices.price(on: day).map { Money(minor: $0, currency: currency) }
    }
}

/// Where a contract stands on a day.
public enum ContractState: String, Sendable, CaseIterable {
    /// Begins later.
    case ahead
    case running
    /// Given up, and running until its end.
    case notice
    case ended
}

extension Contract {
    public func state(on day: LocalDate) -> ContractState {
        if let end { return end <= day ? .ended : .notice }
        if terms.hasRunOut(by: day) { return .ended }
        return terms.start > day ? .ahead : .running
    }

    /// The last day it is known to have run or be running, as seen on `today`.
    func known(on today: LocalDate) -> LocalDate { min(seen ?? today, today) }

    /// Whole months it ran, or has run so far. One that ended was given up at a renewal, the first at the earliest.
    func months(on today: LocalDate) -> (tenure: Int, ended: Bool) {
        let ran = terms.hasRunOut(by: today) ? terms.termEnd(0) : nil
        let last = end ?? ran
        let ended = last.map { $0 <= today } ?? false
        let months = LocalDate.wholeMonths(from: terms.start, to: ended ? last ?? today : known(on: today))
        return (ended ? max(1, months) : months, ended)
    }

    public func leaving(on day: LocalDate, told: LocalDate) -> Leaving {
        terms.leaving(on: day, told: told, prices: prices)
    }
}

extension Contract {
    static let columns: SQL = """
        c.id, c.party_id, c.terms, c.product, c.start_day, c.minimum_months, c.renewal_months, c.billing_months,
        c.currency, c.promotion, c.promotion_day, c.notice, c.notice_unit, c.penalty, c.penalty_amount,
        c.penalty_millionths, c.end_day, c.end_reason, c.attribute, c.seen_day, c.source, c.outside_id
        """

    init(row: any Row) throws {
        id = try row.id(0)
        party = try row.id(1)
        words = try row.text(2)
        product = try row.text(3)
        terms = try ContractTerms(row: row)
        let code = try row.text(8)
        guard let currency = Currency(code) else { throw StorageError.broken("a contract is in \(code)") }
        self.currency = currency
        promotion = try row.text(9)
        promotionDay = try row.optionalDay(10)
        end = try row.optionalDay(16)
        endReason = try row.text(17)
        attribute = try row.text(18)
        seen = try row.optionalDay(19)
        source = try row.text(20)
        outsideID = try row.optionalText(21)
    }
}

extension ContractTerms {
    fileprivate init(row: any Row) throws {
        let penalty: Penalty =
            switch try row.text(13) {
            case "fixed": .fixed(try row.int64(14))
            case "share": .share(try row.int(15))
            case "rest": .rest
            default: .none
            }
        self.init(
            start: try row.day(4), minimumMonths: try row.int(5), renewalMonths: try row.int(6),
            billingMonths: try row.int(7), notice: try row.int(11), noticeUnit: try row.word(12),
            penalty: penalty)
    }
}
