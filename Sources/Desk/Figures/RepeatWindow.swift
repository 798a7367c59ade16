import Methods

/// When newcomers come back, if they do: read off the curve of days between first and second occasion.
public struct RepeatWindow: Sendable, Codable, Equatable {
    /// Fewest people watched that long for a part of the curve to be believed.
    static let leastWatched = 30

    /// Half of those who come back have done so by this day.
    public let halfDay: Int
    /// Nine in ten of those who come back have done so by this day; after it a newcomer is late beyond the usual.
    public let lateDay: Int
    /// The share that comes back at all, as far as the curve reaches.
    public let returning: Double
    /// The last day of the curve with enough people.
    public let reach: Int
    public let people: Int
    /// The curve at some days, ascending: the share that has come back.
    public let points: [Point]

    public struct Point: Sendable, Codable, Equatable {
        public let day: Int
        public let share: Double
    }

    /// Nil where too few people came back or were watched.
    init?(_ curve: KaplanMeier) {
        let believed = curve.steps.prefix { $0.atRisk >= RepeatWindow.leastWatched }
        guard let last = believed.last, last.remaining < 1 else { return nil }
        let returning = 1 - last.remaining
        func day(_ part: Double) -> Int {
            believed.first { 1 - $0.remaining >= part * returning - 1e-12 }?.day ?? last.day
        }
        self.returning = returning
        halfDay = day(0.5)
        lateDay = day(0.9)
        reach = last.day
        people = curve.people
        points = RepeatWindow.thinned(believed.map { Point(day: $0.day, share: 1 - $0.remaining) })
    }

    /// At most some 400 points, the last included.
    private static func thinned(_ points: [Point]) -> [Point] {
        let step = max(1, points.count / 400)
        return points.enumerated().filter { $0.offset % step == 0 || $0.offset == points.count - 1 }
            .map(\.element)
    }

    /// How likely somebody is still to come back within the curve who has not for so many days.
    public func chance(after days: Int) -> Double {
        let gone = points.last { $0.day <= days }?.share ?? 0
        return gone < 1 ? max(0, returning - gone) / (1 - gone) : 0
    }
}
