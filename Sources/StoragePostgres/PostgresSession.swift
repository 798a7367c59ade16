import CPostgres
import Storage

/// One transaction on one connection as the domain sees it.
///
/// A connection answers one statement at a time. Rows are handed over as they arrive, in constant memory; a statement
/// run from inside `each` first fetches the rest of the outer answer into memory, so nest inside short answers only.
final class PostgresSession: Connection {
    let engine = Engine.postgres
    let link: PostgresLink
    private let untyped: UntypedStatements
    private var stream: PostgresStream?
    private(set) var failure: PostgresFailure?

    init(_ link: PostgresLink, _ untyped: UntypedStatements) {
        self.link = link
        self.untyped = untyped
    }

    func each(_ statement: SQL, _ body: (any Row) throws -> Void) throws {
        let rows = try stream(statement)
        defer { finish(rows) }
        while let result = try failing(rows.next) {
            for row in 0..<result.rowCount { try body(PostgresRow(result: result, row: row)) }
        }
    }

    @discardableResult
    func run(_ statement: SQL) throws -> Int {
        let rows = try stream(statement)
        defer { finish(rows) }
        while try failing(rows.next) != nil {}
        return rows.changes
    }

    func script(_ text: String) throws {
        try execute(Engine.postgres.translate(text))
    }

    func load(_ batch: Batch) throws {
        guard batch.count > 0 else { return }
        try fresh { try PostgresCopy(batch, over: link).run() }
    }

    /// A statement without values, run as it stands.
    @discardableResult
    func execute(_ text: String) throws -> PostgresResult {
        try fresh {
            let result = link.execute(text)
            guard result.isGood else { throw link.failure(result) }
            return result
        }
    }

    private func stream(_ statement: SQL) throws -> PostgresStream {
        try fresh {
            do {
                let isTyped = untyped.isTyped(statement.text)
                try link.send(statement.text, PostgresValues(statement.values), isTyped: isTyped)
            } catch let failure as PostgresFailure where failure.kind == .mistyped {
                untyped.add(statement.text)
                throw failure
            }
            let rows = PostgresStream(link)
            stream = rows
            return rows
        }
    }

    /// Frees the connection for another statement, or says that the transaction has failed already.
    private func fresh<T>(_ act: () throws -> T) throws -> T {
        if let failure { throw failure.error }
        return try failing {
            try stream?.fetchRest()
            stream = nil
            return try act()
        }
    }

    private func failing<T>(_ act: () throws -> T) throws -> T {
        do {
            return try act()
        } catch let failed as PostgresFailure {
            failure = failure ?? failed
            throw failed.error
        } catch let error as StorageError {
            failure = failure ?? PostgresFailure(.plain, error)
            throw error
        }
    }

    /// Rows nobody wants any more are read and dropped, unless a nested statement has taken the connection over.
    private func finish(_ rows: PostgresStream) {
        guard stream === rows else { return }
        rows.drop()
        stream = nil
    }
}

/// The rows of a statement on their way.
final class PostgresStream {
    private let link: PostgresLink
    private var stored: PostgresResult?
    private var isDone = false
    private(set) var changes = 0

    init(_ link: PostgresLink) { self.link = link }

    /// Some rows, or nil when all were handed over.
    func next() throws -> PostgresResult? {
        if let stored {
            self.stored = nil
            return stored
        }
        return try arriving()
    }

    private func arriving() throws -> PostgresResult? {
        while !isDone {
            guard let result = link.next() else {
                isDone = true
                return nil
            }
            guard result.isGood else {
                drop()
                throw link.failure(result)
            }
            if result.status == PGRES_SINGLE_TUPLE { return result }
            changes = result.changes
        }
        return nil
    }

    /// Reads what is still to come, so that the connection is free.
    func fetchRest() throws {
        guard let first = try arriving() else { return }
        guard let rest = first.emptyCopy() else { throw PostgresFailure(.plain, .broken("out of memory")) }
        var result: PostgresResult? = first
        while let rows = result {
            guard rest.append(rows) else { throw PostgresFailure(.plain, .broken("out of memory")) }
            result = try arriving()
        }
        stored = rest
    }

    func drop() {
        while !isDone { isDone = link.next() == nil }
    }
}
