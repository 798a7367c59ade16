/// An estimated or averaged amount of money, in minor units of one currency (cents, not dollars).
///
/// For what a model expects, which has no last cent. Money that was counted stays in integers; convert
/// once, at the edge. Any finite number; amounts of different currencies are the caller's to keep apart.
public struct Amount: Sendable, Hashable, Comparable {
    /// How many minor units, fractions too.
    public var minorUnits: Double

    /// So many minor units: 1999 is 19.99 in a currency of cents.
    public init(minorUnits: Double) { self.minorUnits = minorUnits }

    /// Nothing.
    public static let zero = Amount(minorUnits: 0)

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.minorUnits < right.minorUnits }
    /// The sum.
    public static func + (left: Self, right: Self) -> Self {
        Self(minorUnits: left.minorUnits + right.minorUnits)
    }
    /// The difference.
    public static func - (left: Self, right: Self) -> Self {
        Self(minorUnits: left.minorUnits - right.minorUnits)
    }
    /// The product.
    public static func * (left: Self, factor: Double) -> Self { Self(minorUnits: left.minorUnits * factor) }
    /// How many times one amount holds another; no unit.
    public static func / (left: Self, right: Self) -> Double { left.minorUnits / right.minorUnits }
}
