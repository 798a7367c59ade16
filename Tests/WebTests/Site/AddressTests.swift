import HTTPTypes
import Testing
@testable import Web

@Suite struct `An address to go on to` {
    @Test(arguments: [
        "/", "/customers/7", "/customers?q=a%20b&x=1#top", "/a//b", "/%2F%2Fevil.example", "/a:b",
    ])
    func `on this site is followed`(_ text: String) {
        #expect(LocalPath(text)?.description == text)
    }

    @Test(arguments: [
        nil, "", "customers", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "https://evil.example", "https:evil.example", "javascript:alert(1)", "/\tevil", "/\u{0}",
        "/a\r\nSet-Cookie: x=1",
        "/a b", " /a", "/é", "/\u{202E}a", "/a\\b", "/" + String(repeating: "a", count: 2001),
    ])
    func `anywhere else is not`(_ text: String?) {
        #expect(LocalPath(text) == nil)
    }
}

@Suite struct `The site's own address` {
    @Test(arguments: [
        ("https://desk.example", "https://desk.example"),
        ("HTTPS://Desk.Example:443/", "https://desk.example"),
        ("http://localhost:8080", "http://localhost:8080"), ("http://[::1]:80", "http://[::1]"),
    ])
    func `is scheme, host and port`(_ text: String, _ address: String) {
        #expect(SiteAddress(text)?.description == address)
    }

    @Test(arguments: [
        "", "desk.example", "ftp://desk.example", "https://", "https://a/b", "https://a@b", "https://a b",
        "null",
        "https://a\r\nb", "https://a?b", "https://a#b",
    ])
    func `is nothing else`(_ text: String) { #expect(SiteAddress(text) == nil) }
}

@Suite struct `A network address` {
    @Test func `is read in both lengths and shown in the short form`() {
        #expect(RemoteAddress("192.0.2.1")?.description == "192.0.2.1")
        #expect(RemoteAddress("2001:0DB8:0:0::1")?.description == "2001:db8::1")
        #expect(RemoteAddress("::ffff:192.0.2.1")?.description == "192.0.2.1")
        for text in ["", "192.0.2", "192.0.2.256", "localhost", "1.2.3.4, 5.6.7.8", "::g", "192.0.2.1 "] {
            #expect(RemoteAddress(text) == nil)
        }
    }

    @Test func `has neighbours`() {
        #expect(RemoteAddress("192.0.2.77")?.neighbourhood == "192.0.2.0/24")
        #expect(RemoteAddress("2001:db8:1:2ff::1")?.neighbourhood == "2001:db8:1:200::/56")
        #expect(RemoteAddress.unknown.neighbourhood == "unknown")
    }

    @Test func `lies in a network or does not`() throws {
        let ten = try #require(Network("10.0.0.0/8"))
        let odd = try #require(Network("192.0.2.128/25"))
        #expect(try ten.contains(#require(RemoteAddress("10.255.1.1"))))
        #expect(try !ten.contains(#require(RemoteAddress("11.0.0.1"))))
        #expect(try !ten.contains(#require(RemoteAddress("a00::1"))))
        #expect(try odd.contains(#require(RemoteAddress("192.0.2.200"))))
        #expect(try !odd.contains(#require(RemoteAddress("192.0.2.127"))))
        for text in ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10/8", "::/129"] {
            #expect(Network(text) == nil)
        }
    }
}
