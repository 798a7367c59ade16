import Kernel
import Markup

/// What came of an import, or would come of it.
struct ImportReportCard {
    let item: Import
    let refusals: [RefusedRow]

    private var address: String { "/imports/\(item.id.value)" }

    var html: HTML {
        """
        <div class="two"><section class="card"><h2>\(t: "imports.report.\(heading)")</h2>
        <dl class="facts">\(facts)</dl>\(byEmail)\(scaleDoubt)\(start)</section>
        <section class="card"><h2>\(t: "imports.refusals")</h2>\(refused)</section></div>
        """
    }

    private var heading: String {
        item.state == .complete ? "done" : item.state == .undone ? "undone" : "would"
    }

    private var facts: [HTML] {
        let summary = item.summary
        var facts = [
            fact("read", .count(item.rowsRead)), fact("accepted", .count(item.rowsAccepted)),
            fact("refused", .count(item.rowsRefused)),
        ]
        if item.state == .complete { facts.append(fact("known", .count(item.rowsKnown))) }
        facts.append(fact("customers", .count(summary.customers)))
        if item.state == .complete { facts.append(fact("new", .count(summary.customersNew))) }
        for (currency, minor) in summary.totals.sorted(by: { $0.key < $1.key }) {
            facts.append(fact("total", .money(minor: minor, currency: currency)))
        }
        if item.kind == .purchases { facts.append(fact("zeros", .count(summary.zeroAmounts))) }
        if let first = summary.firstDay, let last = summary.lastDay {
            facts.append(fact("first", .day(daysSinceEpoch: first)))
            facts.append(fact("last", .day(daysSinceEpoch: last)))
        }
        if summary.reencodedCells > 0 { facts.append(fact("reencoded", .count(summary.reencodedCells))) }
        if item.state == .complete { facts.append(fact("seconds", .number(summary.seconds, decimals: 1))) }
        return facts
    }

    private func fact(_ name: String, _ value: Argument) -> HTML {
        "<dt>\(t: "imports.fact.\(name)")</dt><dd>\(value)</dd>"
    }

    /// What a file that names people by their address could and could not say.
    private var byEmail: [HTML] {
        [
            item.summary.customersByEmail.map { "<p>\(t: "persons.import.byEmail", $0)</p>" as HTML },
            item.summary.ambiguousEmails.map {
                ##"<p class="flash flash-warning">\##(t: "persons.import.ambiguous", $0)</p>"## as HTML
            },
        ].compactMap(\.self)
    }

    private var scaleDoubt: HTML? {
        guard item.doubtsScale else { return nil }
        return
            #"<p class="flash flash-warning">\#(t: "answers.doubtsScale", item.summary.scores?.dropFirst().first ?? 0)</p>"#
    }

    private var start: HTML? {
        guard item.state == .ready else { return nil }
        let button: HTML = #"<button class="btn primary">\#(t: "imports.start", item.rowsAccepted)</button>"#
        return """
            <div class="actions">\(Form("\(address)/start", content: button).html)\
            \(form: "\(address)/dropping", button: Phrase("imports.drop"))</div>
            """
    }

    private var refused: HTML {
        if item.rowsRefused == 0 { return #"<p class="muted">\#(t: "imports.refusals.none")</p>"# }
        return """
            <p>\(t: "imports.refusals.what", item.rowsRefused)</p>
            <div class="scroll" tabindex="0" role="region" aria-label="\(t: "imports.refusals")"><table class="table"><thead><tr>\
            <th scope="col" class="number">\(t: "imports.refusal.line")</th><th scope="col">\(t: "imports.refusal.field")</th>\
            <th scope="col">\(t: "imports.refusal.reason")</th><th scope="col">\(t: "imports.refusal.value")</th></tr></thead>\
            <tbody>\(refusals.map(ImportReportCard.row))</tbody></table></div>
            <p><a class="btn small" href="\(address)/refusals.csv">\(t: "imports.refusals.download")</a></p>
            """
    }

    private static func row(_ row: RefusedRow) -> HTML {
        let field = row.field.isEmpty ? "" : Phrase("imports.field.\(row.field)").text
        return """
            <tr><td class="number">\(.count(row.line))</td><td>\(field)</td><td>\(row.reason.phrase)</td>\
            <td class="reason">\(row.excerpt)</td></tr>
            """
    }
}
