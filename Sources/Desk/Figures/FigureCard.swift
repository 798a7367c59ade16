import Kernel
import Markup

/// What the data says about a customer, in words for who is on the phone with them.
struct FigureCard {
    let figures: CustomerFigures
    let run: CompletedRun

    private var report: FigureReport { run.report }

    /// The card of a customer; nil where no run has seen them yet.
    static func card(of party: ID<Party>, on desk: Desk) async throws -> HTML? {
        let store = FigureStore(database: desk.database, clock: desk.clock)
        guard let found = try await store.figures(of: party), let figures = found.figures else { return nil }
        return FigureCard(figures: figures, run: found.run).html
    }

    var html: HTML {
        """
        <section class="card" aria-labelledby="figures"><h2 class="h" id="figures">\(t: "figures.card")</h2>
        <p>\(alive)</p><p>\(rhythm)</p>\(expected)\(refusals)
        <p class="faint">\(source) <a href="/model">\(t: "figures.card.more")</a></p></section>
        """
    }

    private var alive: HTML {
        guard let alive = figures.alive else {
            let key =
                report.model == nil ? "figures.card.noModel" : "figures.card.once.unknown"
            return "\(t: key)"
        }
        let key =
            switch alive {
            case 0.7...: "figures.card.likely"
            case 0.3..<0.7: "figures.card.open"
            default: "figures.card.gone"
            }
        return "\(t: key, .text(FigureCard.chance(alive)))"
    }

    /// A chance is never shown as certain.
    static func chance(_ share: Double) -> String {
        if share >= 0.995 { return Phrase("figures.card.over", .percent(0.99, decimals: 0)).text }
        if share < 0.005 { return Phrase("figures.card.under", .percent(0.01, decimals: 0)).text }
        return Argument.percent(share, decimals: 0).text
    }

    private var rhythm: HTML {
        guard let gap = figures.usualGap, let overdue = figures.daysOverdue(at: report.day) else {
            return "\(t: "figures.card.once", .count(figures.daysSilent(at: report.day)))"
        }
        let usual: HTML = "\(t: "figures.card.gap", .count(Int(gap.rounded())))"
        let late = Int(overdue.rounded(.down))
        return late > 0
            ? "\(usual) \(t: "figures.card.overdue", .count(late))"
            : "\(usual) \(t: "figures.card.inTime", .count(figures.daysSilent(at: report.day)))"
    }

    private var expected: HTML? {
        guard let purchases = figures.expectedPurchases else { return nil }
        let months = Argument.count(report.horizonMonths)
        let number = Argument.number(purchases, decimals: 1)
        guard let worth = figures.expectedWorth else {
            return "<p>\(t: "figures.card.expected", months, number)</p>"
        }
        let money = Argument.money(minor: worth, currency: report.currency)
        return "<p>\(t: "figures.card.expected.money", months, number, money)</p>"
    }

    private var refusals: HTML? {
        if let refusal = report.refusal { return #"<p class="muted">\#(refusal.phrase)</p>"# }
        guard figures.expectedWorth == nil else { return nil }
        let hasNoMean = figures.occasions == 1 && report.spend.mean == nil
        let reason =
            report.spend.refusal?.phrase ?? Phrase(hasNoMean ? "figures.card.noMean" : "figures.card.mixed")
        return #"<p class="muted">\#(reason)</p>"#
    }

    private var source: HTML {
        let day = Argument.day(daysSinceEpoch: report.day.daysSinceEpoch)
        guard let model = report.model else { return "\(t: "figures.card.asOf", day)" }
        return "\(t: "figures.card.source", day, .text(model.name))"
    }
}
