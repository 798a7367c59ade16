import Kernel
import Storage

/// Makes two customers one, in one transaction.
///
/// Rows change hands by the registry of tables, the journal keeps what it takes to give them back, and the projections
/// of both are counted out before and in again after.
struct Merging {
    let kept: Int64
    let going: Int64
    let choices: MergeChoices
    let act: Act

    /// Answers the number of the act.
    func run(in connection: any Connection) throws -> Int64 {
        let shapes = try TableShapes.read(in: connection)
        guard let party = shapes["party"] else { throw StorageError.broken("there is no table of parties") }
        try Merging.check(kept, going, in: connection)
        guard let stays = try party.rows(where: "id = \(kept)", in: connection).first,
            let goes = try party.rows(where: "id = \(going)", in: connection).first
        else { throw MergeRefusal.unknown }
        let id = try open(stays, goes, in: connection)
        var recount = Merging.recount(kept, going)
        try recount.countOut(in: connection)
        var moving = RowMoving(from: going, to: kept, journal: MergeJournal(id, shapes), in: connection)
        try moving.moveAll()
        let wanted = choices.combined(stays, goes)
        try moving.journal.change(party, stays, to: wanted, in: connection)
        try connection.run("DELETE FROM party_word WHERE party_id = \(going)")
        if wanted["name"] != stays["name"] {
            try CustomerStore.index(ID(kept), name: wanted["name"] ?? "", in: connection)
        }
        try removeParty(party, goes, &moving, in: connection)
        try recount.countIn(to: .delta, in: connection)
        try connection.run("UPDATE merging SET steps = \(moving.journal.n) WHERE id = \(id)")
        try connection.record(
            "party.merged", "party", kept, by: act, party: kept, detail: ["merging": id, "other": going])
        return id
    }

    private func open(
        _ stays: StoredRow, _ goes: StoredRow, in connection: any Connection
    ) throws -> Int64 {
        try Merging.open(
            .merge, kept: (kept, stays["name"] ?? ""), other: (going, goes["name"] ?? ""), made: false,
            by: act, in: connection)
    }

    /// Children have moved by now, so nothing names whoever goes but the way on.
    private func removeParty(
        _ party: TableShape, _ goes: StoredRow, _ moving: inout RowMoving, in connection: any Connection
    ) throws {
        let redirects = try moving.journal.shape("party_redirect")
        let redirect = StoredRow([
            "party_id": "\(going)", "into_id": "\(kept)", "merging_id": "\(moving.journal.merging)",
        ])
        try moving.journal.add(redirects, redirect, in: connection)
        // Its own row, as it was before its children's rows changed.
        try moving.journal.remove(party, goes, in: connection)
    }

    static func open(
        _ kind: Merge.Kind, kept: (id: Int64, name: String), other: (id: Int64, name: String), made: Bool,
        by act: Act, in connection: any Connection
    ) throws -> Int64 {
        let insert: SQL = """
            INSERT INTO merging (kind, kept_id, other_id, kept_name, other_name, made, steps, at, by_id)
            VALUES (\(kind), \(kept.id), \(other.id), \(kept.name), \(other.name), \(made), 0, \(act.at), \(act.actor))
            RETURNING id
            """
        guard let id = try connection.first(insert, { try $0.int64(0) }) else {
            throw StorageError.broken("a merge was begun without a number")
        }
        return id
    }

    static func recount(_ one: Int64, _ other: Int64) -> Recount {
        Recount(of: "SELECT id FROM party WHERE id IN (\(one), \(other)) ORDER BY id")
    }
}

extension Merging {
    /// Whether these two may be one.
    static func check(_ kept: Int64, _ going: Int64, in connection: any Connection) throws {
        guard kept != going else { throw MergeRefusal.sameCustomer }
        let (stays, goes) = (try found(kept, in: connection), try found(going, in: connection))
        guard stays.kind == goes.kind else { throw MergeRefusal.differentKinds }
        guard stays.isSample == goes.isSample else { throw MergeRefusal.sample }
        guard try !isAncestor(going, of: kept, in: connection) else { throw MergeRefusal.ancestor }
    }

    /// A customer who may take part.
    @discardableResult
    static func found(
        _ id: Int64, in connection: any Connection
    ) throws -> (kind: Party.Kind, isSample: Bool, name: String) {
        let statement: SQL = """
            SELECT p.kind, p.serves, EXISTS (SELECT 1 FROM import i WHERE i.id = p.import_id AND i.sample), p.name,
                EXISTS (SELECT 1 FROM agent a WHERE a.person_id = p.id)
            FROM party p WHERE p.id = \(id)
            """
        let row = try connection.first(statement) { row in
            (
                kind: try row.word(0, as: Party.Kind.self),
                serves: try row.bool(1) || row.bool(4), isSample: try row.bool(2), name: try row.text(3)
            )
        }
        guard let row else { throw MergeRefusal.unknown }
        guard !row.serves else { throw MergeRefusal.colleague }
        return (row.kind, row.isSample, row.name)
    }

    /// Whether `one` stands above `other` among the departments. A loop in the tree ends the walk.
    static func isAncestor(_ one: Int64, of other: Int64, in connection: any Connection) throws -> Bool {
        var seen: Set<Int64> = [other]
        var next = other
        while let parent = try connection.first(
            "SELECT parent_id FROM party WHERE id = \(next)", { try $0.optionalInt64(0) }) ?? nil
        {
            if parent == one { return true }
            guard seen.insert(parent).inserted else { return false }
            next = parent
        }
        return false
    }
}
