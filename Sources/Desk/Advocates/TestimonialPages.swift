import Kernel
import Markup
import Web

/// What customers said that others may read, by what they agreed to.
struct TestimonialsPage: Page {
    let state: Testimonial.State
    let portion: Portion<Testimonial>
    let totals: AdvocacyTotals
    let query: Query
    let mayExport: Bool

    var title: String { Phrase("advocacy.testimonials.title").text }

    var main: HTML {
        AdvocatesFrame(
            title: title, lead: "\(Phrase("advocacy.testimonials.lead.\(state.rawValue)"))", actions: export,
            tabs: tabs
        ).html(content)
    }

    private var export: HTML? {
        guard mayExport, !portion.items.isEmpty else { return nil }
        let address = "/advocates/testimonials/csv?show=\(state.rawValue)"
        return #"<a class="btn" href="\#(address)" download>CSV</a>"#
    }

    private var tabs: HTML {
        AdvocatesFrame.tabs(
            "/advocates/testimonials",
            Testimonial.State.allCases.map {
                (
                    $0.rawValue, Phrase("advocacy.testimonials.part.\($0.rawValue)").text,
                    totals.testimonials[$0] ?? 0
                )
            }, here: state.rawValue)
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(Phrase("advocacy.testimonials.empty.\(state.rawValue)"))</p>"#
        }
        return """
            <ul class="plain testimonials">\(portion.items.map(item))</ul>\
            \(AdvocatesFrame.more("/advocates/testimonials", query, portion.next))
            """
    }

    private func item(_ testimonial: Testimonial) -> HTML {
        let address = "/advocates/testimonials/\(testimonial.id)"
        return """
            <li class="card"><blockquote dir="auto">\(Excerpt.beginning(of: testimonial.shownWords, upTo: 400))</blockquote>
            <p>\(AdvocatesFrame.customer(testimonial.person.value, testimonial.name)), \(AdvocatesFrame.day(testimonial.day)) \
            \(TestimonialWords.places(testimonial))</p>
            <p><a class="btn small" href="\(address)" aria-label="\(t: "advocacy.testimonial.open.of", testimonial.name)">\(t: "advocacy.testimonial.open")</a></p></li>
            """
    }
}

/// How a testimonial stands, in words.
enum TestimonialWords {
    static func places(_ testimonial: Testimonial) -> HTML {
        guard testimonial.state == .given else {
            return
                #"<span class="chip">\#(Phrase("advocacy.testimonial.state.\(testimonial.state.rawValue)"))</span>"#
        }
        let places = [
            (testimonial.website, "website"), (testimonial.print, "print"), (testimonial.sales, "sales"),
        ].filter(\.0).map { place -> HTML in
            #"<span class="chip good">\#(Phrase("advocacy.place.\(place.1)"))</span> "#
        }
        return "\(places)"
    }
}

/// One testimonial: the words as they were said, the shortened form, what was agreed to, and how it ends.
struct TestimonialPage: Page {
    let testimonial: Testimonial
    let consents: [TestimonialConsent]
    let names: [Int64: String]
    let standardConsent: String
    let today: LocalDate
    let mayChange: Bool
    /// The address the customer withdraws at; shown once.
    var link: String?
    var consentAnswers = Answers()
    var shortAnswers = Answers()
    var notice: Phrase?

    var title: String { Phrase("advocacy.testimonial.title", .text(testimonial.name)).text }

    private var path: String { "/advocates/testimonials/\(testimonial.id)" }

    var main: HTML {
        """
        <section class="page narrow advocates"><header class="page-head"><div><h1>\(t: "advocacy.testimonial.title", .text(testimonial.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])</h1>\
        <p class="muted">\(AdvocatesFrame.day(testimonial.day)) \(TestimonialWords.places(testimonial))</p></div>\
        <div class="actions"><a class="btn" href="/people/\(testimonial.person.value)">\(t: "lists.toCustomer")</a>\
        <a class="btn" href="/advocates/testimonials">\(t: "advocacy.testimonials.all")</a></div></header>\
        \(notice.map { phrase -> HTML in "<p class=\"flash flash-warning\" role=\"alert\">\(phrase)</p>" })\
        \(words)\(shortening)\(agreement)\(consentForm)\(linkCard)\(history)</section>
        """
    }

    private var words: HTML {
        let said: HTML? =
            testimonial.saidSo == true && testimonial.state == .open
            ? #"<p class="muted">\#(t: "advocacy.testimonial.saidSo")</p>"# : nil
        return advocacyCard(
            "words", Phrase("advocacy.testimonial.words"),
            """
            <blockquote dir="auto">\(testimonial.words)</blockquote>\
            <p class="muted">\(t: "advocacy.testimonial.words.kept")</p>\(said)
            """)
    }

    private var shortening: HTML? {
        if !mayChange {
            guard !testimonial.short.isEmpty else { return nil }
            return advocacyCard(
                "short", Phrase("advocacy.testimonial.short"),
                "<blockquote dir=\"auto\">\(testimonial.short)</blockquote>")
        }
        let form = Form(
            "\(path)/excerpt", name: "stack",
            content: """
                \(shortAnswers.field(
                    "short", Phrase("advocacy.testimonial.short"), .lines(4), standard: testimonial.short,
                    hint: Phrase("advocacy.testimonial.short.hint"), required: false))<button class="btn">\(t: "advocacy.testimonial.short.save")</button>
                """)
        return advocacyCard("short", Phrase("advocacy.testimonial.short.title"), form.html)
    }

