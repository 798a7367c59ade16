import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Staying signed in` {
    @Test(arguments: Engine.available)
    func `ends after fourteen days away`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            desk.clock.advance(by: .seconds(14 * 86_400 - 60))
            #expect(try await grace.get("/me").status == .ok)
            let later = try await desk.signedIn(as: .grace)

            desk.clock.advance(by: .seconds(14 * 86_400 + 60))

            #expect(try await later.get("/me").status == .seeOther)
        }
    }

    @Test(arguments: Engine.available)
    func `ends after sixty days in any case`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let token = SessionToken.fresh()
            let id = try await desk.seat(of: .grace)
            let act = Act(by: id.value, at: desk.clock.now)
            try await desk.people.sessions.begin(
                for: id, token: token, device: Device(name: "Test", place: ""), by: act)
            let session = try #require(try await desk.people.sessions.list(of: id, at: act.at).first)
            let last = act.at.advanced(by: .seconds(60 * 86_400))
            try await desk.people.sessions.recordUse(
                of: session.id, from: "192.0.2.9", at: last.advanced(by: .seconds(-10)))

            let before = try await desk.people.sessions.signedIn(
                hash: token.hash, at: last.advanced(by: .seconds(-1)))
            let after = try await desk.people.sessions.signedIn(hash: token.hash, at: last)

            #expect(before?.person.id == id.value)
            #expect(after == nil)
            #expect(try await desk.people.sessions.sweep(at: last) == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps only a hash of the token`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            let token = try #require(SessionToken(grace.cookies["regulars-session"]))

            let hash = try await desk.database.read {
                try $0.first("SELECT token_hash FROM session") { try $0.bytes(0) }
            }

            #expect(hash == token.hash)
            #expect(hash?.count == 32)
        }
    }

    @Test(arguments: Engine.available)
    func `can be ended from another browser, but only by oneself`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let phone = try await desk.signedIn(as: .grace)
            let session = try #require(
                try await desk.people.sessions.list(of: try await desk.seat(of: .grace), at: desk.clock.now)
                    .first)
            let laptop = try await desk.signedIn(as: .grace)
            let linus = try await desk.signedIn(as: .linus)
            #expect(try await laptop.get("/me").says("/me/sessions/\(session.id)/ending"))

            #expect(try await linus.post("/me/sessions/\(session.id)/ending").status == .notFound)
            #expect(try await phone.get("/me").status == .ok)
            #expect(try await laptop.post("/me/sessions/\(session.id)/ending").location == "/me")

            #expect(try await phone.get("/me").status == .seeOther)
            #expect(try await laptop.get("/me").status == .ok)
        }
    }

    @Test(arguments: Engine.available)
    func `survives one's own change of password, elsewhere it does not`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let phone = try await desk.signedIn(as: .grace)
            let laptop = try await desk.signedIn(as: .grace)
            let before = laptop.cookies["regulars-session"]

            let wrong = try await laptop.post(
                "/me/password", ["current": "no", "password": "a new long phrase"])
            #expect(wrong.says("That is not your present password."))
            let reply = try await laptop.post(
                "/me/password", ["current": Someone.grace.password, "password": "a new long phrase"])

            #expect(reply.location == "/me")
            #expect(laptop.cookies["regulars-session"] != before)
            #expect(try await laptop.follow(reply).says("signed out everywhere but here"))
            #expect(try await phone.get("/me").status == .seeOther)
            let form: KeyValuePairs = ["email": Someone.grace.email, "password": "a new long phrase"]
            #expect(try await desk.visitor().post("/sign-in", form).location == "/")
        }
    }

    @Test func `remembers language, zone and theme`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.signedIn(as: .grace)

            let form: KeyValuePairs = [
                "name": "Grace H.", "language": "de", "zone": "America/New_York", "theme": "dark",
            ]
            let page = try await grace.follow(try await grace.post("/me", form))

            #expect(page.says("Gespeichert."))
            #expect(page.says("data-theme=\"dark\""))
            #expect(page.value(of: "zone") == "America/New_York")
            #expect(
                try await grace.post("/me", ["name": "", "zone": "Atlantis"]).status == .unprocessableContent)
        }
    }
}

@Suite struct `Naming a device` {
    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0",
            "Edge · Windows"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari · iPhone"
        ),
        ("Test browser", "Test browser"), ("", ""),
    ])
    func `says what a person would call it`(userAgent: String, name: String) {
        #expect(DeviceName.short(for: userAgent) == name)
    }
}
