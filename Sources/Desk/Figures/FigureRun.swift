public import Kernel
import Methods
public import Storage

/// What a run may be told; left out, the desk decides.
public struct FigureOptions: Sendable, Equatable {
    public var model: ForecastKind?
    /// The last day the backtest's model may know.
    public var calibrateUntil: LocalDate?

    public init(model: ForecastKind? = nil, calibrateUntil: LocalDate? = nil) {
        self.model = model
        self.calibrateUntil = calibrateUntil
    }
}

/// Computes everyone's figures and lists anew. What was there before stays in force until the last row is written.
public struct FigureRun: Sendable {
    /// Customers written together.
    static let portion = 5000

    let figures: FigureStore
    let lists: ListStore
    let organisation: Organisation
    private var options: FigureOptions
    /// Shows that somebody is still at work; throws where the work is no longer wanted.
    let beat: @Sendable () async throws -> Void

    public init(
        desk: Desk, organisation: Organisation, options: FigureOptions = FigureOptions(),
        beat: @escaping @Sendable () async throws -> Void = {}
    ) {
        figures = FigureStore(database: desk.database, clock: desk.clock)
        lists = ListStore(database: desk.database, clock: desk.clock)
        self.organisation = organisation
        self.options = options
        self.beat = beat
    }

    public func run(by act: Act) async throws -> FigureReport {
        if let latest = try await figures.unsettled() {
            try await lists.settle(latest.id, day: latest.report.day)
        }
        var asked = self
        if options == FigureOptions() { asked.options = try await figures.wish() }
        return try await asked.run(from: organisation.zone.day(of: act.at), by: act)
    }

    private func run(from today: LocalDate, by act: Act) async throws -> FigureReport {
        let database = figures.database
        let day = try await database.read { try LevelStore.lastOccasion(notAfter: today, in: $0) } ?? today
        let run = try await figures.begin(day: day, at: figures.clock.now)
        do {
            let report = try await write(run, day: day)
            try await figures.complete(run, report, by: act)
            try await finish(run, report)
            return report
        } catch {
            try? await figures.abandon(run)
            throw error
        }
    }

    private func write(_ run: Int64, day: LocalDate) async throws -> FigureReport {
        let began = ContinuousClock.now
        let currency = organisation.currency
        let ledger = try await figures.database.read {
            try Ledger.read(through: day, currency: currency, in: $0)
        }
        try await beat()
        var analysis = try Analysis(ledger, day: day, organisation: organisation, options: options)
        try await beat()
        analysis.report.lists = try await writeRows(run, ledger, analysis)
        analysis.report.seconds = began.duration(to: .now) / .seconds(1)
        return analysis.report
    }

    private func writeRows(_ run: Int64, _ ledger: Ledger, _ analysis: Analysis) async throws -> [ListTotal] {
        let rules = try ListRules(day: analysis.report.day, curve: analysis.report.curve)
        var estimates = CustomerEstimates(
            fitted: analysis.fitted, spend: analysis.spend, day: analysis.report.day,
            months: organisation.figureMonths)
        var totals = CustomerList.allCases.map { ListTotal(list: $0) }
        for start in stride(from: 0, to: ledger.count, by: FigureRun.portion) {
            let places = start..<min(start + FigureRun.portion, ledger.count)
            let known = try await lists.standing(
                of: ledger.parties[places.lowerBound]...ledger.parties[places.upperBound - 1])
            let portion = try places.map { try estimates.figures($0, of: ledger) }
            let rows = try portion.compactMap { customer in
                try rules.list(for: customer).map { row(customer, on: $0, known, at: rules.day) }
            }
            for index in totals.indices { totals[index].add(rows) }
            try await figures.append(portion, rows, to: run)
            if start / FigureRun.portion % 10 == 9 { try await beat() }
        }
        for (list, left) in try await lists.refusing(run) {
            for index in totals.indices where totals[index].list == list {
                (totals[index].refused, totals[index].money) = (left.count, totals[index].money - left.money)
            }
        }
        return totals
    }

    private func row(
        _ customer: CustomerFigures, on list: CustomerList,
        _ known: [Int64: [CustomerList: (LocalDate, Bool)]], at day: LocalDate
    ) -> ListRow {
        let party = customer.party.value
        let before = known[party]?[list]
        let isHeld = before?.1 ?? HoldOut.isHeld(party, on: list, share: organisation.listHoldout)
        return ListRow(
            party: party, list: list, money: customer.money, since: before?.0 ?? day, isHeld: isHeld)
    }

    /// Entries, outcomes and old rows: nothing a page waits for.
    private func finish(_ run: Int64, _ report: FigureReport) async throws {
        try await beat()
        try await lists.settle(run, day: report.day)
        try await lists.keep(try await lists.outcomes(at: report.day), of: run)
        try await beat()
        try await figures.sweep(before: run)
        try await figures.database.refreshStatistics(of: ["figure", "list_row", "list_entry"])
        await figures.database.announce("events")
    }
}

extension ListTotal {
    fileprivate mutating func add(_ rows: [ListRow]) {
        for row in rows where row.list == list {
            customers += 1
            held += row.isHeld ? 1 : 0
            money += row.isHeld ? 0 : row.money
        }
    }
}
