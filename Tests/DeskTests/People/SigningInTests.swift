import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Signing in` {
    private func form(
        _ someone: Someone, password: String? = nil, next: String = ""
    ) -> KeyValuePairs<String, String> {
        ["email": someone.email, "password": password ?? someone.password, "next": next]
    }

    @Test(arguments: Engine.available)
    func `opens the desk, and signing out closes it`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = desk.visitor()
            let door = try await grace.follow(try await grace.get("/me"))
            #expect(door.says("Harbour Coffee"))

            let reply = try await grace.post("/sign-in", form(.grace, next: door.value(of: "next") ?? ""))
            #expect(reply.location == "/me")
            #expect(try await grace.get("/me").says("grace@example.com"))

            #expect(try await grace.post("/session/ending").location == "/sign-in")
            #expect(try await grace.get("/me").location == "/sign-in?next=%2Fme")
            #expect(
                try await desk.happenings() == [
                    "organisation.founded", "agent.signed_in", "agent.signed_out",
                ])
        }
    }

    @Test func `says the same of a wrong password, an unknown address and a closed seat`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.seat(of: .barbara)
            try await desk.people.agents.suspend(barbara, by: Act(by: nil, at: desk.clock.now))

            let wrong = try await desk.visitor().post("/sign-in", form(.grace, password: "guess"))
            let unknown = try await desk.visitor().post("/sign-in", form(.mallory))
            let closed = try await desk.visitor().post("/sign-in", form(.barbara))

            for reply in [wrong, unknown, closed] {
                #expect(reply.status == .unprocessableContent)
                #expect(reply.says("Address and password do not match, or the seat is closed."))
                #expect(!reply.says("guess"))
            }
        }
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\u{9}/x",
    ])
    func `goes only to places on this site`(next: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let reply = try await desk.visitor().post("/sign-in", form(.grace, next: next))

            #expect(reply.location == "/")
        }
    }

    @Test(arguments: Engine.available)
    func `gives a new token and ends the one before`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let planted = try #require(try await desk.signedIn(as: .grace).cookies["regulars-session"])
            let grace = desk.visitor()
            _ = try await grace.get("/sign-in")
            grace.plant(cookie: "regulars-session", planted)

            let reply = try await grace.post("/sign-in", form(.grace))

            #expect(reply.location == "/")
            #expect(grace.cookies["regulars-session"] != planted)
            let thief = desk.visitor()
            thief.plant(cookie: "regulars-session", planted)
            #expect(try await thief.get("/me").status == .seeOther)
            #expect(try await grace.get("/me").status == .ok)
        }
    }

    @Test func `slows guessing down, and lets the owner in after a while`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let mallory = desk.visitor()
            var statuses: [Int] = []
            for _ in 0..<8 {
                statuses.append(
                    try await mallory.post("/sign-in", form(.grace, password: "guess")).status.code)
            }
            #expect(statuses.contains(429) && statuses.first == 422)
            #expect(try await mallory.post("/sign-in", form(.grace)).status == .tooManyRequests)

            desk.clock.advance(by: .seconds(1000))

            #expect(try await mallory.post("/sign-in", form(.grace)).location == "/")
        }
    }

    @Test func `does not lock out a device that was known before`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = desk.visitor()
            _ = try await grace.post("/sign-in", form(.grace))
            _ = try await grace.post("/session/ending")
            let mallory = desk.visitor()
            for _ in 0..<12 { _ = try await mallory.post("/sign-in", form(.grace, password: "guess")) }

            let reply = try await grace.post("/sign-in", form(.grace))

            #expect(reply.location == "/")
        }
    }

    @Test func `needs the form's own token`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let mallory = desk.visitor()
            _ = try await mallory.get("/sign-in")

            let reply = try await mallory.postBare("/sign-in", "email=grace@example.com&password=x")

            #expect(reply.status == .forbidden)
        }
    }

    @Test func `hashes again at today's cost`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let old = try await Passwords(cost: Passwords.Cost(logRounds: 5)).hash(Someone.grace.password)
            let id = try await desk.seat(of: .grace)
            try await desk.people.agents.setPassword(of: id, to: old, by: Act(by: nil, at: desk.clock.now))

            #expect(try await desk.visitor().post("/sign-in", form(.grace)).location == "/")

            let stored = try await desk.people.agents.credentials(email: Someone.grace.email)?.password
            #expect(stored?.hasPrefix("$scrypt$4$") == true)
            #expect(try await desk.visitor().post("/sign-in", form(.grace)).location == "/")
        }
    }
}
