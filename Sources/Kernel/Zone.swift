import Foundation

/// A named time zone as a table of offsets, so that turning ten million moments into days costs a binary search each.
///
/// Offsets come from the system's zone rules, read once. Moments outside 1900 to 2200 take the offset at the border.
public struct Zone: Sendable, Equatable {
    public let id: String
    private let starts: [Int64]
    private let offsets: [Int64]

    /// Nil where the system has no zone of that name.
    public init?(_ id: String) {
        guard let zone = TimeZone(identifier: id) else { return nil }
        self.id = id
        var starts: [Int64] = [.min]
        var date = Date(timeIntervalSince1970: -2_208_988_800)
        var offsets = [Int64(zone.secondsFromGMT(for: date)) * 1000]
        let end = Date(timeIntervalSince1970: 7_258_118_400)
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
            starts.append(Int64(next.timeIntervalSince1970) * 1000)
            offsets.append(Int64(zone.secondsFromGMT(for: next)) * 1000)
            date = next
        }
        self.starts = starts
        self.offsets = offsets
    }

    private init(id: String, starts: [Int64], offsets: [Int64]) {
        self.id = id
        self.starts = starts
        self.offsets = offsets
    }

    public static let utc = Zone(id: "UTC", starts: [.min], offsets: [0])

    /// How far local time is ahead of UTC, in milliseconds.
    public func offset(at instant: Instant) -> Int64 {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= instant.milliseconds { low = middle } else { high = middle }
        }
        return offsets[low]
    }

    /// The day a person in this zone would write.
    public func day(of instant: Instant) -> LocalDate {
        let local = instant.milliseconds + offset(at: instant)
        return LocalDate(daysSinceEpoch: Int(local.flooredDivision(by: 86_400_000)))
    }

    /// The moment a local clock shows this day and time; where clocks jump over it, the moment after the jump,
    /// and where it happens twice, the first.
    public func instant(of day: LocalDate, secondOfDay: Int = 0, milliseconds: Int = 0) -> Instant {
        let local = Int64(day.daysSinceEpoch) * 86_400_000 + Int64(secondOfDay) * 1000 + Int64(milliseconds)
        let before = offset(at: Instant(milliseconds: local - 86_400_000))
        let candidate = Instant(milliseconds: local - before)
        if offset(at: candidate) == before { return candidate }
        let after = offset(at: Instant(milliseconds: local + 86_400_000))
        let later = Instant(milliseconds: local - after)
        return offset(at: later) == after ? later : candidate
    }

    /// Every name the system knows, in order, for a form to offer.
    public static var names: [String] { TimeZone.knownTimeZoneIdentifiers.sorted() }
}
