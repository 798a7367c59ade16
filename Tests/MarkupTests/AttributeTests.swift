import Markup
import Testing

@Suite struct `Writing an attribute only where it holds` {
    @Test func `adds it when the condition holds`() {
        let dom = DOM(
            "<input \(attribute: "disabled", if: true)\(attribute: "required", if: true) name=\"a\">")

        #expect(dom.only("input").attributes == ["disabled": "", "required": "", "name": "a"])
    }

    @Test func `leaves it out when it does not`() {
        let dom = DOM(
            "<input\(attribute: "disabled", if: false)name=\"a\"\(attribute: "title", nil as String?)>")

        #expect(dom.only("input").attributes == ["name": "a"])
    }

    @Test func `takes a value`() {
        let page: HTML = "<a href=\"/\"\(attribute: "aria-current", "page", if: true)>x</a>"

        #expect(page.text == "<a href=\"/\" aria-current=\"page\">x</a>")
    }

    @Test func `checks an address like any other`() {
        let dom = DOM("<a \(attribute: "href", "javascript:alert(1)")>x</a>")

        #expect(dom.only("a").attributes == ["href": "#"])
    }
}

@Suite struct `Drawing a picture` {
    @Test(
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1.0, "1"), (1.5, "1.5"), (-1.25, "-1.25"), (0.0004, "0"),
            (-0.0004, "0"),
            (0.0005, "0.001"), (1.0 / 3, "0.333"), (2.0 / 3, "0.667"), (9.9996, "10"),
            (1e15, "1000000000000000"),
            (123_456.789, "123456.789"), (-99.9999, "-100"), (1e-300, "0"),
        ] as [(Double, String)])
    func `writes coordinates without exponents or needless digits`(_ number: Double, _ text: String) {
        let path: HTML = "<path d=\"M\(number) \(number)\"/>"

        #expect(path.text == "<path d=\"M\(text) \(text)\"/>")
    }

    @Test func `holds words in its texts and titles`() {
        let name = "Bar <1> & \"two\""
        let svg: HTML = """
            <svg role="img" viewBox="0 0 \(100.0) \(40.25)"><title>\(name)</title><rect x="\(1.5)" width="\(3.0)"/>\
            <text x="\(2.0)">\(name)</text><polyline points="\(0.0),\(1.0) \(2.0),\(3.5)"/></svg>
            """
        let dom = DOM(svg)

        #expect(dom.only("title").text == name)
        #expect(dom.only("text").text == name)
        #expect(dom.only("polyline").attributes["points"] == "0,1 2,3.5")
    }
}
