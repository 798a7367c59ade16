import Kernel
import Storage

/// Every statement on who is a department of whom.
struct TreeStore: Sendable {
    let database: any Database
    let clock: any WallClock

    /// Where an organisation stands, from its root down, itself included.
    struct Place: Sendable {
        var path: [Party] = []
        var isInternal = false
        /// Its latest move, where it is still where that put it.
        var lastMove: Event?

        var parent: Party? { path.dropLast().last }
    }

    /// An organisation with everything below it. Nil where there is none of that id.
    func tree(of id: ID<Party>) async throws -> OrganisationTree? {
        try await database.read { try TreeStore.tree(of: id, in: $0) }
    }

    static func tree(of id: ID<Party>, in connection: any Connection) throws -> OrganisationTree? {
        let rows: SQL = """
            \(below(id)) SELECT p.id, p.parent_id, p.name, p.name_key, p.internal, below.depth, s.occasions
            FROM below JOIN party p ON p.id = below.id LEFT JOIN standing s ON s.party_id = p.id
            WHERE p.kind = 'organisation' AND NOT p.serves
            """
        var nodes: [OrganisationTree.Node] = try connection.all(rows) { row in
            var node = OrganisationTree.Node(
                id: try row.id(0), parent: try row.optionalID(1), name: try row.text(2), key: try row.text(3),
                isInternal: try row.bool(4), depth: try row.int(5))
            node.own.occasions = try row.optionalInt(6) ?? 0
            return node
        }
        guard !nodes.isEmpty else { return nil }
        var volumes: [Int64: Volume] = [:]
        try VolumeStore.read(
            """
            \(below(id)) SELECT v.account_id, v.currency, v.sales, v.uses, v.amount
            FROM below JOIN volume v ON v.account_id = below.id AND v.month = \(VolumeStore.always)
            """, into: &volumes, in: connection)
        for place in nodes.indices {
            guard var volume = volumes[nodes[place].id.value] else { continue }
            volume.occasions = nodes[place].own.occasions
            nodes[place].own = volume
        }
        return OrganisationTree(nodes)
    }

    /// The ids of an organisation and everything below it, and how deep each is.
    static func below(_ id: ID<Party>) -> SQL {
        """
        WITH RECURSIVE below (id, depth) AS (
            SELECT \(typed: id.value), 0
            UNION ALL SELECT d.id, below.depth + 1 FROM below JOIN party d ON d.parent_id = below.id
            WHERE below.depth < \(TreeRule.depth + 1)
        )
        """
    }

    /// What a tree bought in a span of months, by currency.
    static func amounts(
        below id: ID<Party>, months: ClosedRange<Int>, in connection: any Connection
    ) throws -> [String: Int64] {
        var amounts: [String: Int64] = [:]
        let sums: SQL = """
            \(below(id)) SELECT v.currency, CAST(sum(v.amount) AS BIGINT) FROM below
            JOIN volume v ON v.account_id = below.id AND v.month BETWEEN \(months.lowerBound) AND \(months.upperBound)
            GROUP BY v.currency
            """
        try connection.each(sums) { amounts[try $0.text(0)] = try $0.int64(1) }
        return amounts
    }

    /// Where an organisation stands. Nil where it is none.
    func place(of id: ID<Party>) async throws -> Place? {
        try await database.read { try TreeStore.place(of: id, in: $0) }
    }

    static func place(of id: ID<Party>, in connection: any Connection) throws -> Place? {
        guard let party = try CustomerStore.customer(id, in: connection), party.kind == .organisation else {
            return nil
        }
        var place = Place()
        place.path = try way(up: id, in: connection).reversed()
        let inside: SQL = "SELECT 1 FROM party WHERE id = \(id) AND internal"
        place.isInternal = try connection.exists(inside)
        let last: SQL = """
            SELECT \(Event.columns) FROM event WHERE party_id = \(id) AND kind = 'organisation.moved'
            ORDER BY at DESC, id DESC LIMIT 1
            """
        let move = try connection.first(last, Event.init)
        if let move, move.detail["to"] == place.parent?.id.value ?? 0 { place.lastMove = move }
        return place
    }

    /// From an organisation up to its root, itself first.
    static func way(up id: ID<Party>, in connection: any Connection) throws -> [Party] {
        var way: [Party] = []
        var next: ID<Party>? = id
        while let id = next, way.count <= TreeRule.depth + 1 {
            let step: SQL = "SELECT \(Party.columns), p.parent_id FROM party p WHERE p.id = \(id)"
            guard
                let found = try connection.first(
                    step, { (try Party(row: $0), try $0.optionalID(4, of: Party.self)) })
            else { break }
            way.append(found.0)
            next = found.1
        }
        return way
    }
}
