import Hummingbird
import Logging
import NIOCore
import Synchronization
import Testing
@testable import Web

/// Events kept in memory.
final class FakeSource: LiveSource {
    private let kept = Mutex<[LiveEvent]>([])
    let wakeUps: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    init() { (wakeUps, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    func happen(_ topic: String, _ subject: String? = nil, needs: Permission? = nil) {
        kept.withLock { kept in
            kept.append(
                LiveEvent(sequence: Int64(kept.count + 1), topic: topic, subject: subject, needs: needs))
        }
        wake.yield()
    }

    var latest: Int64 { get async throws { Int64(kept.withLock { $0.count }) } }

    func events(after sequence: Int64, limit: Int) async throws -> [LiveEvent] {
        kept.withLock { Array($0.drop { $0.sequence <= sequence }.prefix(limit)) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A stream of live events` {
    let source = FakeSource()
    let desk = FakeDesk()

    /// Streams to one page while `act` happens; ends when `act` does. What the page was sent.
    func watch(
        after start: Int64? = nil, permissions: Set<Permission> = [.seeCustomers], session: [UInt8]? = nil,
        heartbeat: Duration = .seconds(60), _ act: @escaping @Sendable (SinkWriter) async throws -> Void
    ) async throws -> String {
        let hub = LiveHub(source: source, heartbeat: heartbeat, logger: TestSite.quiet)
        let hash = session ?? desk.signIn(FakeDesk.grace).hash
        let stream = LiveStream(hub: hub, gatekeeper: desk, session: hash, permissions: permissions)
        let sink = SinkWriter()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hub.run() }
            group.addTask {
                var writer: any ResponseBodyWriter = sink
                try await stream.write(to: &writer, after: start)
            }
            while await !sink.collected.text.contains("hello") { await Task.yield() }
            try await act(sink)
            group.cancelAll()
            while let _ = try? await group.next() {}
            return await sink.collected.text
        }
    }

    static func wait(_ sink: SinkWriter, for text: String) async throws {
        while await !sink.collected.text.contains(text) { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test func `tells what happens, numbered, and nothing from before`() async throws {
        source.happen("old")
        let text = try await watch { sink in
            source.happen("customers", "7")
            try await Self.wait(sink, for: "customers")
        }
        #expect(text.hasPrefix("retry: 2000\nid: 1\ndata: {\"topic\":\"hello\"}\n\n"))
        #expect(text.contains("id: 2\ndata: {"))
        #expect(text.contains("\"subject\":\"7\""))
        #expect(!text.contains("old"))
    }

    @Test func `replays what was missed`() async throws {
        for number in 1...450 { source.happen("topic\(number)") }
        let text = try await watch(after: 440) { sink in try await Self.wait(sink, for: "topic450") }
        #expect(!text.contains("id: 440\ndata: {\"topic\":\"topic"))
        for number in 441...450 {
            #expect(text.contains("id: \(number)\ndata: {\"topic\":\"topic\(number)\"}"))
        }
    }

    @Test func `asks a page to load again that missed too much`() async throws {
        for number in 1...3000 { source.happen("topic\(number)") }
        let text = try await watch(after: 0) { sink in try await Self.wait(sink, for: "reload") }
        #expect(text.contains("id: 3000\ndata: {\"topic\":\"reload\"}"))
    }

    @Test func `tells each only what they may see`() async throws {
        let text = try await watch { sink in
            source.happen("jobs", needs: .seeJobs)
            source.happen("customers", needs: .seeCustomers)
            try await Self.wait(sink, for: "customers")
        }
        #expect(!text.contains("jobs"))
    }

    @Test func `misses nothing and repeats nothing under load`() async throws {
        let text = try await watch { sink in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { for _ in 0..<500 { source.happen("x") } } }
            }
            try await Self.wait(sink, for: "id: 2000\n")
        }
        let ids = text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.compactMap {
            Int($0.dropFirst(4))
        }
        // More than a thousand behind, a page is told to load again instead; then the numbers jump, never
        // back.
        #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        #expect(text.contains("reload") || ids == Array(0...2000))
    }

    @Test func `beats while nothing happens, and ends with the session`() async throws {
        let session = desk.signIn(FakeDesk.grace)
        let text = try await watch(session: session.hash, heartbeat: .milliseconds(5)) { sink in
            try await Self.wait(sink, for: ":\n\n:\n\n")
            desk.state.withLock { $0.sessions = [:] }
            while await !sink.collected.isFinished { try await Task.sleep(for: .milliseconds(2)) }
        }
        #expect(text.contains(":\n\n"))
    }

    @Test func `is let go when it does not keep up, and catches up from the source`() async throws {
        let hub = LiveHub(source: source, logger: TestSite.quiet)
        let listener = try await hub.listen()
        let running = Task { try await hub.run() }
        for _ in 0..<(LiveHub.room * 2) { source.happen("x") }
        var count = 0
        while await hub.listens(listener.id) { try await Task.sleep(for: .milliseconds(2)) }
        for await _ in listener.signals { count += 1 }
        running.cancel()
        #expect(count == LiveHub.room)
    }

    @Test func `ends when the hub closes, so that browsers go elsewhere`() async throws {
        let hub = LiveHub(source: source, logger: TestSite.quiet)
        let listener = try await hub.listen()
        let running = Task { try await hub.run() }
        running.cancel()
        for await _ in listener.signals {}
        while await hub.isOpen { await Task.yield() }
        for await _ in try await hub.listen().signals {}
    }
}
