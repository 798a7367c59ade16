public import Kernel
public import Storage

/// Every statement that places and changes holds; finding and listing them stand beside.
public struct HoldStore: Sendable {
    /// The last day of a hold that lasts until it is settled: after every day there will be.
    static let untilSettled = 1_000_000_000

    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Places a hold on a customer.
    public func place(_ new: NewHold, organisation: Organisation, by act: Act) async throws -> Hold {
        let zone = organisation.zone
        let today = zone.day(of: act.at)
        try new.check(today: today)
        let start = new.firstDay.map { max(zone.instant(of: $0), act.at) } ?? act.at
        let hold = try await database.write { connection in
            try HoldStore.check(new, in: connection)
            let id = try HoldStore.insert(new, start: start, by: act, in: connection)
            try connection.record(
                "hold.placed", "hold", id, by: act, party: new.scope.whom.party.value)
            return try HoldStore.find(ID(id), in: connection)
        }
        await database.announce("events")
        guard let hold else { throw StorageError.broken("a hold was placed without an id") }
        return hold
    }

    private static func check(_ new: NewHold, in connection: any Connection) throws {
        let party = new.scope.whom.party
        guard let customer = try CustomerStore.customer(party, in: connection) else {
            throw HoldRefusal.unknownCustomer
        }
        if new.scope.whom.isWithBelow, customer.kind != .organisation { throw HoldRefusal.noneBelow }
        if let contract = new.scope.contract {
            let isTheirs = try connection.exists(
                "SELECT 1 FROM contract WHERE id = \(contract) AND party_id = \(party)")
            guard isTheirs else { throw HoldRefusal.unknownContract }
        }
        if let owner = new.owner { try check(owner: owner, in: connection) }
    }

    /// Only who works here can see to a hold.
    private static func check(owner: Int64, in connection: any Connection) throws {
        let isHere = try connection.exists(
            "SELECT 1 FROM agent WHERE person_id = \(owner) AND NOT suspended")
        guard isHere else { throw HoldRefusal.unknownColleague }
    }

    static func insert(
        _ new: NewHold, start: Instant, by act: Act, in connection: any Connection
    ) throws -> Int64 {
        let scope = new.scope
        let insert: SQL = """
            INSERT INTO hold (party_id, below, orders, deliveries, service, discounts, contract_id, product, product_key,
                over_amount, over_currency, reason, words, owner_id, starts_at, until_day, placed_by, placed_at,
                lifted_why)
            VALUES (\(scope.whom.party), \(scope.whom.isWithBelow), \(scope.doings.contains(.orders)),
                \(scope.doings.contains(.deliveries)), \(scope.doings.contains(.service)),
                \(scope.doings.contains(.discounts)), \(scope.contract), \(scope.product),
                \(scope.product.searchKey), \(scope.over?.minor), \(scope.over?.currency.code ?? ""), \(new.reason),
                \(new.words.trimmed), \(new.owner), \(start),
                \(new.lastDay?.daysSinceEpoch ?? untilSettled), \(act.actor), \(act.at), '')
            RETURNING id
            """
        return try connection.first(insert) { try $0.int64(0) } ?? 0
    }

    static func find(_ id: ID<Hold>, in connection: any Connection) throws -> Hold? {
        try connection.first("SELECT \(Hold.columns) FROM hold h WHERE h.id = \(id)", Hold.init)
    }

    public func find(_ id: ID<Hold>) async throws -> Hold? {
        try await database.read { try HoldStore.find(id, in: $0) }
    }

    /// Takes a hold off, for a reason that stays on record. Nil where there is none.
    public func lift(
        _ id: ID<Hold>, why: String, organisation: Organisation, by act: Act
    ) async throws -> Hold? {
        let why = why.trimmed
        guard !why.isEmpty else { throw HoldRefusal.whyMissing }
        guard why.utf8.count <= 2000 else { throw HoldRefusal.tooLong(field: "why") }
        return try await change(id, "hold.lifted", organisation, by: act) { _, _ in
            "lifted_at = \(act.at), lifted_by = \(act.actor), lifted_why = \(why)"
        }
    }

    /// Gives a hold another last day, or none: then it lasts until it is settled.
    public func prolong(
        _ id: ID<Hold>, until day: LocalDate?, organisation: Organisation, by act: Act
    ) async throws -> Hold? {
        let zone = organisation.zone
        let today = zone.day(of: act.at)
        return try await change(id, "hold.prolonged", organisation, by: act) { hold, _ in
            if let day { try Hold.check(end: day, from: zone.day(of: hold.start), today: today) }
            return "until_day = \(day?.daysSinceEpoch ?? HoldStore.untilSettled)"
        }
    }

    /// Hands a hold over to a colleague.
    public func handOver(
        _ id: ID<Hold>, to owner: Int64?, organisation: Organisation, by act: Act
    ) async throws -> Hold? {
        try await change(id, "hold.handedOver", organisation, by: act) { _, connection in
            if let owner { try HoldStore.check(owner: owner, in: connection) }
            return "owner_id = \(owner)"
        }
    }

    /// Changes a hold that is not over; anything else is refused, so that what was stays as it was.
    private func change(
        _ id: ID<Hold>, _ event: String, _ organisation: Organisation, by act: Act,
        _ change: @escaping @Sendable (Hold, any Connection) throws -> SQL
    ) async throws -> Hold? {
        let changed = try await database.write { connection -> Hold? in
            guard let hold = try HoldStore.find(id, in: connection) else { return nil }
            let state = hold.state(at: act.at, in: organisation.zone)
            guard state == .open || state == .ahead else { throw HoldRefusal.notOpen }
            try connection.run("UPDATE hold SET \(try change(hold, connection)) WHERE id = \(id)")
            try connection.record(
                event, "hold", id.value, by: act, party: hold.scope.whom.party.value)
            return try HoldStore.find(id, in: connection)
        }
        if changed != nil { await database.announce("events") }
        return changed
    }
}
