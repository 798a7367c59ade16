import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Markup
import NIOCore
import Testing
@testable import Web

@Suite struct `An answer of the API` {
    struct Contact: Codable { var id: Int, name: String? }
    struct Unlucky: Error {}
    struct Crowded: PassingFailure { let retryAfter: Int? = 3 }

    static let routes: [Route] = [
        .api(.get, "/api/v2/contacts", needs: .seeCustomers) { _, context in
            try Response.json([Contact(id: 1, name: "Ada")]).linking(
                next: context.query["page"] == nil ? "http://desk.example/api/v2/contacts?page=2" : nil)
        },
        .api(.post, "/api/v2/contacts", needs: .editCustomers) { request, _ in
            let contact = try await request.json(as: Contact.self)
            guard contact.name != nil else { throw FieldRefusal.missing(field: "name") }
            return try .created(contact, at: "http://desk.example/api/v2/contacts/1")
        },
        .api(.delete, "/api/v2/contacts/:id", needs: .editCustomers) { _, context in
            _ = try context.parameters.id(of: Contact.self)
            return .noContent
        },
        .api(.put, "/api/v2/contacts/:id/restore", needs: .editCustomers) { _, _ in .noContent },
        .api(.get, "/api/v2/settings", needs: .changeSettings) { _, _ in .noContent },
        .api(.get, "/api/v2/broken", needs: nil) { _, _ in throw Unlucky() },
        .api(.get, "/api/v2/crowded", needs: nil) { _, _ in throw Crowded() },
        .api(.put, "/api/v2/contacts/:id", needs: .editCustomers) { _, _ in
            throw Refusals([FieldRefusal.missing(field: "name"), FieldRefusal.unreadable(field: "email")])
                ?? FieldRefusal.missing(field: "name")
        },
    ]

    let house: TestSite
    let grace: HTTPFields

    init() throws {
        house = try TestSite(Self.routes)
        grace = .key(house.desk.key(for: FakeDesk.grace))
    }

