import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Markup
import Testing
@testable import Web

@Suite struct `What is said after a redirect` {
    static let routes: [Route] = [
        .visitor(.post, "/notes", isGuarded: false) { _, _ in
            .redirect(to: "/notes", saying: Phrase("web.password.tooShort", .count(8)))
        },
        .visitor(.get, "/notes") { _, context in
            .page(Blank(), in: Shell(for: context))
        },
    ]

    struct Blank: Page {
        var title: String { "Notes" }
        var main: HTML { "<p>Nothing here</p>" }
    }

    @Test func `is said once, in the reader's language, with its plural`() async throws {
        let house = try TestSite(Self.routes)
        let redirect = try await house.ask(.post, "/notes")
        let cookie = try #require(redirect.headers[.setCookie]?.split(separator: ";").first.map(String.init))
        let page = try await house.ask(.get, "/notes", [.cookie: cookie])

        #expect(redirect.status == .seeOther)
        #expect(redirect.headers[.flash] == nil)
        #expect(page.text.contains("role=\"status\">At least 8 characters, please."))
        #expect(
            page.headers[values: .setCookie].contains { $0.hasPrefix("regulars-flash=; Path=/; Max-Age=0") })
    }

    @Test func `survives a script that fetches a piece of the page meanwhile`() async throws {
        let house = try TestSite(Self.routes)
        let flash = Flash(Phrase("web.busy")).encoded
        let answer = try await house.ask(
            .get, "/notes", [.cookie: "regulars-flash=\(flash)", .secFetchDest: "empty"])
        #expect(!answer.headers[values: .setCookie].contains { $0.contains("flash") })
    }

    @Test(arguments: [
        "", "%%%", "AAAA", Base64URL.encode("key=x&tone=loud".utf8), String(repeating: "A", count: 5000),
    ])
    func `is nothing where somebody made it up`(_ text: String) { #expect(Flash(encoded: text) == nil) }

    @Test func `cannot carry markup`() async throws {
        let house = try TestSite(Self.routes)
        let flash = Flash(Phrase("web.error.broken", .text("<script>alert(1)</script>"))).encoded
        let answer = try await house.ask(.get, "/notes", [.cookie: "regulars-flash=\(flash)"])
        #expect(!answer.text.contains("<script>alert"))
        #expect(answer.text.contains("&lt;script&gt;alert"))
    }
}
