import Markup
import Testing

@Suite struct `Asking in a form` {
    private let name = "e\"mail<"

    @Test func `ties the label, the hint and the error to the control`() throws {
        let field = Field(
            name: "mail", label: "Your <mail>", value: name, kind: .email, hint: "Hint & more",
            error: "Not <that>",
            autocomplete: "email", required: true)
        let dom = DOM(try reading(in: .english, shippedRules()) { field.html })
        let input = dom.only("input").attributes

        #expect(dom.only("label").attributes["for"] == input["id"])
        #expect(dom.only("label").text.hasPrefix("Your <mail>"))
        #expect(input["type"] == "email" && input["name"] == "mail" && input["value"] == name)
        #expect(
            input["autocomplete"] == "email" && input["required"] == "" && input["aria-invalid"] == "true")
        let described = (input["aria-describedby"] ?? "").split(separator: " ").map(String.init)
        #expect(described == dom.all("p").compactMap { $0.attributes["id"] })
        #expect(dom.all("p").map(\.text) == ["Hint & more", "Not <that>"])
    }

    @Test func `says nothing about errors where there are none`() {
        let input = DOM(Field(name: "mail", label: "Mail").html).only("input").attributes

        #expect(input == ["type": "text", "id": "field-mail", "name": "mail", "value": ""])
    }

    @Test func `never sends a password back`() {
        let html = Field(name: "secret", label: "Password", value: "hunter2", kind: .password).html

        #expect(!html.text.contains("hunter2"))
    }

    @Test(arguments: ["\nfirst line", "</textarea><script>", "a\r\nb"])
    func `keeps every line of a long answer`(_ answer: String) {
        let dom = DOM(Field(name: "body", label: "Body", value: answer, kind: .lines(4)).html)

        #expect(dom.only("textarea").text == answer)
        #expect(dom.only("textarea").attributes["rows"] == "4")
    }

    @Test func `marks what was chosen`() {
        let choices = [Choice("a", "<A>"), Choice("b", "B")]
        let select = DOM(Field(name: "x", label: "X", value: "b", kind: .choice(choices)).html)
        let options = DOM(Field(name: "x", label: "X", value: "b", kind: .options(choices), error: "No").html)
        let box = DOM(Field(name: "x", label: "X", value: "true", kind: .checkbox).html)

        #expect(select.all("option").map { $0.attributes["selected"] } == [nil, ""])
        #expect(select.all("option").map(\.text) == ["<A>", "B"])
        #expect(options.all("input").map { $0.attributes["checked"] } == [nil, ""])
        #expect(
            options.all("label").map { $0.attributes["for"] }
                == options.all("input").map { $0.attributes["id"] })
        #expect(options.only("fieldset").attributes["aria-describedby"] == options.only("p").attributes["id"])
        #expect(box.only("input").attributes["checked"] == "")
        #expect(box.only("label").attributes["for"] == box.only("input").attributes["id"])
    }

    @Test func `carries the reader's token`() throws {
        let token = "t\"<k"
        let dom = DOM(
            try reading(in: .english, shippedRules(), token: token) {
                Form("/tickets", isUpload: true, content: "\(form: "/x", button: "Go <on>")").html
            })

        #expect(dom.all("input").map { $0.attributes["value"] } == [token, token])
        #expect(dom.all("input").allSatisfy { $0.attributes["name"] == Form.tokenName })
        #expect(dom.all("form").first?.attributes["enctype"] == "multipart/form-data")
        #expect(dom.all("form").allSatisfy { $0.attributes["method"] == "post" })
    }

    @Test func `shows a button only while there is something to do`() {
        let page: HTML = "\(form: "/tickets/7/resolution", unless: true, button: "Resolve")"

        #expect(page.isEmpty)
    }
}
