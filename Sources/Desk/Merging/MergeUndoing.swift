import Kernel
import Storage

/// What undoing found changed since, and therefore left as it is.
public struct MergeLeavings: Sendable, Equatable {
    /// Fields that somebody edited after.
    public var edited = 0
    /// Rows that are gone, or stand with somebody else by now.
    public var gone = 0
    /// Purchases recorded since with whoever stayed. They stay there.
    public var since = 0

    public var isNothing: Bool { edited == 0 && gone == 0 && since == 0 }
}

/// One line of the journal.
struct MergeStep {
    let n: Int64
    let act: String
    let place: String
    let field: String
    let key: StoredRow
    let before: StoredRow
    let after: StoredRow

    static func read(_ id: Int64, in connection: any Connection) throws -> [MergeStep] {
        try connection.all(
            """
            SELECT n, act, place, field, row_key, before, after FROM merging_step
            WHERE merging_id = \(id) ORDER BY n DESC
            """
        ) { row in
            let key = try row.text(4)
            return MergeStep(
                n: try row.int64(0), act: try row.text(1), place: try row.text(2), field: try row.text(3),
                key: key.isEmpty ? StoredRow() : try StoredRow(text: key),
                before: try StoredRow(text: row.text(5)), after: try StoredRow(text: row.text(6)))
        }
    }
}

/// Takes a merge or a split back, the last step first, in one transaction.
///
/// A row goes back as far as it still is as the merge left it: what was edited since keeps its edit, what was recorded
/// since stays with whoever stayed.
struct MergeUndoing {
    let merge: Merge
    let act: Act

    func run(in connection: any Connection) throws -> MergeLeavings {
        let taken = try connection.run(
            """
            UPDATE merging SET undone_at = \(act.at), undone_by = \(act.actor)
            WHERE id = \(merge.id) AND undone_at IS NULL
            """)
        guard taken == 1 else { throw MergeRefusal.alreadyUndone }
        let shapes = try TableShapes.read(in: connection)
        let steps = try MergeStep.read(merge.id, in: connection)
        try MergeObstacles(merge: merge, shapes: shapes).check(steps, in: connection)
        var recount = Merging.recount(merge.kept, merge.other)
        try recount.countOut(in: connection)
        var leavings = MergeLeavings()
        for step in steps {
            guard let shape = shapes[step.place], !isMadeParty(step) else { continue }
            try undo(step, shape, &leavings, in: connection)
        }
        try settleNames(in: connection)
        // Who was made for a split is still there to be counted; what was recorded with them since goes back as well.
        if merge.made { try dissolve(shapes, in: connection) }
        try recount.countIn(to: .delta, in: connection)
        for party in merge.made ? [merge.kept] : [merge.kept, merge.other] {
            try connection.record(
                merge.kind == .merge ? "party.unmerged" : "party.unsplit", "party", party, by: act,
                party: party,
                detail: ["merging": merge.id])
        }
        return leavings
    }

    private func isMadeParty(_ step: MergeStep) -> Bool {
        merge.made && step.act == "added" && step.place == "party"
    }

    private func undo(
        _ step: MergeStep, _ shape: TableShape, _ leavings: inout MergeLeavings, in connection: any Connection
    ) throws {
        switch step.act {
        case "moved": leavings.gone += try giveBack(step, shape, in: connection)
        case "changed": try changeBack(step, shape, &leavings, in: connection)
        case "added":
            try connection.run(
                """
                DELETE FROM \(SQL.name(shape.name)) WHERE \(shape.condition(step.key, on: shape.rowKey))
                """)
        default:
            guard try mayReturn(step, shape, in: connection) else { return }
            if try !shape.insert(step.before, in: connection) { leavings.gone += 1 }
        }
    }

