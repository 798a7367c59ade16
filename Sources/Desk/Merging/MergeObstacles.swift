import Storage

/// Whether a merge or a split can be undone now, and if not, what must be undone first.
///
/// Acts that touched other rows may be undone in any order. One that touched a row again stands in the way, and so does
/// one by which a customer that a row names went.
struct MergeObstacles {
    let merge: Merge
    let shapes: [String: TableShape]

    func check(_ steps: [MergeStep], in connection: any Connection) throws {
        try checkPresence(of: merge.kept, in: connection)
        if merge.kind == .split { try checkPresence(of: merge.other, in: connection) }
        if let later = try laterOnSameRows(in: connection) { throw MergeRefusal.later(later) }
        if let later = try laterMovingRows(in: connection) { throw MergeRefusal.later(later) }
        if let later = try laterInPlace(steps, in: connection) { throw MergeRefusal.later(later) }
        if let later = try laterRemoving(in: connection) { throw MergeRefusal.later(later) }
        if merge.made, let later = try laterWithMade(in: connection) { throw MergeRefusal.later(later) }
        for id in named(in: steps) {
            guard try !connection.exists("SELECT 1 FROM party WHERE id = \(id)") else { continue }
            if let later = try absorption(of: id, in: connection), later > merge.id {
                throw MergeRefusal.later(later)
            }
        }
    }

    private func checkPresence(of id: Int64, in connection: any Connection) throws {
        guard try !connection.exists("SELECT 1 FROM party WHERE id = \(id)") else { return }
        guard let later = try absorption(of: id, in: connection) else { throw MergeRefusal.gone }
        throw MergeRefusal.later(later)
    }

    private func absorption(of id: Int64, in connection: any Connection) throws -> Int64? {
        try connection.first(
            """
            SELECT r.merging_id FROM party_redirect r JOIN merging m ON m.id = r.merging_id
            WHERE r.party_id = \(id) AND m.undone_at IS NULL
            """
        ) { try $0.int64(0) }
    }

    /// A single row that something done later, which stands, took up where this act left it, or put in its place.
    private func laterOnSameRows(in connection: any Connection) throws -> Int64? {
        for mine in ["s.row_key", "s.old_key"] as [SQL] {
            for key in ["l.row_key", "l.old_key"] as [SQL] {
                let later: SQL = """
                    SELECT max(l.merging_id) FROM merging_step s
                    JOIN merging_step l ON l.place = s.place AND \(key) = \(mine) AND l.merging_id > s.merging_id
                    JOIN merging m ON m.id = l.merging_id AND m.undone_at IS NULL
                    WHERE s.merging_id = \(merge.id) AND \(mine) <> '' AND \(key) <> ''
                    """
                if let found = try connection.first(later, { try $0.optionalInt64(0) }) ?? nil {
                    return found
                }
            }
        }
        return nil
    }

    /// Where a row of a split would go back to stands one that something done later brought there.
    private func laterInPlace(_ steps: [MergeStep], in connection: any Connection) throws -> Int64? {
        guard merge.kind == .split else { return nil }
        for step in steps where step.act == "removed" || step.act == "moved" {
            guard let shape = shapes[step.place], shape.isNumbered else { continue }
            let columns = Set(Schema.tables.first { $0.name == step.place }?.parties ?? [])
            for unique in shape.uniques {
                guard let column = unique.columns.first(where: { columns.contains($0) }) else { continue }
                for row in try returning(step, shape, unique, column, in: connection) {
                    let twin = try shape.twin(of: row, unique, column, with: merge.kept, in: connection)
                    guard let id = twin?.int("id") else { continue }
                    if let later = try bringer(of: id, step.place, in: connection) { return later }
                }
            }
        }
        return nil
    }

    private func returning(
        _ step: MergeStep, _ shape: TableShape, _ unique: TableShape.Uniqueness, _ column: String,
        in connection: any Connection
    ) throws -> [StoredRow] {
        if step.act == "removed" { return [step.before] }
        guard step.field == column else { return [] }
        let ids: SQL =
            "id IN (SELECT row_id FROM merging_row WHERE merging_id = \(merge.id) AND n = \(step.n))"
        return try shape.rows(
            where: shape.clash(unique, column, from: merge.other, to: merge.kept, chosen: ids), in: connection
        )
    }

