import Methods

/// A year of hours in UTC for chains, with a month after it in which the last arrivals are completed.
enum ChainYear {
    /// From Thursday 1 January 2026.
    static let year = UTCTime(seconds: 1_767_225_600)..<UTCTime(seconds: 1_798_761_600)
    static let horizon = year.lowerBound..<(year.upperBound + .days(31))

    static func always() throws -> OpenHours { try .always(over: horizon) }

    /// Open on some days of the week (0 is Monday) from one hour to another.
    static func hours(_ days: ClosedRange<Int64>, from opening: Int64, to closing: Int64) throws -> OpenHours
    {
        let stretches = (Int64(0)..<396).filter { days.contains(($0 + 3) % 7) }.map { day in
            let midnight = year.lowerBound + .days(day)
            return (midnight + .hours(opening))..<(midnight + .hours(closing))
        }
        return try OpenHours(stretches, over: horizon)
    }

    static func weekdays() throws -> OpenHours { try hours(0...4, from: 9, to: 17) }

    /// Four hours promised round the clock; one in five tickets goes on to engineers who work on weekdays.
    static func seed() throws -> Chain {
        try Chain(
            promise: .init(within: .hours(4), hours: try always()),
            tiers: [
                .init("support", target: .minutes(30), hours: try always(), solved: 0.8),
                .init("engineers", target: .hours(3), hours: try weekdays()),
            ])
    }
}
