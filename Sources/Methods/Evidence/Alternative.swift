/// Which way a difference would have to go to count.
///
/// Choose before looking: a side picked after seeing the figures halves the p-value for nothing.
public enum Alternative: Sendable, CaseIterable {
    /// The first differs from the second, either way.
    case twoSided
    /// The first is greater than the second, or the trend rises.
    case greater
    /// The first is smaller than the second, or the trend falls.
    case less
}

/// How many standard errors a difference lies from none, and how surprising that is.
public struct ZStatistic: Sendable, Equatable {
    /// Standard errors from "no difference", positive when the first is greater; nil when nothing varies
    /// (nobody or everybody succeeded), so that there is no standard error to count in.
    public let z: Double?

    init(_ z: Double?) { self.z = z }

    /// The p-value, 0…1, from the normal distribution; 1 where nothing varies, whatever the alternative.
    public func pValue(_ alternative: Alternative = .twoSided) -> Double {
        guard let z else { return 1 }
        switch alternative {
        case .twoSided: return erfc(abs(z) / 2.0.squareRoot())
        case .greater: return 0.5 * erfc(z / 2.0.squareRoot())
        case .less: return 0.5 * erfc(-z / 2.0.squareRoot())
        }
    }
}

/// The mass outside a two-sided interval on each side, (1 − confidence)/2.
///
/// - Throws: `OutOfRange` naming `confidence` unless it is above 0 and below 1.
func massOutside(confidence: Double) throws(OutOfRange) -> Double {
    guard confidence > 0, confidence < 1 else {
        throw OutOfRange(input: "confidence", value: confidence, allowed: "above 0 and below 1")
    }
    return (1 - confidence) / 2
}
