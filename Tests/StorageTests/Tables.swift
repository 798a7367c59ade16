import Storage
import StorageTesting

extension Migration {
    /// One column of each type, and one of each rule a table can have.
    static let everything = Migration(
        "0001-everything",
        """
        CREATE TABLE parent (id IDENTITY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE child (
            id IDENTITY,
            parent_id BIGINT NOT NULL REFERENCES parent (id),
            amount BIGINT CONSTRAINT amount_positive CHECK (amount > 0)
        );
        CREATE TABLE thing (id BIGINT PRIMARY KEY, whole BIGINT, flag BOOLEAN, words TEXT, number REAL, data BYTES);
        CREATE TABLE pair (a BIGINT NOT NULL, b BIGINT NOT NULL, UNIQUE (a, b));
        """)
}

/// A database with the tables above.
@discardableResult
func withTables<T>(on engine: Engine, _ body: (any Database) async throws -> T) async throws -> T {
    try await withDatabase(on: engine, migrations: [.everything], body)
}

extension Database {
    func count(_ table: StaticString) async throws -> Int {
        let statement = SQL(stringLiteral: "SELECT count(*) FROM \(table)")
        return try await read { try $0.number(statement) }
    }
}

/// What the tests throw from inside a transaction.
enum Mishap: Error, Equatable {
    case stumbled, waitedTooLong
}
