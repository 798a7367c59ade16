import Kernel
import Markup
import Web

/// One touch: whom, why, how to reach them, and what became of it.
struct TouchPage: Page {
    let touch: Touch
    let addresses: [Address]
    let colleagues: [(id: Int64, name: String)]
    let today: LocalDate
    let mayWork: Bool
    let answers: Answers
    /// The form that was refused, if one was.
    let fault: String

    var title: String { touch.party.name }

    private var path: String { "/touch/\(touch.id)" }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1><bdi>\(title)</bdi></h1>\
        <p class="muted"><bdi>\(touch.rhythm.name)</bdi>: \(touch.rhythm.sentence) \
        \(t: "touch.dueOn", .day(daysSinceEpoch: touch.due.daysSinceEpoch))</p></div>
        <div class="actions"><a class="btn" href="/people/\(touch.party.id.value)">\(t: "lists.toCustomer")</a>\
        <a class="btn" href="/touch">\(t: "lists.toList")</a></div></header>
        \(doing)\(work)</section>
        """
    }

    private var doing: HTML {
        let lines = addresses.map { address -> HTML in
            "<dt>\(Phrase("address.\(address.kind.rawValue)"))</dt><dd>\(address.value)</dd>"
        }
        let preferences: HTML? =
            touch.preferences.isEmpty ? nil : #"<p class="notice"><bdi>\#(touch.preferences)</bdi></p>"#
        return """
            <section class="card" aria-labelledby="doing"><h2 class="h" id="doing">\(t: "touch.doing")</h2>\(preferences)
            <p>\(TouchWords.way(touch.rhythm)) <span class="words">\(touch.rhythm.what)</span></p>
            \(##"<p class="muted">\##(t: "customer.reach.none")</p>"##, if: lines.isEmpty)
            <dl class="facts">\(lines)</dl></section>
            """
    }

    private var work: HTML? {
        switch touch.state {
        case .open: mayWork ? "\(finishing)\(skipping)\(postponing)\(assigning)" : nil
        case .dropped: #"<p class="muted">\#(t: "touch.droppedWhy")</p>"#
        case .done, .skipped: handled
        }
    }

    private func field(_ form: String) -> Answers { fault == form ? answers : Answers() }

    private func note(_ form: String, _ label: String, required: Bool) -> HTML {
        let answers = field(form)
        return Field(
            name: "note", label: Phrase(label).text, value: answers.value("note"), kind: .lines(3),
            error: answers.complaints["note"]?.text, required: required, id: "field-\(form)-note"
        ).html
    }

    private var finishing: HTML {
        card(
            "done", "touch.finish",
            """
            \(field("done").notice)<div class="stack">\(note("done", "touch.note", required: false))</div>
            <p><button class="btn primary">\(t: "touch.finish.button")</button></p>
            """, to: "done")
    }

    private var skipping: HTML {
        card(
            "skip", "touch.skip",
            """
            \(field("skip").notice)<div class="stack">\(note("skip", "touch.skip.reason", required: true))</div>
            <p><button class="btn">\(t: "touch.skip.button")</button></p>
            """, to: "skipping")
    }

    private var postponing: HTML {
        let answers = field("postpone")
        let day = Field(
            name: "due", label: Phrase("touch.postpone.day").text,
            value: answers.value("due", (today + 7).description), kind: .date,
            error: answers.complaints["due"]?.text, required: true)
        return card(
            "postpone", "touch.postpone",
            """
            \(answers.notice)\(day.html)<p><button class="btn">\(t: "touch.postpone.button")</button></p>
            """, to: "postponement")
    }

    private var assigning: HTML {
        let answers = field("assign")
        let choices =
            [Choice("", Phrase("lists.nobody").text)] + colleagues.map { Choice("\($0.id)", $0.name) }
        let select = Field(
            name: "colleague", label: Phrase("lists.assignee").text,
            value: answers.value("colleague", touch.assignee.map { "\($0)" } ?? ""), kind: .choice(choices),
            error: answers.complaints["colleague"]?.text)
        return card(
            "assign", "lists.assign",
            "\(select.html)<p><button class=\"btn\">\(t: "lists.assign.button")</button></p>",
            to: "assignment")
    }

    private var handled: HTML {
        let when: HTML? = touch.handledAt.map { "\(.instant($0.milliseconds))" }
        let again: HTML? =
            mayWork
            ? Form("\(path)/reopening", content: #"<button class="btn">\#(t: "lists.reopen")</button>"#).html
            : nil
        return """
            <section class="card" aria-labelledby="handled"><h2 class="h" id="handled">\
            \(t: "touch.state.\(touch.state.rawValue)") \(when)</h2><p class="words">\(touch.note)</p>\(again)</section>
            """
    }

    private func card(_ id: String, _ heading: String, _ content: HTML, to act: String) -> HTML {
        """
        <section class="card" aria-labelledby="\(id)"><h2 class="h" id="\(id)">\(t: heading)</h2>\
        \(Form("\(path)/\(act)", content: content).html)</section>
        """
    }
}
