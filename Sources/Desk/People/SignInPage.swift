import Markup

/// The door.
struct SignInPage: Page {
    var answers = Answers()
    /// Where to afterwards; a path on this site.
    var next: String?
    var organisation: String?

    var title: String { Phrase("people.signIn.title").text }

    var main: HTML {
        """
        <article class="door card"><h1>\(title)</h1>\(house)\(answers.notice)\(form)</article>
        """
    }

    private var house: HTML? { organisation.map { #"<p class="muted">\#($0)</p>"# } }

    private var form: HTML {
        Form(
            "/sign-in", name: "stack",
            content: """
                \(Field(name: "next", label: "", value: next ?? "", kind: .hidden).html)\
                \(answers.field("email", Phrase("people.email"), .email, autocomplete: "username"))\
                \(answers.field(
                    "password", Phrase("people.password"), .password, autocomplete: "current-password"))\
                <button class="btn primary">\(t: "people.signIn.button")</button>
                """
        ).html
    }
}
