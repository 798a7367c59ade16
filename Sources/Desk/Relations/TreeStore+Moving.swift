import Kernel
import Storage

extension TreeStore {
    /// Makes an organisation a department of another, or free. Answers whether that changed anything.
    @discardableResult
    func move(_ id: ID<Party>, under parent: ID<Party>?, by act: Act) async throws -> Bool {
        let changed = try await database.write {
            try TreeStore.move(id, under: parent, by: act, in: $0)
        }
        if changed { await database.announce("events") }
        return changed
    }

    static func move(
        _ id: ID<Party>, under parent: ID<Party>?, by act: Act, in connection: any Connection
    ) throws -> Bool {
        let before = try required(id, in: connection)
        guard before != parent else { return false }
        if let parent {
            _ = try required(parent, in: connection)
            let above = try way(up: parent, in: connection).map(\.id)
            let (size, height) = try extent(below: id, in: connection)
            let there = try extent(below: above.last ?? parent, in: connection).size
            // Within one tree nobody is added.
            let root = try way(up: id, in: connection).last?.id
            try TreeRule.check(
                id, above: above, height: height, size: root == above.last ? 0 : size, there: there)
        }
        try connection.run("UPDATE party SET parent_id = \(parent) WHERE id = \(id)")
        try connection.record(
            "organisation.moved", "organisation", id.value, by: act, party: id.value,
            detail: ["from": before?.value ?? 0, "to": parent?.value ?? 0])
        return true
    }

    /// The parent of an organisation; refuses what is none.
    private static func required(_ id: ID<Party>, in connection: any Connection) throws -> ID<Party>? {
        let find: SQL = "SELECT kind, parent_id FROM party WHERE id = \(id) AND NOT serves"
        let found = try connection.first(find) {
            (kind: try $0.text(0), parent: try $0.optionalID(1, of: Party.self))
        }
        guard let found else { throw RelationRefusal.unknown }
        guard found.kind == Party.Kind.organisation.rawValue else { throw RelationRefusal.notAnOrganisation }
        return found.parent
    }

    /// How many stand in a tree, its root included, and how many levels lie below the root.
    private static func extent(
        below id: ID<Party>, in connection: any Connection
    ) throws -> (size: Int, height: Int) {
        try connection.first("\(below(id)) SELECT count(*), max(depth) FROM below") {
            (try $0.int(0), try $0.int(1))
        } ?? (1, 0)
    }

    /// Takes the latest move back, where nothing has moved the organisation since.
    func undo(_ event: Int64, of id: ID<Party>, by act: Act) async throws {
        try await database.write { connection in
            guard let place = try TreeStore.place(of: id, in: connection) else {
                throw RelationRefusal.unknown
            }
            guard let move = place.lastMove, move.id == event else { throw RelationRefusal.moveIsOver }
            let from = move.detail["from"].flatMap { $0 > 0 ? ID<Party>($0) : nil }
            _ = try TreeStore.move(id, under: from, by: act, in: connection)
        }
        await database.announce("events")
    }

    /// Says whether an organisation is part of our own.
    @discardableResult
    func mark(_ id: ID<Party>, isInternal: Bool, by act: Act) async throws -> Bool {
        let changed = try await database.write { connection in
            try TreeStore.mark(id, isInternal: isInternal, by: act, in: connection)
        }
        if changed { await database.announce("events") }
        return changed
    }

    static func mark(
        _ id: ID<Party>, isInternal: Bool, by act: Act, in connection: any Connection
    ) throws -> Bool {
        _ = try required(id, in: connection)
        let isSo = try connection.exists("SELECT 1 FROM party WHERE id = \(id) AND internal")
        guard isSo != isInternal else { return false }
        try connection.run("UPDATE party SET internal = \(isInternal) WHERE id = \(id)")
        let kind = isInternal ? "organisation.internal" : "organisation.external"
        try connection.record(kind, "organisation", id.value, by: act, party: id.value)
        return true
    }

    /// A person who becomes an organisation has volumes from now on; an organisation that becomes a person must not
    /// stand in a tree.
    static func kindChanged(
        _ id: ID<Party>, to kind: Party.Kind, in connection: any Connection
    ) throws {
        if kind == .person {
            let isBelow: SQL = "SELECT 1 FROM party WHERE id = \(id) AND parent_id IS NOT NULL"
            let isAbove: SQL = "SELECT 1 FROM party WHERE parent_id = \(id) LIMIT 1"
            guard try !connection.exists(isBelow), try !connection.exists(isAbove) else {
                throw CustomerRefusal.hasDepartments
            }
            try connection.run("UPDATE party SET internal = FALSE WHERE id = \(id)")
        }
        try VolumeStore.recount("SELECT id FROM party WHERE id = \(id)", in: connection)
    }
}
