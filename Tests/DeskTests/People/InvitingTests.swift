import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Inviting a colleague` {
    static let seat: KeyValuePairs = ["name": "Katherine Johnson", "password": "orbits by hand"]

    /// The path of a fresh invitation's link.
    private func link(from linus: Browser, as role: String = "lead") async throws -> String {
        let page = try await linus.post("/invitations", ["email": "katherine@example.com", "role": role])
        let link = try #require(page.words(in: "secret"))
        #expect(link.hasPrefix("http://localhost/invitations/"))
        return String(link.dropFirst("http://localhost".count))
    }

    @Test(arguments: Engine.available)
    func `gives a seat to who follows the link, once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let link = try await link(from: try await desk.signedIn(as: .linus))
            let katherine = desk.visitor()
            #expect(try await katherine.get(link).says("Join Harbour Coffee"))

            let reply = try await katherine.post(link, Self.seat)

            #expect(reply.location == "/")
            #expect(try await katherine.get("/me").says("katherine@example.com"))
            let agent = try await desk.people.agents.find(email: "katherine@example.com")
            #expect(agent?.role == .lead)
            #expect(try await desk.happenings().suffix(2) == ["agent.joined", "agent.signed_in"])
            let again = try await desk.visitor().get(link)
            #expect(again.status == .gone && again.says("This invitation has been used."))
            #expect(try await desk.visitor().post(link, Self.seat).status == .gone)
        }
    }

    @Test(arguments: Engine.available)
    func `is over after seven days`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let link = try await link(from: try await desk.signedIn(as: .linus))
            desk.clock.advance(by: .seconds(7 * 86_400))

            let page = try await desk.visitor().get(link)
            let form = try await desk.visitor().post(link, Self.seat)

            #expect(page.status == .gone && page.says("seven days"))
            #expect(form.status == .gone)
            #expect(try await desk.people.agents.find(email: "katherine@example.com") == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `can be taken back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let link = try await link(from: linus)
            let invitation = try #require(try await desk.people.invitations.open(at: desk.clock.now).first)
            #expect(try await linus.get("/invitations/new").says("katherine@example.com"))

            #expect(try await linus.post("/invitations/\(invitation.id)/withdrawal").status == .seeOther)

            let page = try await desk.visitor().get(link)
            #expect(page.status == .gone && page.says("withdrawn"))
            #expect(try await desk.happenings().contains("invitation.withdrawn"))
        }
    }

    @Test(arguments: Engine.available)
    func `is void when whoever sent it is suspended`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let link = try await link(from: try await desk.signedIn(as: .margaret), as: "agent")

            try await desk.people.agents.suspend(
                try await desk.seat(of: .margaret), by: Act(by: nil, at: desk.clock.now))

            #expect(try await desk.visitor().get(link).status == .gone)
        }
    }

    @Test func `is replaced by the next one to the same address`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let first = try await link(from: linus)
            let second = try await link(from: linus)

            #expect(try await desk.visitor().get(first).status == .gone)
            #expect(try await desk.visitor().get(second).status == .ok)
            #expect(try await desk.people.invitations.open(at: desk.clock.now).count == 1)
        }
    }

    @Test func `never gives more than one has`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let margaret = try await desk.signedIn(as: .margaret)
            #expect(try await !margaret.get("/invitations/new").says("value=\"administrator\""))

            let form: KeyValuePairs = ["email": "katherine@example.com", "role": "administrator"]
            let reply = try await margaret.post("/invitations", form)

            #expect(reply.status == .forbidden)
            #expect(reply.says("your own role and those below it"))
            #expect(try await desk.people.invitations.open(at: desk.clock.now).isEmpty)
        }
    }

    @Test func `is refused for an address that has a seat`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)

            let reply = try await linus.post("/invitations", ["email": "GRACE@example.com", "role": "agent"])

            #expect(reply.status == .conflict)
            #expect(reply.says("Somebody with this address has a seat already."))
        }
    }

    @Test func `keeps what was typed when the password will not do`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let link = try await link(from: try await desk.signedIn(as: .linus))

            let reply = try await desk.visitor().post(
                link, ["name": "Katherine Johnson", "password": "password1"])

            #expect(reply.status == .unprocessableContent)
            #expect(reply.value(of: "name") == "Katherine Johnson")
            #expect(!reply.says("password1"))
            #expect(reply.says("id=\"field-password-error\""))
        }
    }

    @Test func `leads nowhere with a link nobody made`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let page = try await desk.visitor().get("/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAA")

            #expect(page.status == .notFound)
        }
    }
}
