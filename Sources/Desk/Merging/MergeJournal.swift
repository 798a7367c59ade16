import Storage

/// Changes rows and writes down what it takes to change them back.
struct MergeJournal {
    let merging: Int64
    let shapes: [String: TableShape]
    /// The number of the last step.
    private(set) var n: Int64

    init(_ merging: Int64, _ shapes: [String: TableShape], after n: Int64 = 0) {
        self.merging = merging
        self.shapes = shapes
        self.n = n
    }

    func shape(_ table: String) throws -> TableShape {
        guard let shape = shapes[table] else { throw StorageError.broken("there is no table \(table)") }
        return shape
    }

    /// Gives rows of one party to another; `chosen` narrows them. Of rows with a number only the number is kept.
    mutating func move(
        _ shape: TableShape, _ column: String, from: Int64, to: Int64, chosen: SQL?,
        in connection: any Connection
    ) throws {
        let (table, field) = (SQL.name(shape.name), SQL.name(column))
        let whose: SQL = "\(field) = \(from)" + (chosen.map { " AND " + $0 } ?? "")
        if shape.isNumbered {
            let count = try connection.run(
                """
                INSERT INTO merging_row (merging_id, n, row_id)
                SELECT CAST(\(merging) AS BIGINT), CAST(\(n + 1) AS BIGINT), id FROM \(table) WHERE \(whose)
                """)
            guard count > 0 else { return }
            try step(
                "moved", shape, field: column, before: StoredRow([column: "\(from)"]),
                after: StoredRow([column: "\(to)"]), rows: count, in: connection)
        } else {
            let rows = try shape.rows(where: whose, in: connection)
            guard !rows.isEmpty else { return }
            for row in rows {
                var moved = row
                moved[column] = "\(to)"
                try step(
                    "changed", shape, key: moved, old: row, before: StoredRow([column: "\(from)"]),
                    after: StoredRow([column: "\(to)"]), in: connection)
            }
        }
        try connection.run("UPDATE \(table) SET \(field) = \(to) WHERE \(whose)")
    }

    /// Changes one row to what it is to be.
    mutating func change(
        _ shape: TableShape, _ row: StoredRow, to wanted: StoredRow, in connection: any Connection
    ) throws {
        let columns = wanted.differs(from: row)
        guard !columns.isEmpty else { return }
        try step(
            "changed", shape, key: wanted, old: row, before: row.only(columns), after: wanted.only(columns),
            in: connection)
        try shape.set(columns, of: wanted, where: shape.condition(row, on: shape.rowKey), in: connection)
    }

    mutating func remove(_ shape: TableShape, _ row: StoredRow, in connection: any Connection) throws {
        try step("removed", shape, key: row, old: row, before: row, in: connection)
        try connection.run(
            "DELETE FROM \(SQL.name(shape.name)) WHERE \(shape.condition(row, on: shape.rowKey))")
    }

    mutating func add(_ shape: TableShape, _ row: StoredRow, in connection: any Connection) throws {
        guard try shape.insert(row, in: connection) else { return }
        try step("added", shape, key: row, after: row, in: connection)
    }

    /// Writes down a row that was added already.
    mutating func noteAdded(_ shape: TableShape, _ row: StoredRow, in connection: any Connection) throws {
        try step("added", shape, key: row, after: row, in: connection)
    }

    private mutating func step(
        _ act: String, _ shape: TableShape, field: String = "", key: StoredRow? = nil,
        old: StoredRow? = nil, before: StoredRow = StoredRow(), after: StoredRow = StoredRow(), rows: Int = 1,
        in connection: any Connection
    ) throws {
        n += 1
        try connection.run(
            """
            INSERT INTO merging_step (merging_id, n, act, place, field, row_key, old_key, before, after, row_count)
            VALUES (\(merging), \(n), \(act), \(shape.name), \(field), \(key?.only(shape.rowKey).text ?? ""),
                \(old?.only(shape.rowKey).text ?? ""), \(before.text), \(after.text), \(rows))
            """)
    }
}

extension TableShape {
    /// False where something else stands in its place.
    func insert(_ row: StoredRow, in connection: any Connection) throws -> Bool {
        let present = columns.map(\.name).filter { row[$0] != nil }
        let names = present.map { SQL.name($0) }.joined(", ")
        let values = try present.map { try value(row[$0], for: $0) }.joined(", ")
        return try connection.run(
            "INSERT INTO \(SQL.name(name)) (\(names)) VALUES (\(values)) ON CONFLICT DO NOTHING") > 0
    }

    func set(
        _ columns: [String], of row: StoredRow, where condition: SQL, in connection: any Connection
    ) throws {
        let sets = try columns.filter { kind(of: $0) != nil }.map {
            SQL.name($0) + " = \(try value(row[$0], for: $0))"
        }
        guard !sets.isEmpty else { return }
        try connection.run("UPDATE \(SQL.name(name)) SET \(sets.joined(", ")) WHERE \(condition)")
    }
}
