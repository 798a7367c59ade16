import Kernel
import Markup
import Web

/// One answer in a line: the score as it was given, the part it falls to, and the words.
enum AnswerWords {
    static func html(_ answer: Answer) -> HTML {
        """
        <span>\(score(answer)) \(part(answer.part))\
        \(##" <span class="muted">\##(t: "answers.after", answer.afterEvent)</span>"##, if: !answer.afterEvent.isEmpty)\
        </span>\(##"<blockquote>\##(answer.words)</blockquote>"##, if: !answer.words.isEmpty)
        """
    }

    static func score(_ answer: Answer) -> Phrase {
        let ends = answer.scale.split(separator: "-")
        return Phrase(
            "answers.given", .text("\(answer.given)"), .text(ends.first.map(String.init) ?? "0"),
            .text(ends.last.map(String.init) ?? "10"))
    }

    /// A mark and a word: the colour is never alone in saying it.
    static func part(_ part: Answer.Part) -> HTML {
        #"<span class="chip part \#(style(part))">\#(t: "nps.part.\(part.word)")</span>"#
    }

    static func style(_ part: Answer.Part) -> String {
        switch part {
        case .promoter: "promoter"
        case .passive: "passive"
        case .detractor: "detractor"
        }
    }
}

/// What a customer answered, on their page, and a form to enter another: willingness, apart from advocacy.
struct AnswerCard {
    let party: ID<Party>
    let answers: [Answer]
    let today: LocalDate
    let mayRecord: Bool

    var html: HTML {
        """
        <section class="card" aria-labelledby="said"><h2 class="h" id="said">\(t: "answers.title")</h2>
        <p class="muted">\(t: "answers.willing")</p>\(list)\(form)</section>
        """
    }

    private var list: HTML {
        guard !answers.isEmpty else { return #"<p class="faint">\#(t: "answers.none")</p>"# }
        let lines = answers.map { answer -> HTML in
            "<li>\(AnswerWords.html(answer)) <span class=\"faint\">\(.day(daysSinceEpoch: answer.day.daysSinceEpoch))</span></li>"
        }
        return #"<ul class="plain">\#(lines)</ul>"#
    }

    private var form: HTML? {
        guard mayRecord else { return nil }
        return """
            <details class="rule"><summary>\(t: "answers.new")</summary>\
            \(AnswerForm(party: party, values: ["answered": today.description]).html)</details>
            """
    }
}

/// Enters what somebody answered.
struct AnswerForm {
    let party: ID<Party>
    /// What was typed, by field.
    let values: [String: String]
    var refusal: (any Refusal)?

    var html: HTML {
        let scores = [Choice("", "–")] + (0...10).reversed().map { Choice("\($0)", "\($0)") }
        let fields: [HTML] = [
            field("score", "answers.score", .choice(scores), hint: "answers.score.hint", required: true),
            field("answered", "answers.on", .date, required: true, id: "field-answered-on"),
            field("said", "answers.reason", .lines(3), id: "field-answer-words"),
            field("after_event", "answers.event", .text, hint: "answers.event.hint"),
        ]
        return Form(
            "/people/\(party.value)/answers",
            content: """
                <div class="stack">\(fields)</div><p><button class="btn">\(t: "answers.save")</button></p>
                """
        ).html
    }

    private func field(
        _ name: String, _ label: String, _ kind: Field.Kind, hint: String? = nil, required: Bool = false,
        id: String? = nil
    ) -> HTML {
        Field(
            name: name, label: Phrase(label).text, value: values[name] ?? "", kind: kind,
            hint: hint.map { Phrase($0).text },
            error: refusal.flatMap { AnswerForm.name(of: $0.field) == name ? $0.phrase.text : nil },
            required: required, id: id
        ).html
    }

    /// The API calls the day by its own name.
    private static func name(of field: String?) -> String {
        switch field {
        case "day": "answered"
        case "words", "comment": "said"
        case let field?: field
        case nil: "score"
        }
    }
}

/// The form once more, with what was typed and what is wrong with it.
struct AnswerFormPage: Page {
    let name: String
    let form: AnswerForm

    var title: String { Phrase("answers.new").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>
        <p class="muted"><bdi>\(name)</bdi></p></div></header><div class="card">\(form.html)</div></section>
        """
    }
}