    private func bringer(of id: Int64, _ place: String, in connection: any Connection) throws -> Int64? {
        try connection.first(
            """
            SELECT max(m.id) FROM merging m
            JOIN merging_step l ON l.merging_id = m.id AND l.place = \(place) AND l.act = 'moved'
            JOIN merging_row y ON y.merging_id = l.merging_id AND y.n = l.n AND y.row_id = \(id)
            WHERE m.id > \(merge.id) AND m.undone_at IS NULL
                AND m.id IN (SELECT id FROM merging WHERE kept_id = \(merge.kept)
                    UNION SELECT id FROM merging WHERE other_id = \(merge.kept))
            """
        ) { try $0.optionalInt64(0) } ?? nil
    }

    /// Rows this act moved and a later one moved on. Only one that takes from where they are now can.
    private func laterMovingRows(in connection: any Connection) throws -> Int64? {
        let holder = merge.kind == .merge ? merge.kept : merge.other
        return try connection.first(
            """
            SELECT max(m.id) FROM merging m
            JOIN merging_step l ON l.merging_id = m.id AND l.act IN ('moved', 'removed', 'changed')
            WHERE m.id > \(merge.id) AND m.undone_at IS NULL
                AND m.id IN (SELECT id FROM merging WHERE kept_id = \(holder) OR other_id = \(holder))
                AND EXISTS (
                    SELECT 1 FROM merging_step s
                    JOIN merging_row x ON x.merging_id = s.merging_id AND x.n = s.n
                    JOIN merging_row y ON y.merging_id = l.merging_id AND y.n = l.n AND y.row_id = x.row_id
                    WHERE s.merging_id = \(merge.id) AND s.act = 'moved' AND s.place = l.place)
            """
        ) { try $0.optionalInt64(0) } ?? nil
    }

    /// Rows this act moved and a later one put aside, because whom it gave them to had one like it.
    private func laterRemoving(in connection: any Connection) throws -> Int64? {
        let holder = merge.kind == .merge ? merge.kept : merge.other
        let removed = try connection.all(
            """
            SELECT l.merging_id, l.place, l.row_key FROM merging m
            JOIN merging_step l ON l.merging_id = m.id AND l.act = 'removed'
            WHERE m.kept_id = \(holder) AND m.id > \(merge.id) AND m.kind = 'split' AND m.undone_at IS NULL
            """
        ) { (id: try $0.int64(0), place: try $0.text(1), key: try StoredRow(text: $0.text(2))) }
        for row in removed {
            guard let number = row.key.int("id") else { continue }
            let isOurs = try connection.exists(
                """
                SELECT 1 FROM merging_step s JOIN merging_row x ON x.merging_id = s.merging_id AND x.n = s.n
                WHERE s.merging_id = \(merge.id) AND s.place = \(row.place) AND x.row_id = \(number) LIMIT 1
                """)
            if isOurs { return row.id }
        }
        return nil
    }

    /// A suggestion that two may be one is found again and stands in nobody's way; that they are two was said by somebody.
    private func isSuggestion(_ step: MergeStep) -> Bool {
        step.place == "duplicate" && step.before["dismissed_at"] == nil && step.after["dismissed_at"] == nil
    }

    private func laterWithMade(in connection: any Connection) throws -> Int64? {
        try connection.first(
            """
            SELECT max(id) FROM merging WHERE id > \(merge.id) AND undone_at IS NULL
                AND id IN (SELECT id FROM merging WHERE kept_id = \(merge.other)
                    UNION SELECT id FROM merging WHERE other_id = \(merge.other))
            """
        ) { try $0.optionalInt64(0) } ?? nil
    }

    /// Customers that single rows of the journal name, besides the two it is about.
    private func named(in steps: [MergeStep]) -> [Int64] {
        var ids: Set<Int64> = []
        for step in steps {
            guard let entry = Schema.tables.first(where: { $0.name == step.place }) else { continue }
            guard !isSuggestion(step) else { continue }
            let columns = Set(entry.parties).subtracting(CombiningRule.of(entry).colleagues)
            for row in [step.key, step.before, step.after] {
                ids.formUnion(columns.compactMap { row.int($0) })
            }
        }
        return ids.subtracting([merge.kept, merge.other]).sorted()
    }
}
