import Kernel
import Markup
import Methods
import Web

/// All lists at a glance: what each is, how many are on it, the money beside them, and whether working on it helps.
struct ListsPage: Page {
    let run: CompletedRun?

    var title: String { Phrase("lists.title").text }

    var main: HTML {
        """
        <section class="page" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "lists.lead") \(asOf)</p></div>\
        <div class="actions"><a class="btn" href="/lists/saved">\(t: "lists.saved.all")</a></div></header>\(content)</section>
        """
    }

    private var asOf: HTML? {
        run.map { run -> HTML in
            """
            \(t: "lists.asOf", .day(daysSinceEpoch: run.report.day.daysSinceEpoch)) <a href="/model">\(t: "figures.card.more")</a>
            """
        }
    }

    private var content: HTML {
        guard let run else {
            return """
                <div class="empty card"><h2>\(t: "figures.none")</h2><p class="muted">\(t: "figures.none.how")</p></div>
                """
        }
        let cards = CustomerList.allCases.map { card($0, run) }
        return #"<div class="lists">\#(cards)</div>"#
    }

    private func card(_ list: CustomerList, _ run: CompletedRun) -> HTML {
        let total = run.report.lists.first { $0.list == list } ?? ListTotal(list: list)
        let money = Argument.money(minor: total.money, currency: run.report.currency)
        let numbers: HTML = """
            <p class="big"><a href="\("/lists/\(list.rawValue)")">\(.count(total.callable))</a></p>\
            <p>\(list.moneyPhrase(run.report, money))\(held(total, run.report))\(refused(total))</p>
            """
        let reason = ListRule(list: list, report: run.report).refusal
        return """
            <section class="card" aria-labelledby="\("list-\(list.rawValue)")"><h2 class="h" id="\("list-\(list.rawValue)")">\
            <a href="\("/lists/\(list.rawValue)")">\(Phrase("lists.\(list.rawValue)"))</a></h2>
            <p class="muted">\(ListRule(list: list, report: run.report).html)</p>
            \(reason.map { "<p>\($0)</p>" as HTML } ?? numbers)
            \(OutcomeLine(list: list, run: run).html)</section>
            """
    }

    private func held(_ total: ListTotal, _ report: FigureReport) -> HTML? {
        guard total.held > 0 else { return nil }
        return " \(t: "lists.held", .count(total.held))"
    }

    private func refused(_ total: ListTotal) -> HTML? {
        guard let refused = total.refused, refused > 0 else { return nil }
        return " \(t: "consent.leftOut", .count(refused))"
    }
}

/// Whether those on the list came back more often than those left alone.
struct OutcomeLine {
    let list: CustomerList
    let run: CompletedRun

    var html: HTML {
        guard let outcome = run.outcomes.first(where: { $0.list == list }),
            outcome.worked > 0 || outcome.held > 0
        else { return #"<p class="faint">\#(t: "lists.outcome.none", .count(ListOutcome.days))</p>"# }
        guard let comparison = outcome.comparison, let range = try? comparison.interval() else {
            return """
                <p class="faint">\(t: "lists.outcome.oneSided", .count(outcome.worked), .count(outcome.held))</p>
                """
        }
        return "<p>\(sides(outcome))</p><p>\(verdict(comparison, range))</p>"
    }

    private func sides(_ outcome: ListOutcome) -> HTML {
        "\(t: "lists.outcome.sides", .count(ListOutcome.days), .count(outcome.workedCame), .count(outcome.worked), .count(outcome.heldCame), .count(outcome.held))"
    }

    private func verdict(_ comparison: ShareComparison, _ range: ClosedRange<Double>) -> HTML {
        func points(_ share: Double) -> Argument { .number(share * 100, decimals: 1) }
        let key =
            range.lowerBound > 0
            ? "lists.outcome.helps" : range.upperBound < 0 ? "lists.outcome.hurts" : "lists.outcome.open"
        return
            "\(t: key, points(comparison.difference), points(range.lowerBound), points(range.upperBound))"
    }
}

/// The rule of a list with its numbers, and why there is none where the data does not carry it.
struct ListRule {
    let list: CustomerList
    let report: FigureReport

    var html: HTML {
        switch list {
        case .atRisk: "\(t: "lists.at-risk.rule")"
        case .newcomers:
            "\(t: "lists.newcomers.rule", .count(report.curve?.halfDay ?? 0), .count(report.curve?.lateDay ?? 0))"
        case .overdue:
            "\(t: "lists.overdue.rule", .count(ListRules.leastOccasions), .number(ListRules.lateFactor, decimals: 1))"
        case .oneTime: "\(t: "lists.one-time.rule", .count(report.curve?.lateDay ?? 0))"
        }
    }

    var refusal: Phrase? {
        switch list {
        case .atRisk: report.model == nil ? report.refusal?.phrase : nil
        case .newcomers, .oneTime:
            report.curve == nil ? Phrase("figures.curve.none", .count(RepeatWindow.leastWatched)) : nil
        case .overdue: nil
        }
    }
}

extension CustomerList {
    /// What the money beside the names is, and over how many months where it is a forecast.
    func moneyPhrase(_ report: FigureReport, _ money: Argument) -> Phrase {
        report.model == nil || report.spend.refusal != nil
            ? Phrase("lists.money.soFar", money)
            : Phrase("lists.money.expected.months", .count(report.horizonMonths), money)
    }
}
