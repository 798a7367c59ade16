import Kernel
import Methods

@testable import Desk

/// Companies made up for one finding each. Each begins as a plain one of which nothing but the emphasis is said, so that a
/// finding comes from what was changed, and goes when it is changed back.
enum Company {
    static let end = LocalDate(daysSinceEpoch: 20_779)
    static let window = LevelWindow.start(endingAt: end, months: 12)...end
    static var yearBefore: ClosedRange<LocalDate> { FindingReading.yearBefore(window) }

    static func profile(
        _ levels: Levels, _ window: ClosedRange<LocalDate> = Company.window, measured: Bool = true,
        begins: LocalDate? = end + (-3000), median: Double? = 60
    ) throws -> Profile {
        let inside = begins.map { window.contains($0) } ?? false
        let days = window.upperBound.daysSinceEpoch - window.lowerBound.daysSinceEpoch + 1
        return Profile(
            window: window, levels: levels, advocacyMeasured: measured,
            shape: try shape(
                of: levels, advocacyMeasured: measured, historyBeginsInside: inside, windowDays: days,
                medianCycleDays: median),
            customers: levels.first + levels.repeating, purchases: levels.total, totals: [],
            historyBegins: begins,
            medianCycleDays: median)
    }

    /// A pyramid that goes on as it did.
    static func plain(_ levels: Levels = Levels(first: 1000, repeating: 400, advocate: 60)) throws
        -> FindingFacts
    {
        var facts = FindingFacts(profile: try profile(levels), currency: "EUR")
        facts.before = try profile(levels, yearBefore)
        facts.newcomers = waits(back: 300, of: 1000)
        facts.newcomersBefore = waits(back: 300, of: 1000)
        facts.loss = LossCount(judged: 2000, lost: 900)
        facts.channels = [
            ChannelCount(name: "shop", newcomers: 500, reachable: 400),
            ChannelCount(name: "web", newcomers: 500, reachable: 410),
        ]
        facts.hasAddresses = true
        return facts
    }

    /// So many of a cohort came back, spread over the first two hundred days; the others were watched for 400.
    static func waits(back: Int, of people: Int) -> CohortWaits {
        var waits = CohortWaits()
        for number in 0..<back { waits.ended[1 + number * 7 % 200, default: 0] += 1 }
        waits.left[400] = people - back
        return waits
    }

    static func counts(_ promoters: Int, _ passives: Int, _ detractors: Int) throws -> PromoterCounts {
        try PromoterCounts(promoters: promoters, passives: passives, detractors: detractors)
    }

    static func run(
        lists: [ListTotal] = [], outcomes: [ListOutcome] = [], model: ForecastKind? = .mbgNBD
    ) -> CompletedRun {
        var report = FigureReport()
        report.model = model
        report.repeaters = 400
        report.currency = "EUR"
        report.lists = lists
        return CompletedRun(id: 1, finishedAt: Instant(milliseconds: 0), report: report, outcomes: outcomes)
    }

    /// Economics of which only money matters here.
    static func economics(
        revenue: [Int]? = nil, months: Double? = nil, acquisition: AcquisitionFigures? = nil
    ) throws -> EconomicsFigures {
        var figures = EconomicsReckoning.nothing(currency: "EUR", rate: nil, discount: 0.1)
        if let revenue {
            let weight = try Concentration(revenue: revenue)
            let largest = revenue.sorted(by: >).prefix(3).enumerated()
            figures.concentration = .shown(
                ConcentrationFigures(
                    customers: revenue.count, revenue: weight.total,
                    top: try (1...min(3, revenue.count)).map { try weight.share(ofTop: $0) },
                    largest: largest.map { EconomicsFigures.Customer(id: Int64($0 + 1), revenue: $1) },
                    herfindahl: weight.herfindahl, effectiveCustomers: weight.effectiveCustomers, new: 0,
                    lost: 0,
                    ratio: nil, ratioLower: nil, ratioUpper: nil, newBusiness: nil, monthsToReplace: months))
        }
        if let acquisition { figures.acquisition = .shown(acquisition) }
        return figures
    }

    static func acquisition(_ rows: [AcquisitionFigures.Row], all: AcquisitionFigures.Row)
        -> AcquisitionFigures
    {
        AcquisitionFigures(
            from: window.lowerBound, to: end, rows: rows, all: all, loss: nil, spendInOtherCurrencies: [])
    }

    static func source(
        _ name: String, customers: Int = 100, cost: Double, margin: Double
    ) -> AcquisitionFigures.Row {
        AcquisitionFigures.Row(
            source: name, customers: customers, spend: Int(cost) * customers, campaigns: [], cost: cost,
            firstRevenue: nil, firstMargin: margin, left: margin - cost, monthly: nil, simple: .unknown,
            adjusted: .unknown)
    }
}

extension FindingReport {
    func finding(_ kind: FindingKind) -> Finding? { findings.first { $0.kind == kind } }
    var kinds: Set<FindingKind> { Set(findings.map(\.kind)) }
}
