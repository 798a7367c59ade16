import Kernel
import Markup
import Web

/// What was spent on winning customers, the latest period first.
struct SpendPage: Page {
    let portion: Portion<Spend>
    let currency: Currency
    let sources: [String]
    let mayRecord: Bool
    let answers: Answers
    let isFirst: Bool
    var removed: Spend?
    var report: SpendFileReport?
    var fileRefusal: Phrase?

    var title: String { Phrase("spend.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "spend.lead")</p></div>\
        <a class="btn" href="/economics">\(t: "spend.back")</a></header>\
        \(undo)\(reportCard)\(entering)\(list)</section>
        """
    }

    private var undo: HTML? {
        guard let removed, mayRecord else { return nil }
        let form = Form(
            "/economics/spend/\(removed.id)/restoring",
            content: #"<button class="btn">\#(t: "spend.restore")</button>"#)
        return #"<div class="card"><p>\#(t: "spend.removed.what", removed.source)</p>\#(form.html)</div>"#
    }

    private var entering: HTML? {
        guard mayRecord else { return nil }
        return
            #"<div class="two"><section class="card"><h2>\#(t: "spend.enter")</h2>\#(entry)</section><section class="card"><h2>\#(t: "spend.file")</h2>\#(file)</section></div>"#
    }

    private var entry: HTML {
        let content: HTML = """
            \(answers.notice)<div class="spend-days">\
            \(answers.field("from", Phrase("spend.from"), .date))\
            \(answers.field("to", Phrase("spend.to"), .date, hint: Phrase("spend.to.hint"), required: false))</div>\
            \(answers.suggesting("source", Phrase("spend.source"), from: sources, hint: Phrase("spend.source.hint")))\
            \(answers.field("campaign", Phrase("spend.campaign"), autocomplete: "off", required: false))\
            <div class="spend-days">\
            \(answers.field("amount", Phrase("spend.amount"), autocomplete: "off"))\
            \(answers.field("currency", Phrase("spend.currency"), .choice(currencies), standard: currency.code))</div>\
            <button class="btn primary">\(t: "spend.save")</button>
            """
        return Form("/economics/spend", name: "stack", content: content).html
    }

    private var currencies: [Choice] { Currency.codes.map { Choice($0, $0) } }

    private var file: HTML {
        let error: HTML? = fileRefusal.map { #"<p class="flash flash-warning" role="alert">\#($0)</p>"# }
        let content: HTML = """
            \(Field(
                name: "file", label: Phrase("spend.file.choose").text, kind: .file,
                hint: Phrase("spend.file.hint").text, required: true).html)
            <p class="actions"><button class="btn" name="wish" value="check">\(t: "spend.file.check")</button>\
            <button class="btn primary" name="wish" value="load">\(t: "spend.file.load")</button></p>
            """
        return "\(error)\(Form("/economics/spend/file", isUpload: true, content: content).html)"
    }

    private var reportCard: HTML? {
        guard let report else { return nil }
        let refused = report.refused.prefix(200).map { row -> HTML in
            """
            <tr><th scope="row">\(.count(row.line))</th><td>\(row.reason)</td><td class="reason">\(row.excerpt)</td></tr>
            """
        }
        let table: HTML = """
            <table class="table"><caption class="hidden">\(t: "spend.report.refused")</caption><thead><tr>\
            <th scope="col">\(t: "spend.report.line")</th><th scope="col">\(t: "spend.report.reason")</th>\
            <th scope="col">\(t: "spend.report.row")</th></tr></thead><tbody>\(refused)</tbody></table>
            """
        return """
            <section class="card" role="status"><h2>\(report.fileName)</h2><p>\(sentence(report))</p>\
            \(table, if: !refused.isEmpty)</section>
            """
    }

    private func sentence(_ report: SpendFileReport) -> Phrase {
        if let outcome = report.outcome {
            return Phrase(
                "spend.report.done", .count(outcome.added), .count(outcome.corrected), .count(outcome.known))
        }
        return report.refused.isEmpty
            ? Phrase("spend.report.good", .count(report.accepted.count))
            : Phrase("spend.report.bad", .count(report.refused.count), .count(report.rowsRead))
    }

    private var list: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: isFirst ? "spend.none" : "spend.noMore")</p>"#
        }
        let next: HTML? = portion.next.map { next in
            let address = "/economics/spend?after=\(next)"
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table class="table"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "spend.period")</th><th scope="col">\(t: "spend.source")</th>\
            <th scope="col">\(t: "spend.campaign")</th><th scope="col" class="number">\(t: "spend.amount")</th>\
            \("<td></td>", if: mayRecord)</tr></thead>\
            <tbody>\(portion.items.map(row))</tbody></table></div>\(next)
            """
    }

    private func row(_ spend: Spend) -> HTML {
        let content: HTML = """
            <button class="btn" aria-label="\(t: "spend.remove.what", spend.source)">\(t: "spend.remove")</button>
            """
        let remove = Form("/economics/spend/\(spend.id)/removal", content: content).html
        return """
            <tr><th scope="row">\(SpendPage.period(spend.days))</th><td>\(spend.source)</td><td>\(spend.campaign)</td>\
            <td class="number">\(.money(minor: spend.amount.minor, currency: spend.amount.currency.code))</td>\
            \("<td>\(remove)</td>", if: mayRecord)</tr>
            """
    }

    private static func period(_ days: ClosedRange<LocalDate>) -> Phrase {
        Phrase(
            "spend.days", .day(daysSinceEpoch: days.lowerBound.daysSinceEpoch),
            .day(daysSinceEpoch: days.upperBound.daysSinceEpoch))
    }
}
