/// A day of the week, numbered as ISO 8601 does: Monday is 1, Sunday 7.
public enum Weekday: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// The first day of the week.
    case monday = 1
    /// The days after it, 2…7.
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The day after this one.
    public var next: Weekday { self == .sunday ? .monday : Self.allCases[rawValue] }

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
