import Kernel
import Markup
import Web

/// The rhythms there are, and a form for another.
struct RhythmsPage: Page {
    let rhythms: [Rhythm]
    let audiences: [Choice]
    let mayPlan: Bool
    let answers: Answers

    var title: String { Phrase("touch.rhythms").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "touch.rhythms.lead")</p></div>\
        <a class="btn" href="/touch">\(t: "touch.toList")</a></header>
        \(##"<p class="empty">\##(t: "touch.rhythms.none")</p>"##, if: rhythms.isEmpty)\(rhythms.map(card))\(adding)</section>
        """
    }

    private func card(_ rhythm: Rhythm) -> HTML {
        """
        <section class="card"><h2 class="h"><bdi>\(rhythm.name)</bdi> \
        \(##"<span class="chip">\##(t: "touch.paused")</span>"##, if: rhythm.isPaused)</h2>
        <p>\(rhythm.sentence) \(audience(rhythm)) \(TouchWords.way(rhythm))</p><p class="words">\(rhythm.what)</p>
        <p class="faint">\(t: "touch.rhythm.bounds", .count(rhythm.leadDays), .count(rhythm.mostOpen)) \
        \(planned(rhythm))</p><div class="actions"><a class="btn" href="\("/touch?rhythm=\(rhythm.id)")">\
        \(t: "touch.rhythm.due")</a>\(acts(rhythm))</div></section>
        """
    }

    private func audience(_ rhythm: Rhythm) -> HTML {
        guard let segment = rhythm.audience.segment else { return "\(rhythm.audienceName)" }
        let name = audiences.first { $0.value == "segment:\(segment)" }?.label
        return "<bdi>\(name ?? rhythm.audienceName.text)</bdi>"
    }

    private func planned(_ rhythm: Rhythm) -> HTML {
        guard let at = rhythm.plannedAt else {
            return "\(t: rhythm.isPaused ? "touch.rhythm.rests" : "touch.rhythm.soon")"
        }
        return "\(t: "touch.rhythm.planned", .instant(at.milliseconds))"
    }

    private func acts(_ rhythm: Rhythm) -> HTML? {
        guard mayPlan else { return nil }
        let verb = rhythm.isPaused ? "resuming" : "pausing"
        let button: HTML = """
            <button class="btn" aria-label="\(t: "touch.\(verb).what", rhythm.name)">\(t: "touch.\(verb)")</button>
            """
        return """
            <a class="btn" href="/touch/rhythms/\(rhythm.id)" aria-label="\(t: "touch.edit.what", rhythm.name)">\
            \(t: "touch.edit")</a>\(Form("/touch/rhythms/\(rhythm.id)/\(verb)", content: button).html)
            """
    }

    private var adding: HTML? {
        guard mayPlan else { return nil }
        let fields = RhythmFields(audiences: audiences, answers: answers).html
        let isOpen = rhythms.isEmpty || !answers.complaints.isEmpty || answers.complaint != nil
        return """
            <details class="card" \(attribute: "open", if: isOpen)><summary>\(t: "touch.new")</summary>\
            \(Form("/touch/rhythms", content: "\(fields)<p><button class=\"btn primary\">\(t: "touch.add")</button></p>").html)</details>
            """
    }
}

/// One rhythm, to be changed.
struct RhythmPage: Page {
    let rhythm: Rhythm
    let audiences: [Choice]
    let answers: Answers

    var title: String { rhythm.name }

    var main: HTML {
        let fields = RhythmFields(audiences: audiences, answers: answers, rhythm: rhythm).html
        let content: HTML = """
            \(fields)<p class="muted">\(t: "touch.change.hint")</p><p><button class="btn primary">\(t: "form.save")</button></p>
            """
        return """
            <section class="page narrow"><header class="page-head"><h1><bdi>\(title)</bdi></h1>\
            <a class="btn" href="/touch/rhythms">\(t: "touch.rhythms")</a></header>
            <div class="card">\(Form("/touch/rhythms/\(rhythm.id)", content: content).html)</div></section>
            """
    }
}

/// What is asked of a rhythm. Without a script all of the numbers are there; the hint says which one counts.
struct RhythmFields {
    let audiences: [Choice]
    let answers: Answers
    var rhythm: Rhythm?

    var html: HTML {
        """
        \(answers.notice)<div class="stack">\(answers.field("name", Phrase("touch.field.name"), standard: rhythm?.name ?? "", hint: Phrase("touch.field.name.hint"), autocomplete: "off"))\
        \(answers.field("audience", Phrase("touch.field.audience"), .choice(audiences), standard: audience))\
        \(answers.field("kind", Phrase("touch.field.kind"), .choice(kinds), standard: rhythm?.beat.kind.rawValue ?? "silence"))\
        <div class="two">\(number("months", rhythm?.beat.months ?? (rhythm == nil ? 6 : nil)))\(number("days", rhythm?.beat.days))\
        \(answers.field("month", Phrase("touch.field.month"), .choice(months), standard: text(rhythm?.beat.month), hint: Phrase("touch.field.month.hint"), required: false))\
        \(number("day", rhythm?.beat.day))</div>\
        \(answers.field("way", Phrase("touch.field.way"), .choice(ways), standard: rhythm?.way.rawValue ?? "call"))\
        \(answers.field("what", Phrase("touch.field.what"), .lines(3), standard: rhythm?.what ?? "", hint: Phrase("touch.field.what.hint"), required: false))\
        \(answers.field("purpose", Phrase("touch.field.purpose"), .choice(purposes), standard: rhythm?.purpose.rawValue ?? "news", hint: Phrase("touch.field.purpose.hint")))\
        <div class="two">\(number("lead_days", rhythm?.leadDays ?? 7, required: true))\
        \(number("most_open", rhythm?.mostOpen ?? 50, required: true))</div></div>
        """
    }

    private var audience: String {
        guard let audience = rhythm?.audience else { return "everyone" }
        return audience.segment.map { "segment:\($0)" } ?? audience.word
    }

    private func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }

    private func number(_ name: String, _ value: Int?, required: Bool = false) -> HTML {
        answers.field(
            name, Phrase("touch.field.\(name)"), .number, standard: text(value),
            hint: Phrase("touch.field.\(name).hint"), required: required)
    }

    private var kinds: [Choice] {
        Rhythm.Beat.Kind.allCases.map { Choice($0.rawValue, Phrase("touch.kind.\(Rhythm.key($0))").text) }
    }

    private var months: [Choice] {
        [Choice("", "–")] + (1...12).map { Choice("\($0)", Phrase("touch.month.\($0)").text) }
    }

    private var ways: [Choice] {
        Rhythm.Way.allCases.map { Choice($0.rawValue, Phrase("touch.way.\($0.rawValue)").text) }
    }

    private var purposes: [Choice] {
        [Purpose.news, .offers, .advocacy, .survey].map {
            Choice($0.rawValue, Phrase("touch.purpose.\($0.rawValue)").text)
        }
    }
}
