import Crypto
import Foundation
import HummingbirdCore
import HummingbirdTesting
import Kernel
import Logging
import Markup
import Storage
import StorageTesting
import Web

@testable import Desk

/// A whole desk for one test: a fresh database, a clock that stands still, and browsers and programs to visit
/// it.
///
/// ```swift
/// @Test(arguments: Engine.available)
/// func `is asked for a name`(on engine: Engine) async throws {
///     try await withDesk(on: engine) { desk in
///         let grace = try await desk.signedIn(as: .grace)
///
///         let reply = try await grace.post("/people", ["name": ""])
///
///         #expect(reply.status == .unprocessableContent)
///     }
/// }
/// ```
struct TestDesk: Sendable {
    let desk: Desk
    let people: People
    let site: Site
    let clock: FakeClock
    let client: any TestClientProtocol

    var database: any Database { desk.database }

    /// A browser nobody has signed in with: Mallory's, or anybody's before the door.
    func visitor() -> Browser { Browser(client) }

    /// A browser in which this person is signed in. Each call is another browser.
    func signedIn(as someone: Someone) async throws -> Browser {
        let id = try await seat(of: someone)
        let token = SessionToken.fresh()
        try await people.sessions.begin(
            for: id, token: token, device: Device(name: "Test browser", place: "192.0.2.7"),
            by: Act(by: id.value, at: clock.now))
        return Browser(client, cookies: [SetCookie.name("session", isSecure: false): token.text])
    }

    /// A program with a fresh key of this person's.
    func api(as someone: Someone) async throws -> Program {
        let id = try await seat(of: someone)
        let key = try await people.keys.create(
            for: id, label: "Test program", by: Act(by: id.value, at: clock.now))
        return Program(client, user: key)
    }

    /// The person's id; whoever has no seat yet but a role takes it now.
    func seat(of someone: Someone) async throws -> ID<Agent> {
        if let agent = try await people.agents.find(email: someone.email) { return agent.id }
        guard let role = someone.role else { throw NoSeat(name: someone.name) }
        return try await take(role, name: someone.name, email: someone.email, password: someone.password)
    }

    /// Gives a seat to somebody the tests do not know yet.
    func take(_ role: Role, name: String, email: String, password: String) async throws -> ID<Agent> {
        guard let address = EmailAddress(email) else { throw NoSeat(name: email) }
        let hash = try await people.passwords.hash(password)
        let agent = NewAgent(name: name, email: address, role: role, password: hash)
        let now = clock.now
        return try await database.write { try AgentStore.add(agent, at: now, in: $0) }
    }

    /// Ada, written down as a customer.
    func ada() async throws -> ID<Party> {
        let customers = CustomerStore(database: database, clock: clock)
        let act = Act(by: nil, at: clock.now)
        return try await customers.add(NewCustomer(name: Someone.ada.name, email: Someone.ada.email), by: act)
    }

    /// What was recorded, oldest first: `["organisation.founded", "agent.signed_in"]`.
    func happenings() async throws -> [String] {
        try await database.read { try $0.all("SELECT kind FROM event ORDER BY id") { try $0.text(0) } }
    }
}

struct NoSeat: Error {
    let name: String
}

/// Runs a test on a desk that is set up as Harbour Coffee, Europe/Berlin, EUR, founded by Linus, with Grace
/// at work.
///
/// `founded: false` leaves the first run to the test.
func withDesk<T: Sendable>(
    on engine: Engine, founded: Bool = true, setUpCode: SetUpCode? = nil,
    _ body: @escaping @Sendable (TestDesk) async throws -> T
) async throws -> T {
    Languages.install(try TestLanguages.all.get())
    return try await withDatabase(on: engine, migrations: Schema.migrations) { database in
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let clock = FakeClock()
        let desk = Desk(database: database, clock: clock, folder: folder.path)
        let people = People(
            database: database, clock: clock, organisations: desk.organisations,
            passwords: Passwords(cost: Passwords.Cost(logRounds: 4)))
        let site = try site(of: desk, people, folder: folder.path, setUpCode)
        if founded { try await found(people) }
        let application = site.application(
            on: .hostname("127.0.0.1", port: 0),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await application.test(.router) { client in
            let desk = TestDesk(desk: desk, people: people, site: site, clock: clock, client: client)
            if founded { _ = try await desk.seat(of: .grace) }
            return try await body(desk)
        }
    }
}

private func found(_ people: People) async throws {
    try await people.setUp.run(
        organisation: "Harbour Coffee", zone: "Europe/Berlin", currency: "EUR", name: Someone.linus.name,
        email: Someone.linus.email, password: Someone.linus.password)
}

/// Every feature's routes; those of `Desk.features` that stand here already are left out.
private func site(of desk: Desk, _ people: People, folder: String, _ code: SetUpCode?) throws -> Site {
    guard let address = SiteAddress("http://localhost") else { throw NoSeat(name: "localhost") }
    var settings = SiteSettings(
        address: address, secret: SymmetricKey(data: Array("a secret of thirty-two bytes, no less".utf8)),
        uploadFolder: folder)
    settings.firstRunPath = "/setup"
    let own: [any Feature] = [
        PeopleFeature(desk: desk, people: people, site: settings, setUpCode: code),
        SettingsFeature(desk: desk),
    ]
    var routes: [Route] = []
    var known: Set<String> = []
    for route in (own.flatMap(\.routes) + desk.routes)
    where known.insert("\(route.method) \(route.path)").inserted {
        routes.append(route)
    }
    return Site(routes: routes, gatekeeper: people.gatekeeper, settings: settings, assets: Assets(files: []))
}

/// A folder of a test's own.
struct TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/regulars-desk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// The catalogues as they stand in Assets, read once.
enum TestLanguages {
    static let all = Result {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Assets/languages")
        func text(_ code: String) throws -> String {
            let added = folder.appending(path: code)
            let files = try? FileManager.default.contentsOfDirectory(atPath: added.path)
            let paths =
                [folder.appending(path: "\(code).txt")]
                + (files ?? []).filter { $0.hasSuffix(".txt") }.sorted().map { added.appending(path: $0) }
            return try paths.map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
        }
        return try Languages(base: text("en"), others: [text("de")])
    }
}
