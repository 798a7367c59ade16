import Kernel
import Markup
import Web

/// Asking one person: for what, and why it may be refused.
struct AskFormPage: Page {
    let party: Party
    let wish: Ask.Wish
    let before: [Ask]
    let today: LocalDate
    /// Why they are not asked today.
    let hindrance: AskRefusal?
    var answers = Answers()

    var title: String { Phrase("ask.form.title", .text(party.name)).text }

    var main: HTML {
        """
        <section class="page narrow advocates"><header class="page-head"><div><h1>\(t: "ask.form.title", .text(party.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])</h1></div>\
        <div class="actions"><a class="btn" href="/advocates/ask">\(t: "ask.toList")</a></div></header>\(content)\(history)</section>
        """
    }

    private var content: HTML {
        if let hindrance { return #"<p class="card" role="note">\#(hindrance.phrase)</p>"# }
        let wishes = Ask.Wish.allCases.map { Choice($0.rawValue, Phrase("ask.wish.\($0.rawValue)").text) }
        let form = Form(
            "/advocates/ask/people/\(party.id)", name: "stack",
            content: """
                \(answers.notice)\
                \(answers.field("wish", Phrase("ask.wish"), .choice(wishes), standard: wish.rawValue))\
                \(answers.field("note", Phrase("ask.note"), .lines(3), hint: Phrase("ask.note.hint"), required: false))\
                <button class="btn primary">\(t: "ask.form.save")</button>
                """)
        return #"<section class="card"><p class="muted">\#(t: "ask.form.what")</p>\#(form.html)</section>"#
    }

    private var history: HTML? {
        guard !before.isEmpty else { return nil }
        let lines = before.map { ask -> HTML in
            """
            <li>\(AdvocatesFrame.day(ask.askedDay)): \(Phrase("ask.wish.\(ask.wish.rawValue)")) \(AskWords.state(ask, today: today))\
            \(##"<p class="muted note">\##(ask.note)</p>"##, if: !ask.note.isEmpty)</li>
            """
        }
        return advocacyCard("before", Phrase("ask.before"), "<ul class=\"plain\">\(lines)</ul>")
    }
}

/// What somebody said who was asked.
struct AskAnswerPage: Page {
    let ask: Ask
    let askedBy: String?
    let today: LocalDate
    let mayAnswer: Bool
    var answers = Answers()

    var title: String { Phrase("ask.answer.title", .text(ask.name)).text }

    var main: HTML {
        """
        <section class="page narrow advocates"><header class="page-head"><div><h1>\(t: "ask.answer.title", .text(ask.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])</h1>\
        <p class="muted">\(what)</p></div><div class="actions"><a class="btn" href="/people/\(ask.person.value)">\(t: "lists.toCustomer")</a>\
        <a class="btn" href="/advocates/ask?show=waiting">\(t: "ask.toList")</a></div></header>\(content)</section>
        """
    }

    private var what: HTML {
        """
        \(t: "ask.answer.what", .text(Phrase("ask.wish.\(ask.wish.rawValue)").text), AdvocatesFrame.day(ask.askedDay), .text(askedBy ?? "–"))
        """
    }

    private var content: HTML {
        let note: HTML? = ask.note.isEmpty ? nil : #"<p class="note">\#(ask.note)</p>"#
        guard ask.state == .open, mayAnswer else {
            return #"<section class="card"><p>\#(AskWords.state(ask, today: today))</p>\#(note)</section>"#
        }
        let states = [Ask.State.yes, .no, .later, .noReply].map {
            Choice($0.rawValue, Phrase("ask.state.\($0.rawValue)").text)
        }
        let form = Form(
            "/advocates/ask/\(ask.id)/answer", name: "stack",
            content: """
                \(answers.notice)\(answers.field("state", Phrase("ask.answer"), .options(states)))\
                \(answers.field("later", Phrase("ask.later"), .date, hint: Phrase("ask.later.hint"), required: false))\
                \(answers.field("note", Phrase("ask.note"), .lines(3), required: false))\
                <button class="btn primary">\(t: "ask.answer.save")</button>
                """)
        return #"<section class="card">\#(note)\#(form.html)</section>"#
    }
}
