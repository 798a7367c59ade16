import Kernel
import Markup
import Web

/// The first run: six answers and the desk is there.
struct SetUpPage: Page {
    var answers = Answers()
    /// Strangers can reach this server, so it asks for the code that stands in its terminal.
    let asksForCode: Bool

    var title: String { Phrase("setup.title").text }

    var main: HTML {
        """
        <article class="door card"><h1>\(title)</h1><p class="muted">\(t: "setup.lead")</p>\
        \(answers.notice)\(form)</article>
        """
    }

    private var form: HTML {
        Form(
            "/setup", name: "stack",
            content: """
                \(code)\
                \(answers.field("organisation", Phrase("setup.organisation"), autocomplete: "organization"))\
                \(zone)\(currency)\
                \(answers.field("name", Phrase("setup.name"), autocomplete: "name"))\
                \(answers.field("email", Phrase("setup.email"), .email, autocomplete: "username"))\
                \(password)\
                <button class="btn primary">\(t: "setup.button")</button>
                """
        ).html
    }

    private var code: HTML {
        guard asksForCode else { return .empty }
        return answers.field(
            "code", Phrase("setup.code"), hint: Phrase("setup.code.hint"), autocomplete: "off")
    }

    /// The script fills in the browser's own zone where nobody has typed one.
    private var zone: HTML {
        let field = answers.suggesting(
            "zone", Phrase("setup.zone"), from: Zone.names, hint: Phrase("setup.zone.hint"))
        return #"<div data-guess-zone="field-zone">\#(field)</div>"#
    }

    private var currency: HTML {
        let choices = Currency.codes.map { Choice($0, $0) }
        return answers.field(
            "currency", Phrase("setup.currency"), .choice(choices), standard: "EUR",
            hint: Phrase("setup.currency.hint"))
    }

    private var password: HTML {
        answers.field(
            "password", Phrase("setup.password"), .password,
            hint: Phrase("people.password.hint", .count(PasswordRule.minimum)), autocomplete: "new-password")
    }
}
