import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import ServiceLifecycle
import Synchronization
import Testing
@testable import Web

@Suite(.timeLimit(.minutes(1))) struct `A running server` {
    static let routes: [Route] = [
        .visitor(.get, "/hello") { _, _ in .text("hello") },
        .visitor(.get, "/slow") { _, _ in
            try await Task.sleep(for: .milliseconds(300))
            return .text("done after all")
        },
        .visitor(.post, "/form", isGuarded: false) { _, context in .text("got \(context.form.text("a"))") },
    ]

    static let form = "Content-Type: application/x-www-form-urlencoded\r\n"

    func serve<Value: Sendable>(
        _ house: TestSite, live: LiveHub? = nil,
        _ act: @escaping @Sendable (Int, ServiceGroup) async throws -> Value
    ) async throws -> Value {
        let port = AsyncStream.makeStream(of: Int.self)
        var application = house.site.application(
            on: .hostname("127.0.0.1", port: 0), services: live.map { [$0] } ?? [], logger: TestSite.quiet)
        application = Application(
            responder: application.responder, server: application.server,
            configuration: application.configuration,
            services: application.services,
            onServerRunning: { port.continuation.yield($0.localAddress?.port ?? 0) }, logger: TestSite.quiet)
        let services = ServiceGroup(configuration: .init(services: [application], logger: TestSite.quiet))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            var ports = port.stream.makeAsyncIterator()
            let value = try await act(await ports.next() ?? 0, services)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return value
        }
    }

    @Test(arguments: [
        "GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x",
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\na=1234",
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 1e3\r\n\r\n",
        "POST /form HTTP/1.1\r\nHost: a\r\n\(form)Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n",
        "GET  /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\n\r\n",
        "NONSENSE\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n",
    ])
    func `hangs up on what two readers could read differently`(_ bytes: String) async throws {
        let heard = try await serve(try TestSite(Self.routes)) { port, _ in
            try await RawClient.say([bytes], to: port, until: { $0.contains("\r\n\r\n") })
        }
        #expect(heard.hasPrefix("HTTP/1.1 4") || heard.isEmpty)
        #expect(!heard.contains("200 OK"))
    }

    @Test func `answers one request after another, HEAD without a body`() async throws {
        let requests = """
            HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\nPOST /form HTTP/1.1\r\nHost: a\r\n\
            Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=one\
            GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n
            """
        let heard = try await serve(try TestSite(Self.routes)) { port, _ in
            try await RawClient.say([requests], to: port, until: { $0.hasSuffix("hello") })
        }
        #expect(heard.components(separatedBy: "200 OK").count == 4)
        #expect(heard.contains("got one"))
        #expect(heard.hasSuffix("\r\n\r\nhello"))
    }

    @Test func `lets a request under way finish when it is told to stop`() async throws {
        let heard = try await serve(try TestSite(Self.routes)) { port, services in
            async let answer = RawClient.say(["GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"], to: port)
            try await Task.sleep(for: .milliseconds(100))
            await services.triggerGracefulShutdown()
            return try await answer
        }
        #expect(heard.contains("200 OK"))
        #expect(heard.hasSuffix("done after all"))
    }

    @Test func `ends live streams when it is told to stop, and sends events until then`() async throws {
        let source = FakeSource()
        let desk = FakeDesk()
        let hub = LiveHub(source: source, logger: TestSite.quiet)
        let house = try TestSite(Self.routes, desk: desk, live: hub)
        let session = desk.signIn(FakeDesk.grace)
        let request =
            "GET /live HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nLast-Event-ID: 0\r\n"
            + "Cookie: regulars-session=\(session.text)\r\n\r\n"
        source.happen("missed")

        let heard = try await serve(house, live: hub) { port, services in
            let stopping = Mutex(false)
            return try await RawClient.say([request], to: port) { heard in
                if heard.contains("missed"), !stopping.withLock({ $0 }) {
                    stopping.withLock { $0 = true }
                    source.happen("now")
                }
                if heard.contains("\"now\"") { Task { await services.triggerGracefulShutdown() } }
                return false
            }
        }
        #expect(heard.contains("text/event-stream"))
        #expect(!heard.contains("content-encoding: gzip"))
        #expect(heard.contains("id: 1\ndata: {\"topic\":\"missed\"}"))
        #expect(heard.contains("id: 2\ndata: {\"topic\":\"now\"}"))
        #expect(heard.hasSuffix("0\r\n\r\n"))
    }

    @Test func `keeps live events from those who are not signed in`() async throws {
        let hub = LiveHub(source: FakeSource(), logger: TestSite.quiet)
        let house = try TestSite(Self.routes, live: hub)
        #expect(try await house.ask(.get, "/live", [.secFetchDest: "empty"]).status == .unauthorized)
    }
}
