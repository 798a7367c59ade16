import Kernel
import Storage

/// Every statement on who looks after whom.
struct CareStore: Sendable {
    let database: any Database

    func care(of party: ID<Party>) async throws -> Care {
        try await database.read { try CareStore.care(of: party, in: $0) }
    }

    static func care(of party: ID<Party>, in connection: any Connection) throws -> Care {
        try connection.first(
            """
            SELECT p.language, p.zone, o.id, o.name, coalesce(g.suspended, TRUE) FROM party p
            LEFT JOIN party o ON o.id = p.owner_id LEFT JOIN agent g ON g.person_id = p.owner_id
            WHERE p.id = \(party)
            """
        ) { row in
            let owner = try row.optionalInt64(2).map {
                Care.Owner(id: $0, name: try row.text(3), isSuspended: try row.bool(4))
            }
            return Care(owner: owner, language: try row.text(0), zone: try row.text(1))
        } ?? Care()
    }

    /// A colleague who has a seat and may use it; whoever looks after them already may be suspended by now.
    static func keep(
        _ change: CareChange, of party: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        let change = try change.checked()
        let before = try care(of: party, in: connection)
        var after = before
        if let owner = change.owner, owner != before.owner?.id {
            after.owner = try owner.map { try colleague($0, in: connection) }
        }
        after.language = change.language ?? before.language
        after.zone = change.zone ?? before.zone
        guard after != before else { return }
        try connection.run(
            """
            UPDATE party SET owner_id = \(after.owner?.id), language = \(after.language), zone = \(after.zone)
            WHERE id = \(party)
            """)
        guard after.owner != before.owner else { return }
        try connection.record(
            "owner.changed", "party", party.value, by: act, party: party.value,
            detail: ["from": before.owner?.id ?? 0, "to": after.owner?.id ?? 0])
    }

    private static func colleague(_ id: Int64, in connection: any Connection) throws -> Care.Owner {
        let found = try connection.first(
            """
            SELECT p.name FROM agent g JOIN party p ON p.id = g.person_id
            WHERE g.person_id = \(id) AND NOT g.suspended
            """
        ) { Care.Owner(id: id, name: try $0.text(0), isSuspended: false) }
        guard let found else { throw CareRefusal.unknownColleague }
        return found
    }

    /// Everybody with a seat and how many customers they look after, as far as one counts. Those who are suspended
    /// and still look after somebody come first.
    func owners() async throws -> [OwnerRow] {
        let rows: SQL = """
            SELECT p.id, p.name, g.suspended, (SELECT count(*) FROM (
                SELECT 1 AS one FROM party c WHERE c.owner_id = p.id LIMIT \(OwnerRow.limit + 1)) AS counted)
            FROM agent g JOIN party p ON p.id = g.person_id ORDER BY p.name_key, p.id LIMIT 500
            """
        let owners = try await database.read { connection in
            try connection.all(rows) { row in
                OwnerRow(
                    id: try row.id(0), name: try row.text(1), isSuspended: try row.bool(2),
                    customers: try row.int(3))
            }
        }
        let left = owners.filter { $0.isSuspended && $0.customers > 0 }
        return left + owners.filter { !($0.isSuspended && $0.customers > 0) }
    }

    /// A colleague by number; how many they look after is not counted.
    func owner(_ id: ID<Agent>) async throws -> OwnerRow? {
        let row: SQL = """
            SELECT p.id, p.name, g.suspended FROM agent g JOIN party p ON p.id = g.person_id WHERE g.person_id = \(id)
            """
        return try await database.read { connection in
            try connection.first(row) { row in
                OwnerRow(
                    id: try row.id(0), name: try row.text(1), isSuspended: try row.bool(2), customers: 0)
            }
        }
    }

    /// Customers a colleague looks after, the first known first.
    func customers(of owner: ID<Agent>, after: String?, limit: Int) async throws -> Portion<Party> {
        let mark = after.flatMap { Int64($0) } ?? 0
        let rows: SQL = """
            SELECT \(Party.columns) FROM party p WHERE p.owner_id = \(owner) AND p.id > \(mark)
            ORDER BY p.id LIMIT \(limit + 1)
            """
        let items = try await database.read { try $0.all(rows, Party.init) }
        return Portion(items, limit: limit) { $0.id.description }
    }

    /// Gives everybody one colleague looks after to another, some thousands at a time. Answers how many they were.
    /// Cut off on the way, it leaves the rest where it was and can be asked for again.
    func handOver(from one: ID<Agent>, to other: ID<Agent>, by act: Act) async throws -> Int {
        guard one != other else { throw CareRefusal.sameColleague }
        var total = 0
        while true {
            let moved = try await database.write { connection in
                _ = try CareStore.colleague(other.value, in: connection)
                return try connection.run(
                    """
                    UPDATE party SET owner_id = \(other) WHERE id IN (
                        SELECT id FROM party WHERE owner_id = \(one) ORDER BY id LIMIT 5000)
                    """)
            }
            total += moved
            if moved < 5000 { break }
        }
        let count = total
        _ = try await database.write { connection in
            try connection.record(
                "customers.handed_over", "agent", one.value, by: act,
                detail: ["to": other.value, "customers": Int64(count)])
        }
        await database.announce("events")
        return total
    }
}

/// A colleague and how many customers they look after.
struct OwnerRow: Sendable, Identifiable {
    /// Counting stops here.
    static let limit = 1_000

    let id: ID<Agent>
    let name: String
    let isSuspended: Bool
    let customers: Int
}
