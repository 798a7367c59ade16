import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing
@testable import Web

@Suite struct `Being refused entry` {
    let routes: [Route] = [
        .agent(.get, "/settings", needs: .changeSettings) { _, _ in .text("in") },
        .agent(.get, "/customers/:id", needs: .seeCustomers) { _, context in
            guard context.parameters["id"] == "7" else { throw NotFound() }
            return .text("in")
        },
        .agent(.post, "/customers", needs: .editCustomers) { _, _ in .text("in") },
    ]

    @Test func `names the permission and who can give it`() async throws {
        let house = try TestSite(routes)
        let answer = try await house.ask(.get, "/settings", .browser(house.desk.signIn(FakeDesk.grace)))

        #expect(answer.status == .forbidden)
        #expect(answer.text.contains("change settings"))
        #expect(answer.text.contains("Linus can give it to you"))
    }

    @Test func `speaks the reader's language`() async throws {
        let house = try TestSite(routes)
        let headers = HTTPFields.browser(house.desk.signIn(FakeDesk.grace)).with(.acceptLanguage, "de")
        let answer = try await house.ask(.get, "/settings", headers)

        #expect(answer.text.contains("<html lang=\"de\""))
        #expect(answer.text.contains("Einstellungen ändern"))
    }

    @Test func `looks the same for what is hidden and what is not there`() async throws {
        let house = try TestSite(routes)
        let browser = HTTPFields.browser(house.desk.signIn(FakeDesk.grace))
        let hidden = try await house.ask(.get, "/customers/8", browser)
        let absent = try await house.ask(.get, "/nowhere", browser)

        #expect(hidden.status == .notFound)
        #expect(absent.status == .notFound)
        #expect(hidden.text == absent.text)
    }

    @Test func `remembers where a signed-out reader was going`() async throws {
        let house = try TestSite(routes)
        let answer = try await house.ask(.get, "/customers/7?tab=a%20b&x=1")

        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == "/sign-in?next=%2Fcustomers%2F7%3Ftab%3Da%2520b%26x%3D1")
    }

    @Test func `tells a script 401 instead of sending it to a page`() async throws {
        let house = try TestSite(routes)
        let answer = try await house.ask(.get, "/customers/7", [.secFetchDest: "empty"])
        #expect(answer.status == .unauthorized)
    }

    @Test func `sends the very first visitor to set the desk up`() async throws {
        let house = try TestSite(routes)
        house.desk.state.withLock { $0.isSetUp = false }
        let answer = try await house.ask(.get, "/customers/7")
        #expect(answer.headers[.location] == "/setup")
    }

    @Test func `does not believe a session that ended`() async throws {
        let house = try TestSite(routes)
        let answer = try await house.ask(.get, "/customers/7", .browser(.fresh()))
        #expect(answer.status == .seeOther)
    }

    @Test(arguments: [
        "", "x", "' OR 1=1 --", String(repeating: "A", count: 22) + "=", "../../../../../../../.",
    ])
    func `takes no odd cookie for a session`(_ text: String) {
        #expect(SessionToken(text) == nil)
    }
}
