import Kernel
import Storage

/// The economics for a terminal and for programs: computed now, then told.
public struct EconomicsReport: Sendable {
    private let kept: EconomicsStore.Kept

    /// Runs the computation and keeps what it made, as the nightly job would.
    public static func compute(on desk: Desk) async throws -> EconomicsReport {
        let store = EconomicsStore(database: desk.database, clock: desk.clock)
        return EconomicsReport(kept: try await store.compute(try await desk.organisations.required()))
    }

    public var json: JSON { kept.json }

    /// How long the computation took.
    public var milliseconds: Int { kept.figures.milliseconds }

    public var text: String {
        let figures = kept.figures
        guard let through = figures.through else { return "No purchase is on record yet." }
        var lines = [
            "Economics through \(through): \(figures.customers) customers, \(figures.currency), "
                + "computed in \(figures.milliseconds) ms"
        ]
        if figures.withoutMoney > 0 {
            lines.append("\(figures.withoutMoney) purchases count as occasions only: other currencies")
        }
        lines += ["", "Came a second time within"] + repeats(figures)
        lines += ["", "Customers by month of first purchase, then by months since"] + cohorts(figures)
        lines += ["", "Last year's customers who came again this year"] + retention(figures)
        lines += ["", "What more retention would be worth"] + worth(figures)
        lines += ["", "What customers cost to win, and when they have paid for it"] + acquisition(figures)
        lines += ["", "Concentration"] + concentration(figures)
        return lines.joined(separator: "\n")
    }

    private func missing<Figures>(_ block: EconomicsFigures.Block<Figures>) -> [String] {
        ["  not shown: " + (EconomicsReport.reasons[block.missing ?? ""] ?? "there is too little to count")]
    }

    private static let reasons = [
        "fewCustomers": "fewer than 30 customers", "noLastYear": "the records hold no year before the last",
        "fewLastYear": "fewer than 30 customers last year", "noRetention": "retention is not known",
        "noRevenue": "no revenue in the organisation's currency in the last twelve months",
        "noMargin": "purchases do not say their cost, and no margin is set (setting economics.margin)",
        "lossMaking": "purchases bring no margin", "everybodyStays": "nobody was lost",
        "noSpend": "no acquisition spend is on record (regulars import spend FILE)",
    ]

    private func repeats(_ figures: EconomicsFigures) -> [String] {
        guard let repeats = figures.repeats.figures else { return missing(figures.repeats) }
        return repeats.points.map { point in
            guard let share = point.share else { return pad("\(point.day)", 7) + " days  not known yet" }
            return pad("\(point.day)", 7) + " days  " + EconomicsReport.percent(share, 2)
        }
    }

    private func cohorts(_ figures: EconomicsFigures) -> [String] {
        guard let cohorts = figures.cohorts.figures else { return missing(figures.cohorts) }
        let rows = cohorts.cohorts.map { cohort in
            let month = LocalDate.first(ofMonth: cohort.month).description.prefix(7)
            return "  \(month)" + cohort.active.map { pad("\($0)", 7) }.joined()
        }
        return rows + (cohorts.lastMonthIsUnfinished ? ["  the last month of each row is not over"] : [])
    }

    private func retention(_ figures: EconomicsFigures) -> [String] {
        guard let retention = figures.retention.figures else { return missing(figures.retention) }
        func line(_ name: String, _ row: RetentionFigures.Row) -> String {
            "  \(name)  \(row.again) of \(row.before)  \(EconomicsReport.percent(row.share, 1))"
        }
        return [line("all      ", retention.all)]
            + retention.ages.map {
                line("age \($0.number)\($0.number == retention.oldestAge ? "+" : " ")   ", $0)
            }
    }

    private func worth(_ figures: EconomicsFigures) -> [String] {
        guard let worth = figures.worth.figures else { return missing(figures.worth) }
        return worth.gains.map { gain in
            "  \(Int(gain.points)) point\(gain.points == 1 ? "" : "s") more: \(money(gain.perCustomer)) a customer, "
                + "break-even cost \(money(gain.breakEven)) a customer and year"
        }
    }

    private func acquisition(_ figures: EconomicsFigures) -> [String] {
        guard let acquisition = figures.acquisition.figures else { return missing(figures.acquisition) }
        return (acquisition.rows + [acquisition.all]).enumerated().map { place, row in
            let name = place == acquisition.rows.count ? "all" : row.source.isEmpty ? "(nowhere)" : row.source
            return "  \(name): \(row.customers) won, spend \(row.spend.map { money(Double($0)) } ?? "none"), "
                + "each \(row.cost.map(money) ?? "-"), first margin \(row.firstMargin.map(money) ?? "-"), "
                + "paid back \(EconomicsReport.months(row.simple)) / \(EconomicsReport.months(row.adjusted))"
        }
    }

    private func concentration(_ figures: EconomicsFigures) -> [String] {
        guard let concentration = figures.concentration.figures else { return missing(figures.concentration) }
        let top = concentration.top.map { EconomicsReport.fixed($0 * 100, 2) + " %" }.joined(separator: ", ")
        let ratio = concentration.ratio.map { EconomicsReport.fixed($0, 2) } ?? "-"
        let months = concentration.monthsToReplace.map { EconomicsReport.fixed($0, 1) } ?? "-"
        return [
            "  largest 1, 2, 3 of \(concentration.customers): \(top)",
            "  Herfindahl \(EconomicsReport.fixed(concentration.herfindahl, 6)), renewal ratio \(ratio), "
                + "months to replace the top two \(months)",
        ]
    }

    private static func months(_ payback: AcquisitionFigures.Payback) -> String {
        switch payback {
        case .months(let months): fixed(months, 1) + " months"
        case .never: "never"
        case .unknown: "-"
        }
    }

    private static func percent(_ share: EconomicsFigures.Share, _ decimals: Int) -> String {
        "\(fixed(share.share * 100, decimals)) % (\(fixed(share.lower * 100, decimals)) to "
            + "\(fixed(share.upper * 100, decimals)))"
    }

    private func money(_ minor: Double) -> String {
        guard let currency = Currency(kept.figures.currency), minor.magnitude < 9e17 else { return "-" }
        return Money(minor: Int64(minor.rounded()), currency: currency).decimal
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private static func fixed(_ number: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let whole = Int64((number.magnitude * scale).rounded())
        let digits = String(whole)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (number < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
