import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Calling with a key` {
    @Test(arguments: Engine.available)
    func `works until the key is revoked, and then at once no more`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let page = try await linus.post("/me/keys", ["label": "nightly export"])
            let key = try #require(page.words(in: "secret"))
            let program = Program(desk.client, user: key)
            #expect(try await program.get("/api/v2/agents/me").status == .ok)
            let list = try await linus.get("/me")
            #expect(list.says("nightly export") && list.says(String(key.prefix(6))) && !list.says(key))
            let row = try #require(
                try await desk.people.keys.list(of: try await desk.seat(of: .linus)).first)

            #expect(try await linus.post("/me/keys/\(row.id)/revocation").location == "/me")

            let reply = try await program.get("/api/v2/agents/me")
            #expect(reply.status == .unauthorized)
            #expect(reply.says("invalid_credentials"))
            #expect(try await desk.happenings().suffix(2) == ["key.created", "key.revoked"])
        }
    }

    @Test(arguments: Engine.available)
    func `leaves only a hash behind`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let id = try await desk.seat(of: .linus)

            let key = try await desk.people.keys.create(
                for: id, label: "nightly export", by: Act(by: id.value, at: desk.clock.now))

            let row = try await desk.database.read {
                try $0.first("SELECT hash, hint FROM api_key") { (try $0.bytes(0), try $0.text(1)) }
            }
            #expect(row?.0 == Secrets.hash(of: key))
            #expect(row?.1 == String(key.prefix(6)))
            #expect(key.count == 27)
        }
    }

    @Test(arguments: Engine.available)
    func `is not for who may not manage keys`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            let key = try await desk.people.keys.create(
                for: try await desk.seat(of: .linus), label: "x", by: Act(by: nil, at: desk.clock.now))
            let row = try #require(try await desk.people.keys.list(of: try await desk.seat(of: .linus)).first)

            #expect(try await grace.post("/me/keys", ["label": "mine"]).status == .forbidden)
            #expect(try await grace.post("/me/keys/\(row.id)/revocation").status == .notFound)
            #expect(try await Program(desk.client, user: key).get("/api/v2/agents/me").status == .ok)
        }
    }

    @Test func `costs no query each`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let id = try await desk.seat(of: .linus)
            let key = try await desk.people.keys.create(
                for: id, label: "x", by: Act(by: id.value, at: desk.clock.now))
            let hash = Secrets.hash(of: key)
            _ = try await desk.people.gatekeeper.caller(forKey: hash)
            let before = desk.database.activity.reads

            for _ in 0..<100 {
                #expect(try await desk.people.gatekeeper.caller(forKey: hash)?.person.id == id.value)
            }

            #expect(desk.database.activity.reads == before)
            desk.clock.advance(by: .seconds(2))
            _ = try await desk.people.gatekeeper.caller(forKey: hash)
            #expect(desk.database.activity.reads == before + 1)
        }
    }

    @Test func `works with address and password too, and is slowed down like the door`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let right = Program(desk.client, user: Someone.grace.email, password: Someone.grace.password)
            #expect(try await right.get("/api/v2/agents/me").status == .ok)

            var statuses: [Int] = []
            for guess in 0..<8 {
                let wrong = Program(desk.client, user: Someone.linus.email, password: "guess \(guess)")
                statuses.append(try await wrong.get("/api/v2/agents/me").status.code)
            }

            #expect(statuses.first == 401)
            #expect(statuses.last == 429)
        }
    }

    @Test func `remembers nothing that was on its way when it was told to forget`() async throws {
        let memory = ShortMemory<Int, String>(clock: FakeClock())

        let first = try await memory.answer(to: 1) {
            memory.forget()
            return "old"
        }
        let second = try await memory.answer(to: 1) { "new" }

        #expect(first == "old")
        #expect(second == "new")
    }
}
