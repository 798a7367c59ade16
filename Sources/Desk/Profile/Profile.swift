public import Kernel
public import Methods

/// The Customer Service/Sales Profile of a window of days, both ends included: three levels, the shape they make, and
/// the rule by which it was named.
public struct Profile: Sendable, Equatable {
    public let window: ClosedRange<LocalDate>
    public let levels: Levels
    public let advocacyMeasured: Bool
    public let shape: ShapeResult
    /// Customers with an occasion in the window, each once.
    public let customers: Int
    public let purchases: Int
    /// What they came to, each currency by itself.
    public let totals: [Money]
    /// The earliest occasion on record; nil before the first purchase.
    public let historyBegins: LocalDate?
    /// Half of all first-time customers came back within so many days; nil where it is not reached.
    public let medianCycleDays: Double?
    /// The profile that is wanted today, where somebody said so.
    public var desired: DesiredVersion? = nil
}

/// Why a profile cannot be drawn as asked.
public enum ProfileRefusal: Error, Equatable, Sendable {
    case windowBackwards
    case notADay(String)
    case windowTooLong
}
