import Kernel
import Methods
import Storage

/// Reads the facts, each portion in a snapshot of its own, so that nobody waits for it.
struct FindingReading: Sendable {
    /// How many customers one read looks at.
    static let stretch = 20_000
    /// How many months back drift from the desired profile is followed.
    static let lookback = 12

    let database: any Database
    let clock: any WallClock
    let organisation: Organisation
    let keepGoing: @Sendable () async throws -> Void

    private var profiles: ProfileStore { ProfileStore(database: database, clock: clock) }

    func facts() async throws -> FindingFacts {
        let profile = try await profiles.profile(nil, organisation: organisation)
        var facts = FindingFacts(profile: profile, currency: organisation.currency.code)
        guard let begins = profile.historyBegins else { return facts }
        let today = organisation.zone.day(of: clock.now)
        let before = FindingReading.yearBefore(profile.window)
        let reachesBack = begins <= before.lowerBound
        if reachesBack { facts.before = try await profiles.profile(before, organisation: organisation) }
        facts.desired = try await database.read { try DesiredStore.inForce(at: today, in: $0)?.levels }
        if facts.desired != nil { facts.earlier = try await earlier(profile.window, since: begins) }
        try await keepGoing()
        try await readWaits(&facts, reachesBack ? before : nil)
        facts.economics = try await EconomicsStore(database: database, clock: clock).latest()?.figures
        facts.figures = try await FigureStore(database: database, clock: clock).latest()
        facts.contracts = try await contracts(profile.window)
        facts.loss = try await loss(facts)
        try await readChannels(&facts)
        facts.looked = try await looked()
        facts.thanks = try await thanks(today)
        try await readSpend(&facts, reachesBack ? before : nil)
        facts.rushes = try await rushes(facts, since: begins)
        try await keepGoing()
        facts.voice = try await FindingVoices(reading: self, window: profile.window).counts()
        return facts
    }

    static func yearBefore(_ window: ClosedRange<LocalDate>) -> ClosedRange<LocalDate> {
        let end = window.lowerBound + (-1)
        return LevelWindow.start(endingAt: end, months: 12)...end
    }

    private func earlier(
        _ window: ClosedRange<LocalDate>, since begins: LocalDate
    ) async throws -> [(end: LocalDate, levels: Levels)] {
        var found: [(end: LocalDate, levels: Levels)] = []
        for months in 1...FindingReading.lookback {
            let end = (window.upperBound + 1).adding(months: -months) + (-1)
            let start = LevelWindow.start(endingAt: end, months: 12)
            guard begins <= start else { break }
            let profile = try await profiles.profile(start...end, organisation: organisation)
            found.append((end, profile.levels))
            try await keepGoing()
        }
        return found
    }

    private func readWaits(_ facts: inout FindingFacts, _ before: ClosedRange<LocalDate>?) async throws {
        let until = facts.window.upperBound
        facts.newcomers = try await waits(facts.window, until: until)
        if let before { facts.newcomersBefore = try await waits(before, until: until) }
    }

    func waits(_ days: ClosedRange<LocalDate>, until last: LocalDate) async throws -> CohortWaits {
        try await database.read { connection in
            try TallyStore.waits(
                firsts: days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch,
                until: last.daysSinceEpoch, in: connection)
        }
    }

    /// The last id of the next stretch of rows; nil where none is left.
    func end(_ ids: SQL, after last: Int64) async throws -> Int64? {
        try await database.read { connection in
            let border = try connection.number("SELECT max(id) FROM (\(ids)) AS oldest")
            return Int64(border) > last ? Int64(border) : nil
        }
    }
}

extension FindingReading {
    /// Customers of the window's start without a contract, and how many of them the model has given up since.
    private func loss(_ facts: FindingFacts) async throws -> LossCount? {
        guard let run = facts.figures, let model = LostEstimate(run.report) else { return nil }
        let start = facts.window.lowerBound.daysSinceEpoch
        let threshold = Int64(LossCount.threshold * 1_000_000)
        var count = LossCount()
        var last: Int64 = 0
        while true {
            let from = last
            let ids: SQL = """
                SELECT party_id AS id FROM figure WHERE run_id = \(run.id) AND party_id > \(from)
                ORDER BY party_id LIMIT \(FindingReading.stretch)
                """
            guard let end = try await end(ids, after: from) else { return count }
            let rows: SQL = """
                SELECT party_id, first_day, last_day, occasions, alive_millionths FROM figure
                WHERE run_id = \(run.id) AND party_id > \(from) AND party_id <= \(end)
                    AND alive_millionths IS NOT NULL AND first_day < \(start)
                """
            let (judged, gone) = try await database.read { connection in
                var (judged, gone) = (0, [GoneCustomer]())
                let bound =
                    facts.contracts == nil
                    ? [:]
                    : try FindingReading.standings(from, end, of: run.id, facts.window, in: connection)
                try connection.each(rows) { row in
                    guard bound[try row.int64(0)] == nil else { return }
                    judged += 1
                    let alive = try row.int64(4)
                    guard alive < threshold else { return }
                    gone.append(
                        GoneCustomer(
                            first: try row.int(1), last: try row.int(2), occasions: try row.int(3),
                            alive: Double(alive) / 1_000_000))
                }
                return (judged, gone)
            }
            count.judged += judged
            count.lost += model.lost(gone, since: start)
            last = end
            try await keepGoing()
        }
    }

    private func readSpend(_ facts: inout FindingFacts, _ before: ClosedRange<LocalDate>?) async throws {
        let (window, currency) = (facts.window, facts.currency)
        let rows = try await database.read {
            try SpendStore.standing(notAfter: window.upperBound.daysSinceEpoch, in: $0)
        }
        func sum(_ days: ClosedRange<LocalDate>) -> Int? {
            let count = SpendCount(
                rows, currency: currency,
                in: days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch)
            return count.sources.isEmpty ? nil : count.sources.values.reduce(0) { $0 + $1.amount }
        }
        facts.spend = sum(window)
        facts.spendBefore = before.flatMap(sum)
    }
}