    private var agreement: HTML? {
        guard testimonial.state == .given else { return nil }
        let name: HTML =
            testimonial.shownName.isEmpty
            ? "\(t: "advocacy.testimonial.noName")" : "<bdi>\(testimonial.shownName)</bdi>"
        let pin = Form(
            "\(path)/\(testimonial.isPinned ? "unpinning" : "pinning")",
            content: """
                <button class="btn">\(Phrase(testimonial.isPinned ? "advocacy.testimonial.unpin" : "advocacy.testimonial.pin"))</button>
                """
        ).html
        let withdraw = Form(
            "\(path)/withdrawal",
            content: #"<button class="btn danger">\#(t: "advocacy.testimonial.withdraw")</button>"#
        ).html
        let buttons: HTML = mayChange ? "<div class=\"actions\">\(pin)\(withdraw)</div>" : .empty
        return advocacyCard(
            "agreed", Phrase("advocacy.testimonial.agreed"),
            """
            <dl class="facts"><dt>\(t: "advocacy.testimonial.where")</dt><dd>\(TestimonialWords.places(testimonial))</dd>\
            <dt>\(t: "advocacy.testimonial.name")</dt><dd>\(name)</dd></dl>\(buttons)
            """)
    }

    private var consentForm: HTML? {
        guard mayChange else { return nil }
        let answers = consentAnswers
        let ways = Testimonial.Way.allCases.map {
            Choice($0.rawValue, Phrase("advocacy.way.\($0.rawValue)").text)
        }
        let forms = Testimonial.NameForm.allCases.map {
            Choice(
                $0.rawValue, Phrase("advocacy.name.\($0.rawValue)", .text($0.name(of: testimonial.name))).text
            )
        }
        let content: HTML = """
            \(answers.notice)\
            \(answers.field("given", Phrase("advocacy.consent.given"), .choice([
                Choice("yes", Phrase("act.consent.yes").text), Choice("no", Phrase("act.consent.no").text),
            ])))\
            \(answers.field("words", Phrase("advocacy.consent.words"), .lines(4), standard: standardConsent, hint: Phrase("advocacy.consent.words.hint"), required: false))\
            \(answers.field("day", Phrase("advocacy.consent.day"), .date, standard: today.description))\
            \(answers.field("how", Phrase("advocacy.consent.how"), .choice(ways)))\
            <fieldset class="field"><legend>\(t: "advocacy.consent.where")</legend>\
            \(answers.field("website", Phrase("advocacy.place.website"), .checkbox, required: false))\
            \(answers.field("print", Phrase("advocacy.place.print"), .checkbox, required: false))\
            \(answers.field("sales", Phrase("advocacy.place.sales"), .checkbox, required: false))</fieldset>\
            \(answers.field("name", Phrase("advocacy.consent.name"), .choice(forms), standard: "initial"))\
            <button class="btn primary">\(t: "advocacy.consent.save")</button>
            """
        let heading = testimonial.state == .open ? "advocacy.consent.title" : "advocacy.consent.again"
        let form = Form("\(path)/consent", name: "stack", content: content).html
        guard testimonial.state != .open, answers.complaints.isEmpty, answers.complaint == nil else {
            return advocacyCard("consent", Phrase(heading), form)
        }
        return "<details class=\"card\"><summary>\(Phrase(heading))</summary>\(form)</details>"
    }

    private var linkCard: HTML? {
        guard mayChange else { return nil }
        let shown: HTML? = link.map { link -> HTML in
            #"<p>\#(t: "advocacy.link.once")</p><p class="secret">\#(link)</p>"#
        }
        let make = Form(
            "\(path)/link",
            content: """
                <button class="btn">\(Phrase(testimonial.hasLink ? "advocacy.link.new" : "advocacy.link.make"))</button>
                """
        ).html
        return advocacyCard(
            "link", Phrase("advocacy.link.title"),
            "<p class=\"muted\">\(t: "advocacy.link.what")</p>\(shown)\(make)")
    }

    private var history: HTML? {
        guard !consents.isEmpty else { return nil }
        let lines = consents.map { consent -> HTML in
            let who = consent.recordedBy.flatMap { names[$0] } ?? "–"
            let word = consent.given ? "advocacy.consent.was.given" : "advocacy.consent.was.refused"
            return """
                <li><p>\(Phrase(word, AdvocatesFrame.day(consent.day), .text(Phrase("advocacy.way.\(consent.way.rawValue)").text), .text(who)))</p>\
                \(##"<blockquote class="note" dir="auto">\##(consent.words)</blockquote>"##, if: !consent.words.isEmpty)</li>
                """
        }
        return advocacyCard(
            "history", Phrase("advocacy.consent.history"), "<ul class=\"plain\">\(lines)</ul>")
    }
}

/// The words of the person who opens their own link, and the way to take them back.
struct WithdrawalPage: Page {
    let testimonial: Testimonial
    let organisation: String
    let token: String

    var title: String { Phrase("advocacy.withdrawal.title").text }

    var main: HTML {
        """
        <section class="message card"><h1>\(title)</h1><blockquote dir="auto">\(testimonial.words)</blockquote>\(content)</section>
        """
    }

    private var content: HTML {
        guard testimonial.state == .given else {
            return "<p>\(t: "advocacy.withdrawal.notShown", organisation)</p>"
        }
        let form = Form(
            "/words/\(token)",
            content: #"<button class="btn danger">\#(t: "advocacy.withdrawal.button")</button>"#
        ).html
        return "<p>\(t: "advocacy.withdrawal.what", organisation)</p>\(form)"
    }
}
