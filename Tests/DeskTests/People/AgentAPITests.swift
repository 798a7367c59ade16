import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Agents in the API` {
    @Test(arguments: Engine.available)
    func `answer in Freshdesk's shape, with null for what we do not have`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let me = try await desk.api(as: .linus).get("/api/v2/agents/me").object()

            #expect(
                Set(me.keys) == [
                    "available", "available_since", "occasional", "signature", "id", "ticket_scope", "type",
                    "skill_ids", "group_ids", "role_ids", "focus_mode", "deactivated", "last_active_at",
                    "created_at", "updated_at", "contact",
                ])
            #expect(me["signature"] is NSNull)
            #expect(me["created_at"] as? String == "2026-03-02T09:00:00Z")
            let contact = try #require(me["contact"] as? [String: Any])
            #expect(contact["email"] as? String == "linus@example.com")
            #expect(contact["phone"] is NSNull)
            #expect(contact["time_zone"] as? String == "Europe/Berlin")
            let roles = try await desk.api(as: .linus).get("/api/v2/roles").objects()
            let own = roles.first { ($0["id"] as? Int) == (me["role_ids"] as? [Int])?.first }
            #expect(own?["name"] as? String == "Administrator")
            #expect(roles.count == 4)
        }
    }

    @Test(arguments: Engine.available)
    func `come in pages with a link to the next`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)

            let first = try await program.get("/api/v2/agents?per_page=1")
            let second = try await program.get("/api/v2/agents?per_page=1&page=2")

            #expect(try first.objects().count == 1)
            #expect(first.link == "<http://localhost/api/v2/agents?per_page=1&page=2>; rel=\"next\"")
            #expect(second.link == nil)
            #expect(try await program.get("/api/v2/agents?email=LINUS@example.com").objects().count == 1)
            #expect(try await program.get("/api/v2/agents?per_page=1000").status == .badRequest)
        }
    }

    @Test func `are not found where there is none`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let program = try await desk.api(as: .grace)
            let ada = try await desk.ada()

            #expect(try await program.get("/api/v2/agents/\(ada)").status == .notFound)
            #expect(try await program.get("/api/v2/agents/999999").status == .notFound)
            #expect(try await Program(desk.client).get("/api/v2/agents/me").status == .unauthorized)
        }
    }
}
