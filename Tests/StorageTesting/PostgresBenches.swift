import Foundation
import Storage
import StoragePostgres
import Synchronization

/// Lends PostgreSQL databases: on the server `REGULARS_TEST_POSTGRES` names, or on one of this test process's own.
final class PostgresBenches: Sendable {
    static let shared = PostgresBenches()
    private let server = Mutex<Task<Server, any Error>?>(nil)
    private let templates = Templates()
    /// A server has a hundred connections or so, and a bench takes several.
    private let gate = Gate(16)

    private struct Server: Sendable {
        let url: String
        let database: PostgresDatabase
    }

    func lend<T>(_ migrations: [Migration], _ body: (Bench) async throws -> T) async throws -> T {
        try await gate.pass {
            let server = try await self.running()
            let template = try await templates.address(for: migrations) { number in
                let name = PostgresBenches.name("template\(number)")
                try await server.database.execute(
                    outsideTransaction: "CREATE DATABASE \(name) TEMPLATE template0")
                let url = PostgresBenches.url(server.url, naming: name)
                try await Templates.migrate(PostgresDatabase(url: url, poolSize: 1), migrations)
                return name
            }
            let name = PostgresBenches.name("")
            try await server.database.execute(
                outsideTransaction: "CREATE DATABASE \(name) TEMPLATE \(template)")
            let bench = Bench(engine: .postgres, address: PostgresBenches.url(server.url, naming: name))
            do {
                let answer = try await body(bench)
                try await drop(name, on: server)
                return answer
            } catch {
                try? await drop(name, on: server)
                throw error
            }
        }
    }

    private func drop(_ name: String, on server: Server) async throws {
        try await server.database.execute(outsideTransaction: "DROP DATABASE \(name) WITH (FORCE)")
    }

    private func running() async throws -> Server {
        let task = server.withLock { server in
            if let server { return server }
            let task = Task {
                let url = try await PostgresServer.url()
                return Server(url: url, database: try await PostgresDatabase(url: url, poolSize: 4))
            }
            server = task
            return task
        }
        return try await task.value
    }

    private static func name(_ kind: String) -> String {
        let number = String(UInt64.random(in: 0 ... .max), radix: 36)
        return "regulars_test_\(kind)_\(number)"
    }

    /// The same server, another database.
    private static func url(_ url: String, naming name: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1).map(String.init)
        let start = parts[0].range(of: "://")?.upperBound ?? parts[0].startIndex
        let slash = parts[0][start...].firstIndex(of: "/") ?? parts[0].endIndex
        return parts[0][..<slash] + "/\(name)" + (parts.count > 1 ? "?\(parts[1])" : "")
    }
}

/// Lets so many in at a time. Who is inside may pass again, or two benches in one test could wait for each other.
final class Gate: Sendable {
    @TaskLocal private static var isInside = false

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ width: Int) { state = Mutex(State(free: width)) }

    func pass<T>(_ body: () async throws -> T) async throws -> T {
        if Gate.isInside { return try await body() }
        await enter()
        defer { leave() }
        return try await Gate.$isInside.withValue(true) { try await body() }
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state in
            if !state.waiting.isEmpty { return Optional(state.waiting.removeFirst()) }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
