/// A moment: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct UTCTime: Sendable, Hashable, Comparable {
    /// The count; arithmetic traps beyond ±292 million years, as with any integer.
    public var milliseconds: Int64

    /// So many milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    /// Whole seconds since 1970, within ±9·10¹⁵.
    public init(seconds: Int64) { milliseconds = seconds * 1000 }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
    /// The sum.
    public static func + (left: Self, right: Elapsed) -> Self {
        Self(milliseconds: left.milliseconds + right.milliseconds)
    }
    /// The difference.
    public static func - (left: Self, right: Elapsed) -> Self {
        Self(milliseconds: left.milliseconds - right.milliseconds)
    }
    /// The difference.
    public static func - (left: Self, right: Self) -> Elapsed {
        Elapsed(milliseconds: left.milliseconds - right.milliseconds)
    }
}

/// A length of time that a clock measured or must keep, exact to the millisecond; negative when late.
public struct Elapsed: Sendable, Hashable, Comparable {
    /// The count; arithmetic traps beyond ±292 million years, as with any integer.
    public var milliseconds: Int64

    /// So many milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// No time at all.
    public static let zero = Elapsed(milliseconds: 0)
    /// So many seconds.
    public static func seconds(_ count: Int64) -> Self { Self(milliseconds: count * 1000) }
    /// So many minutes.
    public static func minutes(_ count: Int64) -> Self { Self(milliseconds: count * 60_000) }
    /// So many hours.
    public static func hours(_ count: Int64) -> Self { Self(milliseconds: count * 3_600_000) }
    /// So many days of 24 hours.
    public static func days(_ count: Int64) -> Self { Self(milliseconds: count * 86_400_000) }

    /// The same length as a number of a unit, for formulas.
    public func time<Unit: TimeUnit>(in unit: Unit.Type = Unit.self) -> Time<Unit> {
        Time(Double(milliseconds) / 1000 / Unit.seconds)
    }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
    /// The sum.
    public static func + (left: Self, right: Self) -> Self {
        Self(milliseconds: left.milliseconds + right.milliseconds)
    }
    /// The difference.
    public static func - (left: Self, right: Self) -> Self {
        Self(milliseconds: left.milliseconds - right.milliseconds)
    }
}
