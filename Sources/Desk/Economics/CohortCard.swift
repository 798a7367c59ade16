import Kernel
import Markup

/// What the triangle's cells hold.
enum CohortView: String, CaseIterable { case counts, shares, money }

/// Customers by month of first purchase, and how many of them bought in each month since. Shading goes by share, and the
/// numbers say the same.
struct CohortCard {
    let block: EconomicsFigures.Block<CohortFigures>
    let currency: String
    let view: CohortView

    var html: HTML {
        guard let figures = block.figures else { return EconomicsCard.missing("cohorts", block.missing) }
        return EconomicsCard(
            key: "cohorts", lead: lead(figures), content: "\(views)\(table(figures))\(notes(figures))"
        ).html
    }

    private func lead(_ figures: CohortFigures) -> HTML {
        #"<p>\#(t: "economics.cohorts.lead", figures.cohorts.count)</p>"#
    }

    private var views: HTML {
        let links = CohortView.allCases.map { one -> HTML in
            let address = "/economics?cohorts=\(one.rawValue)#economics-cohorts"
            return
                #"<a class="btn" href="\#(address)" \#(attribute: "aria-current", "true", if: one == view)>\#(t: "economics.cohorts.\(one.rawValue)")</a>"#
        }
        return #"<nav class="chooser" aria-label="\#(t: "economics.cohorts.views")">\#(links)</nav>"#
    }

    private func table(_ figures: CohortFigures) -> HTML {
        let columns = figures.cohorts.map(\.active.count).max() ?? 1
        let heads = (1..<max(columns, 1)).map { month -> HTML in
            #"<th scope="col" class="number">\#(.count(month))</th>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(t: "economics.cohorts.title")">\
            <table class="table triangle"><caption class="hidden">\(t: "economics.cohorts.caption.\(view.rawValue)")</caption>\
            <thead><tr><th scope="col">\(t: "economics.cohorts.month")</th>\
            <th scope="col" class="number">\(t: "economics.cohorts.first.\(view.rawValue)")</th>\(heads)</tr></thead>\
            <tbody>\(figures.cohorts.map { row($0, figures) })</tbody></table></div>
            """
    }

    private func row(_ cohort: CohortFigures.Cohort, _ figures: CohortFigures) -> HTML {
        let size = cohort.active.first ?? 0
        let cells = cohort.active.indices.map { place -> HTML in
            let share = size > 0 ? Double(cohort.active[place]) / Double(size) : 0
            let isOpen = figures.lastMonthIsUnfinished && cohort.month + place == figures.lastMonth
            let heat = place == 0 ? "" : " heat-\(CohortCard.heat(share))"
            let name = "number" + heat + (isOpen ? " unfinished" : "")
            return #"<td class="\#(name)">\#(cell(cohort, place, share))\#("*", if: isOpen)</td>"#
        }
        return #"<tr><th scope="row">\#(CohortCard.name(cohort.month))</th>\#(cells)</tr>"#
    }

    private func cell(_ cohort: CohortFigures.Cohort, _ place: Int, _ share: Double) -> HTML {
        switch view {
        case .counts: "\(.count(cohort.active[place]))"
        case .shares: place == 0 ? "\(.count(cohort.active[place]))" : "\(.percent(share, decimals: 1))"
        case .money:
            "\(.count(CohortCard.whole(cohort.spend[place], currency)))"
        }
    }

    /// Whole units of the currency: a triangle has no room for cents.
    static func whole(_ minor: Int, _ currency: String) -> Int {
        let exponent = Currency(currency)?.exponent ?? 2
        let unit = (0..<exponent).reduce(1) { unit, _ in unit * 10 }
        return Int((Double(minor) / Double(unit)).rounded())
    }

    /// Eight steps; what is above two fifths looks alike.
    static func heat(_ share: Double) -> Int { share <= 0 ? 0 : min(8, 1 + Int(share * 20)) }

    static func name(_ month: Int) -> String {
        let day = LocalDate.first(ofMonth: month).daysSinceEpoch
        return Argument.day(daysSinceEpoch: day).text(for: .current, style: .month)
    }

    private func notes(_ figures: CohortFigures) -> HTML {
        let open: HTML? =
            figures.lastMonthIsUnfinished
            ? #"<p class="muted">\#(t: "economics.cohorts.unfinished", CohortCard.name(figures.lastMonth))</p>"#
            : nil
        let older: HTML? =
            figures.olderCohorts > 0
            ? #"<p class="muted">\#(t: "economics.cohorts.older", figures.olderCohorts)</p>"# : nil
        let money: HTML? =
            view == .money ? #"<p class="muted">\#(t: "economics.cohorts.currency", currency)</p>"# : nil
        return "\(money)\(open)\(older)"
    }
}
