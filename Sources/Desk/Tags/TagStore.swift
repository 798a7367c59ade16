import Kernel
import Storage

/// Every statement on tags.
struct TagStore: Sendable {
    let database: any Database

    func tags(of party: ID<Party>) async throws -> [Tag] {
        try await database.read { try TagStore.tags(of: party, in: $0) }
    }

    static func tags(of party: ID<Party>, in connection: any Connection) throws -> [Tag] {
        try connection.all(
            """
            SELECT \(Tag.columns) FROM party_tag u JOIN tag t ON t.id = u.tag_id
            WHERE u.party_id = \(party) ORDER BY t.name_key, t.id LIMIT 200
            """, Tag.init)
    }

    func tag(_ id: ID<Tag>) async throws -> Tag? {
        try await database.read { try TagStore.tag(id, in: $0) }
    }

    static func tag(_ id: ID<Tag>, in connection: any Connection) throws -> Tag? {
        try connection.first("SELECT \(Tag.columns) FROM tag t WHERE t.id = \(id)", Tag.init)
    }

    static func tag(named name: String, in connection: any Connection) throws -> Tag? {
        try connection.first(
            "SELECT \(Tag.columns) FROM tag t WHERE t.name_key = \(name.searchKey)", Tag.init)
    }

    /// Tags whose name begins with what was typed, by name.
    func tags(beginning typed: String, after: String?, limit: Int) async throws -> Portion<Tag> {
        let key = typed.searchKey
        let mark = after ?? ""
        let rows: SQL = """
            SELECT \(Tag.columns) FROM tag t
            WHERE t.name_key >= \(key) AND t.name_key < \(key + "\u{10FFFF}") AND t.name_key > \(mark)
            ORDER BY t.name_key, t.id LIMIT \(limit + 1)
            """
        let items = try await database.read { try $0.all(rows, Tag.init) }
        return Portion(items, limit: limit) { $0.name.searchKey }
    }

