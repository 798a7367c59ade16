import Kernel
import Methods

/// The customer base as a whole: which model fits, how well it foretells, what a purchase is worth, when newcomers
/// come back. Pure: a ledger in, a report out.
struct Analysis: Sendable {
    var report = FigureReport()
    private(set) var fitted: FittedForecast?
    private(set) var spend: GammaGamma?

    init(_ ledger: Ledger, day: LocalDate, organisation: Organisation, options: FigureOptions) throws {
        report.day = day
        report.currency = organisation.currency.code
        report.horizonMonths = organisation.figureMonths
        report.holdout = organisation.listHoldout
        report.customers = ledger.count
        guard ledger.count > 0 else {
            report.refusal = .noPurchases
            report.backtestRefusal = .noPurchases
            report.spend.refusal = .noPurchases
            return
        }
        let first = (0..<ledger.count).lazy.compactMap { ledger.days($0).first }.min() ?? 0
        report.firstDay = LocalDate(daysSinceEpoch: Int(first))
        report.curve = RepeatWindow(try ledger.repeatCurve(at: day))
        try fit(ledger, options)
        fitSpend(ledger)
        try backtest(ledger, options)
    }

    private mutating func fit(_ ledger: Ledger, _ options: FigureOptions) throws {
        let base = try CustomerBase(ledger.everyone, through: report.day.daysSinceEpoch, in: Weeks.self)
        report.repeaters = base.repeaters
        report.repeatPurchases = base.repeatPurchases
        report.wasAskedFor = options.model != nil
        switch ForecastKind.fit(options.model, to: base) {
        case .success(let found):
            fitted = found
            report.model = found.kind
            report.parameters = found.parameters
            report.logLikelihood = found.logLikelihood
            report.distinctHistories = found.distinctHistories
        case .failure(let refusal): report.refusal = FigureReason(refusal)
        }
    }

    /// Three numbers are known well enough from so many customers, every n-th of all. Money that says nothing of who
    /// spends it makes the fit search long, and longer with every customer more.
    private static let mostSpends = 20_000

    private mutating func fitSpend(_ ledger: Ledger) {
        let all = (0..<ledger.count).compactMap { ledger.spend($0) }
        let spends = stride(from: 0, to: all.count, by: all.count / Analysis.mostSpends + 1).map { all[$0] }
        report.spend.repeaters = spends.count
        do {
            let found = try GammaGamma.fit(to: spends)
            let model = found.fit.model
            spend = model
            report.spend.parameters = [
                FigureParameter(name: "p", value: model.p), FigureParameter(name: "q", value: model.q),
                FigureParameter(name: "v", value: model.v.minorUnits),
            ]
            report.spend.correlation = found.correlation
            report.spend.isDoubtful = found.isIndependenceDoubtful
            report.spend.mean = model.populationMean?.minorUnits
        } catch {
            report.spend.refusal = FigureReason(error)
        }
    }

    /// The past cut in two: a model that knows the first part only, held against the second.
    private mutating func backtest(_ ledger: Ledger, _ options: FigureOptions) throws {
        let span = report.firstDay.daysSinceEpoch...report.day.daysSinceEpoch
        let cut = options.calibrateUntil?.daysSinceEpoch ?? Analysis.cut(of: span)
        guard span.contains(cut), cut < span.upperBound else {
            report.backtestRefusal = .nothingToHoldOut
            return
        }
        let test = try Backtest(ledger.everyone, cut: cut, end: span.upperBound, in: Weeks.self)
        switch ForecastKind.fit(options.model ?? fitted?.kind, to: test.calibration) {
        case .success(let found):
            let outcome = try test.report(on: found.model)
            report.backtest = BacktestFindings(
                found, test.calibration, outcome, cut: LocalDate(daysSinceEpoch: cut), end: report.day)
        case .failure(let refusal): report.backtestRefusal = FigureReason(refusal)
        }
    }

    /// The middle of the days on record; with more than two years of them, a year before the end.
    static func cut(of span: ClosedRange<Int>) -> Int {
        span.upperBound - min(span.count / 2, 364)
    }
}

extension BacktestFindings {
    init(
        _ found: FittedForecast, _ base: CustomerBase<Weeks>, _ report: BacktestReport, cut: LocalDate,
        end: LocalDate
    ) {
        self.init(
            model: found.kind, cut: cut, end: end, customers: base.customers,
            repeatPurchases: base.repeatPurchases, logLikelihood: found.logLikelihood,
            parameters: found.parameters, expected: report.expected, actual: report.actual,
            deviation: report.deviation,
            bins: report.bins.map {
                Bin(
                    repeats: $0.repeats, isOpen: $0.isOpen, customers: $0.customers, expected: $0.expected,
                    actual: $0.actual)
            })
    }
}
