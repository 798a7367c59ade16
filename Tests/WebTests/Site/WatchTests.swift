import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing
@testable import Web

@Suite struct `Watching the site` {
    final class Health: Readiness {
        let trouble = Mutex<String?>(nil)
        func problem() async -> String? { trouble.withLock { $0 } }
    }

    @Test func `tells being up from being able to work`() async throws {
        let health = Health()
        let house = try TestSite(readiness: health)

        #expect(try await house.ask(.get, "/health/ready").status == .ok)
        health.trouble.withLock { $0 = "the database does not answer" }
        let answer = try await house.ask(.get, "/health/ready")
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.text == "the database does not answer\n")
        #expect(try await house.ask(.get, "/health/live").status == .ok)
    }

    @Test func `shows its numbers on this machine or to a token, and is not there for others`() async throws {
        let house = try TestSite { $0.metricsToken = "let-me-see" }
        func status(_ peer: String, _ headers: HTTPFields = [:]) async throws -> Int {
            try await house.ask(from: peer, .get, "/metrics", headers).status.code
        }

        #expect(try await status("127.0.0.1") == 200)
        #expect(try await status("::1") == 200)
        #expect(try await status("203.0.113.9") == 404)
        #expect(try await status("127.0.0.1", [.forwardedFor: "203.0.113.9"]) == 404)
        #expect(try await status("203.0.113.9", [.authorization: "Bearer let-me-see"]) == 200)
        #expect(try await status("203.0.113.9", [.authorization: "Bearer let-me-se"]) == 404)
        #expect(try await status("127.0.0.1", [.authorization: "Bearer wrong"]) == 404)
    }

    @Test func `counts requests by the route's own name`() async throws {
        let house = try TestSite([.visitor(.get, "/customers/:id") { _, _ in .text("in") }])
        for id in 1...3 { _ = try await house.ask(.get, "/customers/\(id)") }
        _ = try await house.ask(.get, "/secret-place")
        house.site.metrics.count("regulars_jobs_total", ["kind": "a\"b\\c\nd"], by: 2)

        let text = house.site.metrics.text
        #expect(text.contains("# TYPE regulars_requests_total counter"))
        #expect(
            text.contains(#"regulars_requests_total{method="GET",route="/customers/:id",status="200"} 3.0"#))
        #expect(text.contains(#"route="unmatched",status="404""#))
        #expect(!text.contains("secret-place"))
        #expect(text.contains(#"regulars_request_seconds_bucket{le="+Inf",route="/customers/:id"} 3"#))
        #expect(text.contains(#"regulars_request_seconds_count{route="/customers/:id"} 3"#))
        #expect(text.contains(#"regulars_jobs_total{kind="a\"b\\c\nd"} 2.0"#))
    }
}
