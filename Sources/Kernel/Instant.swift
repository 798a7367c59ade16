/// A moment, in milliseconds since 1970-01-01T00:00:00Z. Zones are applied only when a person reads it.
public struct Instant: Sendable, Hashable, Comparable, Codable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (one: Instant, other: Instant) -> Bool { one.milliseconds < other.milliseconds }

    public func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        return Instant(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// `2026-11-22T15:04:05Z`, the form the API answers with.
    public var iso: String {
        let day = milliseconds.flooredDivision(by: 86_400_000)
        let second = Int((milliseconds - day * 86_400_000) / 1000)
        let date = LocalDate(daysSinceEpoch: Int(day))
        return "\(date)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }
}

func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension Int64 {
    /// Division that rounds towards minus infinity, as days before 1970 need.
    public func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
