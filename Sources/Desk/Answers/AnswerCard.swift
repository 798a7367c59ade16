import Kernel
import Markup

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
        let scores = [Choice("", "–")] + (0...10).reversed().map { Choice("\($0)", "\($0)") }
        let fields: [HTML] = [
            Field(
                name: "score", label: Phrase("answers.score").text, kind: .choice(scores),
                hint: Phrase("answers.score.hint").text, required: true
            ).html,
            Field(
                name: "answered", label: Phrase("answers.on").text, value: today.description, kind: .date,
                required: true, id: "field-answered-on"
            ).html,
            Field(
                name: "said", label: Phrase("answers.reason").text, kind: .lines(3), id: "field-answer-words"
            ).html,
            Field(
                name: "after_event", label: Phrase("answers.event").text,
                hint: Phrase("answers.event.hint").text
            ).html,
        ]
        let content: HTML = """
            <div class="stack">\(fields)</div><p><button class="btn">\(t: "answers.save")</button></p>
            """
        return """
            <details class="rule"><summary>\(t: "answers.new")</summary>\
            \(Form("/people/\(party.value)/answers", content: content).html)</details>
            """
    }
}
