import Markup
import Testing

@Suite struct `Writing a stranger's words into a page` {
    @Test(arguments: Strangers.words)
    func `shows exactly the words wherever they stand`(_ words: String) throws {
        try expectExactly(words)
    }

    @Test(.enabled(if: Corpora.xss != nil, "the attack collections are not at ../shared/corpora/xss"))
    func `shows attacks as the words they are`() throws {
        let payloads = try Corpora.payloads()
        #expect(payloads.count > 200)

        for payload in payloads { try expectExactly(payload) }
    }

    @Test func `shows random mixtures of dangerous pieces as words`() throws {
        let pieces = [
            "<", ">", "\"", "'", "&", "/", "script", "!--", "--", "lt;", "#", "x", " ", "\n", "\r", "\u{0}",
            "\u{9F}", "=", "`",
            "title", "textarea", "é", "\u{FFFE}", "🙂", "]]", ";",
        ]
        var dice = Dice(seed: 20_261_122)

        for _ in 0..<400 {
            try expectExactly((0..<dice.roll(12)).map { _ in pieces[dice.roll(pieces.count)] }.joined())
        }
    }

    @Test func `splices markup but not words`() {
        let bold: HTML = "<b>\("<i>")</b>"
        let nothing: HTML? = nil
        let page: HTML = "<p>\(bold)\([bold, bold])\(nothing)\(bold, if: false)\("<u></u>", if: true)</p>"

        #expect(page.text == "<p><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b><u></u></p>")
    }

    @Test func `keeps a first newline that belongs to the words`() {
        let words = "\nfirst"
        let afterTag = DOM("<pre>\(words)</pre><textarea>\(words)</textarea>")
        let afterText = DOM("<pre>x\(words)</pre><textarea>x>\(words)</textarea>")

        #expect(afterTag.only("pre").text == words)
        #expect(afterTag.only("textarea").text == words)
        #expect(afterText.only("pre").text == "x\nfirst")
        #expect(afterText.only("textarea").text == "x>\nfirst")
    }

    @Test func `writes truths, numbers and characters as they are`() {
        let page: HTML = "<p aria-expanded=\"\(true)\">\(-7) \(Int64.max) \(Character("<"))</p>"

        #expect(page.text == "<p aria-expanded=\"true\">-7 9223372036854775807 &lt;</p>")
    }

    @Test func `joins pieces with a separator between them`() {
        let pieces: [HTML] = ["<b>a</b>", "<b>b</b>"]

        #expect(pieces.joined(separator: ", ").text == "<b>a</b>, <b>b</b>")
        #expect([HTML]().joined().isEmpty)
    }
}

/// Writes the words into every kind of place and reads them back with a browser's eyes.
private func expectExactly(_ words: String, at location: SourceLocation = #_sourceLocation) throws {
    let languages = try Languages(base: "language = en\necho = {words}")
    let page = reading(in: .english, languages) { everywhere(words) }

    let dom = DOM(page)
    let shown = Strangers.shown(words)
    let expected = [
        "title", "p", "div", "div", "pre", "textarea", "table", "tbody", "tr", "td", "select", "option",
        "svg", "text",
        "h1", "h2",
    ]
    #expect(dom.written == expected, sourceLocation: location)
    #expect(dom.comments == 1, sourceLocation: location)
    for name in ["title", "p", "pre", "textarea", "td", "option", "text", "h1", "h2"] {
        #expect(dom.only(name).text == shown, "in <\(name)>", sourceLocation: location)
    }
    let paragraph = dom.only("p").attributes
    #expect(paragraph == ["id": "double", "title": shown, "data-x": shown, "aria-label": "a \(shown) b"])
    #expect(dom.all("div").map { $0.attributes["title"] } == [shown, shown], sourceLocation: location)
    #expect(dom.only("textarea").attributes == ["name": shown], sourceLocation: location)
    #expect(dom.only("option").attributes == ["value": shown], sourceLocation: location)
    #expect(dom.only("text").attributes == ["x": "1.5", "aria-label": shown], sourceLocation: location)
}

/// A page that holds the words in every kind of place.
private func everywhere(_ words: String) -> HTML {
    """
    <!doctype html><!-- ours --><title>\(words)</title>
    <p id="double" title="\(words)" data-x='\(words)' aria-label="a \(words) b">\(words)</p>
    <div \(attribute: "title", words)></div><div\(attribute: "title", words) id="x"></div>
    <pre>\(words)</pre><textarea name="\(words)">\(words)</textarea>
    <table><tr><td>\(words)</td></tr></table><select><option value="\(words)">\(words)</option></select>
    <svg viewBox="0 0 1 1"><text x="\(1.5)" aria-label='\(words)'>\(words)</text></svg>
    <h1>\(t: "echo", words)</h1><h2>\(words[...])</h2>
    """
}

/// The same throws every time, so that a failure can be thrown again.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(sides))
    }
}
