import Kernel
import Methods
import Storage

/// Rushes of newcomers at the front door.
extension FindingReading {
    /// How many months back rushes are looked for, and how many there are at most.
    private static let months = 24
    private static let mostRushes = 3

    func rushes(_ facts: FindingFacts, since begins: LocalDate) async throws -> [Rush] {
        let end = facts.window.upperBound
        let counts = try await database.read { try TallyStore.byA(Tally.firsts, in: $0) }
        let start = max(begins, end.adding(months: -FindingReading.months))
        let stretches = Surges(newcomers: counts).found(in: start...end, since: begins)
        var rushes: [Rush] = []
        for stretch in stretches.sorted(by: { $0.newcomers > $1.newcomers }).prefix(FindingReading.mostRushes)
        {
            let first = stretch.days.lowerBound
            let weeksBefore = (first + (-Surges.baseline))...(first + (-1))
            rushes.append(
                Rush(
                    days: stretch.days, newcomers: stretch.newcomers, expected: stretch.expected,
                    waits: try await waits(stretch.days, until: end),
                    waitsBefore: try await waits(weeksBefore, until: end),
                    isRecent: stretch.days.upperBound + Rush.patience > end))
        }
        return rushes.sorted { $0.days.lowerBound < $1.days.lowerBound }
    }
}

/// Finds stretches of days with more newcomers than the twelve weeks before them lead to expect.
///
/// Each day is held against a chart of the weeks before it, days that were themselves above it left out; five days
/// in a row above three sigma make a stretch. Days on which nobody comes on that weekday end none.
struct Surges: Sendable {
    static let baseline = 84
    /// The fewest newcomers beyond the expected ones that make a rush worth a word.
    static let leastExcess = 30.0

    struct Stretch: Sendable, Equatable {
        let days: ClosedRange<LocalDate>
        let newcomers: Int
        let expected: Double
    }

    /// First occasions by day.
    let newcomers: [Int: Int]

    func found(in days: ClosedRange<LocalDate>, since begins: LocalDate) -> [Stretch] {
        let first = max(days.lowerBound.daysSinceEpoch, begins.daysSinceEpoch + Surges.baseline)
        guard first <= days.upperBound.daysSinceEpoch else { return [] }
        var flagged: Set<Int> = []
        var judged: [(day: Int, centre: Double, isAbove: Bool)] = []
        for day in first...days.upperBound.daysSinceEpoch {
            guard let limits = limits(on: day, without: flagged) else {
                judged.append((day, 0, false))
                continue
            }
            let count = newcomers[day] ?? 0
            if limits.centre == 0, count == 0 { continue }
            let isAbove = limits.isExceeded(by: Double(count))
            if isAbove { flagged.insert(day) }
            judged.append((day, limits.centre, isAbove))
        }
        return runs(of: judged.map(\.isAbove), atLeast: 5).compactMap { stretch(judged[$0]) }
    }

    private func limits(on day: Int, without flagged: Set<Int>) -> ControlLimits? {
        let history = ((day - Surges.baseline)..<day).filter { !flagged.contains($0) }.map {
            DayCount(day: $0, count: max(0, newcomers[$0] ?? 0))
        }
        guard history.count >= 28 else { return nil }
        guard let chart = try? CountChart(history: history) else { return nil }
        return (try? chart.limits(on: day)) ?? nil
    }

    private func stretch(_ days: ArraySlice<(day: Int, centre: Double, isAbove: Bool)>) -> Stretch? {
        guard let first = days.first, let last = days.last else { return nil }
        let came = (first.day...last.day).reduce(0) { $0 + (newcomers[$1] ?? 0) }
        let expected = days.reduce(0) { $0 + $1.centre }
        guard Double(came) - expected >= Surges.leastExcess else { return nil }
        return Stretch(
            days: LocalDate(daysSinceEpoch: first.day)...LocalDate(daysSinceEpoch: last.day), newcomers: came,
            expected: expected)
    }
}
