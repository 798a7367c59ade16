import Kernel
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Desk

@Suite struct `Waiting for an import` {
    @Test func `shows how far it is, how fast it goes and how long it still takes`() async throws {
        try await withImports(on: .sqlite) { bench in
            let lines = (0..<100).map { "c\($0),2026-01-05,1.00\n" }.joined()
            let path = try bench.file("file.csv", "customer,date,amount\n" + lines)
            let seen = Mutex<[ImportProgress]>([])
            var run = ImportRun(bench.store) { progress in
                seen.withLock { $0.append(progress) }
                bench.clock.advance(by: .seconds(1))
            }
            run.portionRows = 25

            _ = try await run.run(.purchases, path: path, fileName: "file.csv", by: bench.act)

            let all = seen.withLock { $0 }
            #expect(all.map(\.share) == all.map(\.share).sorted())
            #expect(Set(all.map(\.state)) == [.checking, .loading, .publishing])
            let second = try #require(all.dropFirst().first)
            #expect(second.rows == 50 && second.rowsPerSecond == 50)
            #expect(try #require(second.secondsLeft) > 1)
            let item = try #require(try await bench.store.list().first)
            #expect(ImportProgress(item, at: bench.clock.now).share == 1)
        }
    }
}
