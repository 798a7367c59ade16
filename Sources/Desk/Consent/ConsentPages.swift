import Kernel
import Markup
import Web

extension ReachVerdict {
    /// Why, in a sentence.
    var html: HTML {
        switch self {
        case .agreed(let since): "\(t: "consent.agreed", .instant(since.milliseconds))"
        case .unasked: "\(t: "consent.unasked")"
        case .refused(let purpose, let since, _):
            purpose == .any
                ? "\(t: "consent.refusedAny", .instant(since.milliseconds))"
                : "\(t: "consent.refused", .instant(since.milliseconds))"
        case .suppressed(_, let reason): #"\#(t: "consent.suppressed") <bdi>\#(reason)</bdi>"#
        }
    }
}

/// What a customer may be approached for.
struct ConsentCard {
    let party: ID<Party>
    let reach: [Reachability]
    let mayEdit: Bool

    var html: HTML {
        let link: HTML = """
            <p><a class="btn small" href="/people/\(party.value)/consent">\(t: mayEdit ? "consent.change" : "consent.history")</a></p>
            """
        return """
            <section class="card" aria-labelledby="consent"><h2 class="h" id="consent">\(t: "consent.title")</h2>\
            <dl class="facts consent">\(lines)</dl>\(link)</section>
            """
    }

    /// One line where all purposes say what the first, which is any of them, says.
    private var lines: [HTML] {
        let said = reach.map { "\($0.overall.html)\(left($0))" as HTML }
        let isOne = reach.first?.purpose == .any && said.allSatisfy { $0.text == said[0].text }
        return (isOne ? Array(reach.prefix(1)) : reach).map(line)
    }

    private func line(_ reach: Reachability) -> HTML {
        "<dt>\(t: "consent.purpose.\(reach.purpose.rawValue)")</dt><dd>\(reach.overall.html)\(left(reach))</dd>"
    }

    /// Where the addresses do not all say the same.
    private func left(_ reach: Reachability) -> HTML? {
        let (all, usable) = (reach.addresses.count, reach.usable.count)
        guard reach.overall.isAllowed, usable < all else { return nil }
        return usable == 0
            ? #"<br><span class="chip danger">\#(t: "consent.noneLeft")</span>"#
            : #"<br><span class="faint">\#(t: "consent.someLeft", .count(usable), .count(all))</span>"#
    }
}

/// Everything a customer said about being approached, and what follows for each address.
struct ConsentPage: Page {
    let party: Party
    let reach: [Reachability]
    let history: Portion<ConsentEntry>
    let query: Query
    let today: LocalDate
    let mayEdit: Bool
    var answers = Answers()

    var title: String { Phrase("consent.title").text }

    private var path: String { "/people/\(party.id)/consent" }
    private var addresses: [Address] { reach.first?.addresses.map(\.address) ?? [] }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(party.name)</bdi></p></div>\
        <a class="btn" href="/people/\(party.id.value)">\(t: "persons.back")</a></header>
        <div class="two"><div class="stack">\(verdicts)\(past)</div>\(form)</div></section>
        """
    }

    private var verdicts: HTML {
        """
        <section class="card" aria-labelledby="may"><h2 class="h" id="may">\(t: "consent.may")</h2>\
        <dl class="facts consent">\(reach.map(verdict))</dl></section>
        """
    }

    private func verdict(_ reach: Reachability) -> HTML {
        let lines = reach.addresses.map { one -> HTML in
            "<li><bdi>\(one.address.value)</bdi>: \(one.verdict.html)</li>"
        }
        let all: HTML = "<p>\(reach.overall.html)</p>"
        return """
            <dt>\(t: "consent.purpose.\(reach.purpose.rawValue)")</dt>\
            <dd>\(all, if: lines.isEmpty)<ul class="plain">\(lines)</ul></dd>
            """
    }

    private var past: HTML {
        """
        <section class="card" aria-labelledby="history"><h2 class="h" id="history">\(t: "consent.history")</h2>\
        \(##"<p class="muted">\##(t: "consent.history.none")</p>"##, if: history.items.isEmpty)\
        <ol class="plain changes">\(history.items.map(line))</ol>\(more)</section>
        """
    }

    private func line(_ entry: ConsentEntry) -> HTML {
        let word = entry.word
        let by = entry.recordedBy ?? Phrase("settings.nobody").text
        let place: HTML =
            word.addressKey.isEmpty ? "\(t: "consent.all")" : "<bdi>\(name(word.addressKey))</bdi>"
        return """
            <li><p><strong>\(t: word.isGiven ? "consent.yes" : "consent.no")</strong>: \
            \(t: "consent.purpose.\(word.purpose.rawValue)"), \(place), \(.instant(word.at.milliseconds))</p>\
            <p class="preference-words" dir="auto">\(entry.how)</p>\
            <p class="faint">\(t: "consent.recorded", .instant(entry.recordedAt.milliseconds)) <bdi>\(by)</bdi></p></li>
            """
    }

    private func name(_ key: String) -> String { addresses.first { $0.key == key }?.value ?? key }

    private var more: HTML? {
        guard let next = history.next else { return nil }
        let address = path + query.with("before", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    private var form: HTML? {
        guard mayEdit else { return nil }
        let purposes = Purpose.allCases.map {
            Choice($0.rawValue, Phrase("consent.purpose.\($0.rawValue)").text)
        }
        let places = [Choice("", Phrase("consent.all").text)] + addresses.map { Choice($0.key, $0.value) }
        let words = [Choice("yes", Phrase("consent.yes").text), Choice("no", Phrase("consent.no").text)]
        let fields: [HTML] = [
            answers.field("given", Phrase("consent.word"), .options(words)),
            answers.field("purpose", Phrase("consent.purpose"), .choice(purposes)),
            answers.field("address", Phrase("consent.address"), .choice(places), required: false),
            answers.field("day", Phrase("consent.day"), .date, standard: today.description),
            answers.field("how", Phrase("consent.how"), .lines(3), hint: Phrase("consent.how.hint")),
        ]
        return """
            <section class="card" aria-labelledby="record"><h2 class="h" id="record">\(t: "consent.record")</h2>\(answers.notice)\
            \(Form(path, content: "<div class=\"stack\">\(fields)</div><p><button class=\"btn primary\">\(t: "form.save")</button></p>").html)</section>
            """
    }
}

/// Addresses that are not to be written to, by address.
struct SuppressionPage: Page {
    let portion: Portion<SuppressionRow>
    let query: Query
    let mayLift: Bool
    var answers = Answers()

    var title: String { Phrase("consent.suppression").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "consent.suppression.lead")</p></div></header>
        <form class="finder" method="get" action="/settings/suppression" role="search">
        <label for="finder">\(t: "consent.suppression.find")</label>
        <input id="finder" name="q" type="search" value="\(query.text("q"))" autocomplete="off" data-typeahead="#suppressed">
        <button class="btn">\(t: "customers.find.button")</button></form>
        <div id="suppressed" aria-live="polite">\(list)</div>
        <section class="card" aria-labelledby="add"><h2 class="h" id="add">\(t: "consent.suppression.add")</h2>\(answers.notice)\
        \(Form("/settings/suppression", content: fields).html)</section></section>
        """
    }

