import Foundation
import Methods
import Testing

/// The chains of the reference file businesstime.json, their calendars compiled for 2026 and the spring
/// after.
struct ChainVectors: Decodable {
    struct Calendar: Decodable {
        let always: Bool?
        let union: [Calendar]?
        let tz: String?
        let weekly: [String: [[String]]]?
        let holidays: [String: [[String]]]?
    }

    struct Customer: Decodable {
        let calendar: String
        let minutes: Int64
    }

    struct Tier: Decodable {
        let calendar: String
        let ola_minutes: Int64
    }

    struct Grid: Decodable {
        let minutes_tested: Int64
        let arrivals_that_breach_if_every_tier_uses_its_full_OLA: Int64
        let worst_slack_seconds: Int64
    }

    struct Case: Decodable {
        let name: String
        let customer: Customer
        let tiers: [Tier]
        let period: [Date]
        let feasible: Bool
        let worst_slack_seconds: Int64
        let worst_arrival, worst_completion, worst_due: Date
        let tightest_keepable_promise_seconds_in_customer_calendar: Int64
        let tightest_at_arrival: Date
        let minute_grid: Grid

        var arrivals: Range<UTCTime> { UTCTime(period[0])..<UTCTime(period[1]) }
    }

    let calendars: [String: Calendar]
    let chains: [Case]

    static func read() throws -> ChainVectors {
        let file = try #require(SharedFolder.file("vectors/businesstime.json"))
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(ChainVectors.self, from: Data(contentsOf: file))
    }

    /// From the start of 2026 to the end of April 2027.
    static let horizon = UTCTime(seconds: 1_767_225_600)..<UTCTime(seconds: 1_809_129_600)

    func chain(_ vector: Case) throws -> Chain {
        let customers = try hours(vector.customer.calendar)
        let tiers = try vector.tiers.enumerated().map { index, tier in
            Chain.Tier("T\(index + 1)", target: .minutes(tier.ola_minutes), hours: try hours(tier.calendar))
        }
        return try Chain(
            promise: .init(within: .minutes(vector.customer.minutes), hours: customers), tiers: tiers)
    }

    func hours(_ name: String) throws -> OpenHours {
        let calendar = try #require(calendars[name])
        if calendar.always == true { return try .always(over: Self.horizon) }
        return try OpenHours(try (calendar.union ?? [calendar]).map(working), over: Self.horizon)
    }

    private func working(_ calendar: Calendar) throws -> WorkingCalendar {
        let zone = try TimeZoneDirectory().zone(named: try #require(calendar.tz))
        var weekly: [Weekday: [WorkingInterval]] = [:]
        for (key, shifts) in calendar.weekly ?? [:] {
            let weekday = try #require(Int(key).flatMap { Weekday(rawValue: $0) })
            weekly[weekday] = try shifts.map(interval)
        }
        var exceptions: [CivilDate: [WorkingInterval]] = [:]
        for (key, shifts) in calendar.holidays ?? [:] {
            exceptions[try #require(CivilDate(key))] = try shifts.map(interval)
        }
        return try WorkingCalendar(zone: zone, weekly: weekly, exceptions: exceptions)
    }

    private func interval(_ shift: [String]) throws -> WorkingInterval {
        let times = shift.compactMap { CivilTime($0) }
        try #require(times.count == 2)
        return try WorkingInterval(times[0], times[1])
    }
}

extension UTCTime {
    init(_ date: Date) { self.init(seconds: Int64(date.timeIntervalSince1970)) }
}
