import Foundation
import Storage

/// A table as the engine has it: its columns, what makes a row the same row, and what may stand in it only once.
///
/// Merging reads it from the engine's own catalogue, because tables come with every feature and none is named here.
struct TableShape: Sendable {
    enum Kind: Sendable { case integer, boolean, text, real, bytes }

    struct Column: Sendable {
        let name: String
        let kind: Kind
    }

    /// Columns that may not repeat together, among the rows a condition holds for.
    struct Uniqueness: Sendable {
        var columns: [String]
        let condition: String
    }

    let name: String
    var columns: [Column] = []
    var key: [String] = []
    var uniques: [Uniqueness] = []

    /// Rows have a number of their own.
    var isNumbered: Bool { key == ["id"] }

    /// The columns a row is found again by; all of them where the table has no key.
    var rowKey: [String] { key.isEmpty ? columns.map(\.name) : key }

    var list: SQL { columns.map { SQL.name($0.name) }.joined(", ") }

    func kind(of column: String) -> Kind? { columns.first { $0.name == column }?.kind }
}

extension SQL {
    /// A table's or column's name as the engine or the registry of tables says it.
    static func name(_ name: String) -> SQL {
        precondition(
            name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
            }, "a name in the schema is written in small letters: \(name)")
        return SQL(stringLiteral: name)
    }
}

/// The shapes of all tables, by name.
enum TableShapes {
    static func read(in connection: any Connection) throws -> [String: TableShape] {
        var shapes: [String: TableShape] = [:]
        let isSQLite = connection.engine == .sqlite
        try connection.each(isSQLite ? sqliteColumns : postgresColumns) { row in
            let table = try row.text(0)
            guard let kind = kind(try row.text(2)) else { return }
            shapes[table, default: TableShape(name: table)].columns
                .append(TableShape.Column(name: try row.text(1), kind: kind))
            if try row.int(3) > 0 { shapes[table]?.key.append(try row.text(1)) }
        }
        var last: (table: String, index: String)?
        try connection.each(isSQLite ? sqliteUniques : postgresUniques) { row in
            let (table, index, column) = (try row.text(0), try row.text(1), try row.text(3))
            if let last, last == (table, index), let place = shapes[table]?.uniques.indices.last {
                shapes[table]?.uniques[place].columns.append(column)
            } else {
                let condition = condition(try row.text(2), isSQLite: isSQLite)
                shapes[table]?.uniques.append(
                    TableShape.Uniqueness(columns: [column], condition: condition))
            }
            last = (table, index)
        }
        return shapes
    }

    private static func kind(_ word: String) -> TableShape.Kind? {
        switch word.uppercased() {
        case "INTEGER", "INT8", "INT4", "INT2": .integer
        case "BOOL": .boolean
        case "TEXT", "NAME", "VARCHAR": .text
        case "REAL", "FLOAT8": .real
        case "BLOB", "BYTEA": .bytes
        default: nil
        }
    }

    /// SQLite keeps the whole statement that made the index, PostgreSQL the condition alone.
    private static func condition(_ words: String, isSQLite: Bool) -> String {
        guard isSQLite else { return words }
        guard let start = words.range(of: " WHERE ") else { return "" }
        return String(words[start.upperBound...])
    }

    private static let sqliteColumns: SQL = """
        SELECT m.name, c.name, c.type, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' ORDER BY m.name, c.cid
        """

    private static let sqliteUniques: SQL = """
        SELECT m.name, l.name, coalesce(s.sql, ''), i.name FROM sqlite_schema m
        JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
        LEFT JOIN sqlite_schema s ON s.name = l.name AND s.type = 'index'
        WHERE m.type = 'table' AND l."unique" = 1 AND i.name <> '' ORDER BY m.name, l.name, i.seqno
        """

    private static let postgresColumns: SQL = """
        SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), CAST(t.typname AS TEXT),
            CASE WHEN a.attnum = ANY (k.indkey) THEN 1 ELSE 0 END
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY c.relname, a.attnum
        """

    private static let postgresUniques: SQL = """
        SELECT CAST(c.relname AS TEXT), CAST(x.relname AS TEXT), coalesce(pg_get_expr(k.indpred, k.indrelid), ''),
            CAST(a.attname AS TEXT)
        FROM pg_index k JOIN pg_class c ON c.oid = k.indrelid JOIN pg_class x ON x.oid = k.indexrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.indkey)
        WHERE n.nspname = 'public' AND k.indisunique ORDER BY c.relname, x.relname, a.attnum
        """
}
