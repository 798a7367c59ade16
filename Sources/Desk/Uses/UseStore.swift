import Kernel
import Storage

/// Uses of the service without a sale: occasions with an amount of nought, in the table of purchases.
///
/// They count for levels, because the customer came. They are no purchases: every sum of money leaves them out.
struct UseStore: Sendable {
    let database: any Database
    let clock: any WallClock

    /// Puts a use on record; what was used must be said.
    func record(
        _ use: NewUse, organisation: Organisation, by act: Act
    ) async throws -> (use: Purchase, isNew: Bool) {
        guard !use.what.singleLine.isEmpty else { throw PurchaseRefusal.nothingUsed }
        var purchase = NewPurchase(
            customer: use.customer, day: use.day, amount: Money(minor: 0, currency: organisation.currency))
        purchase.kind = .use
        purchase.at = use.at
        purchase.quantity = use.quantity
        purchase.product = use.what
        purchase.channel = use.channel
        purchase.source = use.source
        purchase.outsideID = use.outsideID
        let found = try await PurchaseStore(database: database, clock: clock)
            .record(purchase, today: organisation.zone.day(of: clock.now), by: act)
        return (found.purchase, found.isNew)
    }

    /// A customer's uses, the latest first.
    func latest(of id: ID<Party>, limit: Int) async throws -> [Purchase] {
        try await list(of: id, before: nil, limit: limit)
    }

    /// A customer's uses by day, from a place on.
    func list(of id: ID<Party>, before mark: UseMark?, limit: Int) async throws -> [Purchase] {
        let border: SQL = mark.map { "AND (day, id) < (\($0.day), \($0.id))" } ?? ""
        let uses: SQL = """
            SELECT \(Purchase.columns) FROM purchase WHERE account_id = \(id) AND kind = 'use' \(border)
            ORDER BY day DESC, id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(uses, Purchase.init) }
    }

    /// Everybody's uses, latest recorded first.
    func list(before id: Int64?, limit: Int) async throws -> [Purchase] {
        let uses: SQL = """
            SELECT \(Purchase.columns) FROM purchase WHERE kind = 'use' AND id < \(id ?? .max)
            ORDER BY id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(uses, Purchase.init) }
    }

    func use(_ id: Int64) async throws -> Purchase? {
        try await database.read {
            try $0.first(
                "SELECT \(Purchase.columns) FROM purchase WHERE id = \(id) AND kind = 'use'", Purchase.init)
        }
    }
}

/// A use somebody enters or a program sends.
struct NewUse: Sendable, Equatable {
    var customer: NewPurchase.Customer
    /// What was used.
    var what: String
    var day: LocalDate
    var at: Instant?
    var quantity = 1
    var channel = ""
    var source = "desk"
    var outsideID: String?

    init(customer: NewPurchase.Customer, what: String, day: LocalDate) {
        self.customer = customer
        self.what = what
        self.day = day
    }
}

/// Where a customer's uses go on.
struct UseMark: Sendable, Equatable {
    let day: LocalDate
    let id: Int64

    init(_ use: Purchase) { (day, id) = (use.day, use.id) }

    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: "~")
        guard parts.count == 2, let day = LocalDate(iso: String(parts[0])), let id = Int64(parts[1]) else {
            return nil
        }
        (self.day, self.id) = (day, id)
    }

    var text: String { "\(day)~\(id)" }
}
