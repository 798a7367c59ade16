import Kernel
import Markup
import Web

/// What the customer base brings and costs. Every block says its rule, its sample and its date, or why it is empty.
struct EconomicsPage: Page {
    let kept: EconomicsStore.Kept?
    let names: [Int64: String]
    let view: CohortView
    let maySetRate: Bool

    var title: String { Phrase("economics.title").text }

    var main: HTML {
        """
        <section class="page economics"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(scope)</p></div><div class="actions">\
        <a class="btn" href="/economics/spend">\(t: "spend.title")</a>\(button)</div></header>\(content)</section>
        """
    }

    private var button: HTML {
        Form("/economics/computation", content: #"<button class="btn">\#(t: "economics.compute")</button>"#)
            .html
    }

    private var scope: HTML {
        guard let kept, let through = kept.figures.through else { return "\(t: "economics.lead")" }
        let scope = Phrase(
            "economics.scope", .day(daysSinceEpoch: through.daysSinceEpoch), .count(kept.figures.customers),
            .instant(kept.computedAt.milliseconds))
        return "\(scope)"
    }

    private var content: HTML {
        guard let kept else {
            return """
                <section class="card empty"><h2>\(t: "economics.none")</h2><p>\(t: "economics.none.how")</p></section>
                """
        }
        let figures = kept.figures
        return """
            \(others(figures))
            \(RepeatCard(block: figures.repeats).html)
            \(CohortCard(block: figures.cohorts, currency: figures.currency, view: view).html)
            \(RetentionCard(block: figures.retention).html)
            \(WorthCard(figures: figures, maySetRate: maySetRate).html)
            \(AcquisitionCard(figures: figures).html)
            \(ConcentrationCard(figures: figures, names: names).html)
            """
    }

    private func others(_ figures: EconomicsFigures) -> HTML? {
        guard figures.withoutMoney > 0 else { return nil }
        return
            #"<p class="muted">\#(t: "economics.withoutMoney", .count(figures.withoutMoney), .text(figures.currency))</p>"#
    }
}

/// A part of the screen: a heading, a sentence, its content and its rule.
struct EconomicsCard {
    let key: String
    var lead: HTML = .empty
    let content: HTML

    var html: HTML {
        """
        <section class="card economics-\(key)">\
        <h2 id="economics-\(key)">\(t: "economics.\(key).title")</h2>\(lead)\(content)\
        <details class="rule"><summary>\(t: "economics.rule")</summary><p>\(t: "economics.\(key).rule")</p></details></section>
        """
    }

    /// Why a part shows nothing, and what would change that.
    static func missing(_ key: String, _ reason: String?, more: HTML = .empty) -> HTML {
        EconomicsCard(
            key: key,
            content: #"<p class="empty">\#(t: "economics.missing.\(reason ?? "noPurchases")") \#(more)</p>"#
        ).html
    }
}

extension EconomicsFigures.Share {
    /// "37.45 %".
    func percent(_ decimals: Int = 1) -> Argument { .percent(share, decimals: decimals) }

    /// "36.1 % to 38.8 %", in grey beside the share.
    func range(_ decimals: Int = 1) -> Phrase {
        Phrase("economics.range", .percent(lower, decimals: decimals), .percent(upper, decimals: decimals))
    }
}

/// A table with a hidden caption, its first column the heads of the rows.
struct EconomicsTable {
    let caption: Phrase
    /// Keys of the phrases above the columns; all but the first stand over numbers.
    let head: [Phrase]
    let rows: [(name: HTML, cells: [HTML])]

    var html: HTML {
        let columns = head.enumerated().map { place, phrase -> HTML in
            place == 0
                ? #"<th scope="col">\#(phrase)</th>"# : #"<th scope="col" class="number">\#(phrase)</th>"#
        }
        let lines = rows.map { row -> HTML in
            let cells = row.cells.map { cell -> HTML in #"<td class="number">\#(cell)</td>"# }
            return #"<tr><th scope="row">\#(row.name)</th>\#(cells)</tr>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table class="table">\
            <caption class="hidden">\(caption)</caption><thead><tr>\(columns)</tr></thead>\
            <tbody>\(lines)</tbody></table></div>
            """
    }

    static let dash: HTML = #"<span class="muted">–</span>"#

    static func share(_ share: EconomicsFigures.Share?, decimals: Int = 1) -> HTML {
        guard let share else { return dash }
        return """
            \(share.percent(decimals)) <small class="muted">\(share.range(decimals))</small>
            """
    }

    static func money(_ minor: Double?, _ currency: String) -> HTML {
        guard let minor, minor.magnitude < 9e17 else { return dash }
        return "\(.money(minor: Int64(minor.rounded()), currency: currency))"
    }

    static func count(_ number: Int) -> HTML { "\(.count(number))" }
}
