import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
@testable import Web

@Suite struct `An asset` {
    static let assets = Assets(files: [
        AssetFile(name: "styles/20-b.css", bytes: Array("b{color:red}".utf8)),
        AssetFile(name: "styles/10-a.css", bytes: Array(String(repeating: "a{color:blue}", count: 100).utf8)),
        AssetFile(name: "scripts/a.js", bytes: Array("'use strict'".utf8)),
        AssetFile(name: "icons/mark.svg", bytes: Array("<svg/>".utf8)),
        AssetFile(name: "languages/en.txt", bytes: Array("language = en".utf8)),
    ])
    let house: TestSite

    init() throws { house = try TestSite(assets: Self.assets) }

    @Test func `has its content in its address and may be kept for ever`() async throws {
        let url = Self.assets.url("app.css")
        let answer = try await house.ask(.get, url)

        #expect(url.hasPrefix("/assets/app.") && url.hasSuffix(".css"))
        #expect(answer.status == .ok)
        #expect(answer.text.hasPrefix("a{color:blue}"))
        #expect(answer.text.hasSuffix("b{color:red}\n"))
        #expect(answer.headers[.contentType] == "text/css; charset=utf-8")
        #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(answer.headers[.setCookie] == nil)
    }

    @Test func `has another address when its content changes`() {
        let other = Assets(files: [AssetFile(name: "styles/10-a.css", bytes: Array("a{}".utf8))])
        #expect(other.url("app.css") != Self.assets.url("app.css"))
    }

    @Test func `is sent compressed, or not at all where the browser has it`() async throws {
        let url = Self.assets.url("app.css")
        let gzipped = try await house.ask(.get, url, [.acceptEncoding: "gzip"])
        let tag = try #require(gzipped.headers[.eTag])

        #expect(gzipped.headers[.contentEncoding] == "gzip")
        #expect(try Gunzip.text(Array(buffer: gzipped.body)).hasPrefix("a{color:blue}"))
        let again = try await house.ask(.get, url, [.ifNoneMatch: "W/\"x\", \(tag)"])
        #expect(again.status == .notModified)
        #expect(again.body.readableBytes == 0)
        #expect(try await house.ask(.get, url, [.ifNoneMatch: "\"x\""]).status == .ok)
    }

    @Test(arguments: [
        "/assets/", "/assets/app.css", "/assets/..%2f..%2fetc%2fpasswd", "/assets/../../etc/passwd",
        "/assets/%2e%2e/secret", "/assets/languages/en.txt", "/assets/en.txt", "/assets/app.000000000000.css",
    ])
    func `that is not one of ours is nowhere`(_ path: String) async throws {
        let status = try await house.ask(.get, path).status
        #expect(status == .notFound || status == .badRequest)
    }
}
