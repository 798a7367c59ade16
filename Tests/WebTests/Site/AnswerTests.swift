import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Markup
import NIOCore
import Testing
@testable import Web

@Suite struct `Every answer` {
    struct Unlucky: Error { let secret = "hunter2" }
    enum Closed: Refusal {
        case already
        var status: HTTPResponse.Status { .conflict }
        var phrase: Phrase { Phrase("web.busy") }
    }

    static let long = String(repeating: "All the same to me. ", count: 200)
    static let routes: [Route] = [
        .visitor(.get, "/page") { _, _ in .html("<p>hello</p>") },
        .visitor(.get, "/long") { _, _ in .text(long) },
        .visitor(.get, "/short") { _, _ in .text("short") },
        .visitor(.get, "/picture") { _, _ in .bytes(long.utf8, type: "image/png") },
        .visitor(.get, "/csv") { _, _ in
            .download(
                ResponseBody(contentsOf: (0..<50).map { _ in ByteBuffer(string: long) }),
                named: "people \"ä\"\r\n.csv", type: "text/csv; charset=utf-8")
        },
        .visitor(.get, "/broken") { _, _ in throw Unlucky() },
        .visitor(.get, "/refused") { _, _ in throw Closed.already },
        .visitor(.get, "/cached") { _, _ in
            Response(status: .ok, headers: [.cacheControl: "public, max-age=60", .contentType: "text/plain"])
        },
        .visitor(.get, "/who") { _, context in .text("\(context.remoteAddress) \(context.request.isSecure)")
        },
        .visitor(.get, "/customers/:id/notes/:note") { _, context in
            .text("\(try context.parameters.text("id")) \(try context.parameters.text("note"))")
        },
        .visitor(.get, "/customers/new/notes/:note") { _, _ in .text("literal") },
    ]

    let house: TestSite

    init() throws { house = try TestSite(Self.routes) }

    @Test(arguments: ["/page", "/nowhere", "/broken", "/health/live", "/api/v2/nothing", "/assets/none.css"])
    func `tells browsers to be strict`(_ path: String) async throws {
        let answer = try await house.ask(.get, path)
        let policy = try #require(answer.headers[.contentSecurityPolicy])

        #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self'"))
        #expect(!policy.contains("unsafe"))
        #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.referrerPolicy] == "same-origin")
        #expect(answer.headers[.openerPolicy] == "same-origin")
        #expect(answer.headers[.resourcePolicy] == "same-origin")
        #expect(answer.headers[.permissionsPolicy]?.contains("camera=()") == true)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.strictTransportSecurity] == nil)
        #expect(answer.headers[.requestID]?.isEmpty == false)
    }

    @Test func `asks for https for a year where the site has it`() async throws {
        let house = try TestSite(Self.routes, address: "https://desk.example")
        let answer = try await house.ask(.get, "/page")
        #expect(answer.headers[.strictTransportSecurity]?.hasPrefix("max-age=31536000") == true)
    }