    func json(_ answer: TestResponse) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any])
    }

    @Test func `carries the headers clients read`() async throws {
        let answer = try await house.ask(.get, "/api/v2/contacts", grace.with(.requestID, "caller-0001"))

        #expect(answer.status == .ok)
        #expect(answer.headers[.requestID] == "caller-0001")
        #expect(answer.headers[.freshdeskVersion] == "latest=v2; requested=v2")
        #expect(answer.headers[.rateTotal] == "1000000")
        #expect(answer.headers[.rateRemaining] == "999999")
        #expect(answer.headers[.rateUsed] == "1")
        #expect(answer.headers[.link] == "<http://desk.example/api/v2/contacts?page=2>; rel=\"next\"")
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        #expect(answer.headers[.setCookie] == nil)
    }

    @Test func `has no link on the last page`() async throws {
        let answer = try await house.ask(.get, "/api/v2/contacts?page=2&per_page=30&page=2", grace)
        #expect(answer.headers[.link] == nil)
    }

    @Test func `to a stranger is 401 in Freshdesk's words`() async throws {
        for headers in [
            HTTPFields(), .key("wrong"), [.authorization: "Basic !!!"], [.authorization: "Digest x"],
        ] {
            let answer = try await house.ask(.get, "/api/v2/contacts", headers)
            #expect(answer.status == .unauthorized)
            #expect(try json(answer)["code"] as? String == "invalid_credentials")
            #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic") == true)
        }
    }

    @Test func `ignores the password beside a key, and takes address and password, and bearers`() async throws
    {
        let key = house.desk.key(for: FakeDesk.grace)
        func basic(_ text: String) -> HTTPFields {
            [.authorization: "Basic \(Data(text.utf8).base64EncodedString())"]
        }
        let good = [
            basic("\(key):X"), basic("\(key):unused_with_api_key"), basic("\(key):"), basic(key),
            basic("Grace@example.com:no").with(.authorization, "Bearer \(key)"),
            basic("grace@example.com:correct: horse"),
        ]
        for headers in good { #expect(try await house.ask(.get, "/api/v2/contacts", headers).status == .ok) }
        let wrong = try await house.ask(.get, "/api/v2/contacts", basic("grace@example.com:wrong"))
        #expect(wrong.status == .unauthorized)
    }

    @Test func `does not take a browser's session for a key`() async throws {
        let session = house.desk.signIn(FakeDesk.linus)
        #expect(try await house.ask(.get, "/api/v2/contacts", .browser(session)).status == .unauthorized)
    }

    @Test func `to a key without the permission is 403`() async throws {
        let answer = try await house.ask(.get, "/api/v2/settings", grace)
        #expect(answer.status == .forbidden)
        #expect(try json(answer)["code"] as? String == "access_denied")
        #expect(answer.headers[.rateRemaining] != nil)
    }

    @Test func `to nothing is an empty 404 that is not JSON`() async throws {
        for path in ["/api/v2/nothing", "/api/v2/contacts/x"] {
            let answer = try await house.ask(.delete, path, grace)
            #expect(answer.status == .notFound)
            #expect(answer.body.readableBytes == 0)
            #expect(answer.headers[.contentType]?.hasPrefix("text/html") == true)
        }
    }

    @Test func `to the wrong verb is 405 and says which are right`() async throws {
        let answer = try await house.ask(.patch, "/api/v2/contacts", grace)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD, POST")
    }

    @Test func `is JSON or nothing`() async throws {
        #expect(
            try await house.ask(.get, "/api/v2/contacts", grace.with(.accept, "text/html")).status
                == .notAcceptable)
        for accept in ["*/*", "application/json", "text/html, application/json;q=0.5"] {
            #expect(try await house.ask(.get, "/api/v2/contacts", grace.with(.accept, accept)).status == .ok)
        }
    }

    @Test func `takes JSON, and minds no type without a body`() async throws {
        let json = grace.with(.contentType, "application/json")
        let made = try await house.ask(.post, "/api/v2/contacts", json, body: #"{"id": 1, "name": "Ada"}"#)
        #expect(made.status == .created)
        #expect(made.headers[.location] == "http://desk.example/api/v2/contacts/1")
        let xml = grace.with(.contentType, "text/xml")
        #expect(
            try await house.ask(.post, "/api/v2/contacts", xml, body: "<a/>").status == .unsupportedMediaType)
        #expect(try await house.ask(.get, "/api/v2/contacts", json).status == .ok)
        #expect(try await house.ask(.delete, "/api/v2/contacts/1", json).status == .noContent)
        #expect(try await house.ask(.put, "/api/v2/contacts/1/restore", json).status == .noContent)
    }

    @Test func `says which field is at fault`() async throws {
        let json = grace.with(.contentType, "application/json")
        let answer = try await house.ask(.post, "/api/v2/contacts", json, body: #"{"id": 1}"#)
        let problem = try self.json(answer)
        let errors = try #require(problem["errors"] as? [[String: String]])

        #expect(answer.status == .badRequest)
        #expect(problem["description"] as? String == "Validation failed")
        #expect(errors == [["field": "name", "message": "This is needed.", "code": "missing_field"]])
        #expect(problem.keys.sorted() == ["description", "errors"])
    }

    @Test func `says all that is at fault at once`() async throws {
        let answer = try await house.ask(.put, "/api/v2/contacts/1", grace)
        let errors = try #require(try json(answer)["errors"] as? [[String: String]])
        #expect(errors.map { $0["field"] } == ["name", "email"])
        #expect(errors.map { $0["code"] } == ["missing_field", "invalid_value"])
    }

    @Test(arguments: ["{", "[1", "\u{0}", "", "nul", #"{"id": "#])
    func `to a broken body is invalid_json`(_ body: String) async throws {
        let json = grace.with(.contentType, "application/json")
        let answer = try await house.ask(.post, "/api/v2/contacts", json, body: body)
        #expect(answer.status == .badRequest)
        #expect(try self.json(answer)["code"] as? String == "invalid_json")
    }

    @Test func `to a body too large is 413`() async throws {
        let json = grace.with(.contentType, "application/json")
        let body = "\"" + String(repeating: "a", count: 1 << 20) + "\""
        #expect(try await house.ask(.post, "/api/v2/contacts", json, body: body).status == .contentTooLarge)
    }

    @Test func `keeps what broke to itself`() async throws {
        let answer = try await house.ask(.get, "/api/v2/broken", grace)
        #expect(answer.status == .internalServerError)
        #expect(!answer.text.contains("Unlucky"))
        #expect(answer.text.contains(try #require(answer.headers[.requestID])))
    }

    @Test func `says when to come again after trouble that passes`() async throws {
        let answer = try await house.ask(.get, "/api/v2/crowded", grace)

        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] == "3")
        #expect(answer.text.contains("\"busy\""))
        #expect(try await house.ask(.get, "/api/v2/broken", grace).headers[.retryAfter] == nil)
    }

    @Test func `is reachable below the name that python clients insist on`() async throws {
        #expect(try await house.ask(.get, "/freshdesk.com/api/v2/contacts", grace).status == .ok)
        #expect(try await house.ask(.get, "/freshdesk.com/sign-in").status == .notFound)
    }

    @Test func `is 429 once the minute is used up`() async throws {
        let house = try TestSite(Self.routes) { $0.callsPerMinute = 3 }
        let responder = house.site.responder
        let key = HTTPFields.key(house.desk.key(for: FakeDesk.grace))
        var answers: [Response] = []
        for _ in 0..<4 { answers.append(try await house.ask(of: responder, "/api/v2/contacts", key)) }

        #expect(answers.map(\.status.code) == [200, 200, 200, 429])
        #expect(answers.map { $0.headers[.rateRemaining] } == ["2", "1", "0", "0"])
        let wait = try #require(answers.last?.headers[.retryAfter].flatMap { Int($0) })
        #expect((1...20).contains(wait))
        let other = HTTPFields.key(house.desk.key(for: FakeDesk.linus))
        #expect(try await house.ask(of: responder, "/api/v2/contacts", other).status == .ok)
    }
}

@Suite struct `A bucket of calls` {
    @Test func `fills evenly and never over its brim`() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(perMinute: 60, at: start)
        for left in (0..<60).reversed() { #expect(bucket.take(at: start) == .granted(remaining: left)) }
        #expect(bucket.take(at: start) == .refused(retryAfter: 1))
        #expect(bucket.take(at: start + .seconds(1)) == .granted(remaining: 0))
        #expect(bucket.take(at: start + .seconds(7200)) == .granted(remaining: 59))
        #expect(bucket.take(at: start) == .granted(remaining: 58))
    }
}
