import Kernel
import Storage

/// Every statement on who belongs to which organisation, as what and until when.
struct MembershipStore: Sendable {
    let database: any Database

    /// Organisations of a person, or persons of an organisation, in the order of their ids.
    func list(of party: Party, after last: Int64 = 0, limit: Int) async throws -> [Membership] {
        try await database.read { try MembershipStore.list(of: party, after: last, limit: limit, in: $0) }
    }

    static func list(
        of party: Party, after last: Int64 = 0, limit: Int, in connection: any Connection
    ) throws -> [Membership] {
        let rows: SQL =
            party.kind == .person
            ? """
            SELECT \(Membership.columns) FROM membership m JOIN party p ON p.id = m.account_id
            WHERE m.person_id = \(party.id) AND m.account_id > \(last) ORDER BY m.account_id LIMIT \(limit)
            """
            : """
            SELECT \(Membership.columns) FROM membership m JOIN party p ON p.id = m.person_id
            WHERE m.account_id = \(party.id) AND m.person_id > \(last) ORDER BY m.person_id LIMIT \(limit)
            """
        return try connection.all(rows, Membership.init)
    }

    /// Memberships that are over, the latest first.
    func past(of party: Party, limit: Int) async throws -> [Membership] {
        let (mine, other): (SQL, SQL) =
            party.kind == .person ? ("m.person_id", "m.account_id") : ("m.account_id", "m.person_id")
        let rows: SQL = """
            SELECT \(Membership.columns), m.ended_at, m.id FROM membership_past m JOIN party p ON p.id = \(other)
            WHERE \(mine) = \(party.id) ORDER BY m.ended_at DESC, m.id DESC LIMIT \(limit)
            """
        return try await database.read { connection in
            try connection.all(rows) { row in
                var membership = try Membership(row: row)
                membership.endedAt = try row.instant(9)
                membership.past = try row.int64(10)
                return membership
            }
        }
    }

    /// The two sides, in the right order, whichever of them is named first.
    static func sides(
        _ one: ID<Party>, _ other: ID<Party>, in connection: any Connection
    ) throws -> (person: ID<Party>, account: ID<Party>) {
        guard let first = try CustomerStore.customer(one, in: connection),
            let second = try CustomerStore.customer(other, in: connection)
        else { throw RelationRefusal.unknown }
        switch (first.kind, second.kind) {
        case (.person, .organisation): return (one, other)
        case (.organisation, .person): return (other, one)
        case (.person, .person): throw RelationRefusal.notAnOrganisation
        case (.organisation, .organisation): throw RelationRefusal.notAPerson
        }
    }

    /// One membership that lasts, from either side; nil where there is none.
    func find(_ one: ID<Party>, _ other: ID<Party>) async throws -> Membership? {
        try await database.read { connection in
            let sides = try MembershipStore.sides(one, other, in: connection)
            return try MembershipStore.find(sides, in: connection)
        }
    }

    private static func find(
        _ sides: (person: ID<Party>, account: ID<Party>), in connection: any Connection
    ) throws -> Membership? {
        try connection.first(
            """
            SELECT \(Membership.columns) FROM membership m JOIN party p ON p.id = m.account_id
            WHERE m.person_id = \(sides.person) AND m.account_id = \(sides.account)
            """, Membership.init)
    }

    /// Makes somebody belong somewhere, or changes as what. Answers whether it is new.
    @discardableResult
    func set(
        _ one: ID<Party>, _ other: ID<Party>, title: String, roles: Set<MembershipRole>,
        since: Instant? = nil,
        by act: Act
    ) async throws -> Bool {
        let title = title.singleLine
        guard title.utf8.count <= 400 else { throw RelationRefusal.textTooLong(field: "title") }
        if let since, since > act.at { throw RelationRefusal.inTheFuture }
        let isNew = try await database.write { connection in
            let sides = try MembershipStore.sides(one, other, in: connection)
            let known = try MembershipStore.find(sides, in: connection)
            let start = since ?? known?.since ?? act.at
            try connection.run(
                """
                INSERT INTO membership (person_id, account_id, since, import_id, title, buys, uses, decides, pays)
                VALUES (\(sides.person), \(sides.account), \(start), 0, \(title), \(roles.contains(.buys)),
                    \(roles.contains(.uses)), \(roles.contains(.decides)), \(roles.contains(.pays)))
                ON CONFLICT (person_id, account_id) DO UPDATE SET since = excluded.since, title = excluded.title,
                    buys = excluded.buys, uses = excluded.uses, decides = excluded.decides, pays = excluded.pays
                """)
            let kind = known == nil ? "membership.added" : "membership.changed"
            try MembershipStore.record(kind, sides, by: act, in: connection)
            return known == nil
        }
        await database.announce("events")
        return isNew
    }

    /// On both their timelines.
    private static func record(
        _ kind: String, _ sides: (person: ID<Party>, account: ID<Party>), by act: Act,
        in connection: any Connection
    ) throws {
        let (person, account) = (sides.person.value, sides.account.value)
        let ids = ["person": person, "account": account]
        try connection.record(kind, "membership", person, by: act, party: person, detail: ids)
        try connection.record(kind, "membership", account, by: act, party: account, detail: ids)
    }

    /// Ends a membership: it is kept as past, and can be put back.
    func end(_ one: ID<Party>, _ other: ID<Party>, by act: Act) async throws -> Int64 {
        let past = try await database.write { connection in
            let sides = try MembershipStore.sides(one, other, in: connection)
            let keep: SQL = """
                INSERT INTO membership_past (person_id, account_id, title, buys, uses, decides, pays, since, ended_at,
                    import_id)
                SELECT person_id, account_id, title, buys, uses, decides, pays, since, \(typed: act.at.milliseconds),
                    import_id
                FROM membership WHERE person_id = \(sides.person) AND account_id = \(sides.account) RETURNING id
                """
            guard let past = try connection.first(keep, { try $0.int64(0) }) else {
                throw RelationRefusal.noMembership
            }
            try connection.run(
                "DELETE FROM membership WHERE person_id = \(sides.person) AND account_id = \(sides.account)")
            try MembershipStore.record("membership.ended", sides, by: act, in: connection)
            return past
        }
        await database.announce("events")
        return past
    }

    /// Puts a membership that was ended back as it was.
    func restore(_ past: Int64, of party: ID<Party>, by act: Act) async throws {
        try await database.write { connection in
            let find: SQL = """
                SELECT person_id, account_id FROM membership_past
                WHERE id = \(past) AND (person_id = \(party) OR account_id = \(party))
                """
            let found = try connection.first(find) { row in
                (person: try row.id(0, of: Party.self), account: try row.id(1, of: Party.self))
            }
            guard let sides = found else { throw RelationRefusal.noMembership }
            guard try MembershipStore.find(sides, in: connection) == nil else {
                throw RelationRefusal.isMember
            }
            try connection.run(
                """
                INSERT INTO membership (person_id, account_id, since, import_id, title, buys, uses, decides, pays)
                SELECT person_id, account_id, since, import_id, title, buys, uses, decides, pays
                FROM membership_past WHERE id = \(past)
                """)
            try connection.run("DELETE FROM membership_past WHERE id = \(past)")
            try MembershipStore.record("membership.restored", sides, by: act, in: connection)
        }
        await database.announce("events")
    }
}
