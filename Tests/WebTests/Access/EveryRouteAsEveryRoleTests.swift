import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Markup
import Testing
@testable import Web

/// What each role may reach is read from the table itself, so a new route is tried the day it is written.
@Suite struct `Every route as every role` {
    static let routes: [Route] = [
        .visitor(.get, "/sign-in") { _, _ in .text("welcome") },
        .agent(.get, "/") { _, context in .text("hello \(context.person.name)") },
        .agent(.get, "/customers/:id", needs: .seeCustomers) { _, _ in .text("in") },
        .agent(.post, "/customers/:id/merge", needs: .mergeCustomers) { _, _ in .text("in") },
        .agent(.get, "/settings", needs: .changeSettings) { _, _ in .text("in") },
        .agent(.post, "/jobs/:id/revival", needs: .retryJobs) { _, _ in .text("in") },
        .api(.get, "/api/v2/contacts", needs: .seeCustomers) { _, _ in try .json(["in": true]) },
        .api(.delete, "/api/v2/keys/:id", needs: .manageKeys) { _, _ in .noContent },
    ]

    @Test(arguments: Role.allCases)
    func `lets in those who may, and nobody else`(as role: Role) async throws {
        let house = try TestSite(Self.routes)
        let person = FakeDesk.colleague("Somebody", role)
        let session = house.desk.signIn(person)
        let key = house.desk.key(for: person)

        for route in house.site.routes where route.path != "/live" {
            let answer = try await house.attempt(route, session: session, key: key)
            switch route.access {
            case .visitor:
                #expect(answer.status.code < 400 || route.path.contains(":file") || route.path == "/metrics")
            case .agent(let needed), .api(let needed):
                let may = needed.map(role.permissions.contains) ?? true
                #expect((answer.status != .forbidden) == may, "\(route.method) \(route.path)")
            }
        }
    }

    @Test func `lets no stranger past the door`() async throws {
        let house = try TestSite(Self.routes)

        for route in house.site.routes {
            let uri = route.path.replacing(":id", with: "7").replacing(":file", with: "app.css")
            let answer = try await house.ask(route.method, uri)
            switch route.access {
            case .visitor: #expect(answer.status != .seeOther)
            case .agent where route.method == .get:
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location]?.hasPrefix("/sign-in?next=") == true)
            case .agent, .api: #expect(answer.status == .unauthorized, "\(route.method) \(route.path)")
            }
        }
    }

    @Test func `gives every role what the one before it has`() {
        for (lesser, greater) in zip(Role.allCases, Role.allCases.dropFirst()) {
            #expect(lesser.permissions.isStrictSubset(of: greater.permissions))
        }
        #expect(Role.administrator.permissions == Set(Permission.allCases))
        #expect(Role.allowed(.changeSettings) == [.administrator])
    }

    @Test func `has words for every permission`() {
        TestLanguages.install()
        for permission in Permission.allCases {
            let phrase = Phrase("permission.\(permission.rawValue)")
            #expect(phrase.text != phrase.key)
        }
    }

    @Test func `never gives a key more than its person has`() {
        let caller = APICaller(person: FakeDesk.grace, key: 1, permissions: Set(Permission.allCases))
        #expect(caller.permissions == FakeDesk.grace.permissions)
    }
}

extension TestSite {
    fileprivate func attempt(_ route: Route, session: SessionToken, key: String) async throws -> TestResponse
    {
        let uri = route.path.replacing(":id", with: "7").replacing(":file", with: "none.css")
        if case .api = route.access { return try await ask(route.method, uri, .key(key)) }
        guard route.method == .post else { return try await ask(route.method, uri, .browser(session)) }
        return try await ask(
            .post, uri, .browser(session) + .form, body: "form_token=\(formToken(session))")
    }
}
