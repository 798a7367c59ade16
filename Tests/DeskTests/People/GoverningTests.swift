import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Deciding who may do what` {
    @Test(arguments: Engine.available)
    func `suspending ends sessions and keys at once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            let program = try await desk.api(as: .grace)
            #expect(try await grace.get("/me").status == .ok)
            #expect(try await program.get("/api/v2/agents/me").status == .ok)
            let id = try await desk.seat(of: .grace)
            let linus = try await desk.signedIn(as: .linus)

            #expect(try await linus.post("/colleagues/\(id)/suspension").location == "/colleagues")

            #expect(try await grace.get("/me").status == .seeOther)
            #expect(try await program.get("/api/v2/agents/me").status == .unauthorized)
            #expect(try await desk.happenings().suffix(2) == ["key.revoked", "agent.suspended"])
            #expect(try await linus.get("/colleagues").says("suspended"))

            #expect(try await linus.post("/colleagues/\(id)/readmission").location == "/colleagues")
            let form: KeyValuePairs = ["email": Someone.grace.email, "password": Someone.grace.password]
            #expect(try await desk.visitor().post("/sign-in", form).location == "/")
            #expect(try await program.get("/api/v2/agents/me").status == .unauthorized)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps the last administrator`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let id = try await desk.seat(of: .linus)

            let suspension = try await linus.post("/colleagues/\(id)/suspension")
            let role = try await linus.post("/colleagues/\(id)/role", ["role": "agent"])

            #expect(suspension.status == .conflict && suspension.says("the last administrator"))
            #expect(role.status == .conflict)
            await #expect(throws: AgentRefusal.lastAdministrator) {
                try await desk.people.agents.give(.lead, to: id, by: Act(by: nil, at: desk.clock.now))
            }
            #expect(try await desk.people.agents.find(id)?.role == .administrator)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps one administrator of two who remove each other`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.seat(of: .linus)
            let grace = try await desk.seat(of: .grace)
            let now = desk.clock.now
            try await desk.people.agents.give(.administrator, to: grace, by: Act(by: linus.value, at: now))

            let refusals = await withTaskGroup(of: Int.self) { group in
                for (one, other) in [(linus, grace), (grace, linus)] {
                    group.addTask {
                        do {
                            try await desk.people.agents.suspend(one, by: Act(by: other.value, at: now))
                            return 0
                        } catch {
                            return 1
                        }
                    }
                }
                return await group.reduce(0, +)
            }

            #expect(refusals == 1)
            let left = try await desk.people.agents.list().items.filter { !$0.isSuspended }
            #expect(left.count == 1)
        }
    }

    @Test func `gives a role that is felt at the next click`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/settings").status == .forbidden)
            let linus = try await desk.signedIn(as: .linus)

            _ = try await linus.post(
                "/colleagues/\(try await desk.seat(of: .grace))/role", ["role": "administrator"])

            #expect(try await grace.get("/settings").status == .ok)
            #expect(try await desk.happenings().contains("agent.role_changed"))
        }
    }

    @Test func `reaches no higher than oneself`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let margaret = try await desk.signedIn(as: .margaret)
            let linus = try await desk.seat(of: .linus)
            let grace = try await desk.seat(of: .grace)

            #expect(try await margaret.post("/colleagues/\(linus)/suspension").status == .forbidden)
            #expect(
                try await margaret.post("/colleagues/\(linus)/role", ["role": "agent"]).status == .forbidden)
            #expect(
                try await margaret.post("/colleagues/\(grace)/role", ["role": "administrator"]).status
                    == .forbidden)
            let own = try await desk.seat(of: .margaret)
            #expect(
                try await margaret.post("/colleagues/\(own)/role", ["role": "administrator"]).status
                    == .forbidden)
            #expect(
                try await margaret.post("/colleagues/\(grace)/role", ["role": "lead"]).status == .seeOther)
        }
    }

    @Test func `says why somebody may do something`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.seat(of: .grace)
            let linus = try await desk.signedIn(as: .linus)
            let page = try await linus.get("/why?person=\(grace)")
            #expect(page.says("What Grace Hopper may do, and why"))
            #expect(page.says("it takes at least the role Administrator"))

            let own = try await desk.signedIn(as: .grace)
            #expect(try await own.get("/why").says("it comes with the role Agent"))
            #expect(try await own.get("/why?person=\(try await desk.seat(of: .linus))").status == .notFound)
        }
    }

    @Test func `lists colleagues by name in portions`() async throws {
        try await withDesk(on: .sqlite) { desk in
            for (number, name) in ["Bob 'one'", "Bob <two>", "Zoë"].enumerated() {
                _ = try await desk.take(
                    .agent, name: name, email: "\(number)@example.com", password: "a long phrase")
            }
            var names: [String] = []
            var key: String?
            repeat {
                let portion = try await desk.people.agents.list(after: key, limit: 2)
                names += portion.items.map(\.name)
                key = portion.next
            } while key != nil

            #expect(names == ["Bob 'one'", "Bob <two>", "Grace Hopper", "Linus Torvalds", "Zoë"])
        }
    }
}