    @Test func `may be cached only where a route says so`() async throws {
        #expect(try await house.ask(.get, "/cached").headers[.cacheControl] == "public, max-age=60")
    }

    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("br;q=1.0, gzip;q=0.8, *;q=0.1", true), ("*", true),
        ("GZIP", true), ("", false), ("identity", false), ("gzip;q=0", false), ("gzip; q=0.0, *", false),
        ("br", false), ("*;q=0", false),
    ])
    func `is compressed where it is asked for`(_ accept: String, _ isCompressed: Bool) async throws {
        let answer = try await house.ask(.get, "/long", [.acceptEncoding: accept])

        #expect((answer.headers[.contentEncoding] == "gzip") == isCompressed)
        #expect(answer.headers[.vary] == "Accept-Encoding")
        if isCompressed {
            #expect(answer.body.readableBytes < 400)
            #expect(try Gunzip.text(Array(buffer: answer.body)) == Self.long)
        } else {
            #expect(answer.text == Self.long)
        }
    }

    @Test func `is left alone where compressing gains nothing`() async throws {
        #expect(
            try await house.ask(.get, "/short", [.acceptEncoding: "gzip"]).headers[.contentEncoding] == nil)
        let picture = try await house.ask(.get, "/picture", [.acceptEncoding: "gzip"])
        #expect(picture.headers[.contentEncoding] == nil)
        #expect(picture.headers[.vary] == nil)
    }

    @Test func `is compressed as it flows, however long`() async throws {
        let answer = try await house.ask(.get, "/csv", [.acceptEncoding: "gzip"])
        #expect(answer.headers[.contentLength] == nil)
        let text = try Gunzip.text(Array(buffer: answer.body))
        #expect(text == String(repeating: Self.long, count: 50))
    }

    @Test func `offers downloads under a name that cannot break the header`() async throws {
        let answer = try await house.ask(.get, "/csv")
        #expect(
            answer.headers[.contentDisposition]
                == "attachment; filename=\"people ___.csv\"; filename*=UTF-8''people%20%22%C3%A4%22.csv")
    }

    @Test func `to HEAD is that to GET without its body`() async throws {
        let full = try await house.ask(.get, "/short")
        let head = try await house.ask(.head, "/short")

        #expect(head.status == .ok)
        #expect(head.body.readableBytes == 0)
        #expect(head.headers[.contentLength] == "5")
        #expect(head.headers[.contentType] == full.headers[.contentType])
    }

    @Test func `to what broke is a number and nothing else`() async throws {
        let answer = try await house.ask(.get, "/broken")
        let id = try #require(answer.headers[.requestID])

        #expect(answer.status == .internalServerError)
        #expect(answer.text.contains(id))
        #expect(!answer.text.contains("Unlucky") && !answer.text.contains("hunter2"))
    }

    @Test func `to a refusal is its sentence with its status`() async throws {
        let answer = try await house.ask(.get, "/refused", [.acceptLanguage: "de-AT,de;q=0.9"])
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("Gerade melden sich zu viele"))
        #expect(answer.text.contains("Es wurde nichts geändert"))
    }

    @Test(arguments: [
        "short", "has space", "semi;colon", "line\nbreak", String(repeating: "x", count: 65), "ü-ü-ü-ü-ü",
    ])
    func `gets a number of our own where the one offered is odd`(_ id: String) async throws {
        let answer = try await house.ask(.get, "/page", [.requestID: id])
        #expect(answer.headers[.requestID] != id)
    }

    @Test(arguments: [
        "/%", "/%zz", "/a/../page", "/./page", "/%2e%2e/page", "/a//page", "//page", "/page%00",
        "/page%0d%0a", "/%ff",
        "/a%2Fpage", "/a%5cpage", "/\\page", "page", "*", "http://evil.example/page%00",
        "/" + String(repeating: "a", count: 5000),
    ])
    func `to a path that could mean two things is 400`(_ path: String) async throws {
        let status = try await house.ask(.get, path).status
        #expect(status == .badRequest)
    }

    @Test func `finds the route by decoded segments, literals before names`() async throws {
        #expect(try await house.ask(.get, "/customers/%C3%A9%20x/notes/7").text == "é x 7")
        #expect(try await house.ask(.get, "/customers/new/notes/7/").text == "literal")
        #expect(try await house.ask(.get, "/customers/7/notes").status == .notFound)
        #expect(try await house.ask(.post, "/page").headers[.allow] == "GET, HEAD")
        #expect(try await house.ask(.init("BREW") ?? .get, "/page").status == .methodNotAllowed)
    }

    @Test func `knows who asks through proxies it trusts, and no others`() async throws {
        let behind = try TestSite(Self.routes) {
            $0.trustedProxies = [Network("10.0.0.0/8"), Network("::1")].compactMap(\.self)
        }
        let forwarded: HTTPFields = [
            .forwardedFor: "6.6.6.6, 203.0.113.9, 10.1.1.1", .forwardedProto: "https",
        ]
        func who(_ house: TestSite, from peer: String, _ headers: HTTPFields) async throws -> String {
            String(buffer: try await house.ask(from: peer, .get, "/who", headers).body.collected())
        }

        #expect(try await who(house, from: "10.0.0.1", forwarded) == "10.0.0.1 false")
        #expect(try await who(behind, from: "10.0.0.1", forwarded) == "203.0.113.9 true")
        #expect(try await who(behind, from: "::1", forwarded) == "203.0.113.9 true")
        #expect(try await who(behind, from: "8.8.8.8", forwarded) == "8.8.8.8 false")
        #expect(
            try await who(behind, from: "10.0.0.1", [.forwardedFor: "junk, 10.0.0.2"]) == "10.0.0.2 false")
        #expect(try await who(behind, from: "::ffff:10.0.0.1", forwarded) == "203.0.113.9 true")
    }
}
