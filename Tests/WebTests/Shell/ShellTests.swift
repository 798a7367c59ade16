import Foundation
import HTTPTypes
import HummingbirdTesting
import Markup
import Testing
@testable import Web

@Suite struct `The shell` {
    struct Blank: Page {
        var title: String { "People <b>" }
        var main: HTML { "<h1>People</h1>" }
    }

    let shell: Shell

    init() {
        TestLanguages.install()
        let links = [
            RailLink(Phrase("web.shell.menu"), path: "/people", count: 12, icon: .people, isShortcut: true),
            RailLink(Phrase("web.shell.close"), path: "/profile", icon: .profile),
        ]
        shell = Shell(
            rail: [RailSection(Phrase("web.shell.sections"), links: links)], person: FakeDesk.linus,
            menu: [RailLink(Phrase("web.keys.title"), path: "/settings")], here: "/people/7", theme: .dark,
            banner: "<p>Sample</p>", searchPath: "/search")
    }

    @Test func `stands round a page with all one needs to get about`() {
        let html = Reader.$current.withValue(Reader(formToken: "t0k3n")) {
            Layout(Blank(), in: shell).html.text
        }

        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\" data-theme=\"dark\">"))
        #expect(html.contains("<title>People &lt;b&gt; · Regulars</title>"))
        #expect(html.contains("<a class=\"skip\" href=\"#main\">Skip to content</a>"))
        #expect(html.contains("<main id=\"main\" tabindex=\"-1\">"))
        #expect(html.contains(#"href="/people" aria-current="page""#))
        #expect(!html.contains(#"href="/profile" aria-current"#))
        #expect(html.contains("<p>Sample</p>"))
        #expect(html.contains(">LT</span>"))
        #expect(html.contains("value=\"t0k3n\""))
        #expect(html.components(separatedBy: "<h1").count == 2)
    }

    @Test func `marks the closest place only, and shows the places below it while one is there`() {
        var other = shell
        let below = [
            RailLink(Phrase("web.shell.menu"), path: "/settings"),
            RailLink(Phrase("web.shell.close"), path: "/settings/tags"),
        ]
        let link = RailLink(Phrase("web.shell.sections"), path: "/settings", below: below)
        other.rail = [RailSection(Phrase("web.shell.sections"), links: [link])]
        #expect(Rail(shell: other).html.text.contains(#"<div class="rail-below" hidden>"#))

        other.here = "/settings/tags/7"
        let html = Rail(shell: other).html.text
        #expect(html.contains(#"<div class="rail-below">"#))
        #expect(html.contains(#"href="/settings/tags" aria-current="page""#))
        #expect(html.components(separatedBy: "aria-current").count == 2)
    }

    @Test func `has no rail at the door`() {
        let html = Layout(Blank(), in: Shell()).html.text
        #expect(html.contains("<body class=\"door\">"))
        #expect(!html.contains("<aside"))
        #expect(!html.contains("data-events"))
    }

    @Test func `has nothing in it that the policy would block`() throws {
        let html = Layout(Blank(), in: shell).html.text
        #expect(!html.contains("style="))
        #expect(!html.contains("<style"))
        #expect(!html.contains("javascript:"))
        #expect(try html.firstMatch(of: Regex(#"\son[a-z]+="#)) == nil)
        #expect(html.matches(of: /<script[^>]*>/).allSatisfy { $0.output.contains("src=") })
    }

    @Test func `says everything in every language`() throws {
        for code in ["en", "de"] {
            let reader = Reader(language: Language(code), formToken: "t")
            let html = Reader.$current.withValue(reader) { Layout(Blank(), in: shell).html.text }
            #expect(try html.firstMatch(of: Regex(#">\s*web\.|"web\."#)) == nil)
        }
    }

    @Test func `opens its pictures with paths that can be drawn`() throws {
        for icon in Icon.allCases {
            #expect(icon.html.text.contains("aria-hidden=\"true\""))
            let path = try #require(icon.html.text.firstMatch(of: /d="([^"]+)"/)).output.1
            #expect(path.allSatisfy { "MmLlHhVvCcSsAaZz0123456789.- ".contains($0) })
        }
    }

    @Test(arguments: [("Grace Hopper", "GH"), ("Ada", "A"), ("", ""), ("maría  josé de la ó", "MÓ")])
    func `knows people by their letters`(_ name: String, _ letters: String) {
        #expect(Initials.of(name) == letters)
    }

    @Test func `keeps the appearance somebody chose`() async throws {
        let house = try TestSite()
        let session = house.desk.signIn(FakeDesk.grace)
        let body = "form_token=\(house.formToken(session))&theme=dark&next=%2Fpeople"
        let answer = try await house.ask(.post, "/theme", .browser(session) + .form, body: body)
        #expect(answer.headers[.location] == "/people")
        #expect(answer.headers[.setCookie]?.hasPrefix("regulars-theme=dark; Path=/") == true)
        let evil = body.replacing("%2Fpeople", with: "//evil.example").replacing("dark", with: "pink")
        #expect(
            try await house.ask(.post, "/theme", .browser(session) + .form, body: evil).status.code == 422)
        let page = try await house.ask(.get, "/nowhere", [.cookie: "regulars-theme=dark"])
        #expect(page.text.contains("data-theme=\"dark\""))
    }
}

