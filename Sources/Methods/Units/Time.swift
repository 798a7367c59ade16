/// A unit in which time is counted, known to the compiler: weeks never meet days by accident.
public protocol TimeUnit: Sendable {
    /// How many seconds one of these lasts; a month is a twelfth of a year of 365.25 days.
    static var seconds: Double { get }
    /// The plural in English, for messages and reports.
    static var name: String { get }
}

/// The SI second.
public enum Seconds: TimeUnit {
    public static let seconds = 1.0
    public static let name = "seconds"
}

/// 60 seconds.
public enum Minutes: TimeUnit {
    public static let seconds = 60.0
    public static let name = "minutes"
}

/// 3,600 seconds.
public enum Hours: TimeUnit {
    public static let seconds = 3600.0
    public static let name = "hours"
}

/// 86,400 seconds; not the local day, which some zones make shorter or longer.
public enum Days: TimeUnit {
    public static let seconds = 86_400.0
    public static let name = "days"
}

/// Seven days.
public enum Weeks: TimeUnit {
    public static let seconds = 604_800.0
    public static let name = "weeks"
}

/// A twelfth of a year of 365.25 days: 30.4375 days.
public enum Months: TimeUnit {
    public static let seconds = 2_629_800.0
    public static let name = "months"
}

/// 365.25 days.
public enum Years: TimeUnit {
    public static let seconds = 31_557_600.0
    public static let name = "years"
}

/// A length of time in a stated unit, such as `Time<Weeks>(39)`.
///
/// Any finite number, negative too where a difference is meant; functions that need more say so and
/// throw `OutOfRange`. Counted in floating point: for clocks and due times see `Elapsed`.
public struct Time<Unit: TimeUnit>: Sendable, Hashable, Comparable {
    /// How many of the unit.
    public var value: Double

    /// So many units, or so much per unit.
    public init(_ value: Double) { self.value = value }

    /// The same length counted in another unit.
    public func converted<Other: TimeUnit>(to unit: Other.Type = Other.self) -> Time<Other> {
        Time<Other>(value * Unit.seconds / Other.seconds)
    }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    /// The sum.
    public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
    /// The difference.
    public static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
    /// The product.
    public static func * (left: Self, factor: Double) -> Self { Self(left.value * factor) }
    /// How many times one length holds another; no unit.
    public static func / (left: Self, right: Self) -> Double { left.value / right.value }
}

extension Time: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, CustomStringConvertible {
    public init(floatLiteral value: Double) { self.init(value) }
    public init(integerLiteral value: Int) { self.init(Double(value)) }
    public var description: String { "\(value) \(Unit.name)" }
}

/// How much happens, or how fast value fades, per unit of time: `Rate<Hours>(200)` is 200 an hour.
public struct Rate<Unit: TimeUnit>: Sendable, Hashable, Comparable {
    /// How much in one unit.
    public var value: Double

    /// So many units, or so much per unit.
    public init(_ value: Double) { self.value = value }

    /// The same rate per another unit; right for counts and continuous rates, not for compound interest.
    public func converted<Other: TimeUnit>(per unit: Other.Type = Other.self) -> Rate<Other> {
        Rate<Other>(value * Other.seconds / Unit.seconds)
    }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    /// How much in a length of time; no unit.
    public static func * (rate: Self, time: Time<Unit>) -> Double { rate.value * time.value }
}

extension Rate: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, CustomStringConvertible {
    public init(floatLiteral value: Double) { self.init(value) }
    public init(integerLiteral value: Int) { self.init(Double(value)) }
    public var description: String { "\(value) per \(Unit.name)" }
}
