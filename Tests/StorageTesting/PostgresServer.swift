import Foundation
import Storage
import Synchronization

/// The PostgreSQL server of a test run: `REGULARS_TEST_POSTGRES`, or one of Debian's package in a temporary folder.
enum PostgresServer {
    static func url() async throws -> String {
        if let given = ProcessInfo.processInfo.environment["REGULARS_TEST_POSTGRES"], !given.isEmpty {
            return given
        }
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "regulars.tests.postgres").async {
                continuation.resume(with: Result { try start() })
            }
        }
    }

    /// Starts a server that lives as long as this process: a shell waits on a pipe that only this process holds open,
    /// and stops the server when the pipe closes, however the process came to its end.
    private static func start() throws -> String {
        let port = try freePort()
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = [
            "-c", script, "regulars-test-postgres", try programs(), String(port), TestFolder.path,
        ]
        let lifeline = Pipe()
        let answers = Pipe()
        _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        shell.standardInput = lifeline
        shell.standardOutput = answers
        try shell.run()
        PostgresServer.lifeline.withLock { $0 = lifeline }
        var said = ""
        while !said.contains("ready\n") {
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw StorageError.unreachable("no PostgreSQL for the tests: \(said)")
            }
            said += String(decoding: more, as: UTF8.self)
        }
        return "postgres://postgres@127.0.0.1:\(port)/postgres"
    }

    /// Kept open until the process ends.
    private static let lifeline = Mutex<Pipe?>(nil)

    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap { Int($0) }.sorted().last { version in
            FileManager.default.isExecutableFile(atPath: "\(root)/\(version)/bin/initdb")
        }
        guard let newest else {
            throw StorageError.unreachable(
                "no PostgreSQL under \(root); install it, or set REGULARS_TEST_POSTGRES")
        }
        return "\(root)/\(newest)/bin"
    }

    private static func freePort() throws -> UInt16 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard found else { throw StorageError.unreachable("no free port for PostgreSQL") }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Flushing is off: what these tests ask of PostgreSQL is its answers, not its durability.
    private static let script = """
        programs=$1 port=$2 files=$3
        folder=$(mktemp -d "${TMPDIR:-/tmp}/regulars-postgres.XXXXXX") || exit 1
        as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
        if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$folder"; fi
        cd "$folder" || exit 1
        stop() { as "$programs/pg_ctl" -D "$folder/data" -m immediate -W stop >/dev/null 2>&1; wait; }
        clean() { cd /; rm -rf "$folder" "$files"; }
        trap : INT TERM HUP
        as "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \\
            >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log"; clean; exit 1; }
        as "$programs/postgres" -D "$folder/data" -k "$folder" -h 127.0.0.1 -p "$port" \\
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c jit=off \\
            -c max_connections=500 -c shared_buffers=64MB -c max_wal_size=4GB -c logging_collector=off \\
            </dev/null >"$folder/server.log" 2>&1 &
        server=$!
        tries=0
        until "$programs/pg_isready" -q -h 127.0.0.1 -p "$port"; do
            tries=$((tries + 1))
            if [ $tries -gt 300 ] || ! kill -0 $server 2>/dev/null; then
                cat "$folder/server.log"; stop; clean; exit 1
            fi
            sleep 0.1
        done
        echo ready
        exec >/dev/null 2>&1
        read -r line
        stop
        clean
        """
}
