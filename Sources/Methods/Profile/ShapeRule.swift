/// What it takes to name a shape. Every number is a setting; reports print the ones they used.
///
/// No published rule exists, so the defaults are a proposal. The two ratios describe the reference
/// pyramid: an isosceles triangle cut into three bands of equal height has widths 5 : 3 : 1.
public struct ShapeRule: Sendable, Equatable {
    /// The probability from which a shape is named, 0…1.
    public var label = 0.95
    /// The probability from which we say a profile leans to a shape, 0…1.
    public var leaning = 0.80
    /// Under this many people over all levels there is too little data.
    public var minimumTotal = 20
    /// Level 2 over level 1 in the reference pyramid. Above 0.
    public var middleOverBase = 0.6
    /// Level 3 over level 2 in the reference pyramid. Above 0.
    public var topOverMiddle = 1.0 / 3
    /// The probability from which a qualifier is added, 0…1.
    public var qualifier = 0.95
    /// A window shorter than this many median buying cycles is called short. 0 switches the check off.
    public var shortWindowFactor = 2.0

    /// The proposed thresholds, each of which may be replaced; checked where the rule is used.
    public init(
        label: Double = 0.95, leaning: Double = 0.80, minimumTotal: Int = 20, middleOverBase: Double = 0.6,
        topOverMiddle: Double = 1.0 / 3, qualifier: Double = 0.95, shortWindowFactor: Double = 2.0
    ) {
        self.label = label
        self.leaning = leaning
        self.minimumTotal = minimumTotal
        self.middleOverBase = middleOverBase
        self.topOverMiddle = topOverMiddle
        self.qualifier = qualifier
        self.shortWindowFactor = shortWindowFactor
    }

    func validate() throws(ShapeError) {
        try OutOfRange.check(label, "rule.label", in: 0...1)
        try OutOfRange.check(leaning, "rule.leaning", in: 0...1)
        try OutOfRange.check(count: minimumTotal, "rule.minimumTotal")
        try OutOfRange.check(middleOverBase, "rule.middleOverBase", in: 1e-6...1e6)
        try OutOfRange.check(topOverMiddle, "rule.topOverMiddle", in: 1e-6...1e6)
        try OutOfRange.check(qualifier, "rule.qualifier", in: 0...1)
        try OutOfRange.check(shortWindowFactor, "rule.shortWindowFactor", in: 0...1e6)
    }
}
