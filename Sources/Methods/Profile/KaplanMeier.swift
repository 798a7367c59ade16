/// How long people take, counting fairly those we have not watched to the end.
///
/// S(d) = Π over days t ≤ d of (1 − events(t) / at risk(t)): Kaplan and Meier's product-limit estimate.
/// Whoever leaves our sight on a day is still at risk on that day. Grouped by day, so the cost grows
/// with the number of distinct days, not of people.
public struct KaplanMeier: Sendable, Equatable {
    /// The curve after one day on which something happened.
    public struct Step: Sendable, Equatable {
        /// Days since the start.
        public let day: Int
        /// People still waiting and still watched when the day began.
        public let atRisk: Int
        /// How many of them stopped waiting that day.
        public let events: Int
        /// The share still waiting after the day, 0…1.
        public let remaining: Double
    }

    /// One step per day with an event, in order of days.
    public let steps: [Step]
    /// The last day anyone was watched; nil if nobody ever was.
    public let lastDay: Int?
    /// Everyone who entered, whether their wait ended or not.
    public let people: Int

    /// - Parameters:
    ///   - events: on each day since the start (0 or more), how many people's wait ended.
    ///   - censored: on each day, how many went out of sight still waiting.
    /// - Throws: `OutOfRange` naming `events` or `censored` when a day or a count is negative.
    public init(events: [Int: Int], censored: [Int: Int]) throws(OutOfRange) {
        people = try Self.total(of: events, "events") + Self.total(of: censored, "censored")
        var waiting = people
        var remaining = 1.0
        var steps: [Step] = []
        let days = Set(events.filter { $0.value > 0 }.keys).union(censored.filter { $0.value > 0 }.keys)
        for day in days.sorted() {
            let ended = events[day] ?? 0
            if ended > 0 {
                remaining *= Double(waiting - ended) / Double(waiting)
                steps.append(Step(day: day, atRisk: waiting, events: ended, remaining: remaining))
            }
            waiting -= ended + (censored[day] ?? 0)
        }
        self.steps = steps
        lastDay = days.max()
    }

    private static func total(of counts: [Int: Int], _ input: String) throws(OutOfRange) -> Int {
        var total = 0
        for (day, count) in counts {
            try OutOfRange.check(count: day, "a day in \(input)")
            try OutOfRange.check(count: count, "\(input) on day \(day)")
            total += count
        }
        try OutOfRange.check(count: total, "the sum of \(input)")
        return total
    }

    /// The first day by which half have stopped waiting; nil if the curve does not get there.
    public var median: Double? {
        // Products of fractions that multiply to exactly a half may land a rounding above it.
        steps.first { $0.remaining <= 0.5 + 1e-12 }.map { Double($0.day) }
    }

    /// The share whose wait ended within `day` days of the start, 0…1.
    ///
    /// Nil beyond the last day anyone was watched (unless everyone's wait had ended): not known yet.
    public func share(by day: Int) -> Double? {
        guard let lastDay else { return nil }
        let remaining = steps.last { $0.day <= day }?.remaining ?? 1
        guard day <= lastDay || remaining == 0 else { return nil }
        return 1 - remaining
    }
}
