public import Kernel
import Methods
public import Storage

/// Reads profiles from the counters, and the customers behind each level.
public struct ProfileStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// The profile of a window; without one, of the trailing 12 months that end at the last occasion.
    public func profile(
        _ window: ClosedRange<LocalDate>?, organisation: Organisation
    ) async throws -> Profile {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            let window = try window ?? ProfileStore.standardWindow(today: today, in: connection)
            let facts = try ProfileStore.facts(in: connection)
            var profile = try ProfileStore.profile(window, facts, organisation.rule, in: connection)
            profile.desired = try DesiredStore.inForce(at: today, in: connection)
            return profile
        }
    }

    /// The trailing 12 months that end at the last occasion, or today where there is none.
    static func standardWindow(today: LocalDate, in connection: any Connection) throws -> ClosedRange<
        LocalDate
    > {
        let last =
            try connection.first("SELECT max(last_day) FROM standing", { try $0.optionalDay(0) }) ?? nil
        let end = last ?? today
        return LevelWindow.start(endingAt: end, months: 12)...end
    }

    /// Profiles of whole quarters, the last the one that `end` falls into, back to the first with a purchase.
    public func quarters(
        endingAt end: LocalDate, limit: Int, organisation: Organisation
    ) async throws -> [Profile] {
        try await database.read { connection in
            let facts = try ProfileStore.facts(in: connection)
            guard let begins = facts.begins else { return [] }
            var quarters: [Profile] = []
            var start = ProfileStore.quarterStart(of: end)
            while quarters.count < limit, start.adding(months: 3) > begins {
                let window = start...(start.adding(months: 3) + (-1))
                quarters.append(try ProfileStore.profile(window, facts, organisation.rule, in: connection))
                start = start.adding(months: -3)
            }
            return quarters.reversed()
        }
    }

    static func quarterStart(of day: LocalDate) -> LocalDate {
        LocalDate.first(ofMonth: day.monthIndex / 3 * 3)
    }

    /// What holds for all windows alike.
    struct Facts: Sendable {
        let begins: LocalDate?
        let medianCycleDays: Double?
    }

    private static func facts(in connection: any Connection) throws -> Facts {
        let begins =
            try connection.first("SELECT min(first_day) FROM standing", { try $0.optionalDay(0) }) ?? nil
        let last =
            try connection.first("SELECT max(last_day) FROM standing", { try $0.optionalInt(0) }) ?? nil
        guard let last else { return Facts(begins: begins, medianCycleDays: nil) }
        let gaps = try TallyStore.byA(Tally.gaps, in: connection)
        var waiting: [Int: Int] = [:]
        for (first, count) in try TallyStore.byA(Tally.singles, in: connection) {
            waiting[max(0, last - first), default: 0] += count
        }
        let curve = try KaplanMeier(events: gaps, censored: waiting)
        return Facts(begins: begins, medianCycleDays: curve.median)
    }

    private static func profile(
        _ window: ClosedRange<LocalDate>, _ facts: Facts, _ rule: ShapeRule, in connection: any Connection
    ) throws -> Profile {
        let days = window.lowerBound.daysSinceEpoch...window.upperBound.daysSinceEpoch
        let levels = try levels(days, in: connection)
        let measured = try connection.exists(
            "SELECT 1 FROM advocacy WHERE day BETWEEN \(window.lowerBound) AND \(window.upperBound) LIMIT 1")
        let newcomersReturned =
            try TallyStore.pairs(Tally.seconds, days, before: days.upperBound + 1, in: connection)
            - TallyStore.pairs(Tally.seconds, days, before: days.lowerBound, in: connection)
        let amounts = try TallyStore.byB(Tally.amounts, days, in: connection)
        return Profile(
            window: window, levels: levels, advocacyMeasured: measured,
            shape: try shape(
                of: levels, advocacyMeasured: measured,
                historyBeginsInside: facts.begins.map { $0 >= window.lowerBound && $0 <= window.upperBound }
                    ?? false,
                windowDays: days.count, medianCycleDays: facts.medianCycleDays, rule: rule),
            customers: levels.first + levels.repeating - newcomersReturned,
            purchases: try TallyStore.sum(Tally.purchases, days, in: connection),
            totals: amounts.compactMap { number, minor in
                Currency(Tally.currency(of: number)).map { Money(minor: Int64(minor), currency: $0) }
            }.sorted { $0.currency.code < $1.currency.code },
            historyBegins: facts.begins, medianCycleDays: facts.medianCycleDays)
    }

    private static func levels(_ days: ClosedRange<Int>, in connection: any Connection) throws -> Levels {
        Levels(
            first: try TallyStore.sum(Tally.firsts, days, in: connection),
            repeating: try TallyStore.pairs(Tally.repeats, days, before: days.lowerBound, in: connection),
            advocate: try TallyStore.pairs(Tally.acts, days, before: days.lowerBound, in: connection))
    }
}
