import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing
@testable import Web

@Suite struct `A session's cookie` {
    let routes: [Route] = [
        .visitor(.post, "/sign-in", isGuarded: false) { _, context in
            let account = "grace@example.com"
            let device = KnownDevice.fresh(for: account, signedWith: TestKey.key)
            return .redirect(to: "/", type: .normal).signingIn(.fresh(), on: device, context.request)
        },
        .visitor(.post, "/sign-out", isGuarded: false) { _, context in
            .redirect(to: "/", type: .normal).signingOut(context.request)
        },
        .agent(.get, "/") { _, context in .text(context.person.name) },
    ]

    @Test func `is locked to the host behind https`() async throws {
        let house = try TestSite(routes, address: "https://desk.example")
        let answer = try await house.ask(.post, "/sign-in")
        let cookie = try #require(answer.headers[values: .setCookie].first { $0.contains("session") })

        #expect(cookie.hasPrefix("__Host-regulars-session="))
        for flag in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            #expect(cookie.contains(flag))
        }
        #expect(!cookie.contains("Domain"))
    }

    @Test func `has a plain name without https, as browsers would drop the other`() async throws {
        let house = try TestSite(routes)
        let answer = try await house.ask(.post, "/sign-in")
        let cookie = try #require(answer.headers[values: .setCookie].first { $0.contains("session") })

        #expect(cookie.hasPrefix("regulars-session="))
        #expect(!cookie.contains("Secure"))
        #expect(cookie.contains("; HttpOnly; SameSite=Lax"))
    }

    @Test func `under the plain name opens nothing behind https`() async throws {
        let house = try TestSite(routes, address: "https://desk.example")
        let session = house.desk.signIn(FakeDesk.grace)

        #expect(try await house.ask(.get, "/", .browser(session, isSecure: true)).text == "Grace")
        #expect(try await house.ask(.get, "/", .browser(session)).status == .seeOther)
    }

    @Test func `is another at every sign-in`() async throws {
        let house = try TestSite(routes)
        let planted = house.desk.signIn(FakeDesk.grace)
        let first = try await house.ask(.post, "/sign-in", .browser(planted)).headers[.setCookie]
        let second = try await house.ask(.post, "/sign-in", .browser(planted)).headers[.setCookie]

        #expect(first != second)
        #expect(first?.contains(planted.text) == false)
    }

    @Test func `goes when one signs out, the device stays known`() async throws {
        let house = try TestSite(routes)
        let answer = try await house.ask(.post, "/sign-out")
        let cookies = answer.headers[values: .setCookie]

        #expect(cookies.contains { $0.hasPrefix("regulars-session=; Path=/; Max-Age=0") })
        #expect(!cookies.contains { $0.contains("device") })
    }

    @Test func `holds 128 random bits, and the desk holds only their hash`() {
        let tokens = (0..<1000).map { _ in SessionToken.fresh() }
        #expect(Set(tokens.map(\.text)).count == 1000)
        #expect(tokens.allSatisfy { Base64URL.decode($0.text)?.count == 16 && $0.hash.count == 32 })
    }

    @Test func `is noted as used once a minute at most`() async throws {
        let house = try TestSite(routes)
        let browser = HTTPFields.browser(house.desk.signIn(FakeDesk.grace))
        let responder = house.site.responder
        for _ in 0..<5 { _ = try await house.ask(of: responder, "/", browser) }

        #expect(house.desk.state.withLock { $0.uses.map(\.subject) } == [.session(FakeDesk.grace.id * 10)])
    }

    @Test func `of a device belongs to one account`() throws {
        let device = KnownDevice.fresh(for: "grace@example.com", signedWith: TestKey.key)
        #expect(KnownDevice(device.text, account: "grace@example.com", signedWith: TestKey.key) == device)
        #expect(KnownDevice(device.text, account: "linus@example.com", signedWith: TestKey.key) == nil)
        #expect(KnownDevice(device.text + "A", account: "grace@example.com", signedWith: TestKey.key) == nil)
    }
}
