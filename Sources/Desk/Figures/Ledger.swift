import Kernel
import Methods
import Storage

/// Everyone's occasions in compact form: four bytes a day, so that a million customers with ten million purchases fit
/// into a hundred megabytes. Customers stand by id, ascending.
struct Ledger: Sendable {
    private(set) var parties: [Int64] = []
    /// Where each customer's days begin.
    private var starts: [Int] = []
    private var days: [Int32] = []
    /// Money in the organisation's currency, refunds taken off.
    private(set) var worths: [Int64] = []
    /// Money of all occasion days but the first, refunds not taken off; -1 where one was paid in another currency.
    private var repeatMoney: [Int64] = []
    /// Customers with an occasion in another currency.
    private(set) var mixed = 0

    var count: Int { parties.count }

    func days(_ index: Int) -> ArraySlice<Int32> {
        days[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : days.count)]
    }

    /// The customer's days as the models take them. A ledger holds no customer without one.
    func purchaseDays(_ index: Int) -> PurchaseDays? { try? PurchaseDays(days(index).map(Int.init)) }

    /// What repeat purchases were worth on average; nil without one, or where their money is unknown or nothing.
    func spend(_ index: Int) -> SpendHistory? {
        let repeats = days(index).count - 1
        guard repeats > 0, repeatMoney[index] > 0 else { return nil }
        return try? SpendHistory(
            repeats: repeats, mean: Amount(minorUnits: Double(repeatMoney[index]) / Double(repeats)))
    }

    /// Whether all of the customer's repeat purchases were paid in the organisation's currency: only they say what a
    /// purchase is worth.
    func isInOwnCurrency(_ index: Int) -> Bool { repeatMoney[index] >= 0 }

    /// Reads everything up to a day, in one pass over an index. Where all amounts are in one currency, the rows
    /// themselves are not touched.
    ///
    /// Uses of the service without a sale are left out, because they would count as purchases worth nothing. Where nothing
    /// was ever sold they are all there is, and the figures are about uses.
    static func read(through end: LocalDate, currency: Currency, in connection: any Connection) throws
        -> Ledger
    {
        let isMixed = try connection.exists("SELECT 1 FROM purchase WHERE currency <> \(currency) LIMIT 1")
        let kind = try Ledger.salesOnly(in: connection)
        let rows: SQL =
            isMixed
            ? """
            SELECT account_id, day, amount, CASE WHEN currency = \(currency) THEN 1 ELSE 0 END FROM purchase
            WHERE day <= \(end)\(kind) ORDER BY account_id, day
            """
            : "SELECT account_id, day, amount, 1 FROM purchase WHERE day <= \(end)\(kind) ORDER BY account_id, day"
        var ledger = Ledger()
        try connection.each(rows) { row in
            try ledger.add(
                row.int64(0), day: Int32(truncatingIfNeeded: row.int64(1)), amount: row.int64(2),
                isOwn: row.int64(3) == 1)
        }
        ledger.close()
        return ledger
    }

    /// The condition that leaves uses out; empty where there are none, or nothing else.
    private static func salesOnly(in connection: any Connection) throws -> SQL {
        guard try connection.exists("SELECT 1 FROM purchase WHERE kind = 'use' LIMIT 1"),
            try connection.exists("SELECT 1 FROM purchase WHERE kind = 'sale' LIMIT 1")
        else { return "" }
        return " AND kind = 'sale'"
    }

    /// Rows come by customer and day. Refunds take money off and make no occasion.
    mutating func add(_ party: Int64, day: Int32, amount: Int64, isOwn: Bool) {
        if party != parties.last {
            close()
            parties.append(party)
            starts.append(days.count)
            worths.append(0)
            repeatMoney.append(0)
        }
        let place = parties.count - 1
        if isOwn { worths[place] += amount }
        guard amount >= 0 else { return }
        let isFirstDay = days.count == starts[place]
        if isFirstDay || days[days.count - 1] != day { days.append(day) }
        guard days.count - starts[place] > 1, repeatMoney[place] >= 0 || !isOwn else { return }
        if isOwn {
            repeatMoney[place] += amount
        } else if repeatMoney[place] >= 0 {
            repeatMoney[place] = -1
            mixed += 1
        }
    }

    /// Forgets the latest customer again where nothing but refunds came.
    mutating func close() {
        guard let start = starts.last, start == days.count else { return }
        parties.removeLast()
        starts.removeLast()
        worths.removeLast()
        repeatMoney.removeLast()
    }
}

extension Ledger {
    /// Everyone in turn, for the models.
    var everyone: some Sequence<PurchaseDays> { (0..<count).lazy.compactMap { purchaseDays($0) } }

    /// How long newcomers took to come back, those who have not yet counted fairly.
    func repeatCurve(at end: LocalDate) throws(OutOfRange) -> KaplanMeier {
        var events: [Int: Int] = [:]
        var waiting: [Int: Int] = [:]
        for index in 0..<count {
            let days = days(index)
            guard let first = days.first else { continue }
            if days.count > 1 {
                events[Int(days[days.startIndex + 1] - first), default: 0] += 1
            } else {
                waiting[end.daysSinceEpoch - Int(first), default: 0] += 1
            }
        }
        return try KaplanMeier(events: events, censored: waiting)
    }
}
