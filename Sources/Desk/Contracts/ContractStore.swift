public import Kernel
public import Storage

/// Every statement on contracts that is not part of an import.
public struct ContractStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Puts a contract on record. One outside id of a source means one contract.
    public func add(_ new: NewContract, today: LocalDate, by act: Act) async throws -> Contract {
        try new.check(today: today)
        let contract = try await database.write { connection in
            guard try CustomerStore.customer(new.party, in: connection) != nil else {
                throw ContractRefusal.unknownCustomer
            }
            if let known = try ContractStore.known(new, in: connection) {
                throw ContractRefusal.duplicate(known)
            }
            let id = try ContractStore.insert(new, today: today, by: act, in: connection)
            try connection.record("contract.added", "contract", id, by: act, party: new.party.value)
            return try ContractStore.find(ID(id), in: connection)
        }
        await database.announce("events")
        guard let contract else { throw StorageError.broken("a contract was added without an id") }
        return contract
    }

    private static func known(_ new: NewContract, in connection: any Connection) throws -> Int64? {
        guard let outsideID = new.outsideID else { return nil }
        return try connection.first(
            "SELECT id FROM contract WHERE source = \(new.source) AND row_key = \("id:" + outsideID)"
        ) { try $0.int64(0) }
    }

    static func insert(
        _ new: NewContract, today: LocalDate, importID: Int64 = 0, by act: Act, in connection: any Connection
    ) throws -> Int64 {
        let terms = new.terms
        let (amount, millionths) = ContractStore.numbers(of: terms.penalty)
        let insert: SQL = """
            INSERT INTO contract (party_id, terms, terms_key, product, product_key, start_day, minimum_months,
                renewal_months, billing_months, currency, promotion, promotion_day, notice, notice_unit, penalty,
                penalty_amount, penalty_millionths, end_day, end_reason, end_import_id, attribute, seen_import_id,
                due_day, source, outside_id, row_key, import_id, recorded_by, recorded_at, changed_at)
            VALUES (\(new.party), \(new.words), \(new.words.searchKey), \(new.product), \(new.product.searchKey),
                \(terms.start), \(terms.minimumMonths), \(terms.renewalMonths), \(terms.billingMonths),
                \(new.price.currency), \(new.promotion), \(new.promotionDay), \(terms.notice), \(terms.noticeUnit),
                \(terms.penalty.word), \(amount), \(millionths), \(new.end), \(new.endReason), 0, \(new.attribute), 0,
                \(terms.due(after: today)), \(new.source), \(new.outsideID), \(new.outsideID.map { "id:" + $0 }),
                \(importID), \(act.actor), \(act.at), \(act.at))
            RETURNING id
            """
        let id = try connection.first(insert) { try $0.int64(0) } ?? 0
        try connection.run(
            """
            INSERT INTO contract_price (contract_id, from_day, amount, import_id)
            VALUES (\(id), \(terms.start), \(new.price.minor), \(importID))
            """)
        return id
    }

    private static func numbers(of penalty: ContractTerms.Penalty) -> (Int64, Int) {
        switch penalty {
        case .none, .rest: (0, 0)
        case .fixed(let amount): (amount, 0)
        case .share(let millionths): (0, millionths)
        }
    }

    static func find(_ id: ID<Contract>, in connection: any Connection) throws -> Contract? {
        let found = try connection.first(
            "SELECT \(Contract.columns) FROM contract c WHERE c.id = \(id)", Contract.init)
        return try found.map { try priced([$0], in: connection) }?.first
    }

    public func find(_ id: ID<Contract>) async throws -> Contract? {
        try await database.read { try ContractStore.find(id, in: $0) }
    }

    /// Adds the prices of one page of contracts.
    static func priced(_ contracts: [Contract], in connection: any Connection) throws -> [Contract] {
        var prices: [Int64: [ContractPrice]] = [:]
        try connection.each(
            """
            SELECT contract_id, from_day, amount FROM contract_price
            WHERE contract_id IN (\(list: contracts.map(\.id))) ORDER BY contract_id, from_day
            """
        ) { row in
            prices[try row.int64(0), default: []].append(
                ContractPrice(from: try row.day(1), amount: try row.int64(2)))
        }
        return contracts.map { contract in
            var contract = contract
            contract.prices = prices[contract.id.value] ?? []
            return contract
        }
    }

    /// A customer's contracts, the latest first.
    public func contracts(of party: ID<Party>, limit: Int = 50) async throws -> [Contract] {
        try await database.read { connection in
            try ContractStore.priced(
                try connection.all(
                    """
                    SELECT \(Contract.columns) FROM contract c WHERE c.party_id = \(party) ORDER BY c.id DESC LIMIT \(limit)
                    """, Contract.init), in: connection)
        }
    }

    func running(of party: ID<Party>, today: LocalDate) async throws -> [Contract] {
        try await contracts(of: party).filter { $0.state(on: today) != .ended }
    }
}