@Suite struct `Styles and scripts` {
    static let styles = TestFiles.files(in: "styles")
    static let scripts = TestFiles.files(in: "scripts")

    static var css: String {
        styles.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
    }

    /// The colours of a token, light and dark, as numbers.
    static func colours(of token: String) throws -> [[Double]] {
        let pattern = try Regex(
            "--\(token): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)",
            as: (Substring, Substring, Substring).self)
        let match = try #require(css.firstMatch(of: pattern), "no colour \(token)")
        return [match.output.1, match.output.2].map { hex in
            let number = Int(hex, radix: 16) ?? 0
            return [number >> 16 & 255, number >> 8 & 255, number & 255].map { Double($0) / 255 }
        }
    }

    /// WCAG 2.2, 1.4.3.
    static func contrast(_ one: [Double], _ other: [Double]) -> Double {
        func luminance(_ colour: [Double]) -> Double {
            let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        }
        let pair = [luminance(one), luminance(other)].sorted()
        return (pair[1] + 0.05) / (pair[0] + 0.05)
    }

    static let texts: [(String, String)] = [
        ("ink", "paper"), ("ink", "surface"), ("ink", "sunken"), ("ink-2", "paper"), ("ink-2", "surface"),
        ("ink-2", "sunken"), ("ink-3", "paper"), ("ink-3", "surface"), ("ink-3", "sunken"),
        ("accent", "surface"),
        ("accent", "paper"), ("accent", "accent-soft"), ("on-accent", "accent"), ("on-level", "first"),
        ("on-level", "regular"), ("on-level", "advocate"), ("first", "first-soft"),
        ("regular", "regular-soft"),
        ("advocate", "advocate-soft"), ("danger", "danger-soft"), ("danger", "surface"),
        ("warn", "warn-soft"),
        ("ink", "warn-soft"), ("ink", "danger-soft"), ("ink", "accent-soft"), ("ink", "advocate-soft"),
    ]

    @Test(arguments: texts)
    func `can be read in light and in dark`(_ ink: String, _ ground: String) throws {
        for (one, other) in zip(try Self.colours(of: ink), try Self.colours(of: ground)) {
            #expect(Self.contrast(one, other) >= 4.5, "\(ink) on \(ground)")
        }
    }

    @Test(arguments: [("edge", "surface"), ("edge", "paper"), ("accent", "paper"), ("accent", "surface")])
    func `have edges one can see`(_ edge: String, _ ground: String) throws {
        for (one, other) in zip(try Self.colours(of: edge), try Self.colours(of: ground)) {
            #expect(Self.contrast(one, other) >= 3, "\(edge) on \(ground)")
        }
    }

    @Test func `are light`() throws {
        #expect(Self.scripts.map(\.bytes.count).reduce(0, +) < 40_000)
        let all = (Self.styles + Self.scripts).flatMap(\.bytes)
        #expect(try GzipStream.whole(all).count < 25_000)
    }

    @Test func `load nothing from elsewhere and build no code from text`() {
        let all = (Self.styles + Self.scripts).map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        for word in [
            "http://", "https://", "eval(", "new Function", "innerHTML = ", "insertAdjacentHTML",
            "document.write", "@import", ".style.",
        ] {
            #expect(!all.contains(word), "\(word)")
        }
    }

    @Test func `open and close every brace`() {
        for style in Self.styles {
            let text = String(decoding: style.bytes, as: UTF8.self)
            #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count, "\(style.name)")
        }
    }

    @Test func `show focus, and hold still for those who ask`() {
        #expect(Self.css.contains(":focus-visible { outline: 2px"))
        #expect(Self.css.contains("prefers-reduced-motion: reduce"))
        #expect(Self.css.contains("@media print"))
    }

    @Test func `are all in the list that is compiled in`() throws {
        let path = TestFiles.assets.deletingLastPathComponent().appending(path: "Sources/CAssets/assets.c")
        let list = try String(contentsOf: path, encoding: .utf8)
        for file in Self.styles + Self.scripts { #expect(list.contains("Assets/\(file.name)\"")) }
    }
}
