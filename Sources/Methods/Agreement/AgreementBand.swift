/// A word for how strong agreement is, to be read beside the figure and its interval, never instead.
///
/// Landis and Koch gave the bands to two decimals and called them arbitrary: below 0 poor, to 0.20 slight,
/// to 0.40 fair, to 0.60 moderate, to 0.80 substantial, above almost perfect. Here the upper end belongs to
/// the band, with 10⁻¹² to spare for rounding.
/// Source: J. R. Landis, G. G. Koch, 1977, Biometrics 33, 159–174.
public enum AgreementBand: String, Sendable, CaseIterable, Comparable {
    /// Below 0: less than chance alone would give.
    case poor
    /// From 0 to 0.20.
    case slight
    /// Above 0.20, to 0.40.
    case fair
    /// Above 0.40, to 0.60.
    case moderate
    /// Above 0.60, to 0.80.
    case substantial
    /// Above 0.80.
    case almostPerfect

    /// - Parameter coefficient: a kappa or another coefficient of agreement, at most 1.
    /// - Throws: `OutOfRange` naming `coefficient` when it is NaN, infinite or above 1.
    public init(of coefficient: Double) throws(OutOfRange) {
        try OutOfRange.check(coefficient, "coefficient", in: -Double.greatestFiniteMagnitude...(1 + 1e-12))
        self.init(checked: coefficient)
    }

    init(checked coefficient: Double) {
        let passed = Self.upperEnds.firstIndex { coefficient <= $0 }
        self = Self.allCases[passed ?? Self.upperEnds.count]
    }

    /// Zero itself is slight, not poor.
    private static let upperEnds: [Double] = [-1e-12, 0.2 + 1e-12, 0.4 + 1e-12, 0.6 + 1e-12, 0.8 + 1e-12]

    /// Whether the left is less.
    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
