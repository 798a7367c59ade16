import Crypto
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Setting up` {
    static let answers: KeyValuePairs = [
        "organisation": "Harbour Coffee", "zone": "Europe/Berlin", "currency": "EUR",
        "name": "Linus Torvalds",
        "email": "linus@example.com", "password": "correct horse linus",
    ]

    @Test(arguments: Engine.available)
    func `takes one page and ends at the three cards`(on engine: Engine) async throws {
        try await withDesk(on: engine, founded: false) { desk in
            let linus = desk.visitor()
            let door = try await linus.follow(try await linus.get("/colleagues"))
            #expect(door.says("Welcome to Regulars"))

            let welcome = try await linus.follow(try await linus.post("/setup", Self.answers))

            #expect(welcome.says("Harbour Coffee is open"))
            #expect(welcome.says("action=\"/sample\""))
            #expect(welcome.says("/imports/new") && welcome.says("/invitations/new"))
            let organisation = try #require(try await desk.desk.organisations.current())
            #expect(organisation.name == "Harbour Coffee")
            #expect(organisation.zone.id == "Europe/Berlin")
            #expect(organisation.currency.code == "EUR")
            #expect(try await desk.happenings() == ["organisation.founded", "agent.signed_in"])
        }
    }

    @Test(arguments: Engine.available)
    func `happens once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let mallory = desk.visitor()

            let page = try await mallory.get("/setup")
            let form = try await mallory.post("/setup", Self.answers)

            #expect(page.status == .notFound)
            #expect(form.status == .notFound)
            await #expect(throws: HouseRefusal.alreadySetUp) {
                try await desk.people.setUp.run(
                    organisation: "Mine", zone: "UTC", currency: "EUR", name: "Mallory",
                    email: "mallory@example.com", password: "correct horse mallory")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `is won by exactly one of two browsers`(on engine: Engine) async throws {
        try await withDesk(on: engine, founded: false) { desk in
            let browsers = (0..<4).map { _ in desk.visitor() }
            for browser in browsers { _ = try await browser.get("/setup") }

            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for browser in browsers { group.addTask { try await browser.post("/setup", Self.answers) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(replies.count { $0.status == .seeOther } == 1)
            #expect(try await desk.people.agents.list().items.count == 1)
        }
    }

    @Test func `keeps what was typed, but never the password`() async throws {
        try await withDesk(on: .sqlite, founded: false) { desk in
            let linus = desk.visitor()

            let reply = try await linus.post(
                "/setup",
                [
                    "organisation": "Harbour Coffee", "zone": "Atlantis", "currency": "EUR", "name": "",
                    "email": "linus at example", "password": "short",
                ])

            #expect(reply.status == .unprocessableContent)
            #expect(reply.value(of: "organisation") == "Harbour Coffee")
            #expect(reply.value(of: "zone") == "Atlantis")
            #expect(reply.value(of: "email") == "linus at example")
            #expect(reply.says("There is no time zone of this name"))
            #expect(reply.says("id=\"field-name-error\"") && reply.says("id=\"field-email-error\""))
            #expect(reply.says("id=\"field-password-error\""))
            #expect(!reply.says("short\""))
            #expect(try await !desk.people.setUp.isDone())
        }
    }

    @Test func `asks for the code where strangers can reach the server`() async throws {
        let code = SetUpCode(secret: SymmetricKey(data: Array("whatever the desk's secret is".utf8)))
        try await withDesk(on: .sqlite, founded: false, setUpCode: code) { desk in
            let mallory = desk.visitor()
            #expect(try await mallory.get("/setup").says("name=\"code\""))

            let refused = try await mallory.post("/setup", Self.answers)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.says("That is not the code in the terminal."))

            let typed = code.text.lowercased().replacing("-", with: " ")
            let form: KeyValuePairs = [
                "code": typed, "organisation": "Harbour Coffee", "zone": "UTC", "currency": "EUR",
                "name": "Linus", "email": "linus@example.com", "password": "correct horse linus",
            ]
            #expect(try await mallory.post("/setup", form).location == "/welcome")
        }
    }

    @Test func `speaks German to who asks for it`() async throws {
        try await withDesk(on: .sqlite, founded: false) { desk in
            let linus = desk.visitor()
            linus.prefer("de-AT,de;q=0.9")

            let page = try await linus.get("/setup")
            _ = try await linus.post("/setup", Self.answers)

            #expect(page.says("Willkommen bei Regulars"))
            #expect(page.says("lang=\"de\""))
            #expect(try await desk.desk.organisations.current()?.language == "de")
        }
    }
}
