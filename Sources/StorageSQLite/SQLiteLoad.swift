import GRDBSQLite
import Storage

extension Batch {
    /// The statement one row of the batch is inserted with.
    var insertion: String {
        let names = columns.map { "\($0.name)" }.joined(separator: ", ")
        let marks = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return "INSERT INTO \(table) (\(names)) VALUES (\(marks))"
    }
}

/// A batch on its way in: constants are bound once, then a bind for each value and a step for each row.
struct SQLiteLoad {
    private let count: Int
    private var integers: [(index: Int32, values: [Int64], isOptional: Bool)] = []
    private var texts: [(index: Int32, values: [String])] = []
    private var optionalTexts: [(index: Int32, values: [String?])] = []
    private let statement: SQLiteStatement
    private let connection: OpaquePointer

    init(_ batch: Batch, through statement: SQLiteStatement, on connection: OpaquePointer) throws {
        self.statement = statement
        self.connection = connection
        count = batch.count
        for (offset, column) in batch.columns.enumerated() {
            let index = Int32(offset + 1)
            switch column.values {
            case .integers(let values): integers.append((index, values, false))
            case .optionalIntegers(let values): integers.append((index, values, true))
            case .texts(let values): texts.append((index, values))
            case .optionalTexts(let values): optionalTexts.append((index, values))
            case .constant(let value): try check(statement.bind(value, at: index))
            }
        }
    }

    func run() throws {
        for row in 0..<count {
            try bindIntegers(row)
            for column in texts { try check(statement.bind(column.values[row], at: column.index)) }
            for column in optionalTexts { try bind(column.values[row], at: column.index) }
            guard sqlite3_step(statement.handle) == SQLITE_DONE else {
                throw StorageError(sqlite: connection)
            }
            sqlite3_reset(statement.handle)
        }
    }

    private func bindIntegers(_ row: Int) throws {
        for column in integers {
            let value = column.values[row]
            let code =
                column.isOptional && value == Batch.null
                ? sqlite3_bind_null(statement.handle, column.index)
                : sqlite3_bind_int64(statement.handle, column.index, value)
            try check(code)
        }
    }

    private func bind(_ text: String?, at index: Int32) throws {
        if let text {
            try check(statement.bind(text, at: index))
        } else {
            try check(sqlite3_bind_null(statement.handle, index))
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw StorageError(sqlite: connection) }
    }
}