    /// Rows by number, as far as they are still where the merge put them. Answers how many are not.
    private func giveBack(
        _ step: MergeStep, _ shape: TableShape, in connection: any Connection
    ) throws -> Int {
        guard let from = step.before.int(step.field), let to = step.after.int(step.field),
            shape.kind(of: step.field) != nil
        else { return 0 }
        let ids: SQL =
            "id IN (SELECT row_id FROM merging_row WHERE merging_id = \(merge.id) AND n = \(step.n))"
        let free = shape.uniques.filter { $0.columns.contains(step.field) }.map { unique -> SQL in
            " AND NOT (" + shape.clash(unique, step.field, from: to, to: from, chosen: nil) + ")"
        }.joined("")
        let field = SQL.name(step.field)
        let moved = try connection.run(
            "UPDATE \(SQL.name(shape.name)) SET \(field) = \(from) WHERE \(ids) AND \(field) = \(to)\(free)")
        let all = try connection.number(
            "SELECT row_count FROM merging_step WHERE merging_id = \(merge.id) AND n = \(step.n)")
        return all - moved
    }

    private func changeBack(
        _ step: MergeStep, _ shape: TableShape, _ leavings: inout MergeLeavings, in connection: any Connection
    ) throws {
        let here = try shape.condition(step.key, on: shape.rowKey)
        guard let current = try shape.rows(where: here, in: connection).first else {
            leavings.gone += 1
            return
        }
        var wanted = current
        for column in step.after.differs(from: step.before) where shape.kind(of: column) != nil {
            if current[column] == step.after[column] {
                wanted[column] = step.before[column]
            } else {
                leavings.edited += 1
            }
        }
        let key = wanted.only(shape.rowKey)
        if key != current.only(shape.rowKey) {
            let there = try shape.condition(key, on: shape.rowKey)
            guard try shape.rows(where: there, in: connection).isEmpty else {
                leavings.gone += 1
                return
            }
        }
        try shape.set(wanted.differs(from: current), of: wanted, where: here, in: connection)
    }

    /// Not where the customer it names is gone, where its import was undone, or where its table says it is outdated.
    private func mayReturn(
        _ step: MergeStep, _ shape: TableShape, in connection: any Connection
    ) throws -> Bool {
        guard let entry = Schema.tables.first(where: { $0.name == step.place }) else { return false }
        let rule = CombiningRule.of(entry)
        if let mayReturn = rule.mayReturn, try !mayReturn(step.before, connection) { return false }
        for column in entry.parties where !rule.colleagues.contains(column) {
            guard let id = step.before.int(column) else { continue }
            guard try connection.exists("SELECT 1 FROM party WHERE id = \(id)") else { return false }
        }
        guard step.place != "party", let source = step.before.int("import_id"), source > 0 else {
            return true
        }
        return try !connection.exists("SELECT 1 FROM import WHERE id = \(source) AND state = 'undone'")
    }

    /// The words by which both are found follow from their names as they are now.
    private func settleNames(in connection: any Connection) throws {
        for id in [merge.kept, merge.other] {
            guard let party = try CustomerStore.party(ID(id), in: connection) else { continue }
            try CustomerStore.index(party.id, name: party.name, in: connection)
        }
    }

    private func dissolve(_ shapes: [String: TableShape], in connection: any Connection) throws {
        let last = try connection.number("SELECT max(n) FROM merging_step WHERE merging_id = \(merge.id)")
        var moving = RowMoving(
            from: merge.other, to: merge.kept, journal: MergeJournal(merge.id, shapes, after: Int64(last)),
            in: connection)
        try moving.moveAll()
        try connection.run("DELETE FROM party_word WHERE party_id = \(merge.other)")
        try connection.run("DELETE FROM standing WHERE party_id = \(merge.other)")
        try connection.run(
            """
            INSERT INTO party_redirect (party_id, into_id, merging_id)
            VALUES (\(merge.other), \(merge.kept), \(merge.id)) ON CONFLICT DO NOTHING
            """)
        try connection.run("DELETE FROM party WHERE id = \(merge.other)")
    }
}