    /// How many customers have each, counted as far as one counts.
    func counts(of tags: [Tag]) async throws -> [ID<Tag>: Int] {
        try await database.read { connection in
            var counts: [ID<Tag>: Int] = [:]
            for tag in tags {
                counts[tag.id] = try connection.number(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 AS one FROM party_tag WHERE tag_id = \(tag.id) LIMIT \(TagRow.limit + 1)) AS counted
                    """)
            }
            return counts
        }
    }

    /// Customers with a tag, those we have known longest first.
    func customers(with tag: ID<Tag>, after: String?, limit: Int) async throws -> Portion<Party> {
        let mark = after.flatMap { Int64($0) } ?? 0
        let rows: SQL = """
            SELECT \(Party.columns) FROM party_tag u JOIN party p ON p.id = u.party_id
            WHERE u.tag_id = \(tag) AND u.party_id > \(mark) ORDER BY u.party_id LIMIT \(limit + 1)
            """
        let items = try await database.read { try $0.all(rows, Party.init) }
        return Portion(items, limit: limit) { $0.id.description }
    }

    func add(_ typed: String, to party: ID<Party>, by act: Act) async throws {
        let name = try Tag.checked(typed)
        try await database.write { connection in
            var names = try TagStore.tags(of: party, in: connection).map(\.name)
            names.append(name)
            try TagStore.keep(names, of: party, by: act, in: connection)
        }
        await database.announce("events")
    }

    func remove(_ tag: ID<Tag>, from party: ID<Party>, by act: Act) async throws {
        try await database.write { connection in
            let tags = try TagStore.tags(of: party, in: connection)
            guard tags.contains(where: { $0.id == tag }) else { throw TagRefusal.unknown }
            try TagStore.keep(
                tags.filter { $0.id != tag }.map(\.name), of: party, by: act, in: connection)
        }
        await database.announce("events")
    }

    /// Makes these the customer's tags, and the words that nobody used yet into tags.
    static func keep(
        _ typed: [String], of party: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        let names = try Tag.checked(typed)
        guard try CustomerStore.customer(party, in: connection) != nil else { throw TagRefusal.unknown }
        let before = try tags(of: party, in: connection)
        let wanted = try names.map { try made($0, by: act, in: connection) }
        let gone = before.filter { tag in !wanted.contains { $0 == tag.id } }
        let new = wanted.filter { id in !before.contains { $0.id == id } }
        guard !gone.isEmpty || !new.isEmpty else { return }
        try connection.run(
            "DELETE FROM party_tag WHERE party_id = \(party) AND tag_id IN (\(list: gone.map(\.id)))")
        for id in new {
            try connection.run(
                "INSERT INTO party_tag (tag_id, party_id) VALUES (\(id), \(party)) ON CONFLICT DO NOTHING")
        }
        try connection.record(
            "tags.changed", "party", party.value, by: act, party: party.value,
            detail: ["added": Int64(new.count), "removed": Int64(gone.count)])
    }

    private static func made(_ name: String, by act: Act, in connection: any Connection) throws -> ID<Tag> {
        if let known = try tag(named: name, in: connection) { return known.id }
        let insert: SQL = """
            INSERT INTO tag (name, name_key, created_at) VALUES (\(name), \(name.searchKey), \(act.at)) RETURNING id
            """
        guard let id = try connection.first(insert, { try $0.id(0, of: Tag.self) }) else {
            throw StorageError.broken("a tag was made without an id")
        }
        return id
    }

    func rename(_ id: ID<Tag>, to typed: String, by act: Act) async throws {
        let name = try Tag.checked(typed)
        try await database.write { connection in
            guard try TagStore.tag(id, in: connection) != nil else { throw TagRefusal.unknown }
            if let other = try TagStore.tag(named: name, in: connection), other.id != id {
                throw TagRefusal.nameTaken(other.name)
            }
            try connection.run(
                "UPDATE tag SET name = \(name), name_key = \(name.searchKey) WHERE id = \(id)")
            try connection.record("tag.renamed", "tag", id.value, by: act)
        }
        await database.announce("events")
    }

    /// Everybody with one tag gets the other, and the one is gone. Some thousands at a time: cut off on the way, what
    /// is left has both tags apart and the merge can be asked for again.
    func merge(_ one: ID<Tag>, into other: ID<Tag>, by act: Act) async throws {
        guard one != other else { throw TagRefusal.sameTag }
        try await empty(one) { connection, parties in
            for part in parties.chunks(of: 500) {
                try connection.run(
                    """
                    INSERT INTO party_tag (tag_id, party_id)
                    SELECT \(typed: other.value), id FROM party WHERE id IN (\(list: part)) ON CONFLICT DO NOTHING
                    """)
            }
        }
        try await forget(one, "tag.merged", ["into": other.value], by: act)
    }

    func delete(_ id: ID<Tag>, by act: Act) async throws {
        try await empty(id) { _, _ in }
        try await forget(id, "tag.deleted", [:], by: act)
    }

    /// Takes a tag off everybody, some thousands at a time, after `body` has seen to them.
    private func empty(
        _ id: ID<Tag>, _ body: @escaping @Sendable (any Connection, [Int64]) throws -> Void
    ) async throws {
        while true {
            let moved = try await database.write { connection in
                let parties = try connection.all(
                    "SELECT party_id FROM party_tag WHERE tag_id = \(id) ORDER BY party_id LIMIT 5000"
                ) { try $0.int64(0) }
                guard let last = parties.last else { return 0 }
                try body(connection, parties)
                try connection.run("DELETE FROM party_tag WHERE tag_id = \(id) AND party_id <= \(last)")
                return parties.count
            }
            if moved < 5000 { return }
        }
    }

    private func forget(_ id: ID<Tag>, _ kind: String, _ detail: [String: Int64], by act: Act) async throws {
        try await database.write { connection in
            // Whoever got it in this very moment loses it as well.
            try connection.run("DELETE FROM party_tag WHERE tag_id = \(id)")
            guard try connection.run("DELETE FROM tag WHERE id = \(id)") == 1 else {
                throw TagRefusal.unknown
            }
            try connection.record(kind, "tag", id.value, by: act, detail: detail)
        }
        await database.announce("events")
    }

    func find(named name: String) async throws -> Tag? {
        try await database.read { try TagStore.tag(named: name, in: $0) }
    }
}

extension Array {
    /// Neighbours together, so many at most.
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

/// A tag and how many customers have it.
struct TagRow: Sendable {
    /// Counting stops here.
    static let limit = 1_000

    let tag: Tag
    let customers: Int
}
