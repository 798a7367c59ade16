import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Markup
import Testing
@testable import Web

@Suite struct `A form from another site` {
    static let routes: [Route] = [
        .agent(.post, "/notes") { _, context in .text("kept \(context.form.text("words"))") },
        .agent(.get, "/notes") { _, context in .html("<p>\(context.formToken)</p>") },
        .visitor(.get, "/sign-in") { _, context in .html("<p>\(context.formToken)</p>") },
        .visitor(.post, "/sign-in") { _, context in .text("hello \(context.form.text("email"))") },
        .visitor(.post, "/unsubscribe", isGuarded: false) { _, _ in .text("gone") },
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        let origin: String?
        let fetchSite: String?
        let isAccepted: Bool
        var testDescription: String { "Origin \(origin ?? "none"), Sec-Fetch-Site \(fetchSite ?? "none")" }
    }

    static let cases: [Case] = [
        Case(origin: nil, fetchSite: nil, isAccepted: true),
        Case(origin: "http://desk.example", fetchSite: nil, isAccepted: true),
        Case(origin: "http://DESK.example:80", fetchSite: "same-origin", isAccepted: true),
        Case(origin: nil, fetchSite: "same-origin", isAccepted: true),
        Case(origin: nil, fetchSite: "none", isAccepted: true),
        Case(origin: "http://localhost", fetchSite: "same-origin", isAccepted: true),
        Case(origin: "http://evil.example", fetchSite: nil, isAccepted: false),
        Case(origin: "http://desk.example.evil.example", fetchSite: nil, isAccepted: false),
        Case(origin: "http://desk.example:81", fetchSite: nil, isAccepted: false),
        Case(origin: "null", fetchSite: nil, isAccepted: false),
        Case(origin: "", fetchSite: nil, isAccepted: false),
        Case(origin: "http://desk.example", fetchSite: "cross-site", isAccepted: false),
        Case(origin: nil, fetchSite: "same-site", isAccepted: false),
        Case(origin: nil, fetchSite: "cross-site", isAccepted: false),
    ]

    @Test(arguments: cases)
    func `is told by what the browser says of it`(_ given: Case) async throws {
        let house = try TestSite(Self.routes)
        let session = house.desk.signIn(FakeDesk.grace)
        var headers = HTTPFields.browser(session) + .form
        if let origin = given.origin { headers[.origin] = origin }
        if let site = given.fetchSite { headers[.secFetchSite] = site }
        let answer = try await house.ask(
            .post, "/notes", headers, body: "form_token=\(house.formToken(session))&words=a")

        #expect(answer.status == (given.isAccepted ? .ok : .forbidden))
    }

    @Test func `is refused without the session's own token`() async throws {
        let house = try TestSite(Self.routes)
        let session = house.desk.signIn(FakeDesk.grace)
        let other = house.desk.signIn(FakeDesk.linus)
        let browser = HTTPFields.browser(session) + .form

        for body in [
            "words=a", "form_token=&words=a", "form_token=xyz", "form_token=\(house.formToken(other))",
        ] {
            let answer = try await house.ask(.post, "/notes", browser, body: body)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("too old"))
        }
        let empty = try await house.ask(.post, "/notes", .browser(session))
        #expect(empty.status == .forbidden)
    }

    @Test func `is taken with the token in a header, as scripts send it`() async throws {
        let house = try TestSite(Self.routes)
        let session = house.desk.signIn(FakeDesk.grace)
        let token = FormGuard(key: house.site.settings.secret).token(for: session.text)
        let answer = try await house.ask(.post, "/notes", HTTPFields.browser(session).with(.formToken, token))
        #expect(answer.status == .ok)
    }

    @Test func `cannot be JSON, text or multipart where a plain form is meant`() async throws {
        let house = try TestSite(Self.routes)
        let session = house.desk.signIn(FakeDesk.grace)
        for type in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
            let headers = HTTPFields.browser(session).with(.contentType, type)
            let answer = try await house.ask(
                .post, "/notes", headers, body: "form_token=\(house.formToken(session))")
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `sees another token on each page, and each is good`() async throws {
        let house = try TestSite(Self.routes)
        let browser = HTTPFields.browser(house.desk.signIn(FakeDesk.grace))
        let one = try await house.ask(.get, "/notes", browser).text
        let other = try await house.ask(.get, "/notes", browser).text
        #expect(one != other)
        for page in [one, other] {
            let token = page.replacing("<p>", with: "").replacing("</p>", with: "")
            #expect(try await house.ask(.post, "/notes", browser.with(.formToken, token)).status == .ok)
        }
    }

    @Test func `needs the visitor's own signed cookie at the door`() async throws {
        let house = try TestSite(Self.routes)
        let page = try await house.ask(.get, "/sign-in")
        let cookie = try #require(page.headers[.setCookie]?.split(separator: ";").first.map(String.init))
        let token = page.text.replacing("<p>", with: "").replacing("</p>", with: "")
        let body = "form_token=\(token)&email=ada"

        let good = try await house.ask(.post, "/sign-in", HTTPFields.form.with(.cookie, cookie), body: body)
        #expect(good.text == "hello ada")
        let bare = try await house.ask(.post, "/sign-in", .form, body: body)
        #expect(bare.status == .forbidden)
        let planted = HTTPFields.form.with(
            .cookie, "regulars-visitor=AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")
        #expect(try await house.ask(.post, "/sign-in", planted, body: body).status == .forbidden)
        let foreign = HTTPFields.form.with(.cookie, cookie).with(.origin, "https://evil.example")
        #expect(try await house.ask(.post, "/sign-in", foreign, body: body).status == .forbidden)
    }

    @Test func `may post where a route says that strangers' programs do`() async throws {
        let house = try TestSite(Self.routes)
        let headers = HTTPFields.form.with(.origin, "https://mail.example")
        let answer = try await house.ask(.post, "/unsubscribe", headers, body: "List-Unsubscribe=One-Click")
        #expect(answer.text == "gone")
    }

    @Test func `finds nothing that a GET would change`() throws {
        let house = try TestSite(Self.routes)
        #expect(house.site.routes.allSatisfy { $0.method != .get || !$0.path.contains("ending") })
    }
}
