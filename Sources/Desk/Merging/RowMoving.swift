import Storage

/// Gives the rows of one party to another, table by table, as the registry says.
struct RowMoving {
    let from: Int64
    let to: Int64
    let connection: any Connection
    var journal: MergeJournal
    /// Narrows the rows to some of them; nil for all.
    var chosen: SQL?

    init(from: Int64, to: Int64, journal: MergeJournal, in connection: any Connection) {
        self.from = from
        self.to = to
        self.journal = journal
        self.connection = connection
    }

    /// Everything of every table but the party's own row.
    mutating func moveAll() throws {
        for entry in Schema.tables where !entry.parties.isEmpty {
            try move(entry)
        }
    }

    mutating func move(_ entry: TableEntry) throws {
        let rule = CombiningRule.of(entry)
        let shape = try journal.shape(entry.name)
        let columns = entry.parties.filter { !rule.colleagues.contains($0) }
        switch rule.fate {
        case .rebuilt: return
        case .dropped:
            for column in columns { try drop(shape, column) }
        case .moved:
            try rule.prepare?(&self)
            for column in columns {
                try settleClashes(shape, column, rule)
                try journal.move(shape, column, from: from, to: to, chosen: chosen, in: connection)
            }
        }
    }

    private mutating func drop(_ shape: TableShape, _ column: String) throws {
        let rows = try shape.rows(where: "\(SQL.name(column)) = \(from)", in: connection)
        for row in rows { try journal.remove(shape, row, in: connection) }
    }

    /// Where both have one of what may be there once.
    private mutating func settleClashes(
        _ shape: TableShape, _ column: String, _ rule: CombiningRule
    ) throws {
        for unique in shape.uniques where unique.columns.contains(column) {
            let clashing = try shape.rows(
                where: shape.clash(unique, column, from: from, to: to, chosen: chosen), in: connection)
            for row in clashing {
                let kept = try shape.twin(of: row, unique, column, with: to, in: connection)
                try journal.remove(shape, row, in: connection)
                guard let kept else { continue }
                try journal.change(shape, kept, to: rule.clash(kept, row), in: connection)
            }
        }
    }
}

extension TableShape {
    /// Holds for rows of `from` that could not be given to `to`, because one like it is there.
    func clash(
        _ unique: Uniqueness, _ column: String, from: Int64, to: Int64, chosen: SQL?
    ) -> SQL {
        let (table, field) = (SQL.name(name), SQL.name(column))
        let among: SQL = unique.condition.isEmpty ? "" : " AND (" + SQL(stringLiteral: unique.condition) + ")"
        let same = unique.columns.filter { $0 != column }.map { other -> SQL in
            " AND twin.\(SQL.name(other)) = \(table).\(SQL.name(other))"
        }.joined("")
        let narrowed: SQL = chosen.map { " AND " + $0 } ?? ""
        return """
            \(field) = \(from)\(among)\(narrowed) AND EXISTS (
                SELECT 1 FROM \(table) twin WHERE twin.\(field) = \(to)\(same)\(among))
            """
    }

    /// The row of `party` that stands where this one would go.
    func twin(
        of row: StoredRow, _ unique: Uniqueness, _ column: String, with party: Int64,
        in connection: any Connection
    ) throws -> StoredRow? {
        var wanted = row
        wanted[column] = "\(party)"
        let among: SQL = unique.condition.isEmpty ? "" : " AND (" + SQL(stringLiteral: unique.condition) + ")"
        return try rows(where: condition(wanted, on: unique.columns) + among, in: connection).first
    }
}
