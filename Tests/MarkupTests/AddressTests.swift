import Foundation
import Markup
import Testing

@Suite struct `Writing an address` {
    static let refused = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
        " javascript:alert(1)", "\u{1}javascript:alert(1)", "javascript\u{0}:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,PHN2Zz4=", "file:///etc/passwd", "ftp://x", "blob:https://x/y",
        "filesystem:x",
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
        "\\evil",
        "/\t/evil.example", "https:evil.example", "http:/evil.example", "https:\\\\evil", "x:y", "1:2", ":",
        "feed:x",
        "view-source:javascript:alert(1)", "jav\u{D}ascript:alert(1)", "mailto:a\n@b.example",
        "https://a.example ",
        "\u{7F}javascript:x", "sms:1", "livescript:x", "mocha:x", "about:blank", "ＪＡＶＡscript:alert(1)",
    ]

    static let allowed = [
        "", "#", "#section:2", "/", "/tickets/7", "/a//b", "tickets/7", "../up", "./x:y", "?q=a:b&c=d",
        "file name.txt",
        "/javascript:alert(1)", "https://example.org/ä?q=\"x\"&y='z'", "HTTP://EXAMPLE.ORG",
        "mailto:ada@example.org",
        "tel:+49 30 1234", "javascript%3Aalert(1)", "/x\u{2028}y", "a\u{202E}b/c",
    ]

    @Test(arguments: refused)
    func `leads nowhere when the address is a trick`(_ address: String) {
        for written in attributes(for: address) { #expect(written == "#") }
    }

    @Test(arguments: allowed)
    func `keeps an honest address as it is`(_ address: String) {
        for written in attributes(for: address) { #expect(written == address) }
    }

    private func attributes(for address: String) -> [String?] {
        let page: HTML = """
            <a href="\(address)">x</a><img src='\(address)'><form action="\(address)"></form>
            <button formaction="\(address)"></button><video poster="\(address)"></video>
            <blockquote cite="\(address)"></blockquote><p \(attribute: "href", address)></p>
            <svg><use xlink:href="\(address)"></use></svg>
            """
        let dom = DOM(page)
        #expect(dom.written == ["a", "img", "form", "button", "video", "blockquote", "p", "svg", "use"])
        let names = ["href", "src", "action", "formaction", "poster", "cite", "href", "href"]
        return zip(["a", "img", "form", "button", "video", "blockquote", "p", "use"], names).map {
            element, name in
            dom.only(element).attributes[name]
        }
    }

    @Test(arguments: Strangers.words)
    func `encodes what follows a literal beginning`(_ words: String) throws {
        let page: HTML = """
            <a href="/customers/\(words)/notes?q=\(words)&amp;page=\(2)#\(words)">x</a><a href="mailto:\(words)">y</a>
            """
        let links = DOM(page).all("a").compactMap { $0.attributes["href"] }
        try #require(links.count == 2)

        let parts = links[0].split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.count == 4)
        #expect(String(parts[2]).removingPercentEncoding == words)
        let safe = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%/?=&#")
        #expect(links[0].allSatisfy(safe.contains))
        #expect(String(links[1].dropFirst(7)).removingPercentEncoding == words)
    }

    @Test func `keeps the at sign and the plus of contacts`() {
        let page: HTML = "<a href=\"mailto:\("ada+x@example.org?cc=b")\">x</a>"

        #expect(DOM(page).only("a").attributes["href"] == "mailto:ada+x@example.org%3Fcc%3Db")
    }

    @Test(arguments: [".", ".."])
    func `does not climb out of a folder`(_ dots: String) {
        let page: HTML = "<a href=\"/customers/\(dots)/delete\">x</a>"

        #expect(DOM(page).only("a").attributes["href"]?.contains("/.") == false)
    }

    @Test func `does not name another site when a part is empty`() {
        let (nothing, root, site) = ("", "/", "evil.example")
        let page: HTML = """
            <a href="/\(nothing)/\(site)">x</a><a href="\(root)/\(site)">x</a><a href="\(nothing)/\(nothing)/\(site)">x</a>
            """

        #expect(
            DOM(page).all("a").map { $0.attributes["href"] } == Array(repeating: "/evil.example", count: 3))
    }

    @Test(arguments: ["https://evil.example/x.js", "//evil.example", "mailto:a@b.example", "http://x"])
    func `embeds only what is on this site`(_ address: String) {
        let page: HTML = """
            <script src="\(address)"></script><iframe src="\(address)"></iframe><object data="\(address)"></object>
            <embed src="\(address)"><script src="\("/app.js")"></script>
            """
        let dom = DOM(page)

        #expect(dom.all("script").map { $0.attributes["src"] } == ["#", "/app.js"])
        #expect(dom.only("iframe").attributes["src"] == "#")
        #expect(dom.only("object").attributes["data"] == "#")
        #expect(dom.only("embed").attributes["src"] == "#")
    }
}
