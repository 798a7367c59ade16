import Kernel
import Markup
import Web

/// A use of the service in words.
enum UseWords {
    static func what(_ use: Purchase) -> HTML {
        guard !use.product.isEmpty else { return "\(t: "timeline.use")" }
        return "\(t: "timeline.used", .text(use.product), wrapping: ["what": { "<bdi>\($0)</bdi>" }])"
    }

    static func line(_ use: Purchase) -> HTML {
        let details = [use.quantity == 1 ? "" : "× \(Argument.count(use.quantity).text)", use.channel]
            .filter { !$0.isEmpty }.joined(separator: " · ")
        let what = use.product.isEmpty ? Phrase("timeline.use").text : use.product
        return """
            <li><span><bdi>\(what)</bdi> <span class="muted">\(details)</span></span>\
            <time datetime="\(use.day.description)">\(.day(daysSinceEpoch: use.day.daysSinceEpoch))</time></li>
            """
    }
}

/// What a customer used of late, on their page.
struct UseCard {
    static let shown = 5

    let id: ID<Party>
    /// One more than is shown, where there are more.
    let uses: [Purchase]
    let mayRecord: Bool

    /// Only the button where nothing was used.
    var html: HTML? {
        guard !uses.isEmpty else { return record }
        return """
            <section class="card" aria-labelledby="uses"><h2 class="h" id="uses">\(t: "relations.uses")</h2>
            <p class="faint">\(t: "relations.uses.what")</p>\(list)
            <p class="actions">\(record)\(more)</p></section>
            """
    }

    private var list: HTML? {
        guard !uses.isEmpty else { return nil }
        return #"<ol class="plain uses">\#(uses.prefix(UseCard.shown).map(UseWords.line))</ol>"#
    }

    private var record: HTML? {
        guard mayRecord else { return nil }
        return #"<a class="btn small" href="/people/\#(id.value)/uses">\#(t: "relations.uses.record")</a>"#
    }

    private var more: HTML? {
        guard uses.count > UseCard.shown else { return nil }
        return #"<a class="btn small quiet" href="/people/\#(id.value)/uses">\#(t: "relations.uses.all")</a>"#
    }
}

/// Every use of a customer, and a form for another.
struct UsesPage: Page {
    let party: Party
    let portion: Portion<Purchase>
    let query: Query
    let today: LocalDate
    let mayRecord: Bool
    var answers = Answers()

    var title: String { Phrase("relations.uses.of", .text(party.name)).text }

    private var address: String { "/people/\(party.id.value)" }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "relations.uses.what")</p></div>\
        <a class="btn" href="\(address)">\(t: "relations.back")</a></header>\(form)
        <section class="card" aria-label="\(t: "relations.uses")">\(none)\
        <ol class="plain uses">\(portion.items.map(UseWords.line))</ol>\(more)</section></section>
        """
    }

    private var none: HTML? {
        portion.items.isEmpty ? #"<p class="muted">\#(t: "relations.uses.none")</p>"# : nil
    }

    private var form: HTML? {
        guard mayRecord else { return nil }
        let fields: HTML = """
            \(answers.notice)\
            \(answers.field("what", Phrase("relations.uses.field.what"), hint: Phrase("relations.uses.field.what.hint"), autocomplete: "off"))\
            \(answers.field("day", Phrase("relations.uses.field.day"), .date, standard: today.description))\
            \(answers.field("quantity", Phrase("relations.uses.field.quantity"), .number, standard: "1", required: false))\
            \(answers.field("channel", Phrase("relations.uses.field.channel"), autocomplete: "off", required: false))\
            <button class="btn primary">\(t: "relations.uses.save")</button>
            """
        return """
            <section class="card"><h2>\(t: "relations.uses.record")</h2>\
            \(Form("\(address)/uses", name: "stack", content: fields).html)</section>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let older = address + "/uses" + query.with("before", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(older)">\#(t: "timeline.earlier")</a></nav>"#
    }
}