/// What changes while a contract runs.
extension ContractStore {
    /// Another price from a day on. What it was before stays on record.
    public func setPrice(
        _ id: ID<Contract>, _ amount: Int64, from day: LocalDate, by act: Act
    ) async throws -> Contract? {
        guard (0..<Money.limit).contains(amount) else { throw ContractRefusal.badAmount(field: "price") }
        return try await change(id, "contract.priced", by: act) { contract, connection in
            try ContractTerms.check(day, "from", from: contract.terms.start)
            try connection.run(
                """
                INSERT INTO contract_price (contract_id, from_day, amount, import_id) VALUES (\(id), \(day), \(amount), 0)
                ON CONFLICT (contract_id, from_day) DO UPDATE SET amount = excluded.amount, import_id = 0
                """)
        }
    }

    /// Given up, or over: from `day` on there is no contract.
    public func end(
        _ id: ID<Contract>, on day: LocalDate, why: String, by act: Act
    ) async throws -> Contract? {
        let why = why.trimmed
        guard !why.isEmpty else { throw ContractRefusal.reasonMissing }
        guard why.utf8.count <= 2000 else { throw ContractRefusal.tooLong(field: "end_reason") }
        return try await change(id, "contract.ended", by: act) { contract, connection in
            try ContractTerms.check(day, "end", from: contract.terms.start)
            guard contract.end == nil else { throw ContractRefusal.hasEnded }
            try connection.run(
                "UPDATE contract SET end_day = \(day), end_reason = \(why), end_import_id = 0 WHERE id = \(id)"
            )
        }
    }

    /// Takes the end back: it runs on.
    public func resume(_ id: ID<Contract>, today: LocalDate, by act: Act) async throws -> Contract? {
        try await change(id, "contract.resumed", by: act) { contract, connection in
            guard contract.end != nil else { throw ContractRefusal.hasNoEnd }
            try connection.run(
                """
                UPDATE contract SET end_day = NULL, end_reason = '', end_import_id = 0,
                    due_day = \(contract.terms.due(after: today)) WHERE id = \(id)
                """)
        }
    }

    /// Whoever changes a contract by hand keeps it here from then on.
    private func change(
        _ id: ID<Contract>, _ event: String, by act: Act,
        _ body: @escaping @Sendable (Contract, any Connection) throws -> Void
    ) async throws -> Contract? {
        let changed = try await database.write { connection -> Contract? in
            guard let contract = try ContractStore.find(id, in: connection) else { return nil }
            try body(contract, connection)
            try connection.run(
                """
                UPDATE contract SET changed_at = \(act.at), seen_day = NULL, seen_import_id = 0 WHERE id = \(id)
                """)
            try connection.record(event, "contract", id.value, by: act, party: contract.party.value)
            return try ContractStore.find(id, in: connection)
        }
        if changed != nil { await database.announce("events") }
        return changed
    }
}

extension ContractTerms {
    /// The next renewal or end worth looking at ahead of time. What renews month by month is always due.
    func due(after day: LocalDate) -> LocalDate? {
        guard max(minimumMonths, renewalMonths) > 1 else { return nil }
        return nextTermEnd(after: day)
    }
}
