public import Kernel
public import Storage

/// Every statement on purchases that is not part of an import.
public struct PurchaseStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Puts a purchase on record, durable when it returns; the customer's level is current with it.
    ///
    /// The same outside id with the same content is the same purchase: it is answered again and `isNew` is false.
    public func record(
        _ purchase: NewPurchase, today: LocalDate, by act: Act
    ) async throws -> (purchase: Purchase, isNew: Bool) {
        try PurchaseStore.check(purchase, today: today)
        let result = try await database.write { try PurchaseStore.record(purchase, by: act, in: $0) }
        if result.isNew { await database.announce("events") }
        return result
    }

    private static func check(_ purchase: NewPurchase, today: LocalDate) throws(PurchaseRefusal) {
        guard purchase.day <= today + 1 else { throw .inTheFuture }
        guard purchase.day >= LocalDate.earliest else { throw .tooLongAgo }
        guard abs(purchase.amount.minor) < Money.limit, abs(purchase.cost ?? 0) < Money.limit else {
            throw .amountTooLarge
        }
        guard (-1_000_000_000...1_000_000_000).contains(purchase.quantity) else { throw .badQuantity }
        for (field, text) in [
            ("product", purchase.product), ("channel", purchase.channel), ("source", purchase.source),
        ]
        where text.utf8.count > 400 {
            throw .textTooLong(field: field)
        }
        guard (purchase.outsideID?.utf8.count ?? 0) <= 400 else { throw .textTooLong(field: "outside_id") }
    }

    private static func record(
        _ purchase: NewPurchase, by act: Act, in connection: any Connection
    ) throws -> (purchase: Purchase, isNew: Bool) {
        let account = try account(of: purchase.customer, by: act, in: connection)
        guard let recorded = try insert(purchase, account: account, by: act, in: connection) else {
            return (try earlier(purchase, account: account, in: connection), false)
        }
        try LevelStore.purchaseWasRecorded(
            recorded.id, account: account.value, day: purchase.day.daysSinceEpoch,
            amount: purchase.amount.minor, currency: purchase.amount.currency.code, kind: purchase.kind,
            in: connection)
        try VolumeStore.purchaseWasRecorded(recorded, in: connection)
        try connection.record(
            purchase.kind == .sale ? "purchase.recorded" : "use.recorded", "purchase", recorded.id, by: act,
            happenedAt: purchase.at, party: account.value)
        return (recorded, true)
    }

    /// The purchase that has this outside id already, where a program says again what it said before.
    private static func earlier(
        _ purchase: NewPurchase, account: ID<Party>, in connection: any Connection
    ) throws -> Purchase {
        let found = try connection.first(
            """
            SELECT \(Purchase.columns) FROM purchase
            WHERE source = \(purchase.source) AND outside_id = \(purchase.outsideID)
            """, Purchase.init)
        guard let known = found else { throw StorageError.broken("a purchase was neither new nor known") }
        let isSame =
            known.account == account && known.kind == purchase.kind && known.amount == purchase.amount
            && known.day == purchase.day
            && known.cost == purchase.cost && known.quantity == purchase.quantity
            && known.product == purchase.product.singleLine && known.channel == purchase.channel.singleLine
        guard isSame else { throw PurchaseRefusal.duplicate(known.id) }
        return known
    }

    private static func account(
        of customer: NewPurchase.Customer, by act: Act, in connection: any Connection
    ) throws -> ID<Party> {
        switch customer {
        case .id(let id):
            if try CustomerStore.customer(id, in: connection) != nil { return id }
            guard let survivor = try MergeStore.survivor(of: id, in: connection) else {
                throw PurchaseRefusal.unknownCustomer
            }
            return survivor
        case .email(let email):
            guard let id = try CustomerStore.find(email: email, in: connection) else {
                throw PurchaseRefusal.unknownCustomer
            }
            return id
        case .outsideID(let outsideID, let name):
            let outsideID = outsideID.singleLine
            if let id = try CustomerStore.find(outsideID: outsideID, in: connection) { return id }
            let newcomer = NewCustomer(name: name ?? outsideID, outsideID: outsideID)
            return try CustomerStore.add(try newcomer.checked(), by: act, in: connection)
        }
    }

    /// Nil where its outside id is taken. Asking the index first would have writers of neighbouring ids collide on
    /// PostgreSQL, where a read counts as a claim on the whole page of the index.
    private static func insert(
        _ purchase: NewPurchase, account: ID<Party>, by act: Act, in connection: any Connection
    ) throws -> Purchase? {
        let insert: SQL = """
            INSERT INTO purchase (account_id, kind, day, at, amount, currency, cost, quantity, product, channel, source,
                outside_id, import_id, recorded_at)
            VALUES (\(account), \(purchase.kind), \(purchase.day), \(purchase.at), \(purchase.amount.minor), \(purchase.amount.currency),
                \(purchase.cost), \(purchase.quantity), \(purchase.product.singleLine), \(purchase.channel.singleLine),
                \(purchase.source), \(purchase.outsideID), 0, \(act.at))
            ON CONFLICT DO NOTHING RETURNING \(Purchase.columns)
            """
        return try connection.first(insert, Purchase.init)
    }

    /// How many purchases a customer made (uses of the service are none) and what they come to, each currency by itself.
    static func totals(of id: ID<Party>, in connection: any Connection) throws -> (count: Int, sums: [Money])
    {
        var count = 0
        let sums: [Money] = try connection.all(
            """
            SELECT currency, CAST(sum(amount) AS BIGINT), count(*) FROM purchase
            WHERE account_id = \(id) AND kind = 'sale' GROUP BY currency ORDER BY currency
            """
        ) { row in
            count += try row.int(2)
            guard let currency = Currency(try row.text(0)) else {
                throw StorageError.broken("a purchase of customer \(id) is in no known currency")
            }
            return Money(minor: try row.int64(1), currency: currency)
        }
        return (count, sums)
    }

    /// Purchases by id, latest recorded first, for the API.
    public func list(account: ID<Party>?, before id: Int64?, limit: Int) async throws -> [Purchase] {
        var conditions: [SQL] = ["id < \(id ?? Int64.max)", "kind = 'sale'"]
        if let account { conditions.append("account_id = \(account)") }
        let statement: SQL = """
            SELECT \(Purchase.columns) FROM purchase WHERE \(conditions.joined(" AND "))
            ORDER BY id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(statement, Purchase.init) }
    }

    public func purchase(_ id: Int64) async throws -> Purchase? {
        try await database.read {
            try $0.first("SELECT \(Purchase.columns) FROM purchase WHERE id = \(id)", Purchase.init)
        }
    }
}