    private var fields: HTML {
        """
        <div class="stack">\(answers.field("addresses", Phrase("consent.suppression.addresses"), .lines(4), hint: Phrase("consent.suppression.addresses.hint")))\
        \(answers.field("purpose", Phrase("consent.purpose"), .choice(Purpose.allCases.map { Choice($0.rawValue, Phrase("consent.purpose.\($0.rawValue)").text) })))\
        \(answers.field("reason", Phrase("consent.suppression.reason"), hint: Phrase("consent.suppression.reason.hint"), autocomplete: "off"))</div>\
        <p><button class="btn primary">\(t: "consent.suppression.add.do")</button></p>
        """
    }

    private var list: HTML {
        guard !portion.items.isEmpty else {
            let isAsked = query["q"]?.isEmpty == false
            let key = isAsked ? "consent.suppression.none" : "consent.suppression.empty"
            return #"<p class="empty">\#(t: key)</p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "consent.address")</th><th scope="col">\(t: "consent.purpose")</th>\
            <th scope="col">\(t: "consent.suppression.reason")</th><th scope="col" class="wide">\(t: "consent.suppression.by")</th>\
            \(##"<th scope="col">\##(t: "consent.suppression.lift")</th>"##, if: mayLift)</tr></thead>\
            <tbody>\(portion.items.map(row))</tbody></table>\(more)
            """
    }

    private func row(_ row: SuppressionRow) -> HTML {
        let one = row.suppression
        let by = row.recordedBy ?? Phrase("settings.nobody").text
        let query = Query("purpose=\(one.purpose.rawValue)").with("address", one.addressKey)
        let address = "/settings/suppression/lifting" + query
        let label = Phrase("consent.suppression.liftOf", .text(one.addressKey))
        let lift: HTML =
            #"<td><a class="btn small" href="\#(address)" aria-label="\#(label)">\#(t: "consent.suppression.lift")</a></td>"#
        return """
            <tr><td><strong><bdi>\(one.addressKey)</bdi></strong></td><td>\(t: "consent.purpose.\(one.purpose.rawValue)")</td>\
            <td class="reason"><bdi>\(one.reason)</bdi></td>\
            <td class="wide"><bdi>\(by)</bdi>, \(.instant(one.recordedAt.milliseconds))</td>\(lift, if: mayLift)</tr>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/settings/suppression" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }
}

/// Asks why an address may be written to again.
struct LiftingPage: Page {
    let suppression: Suppression
    var answers = Answers()

    var title: String { Phrase("consent.suppression.lift.title").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(suppression.addressKey)</bdi>, \(t: "consent.purpose.\(suppression.purpose.rawValue)")</p></div>\
        <a class="btn" href="/settings/suppression">\(t: "consent.suppression")</a></header>
        <section class="card"><p>\(t: "consent.suppression.because") <bdi>\(suppression.reason)</bdi></p>\
        \(Form("/settings/suppression/lifting", content: fields).html)</section></section>
        """
    }

    private var fields: HTML {
        """
        <input type="hidden" name="address" value="\(suppression.addressKey)">\
        <input type="hidden" name="purpose" value="\(suppression.purpose.rawValue)">\
        <div class="stack">\(answers.field("reason", Phrase("consent.suppression.lift.reason"), autocomplete: "off"))</div>\
        <p><button class="btn primary">\(t: "consent.suppression.lift")</button></p>
        """
    }
}
