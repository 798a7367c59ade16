/// How the uncertainty of a net promoter score is estimated.
public enum ScoreMethod: Sendable, Hashable {
    /// As if three more people had answered, 3/4 of them promoters, 3/4 detractors and the rest passives.
    /// Never of no width, best coverage in comparison (B. Rocks, 2016, *The American Statistician* 70,
    /// 365–372); the ends are cut off at −100 and 100.
    case adjustedWald
    /// Straight from the counts: 100 √((p + d − (p − d)²)/n). Of no width when all agree, so wrong for few
    /// answers; it may also reach beyond ±100. For comparison with other tools.
    case wald
}

/// The range a score credibly lies in, in points from −100 to 100.
public struct ScoreInterval: Sendable, Equatable {
    /// The middle of the range; with the adjusted method a little nearer to 0 than the score itself.
    public let centre: Double
    /// One standard error, in points.
    public let standardError: Double
    /// Half the width before the ends are cut off, in points.
    public let margin: Double
    /// The ends, in points.
    public let lower, upper: Double

    /// Both ends as a range of points.
    public var range: ClosedRange<Double> { lower...upper }

    init(_ estimate: ScoreEstimate, deviate: Double, bounds: ClosedRange<Double>?) {
        let bounds = bounds ?? -Double.infinity...Double.infinity
        centre = estimate.centre
        standardError = estimate.standardError
        margin = deviate * standardError
        lower = min(max(centre - margin, bounds.lowerBound), bounds.upperBound)
        upper = min(max(centre + margin, bounds.lowerBound), bounds.upperBound)
    }
}

/// A centre and its standard error, in points, before anyone has asked for a confidence.
struct ScoreEstimate: Sendable, Equatable {
    let centre, standardError: Double

    /// - Parameters:
    ///   - weight: how many of the three extra answers fall to these counts; 0 for the plain method.
    ///   - remaining: (N − n)/(N − 1), the part of the chance that is left when n of N have answered.
    ///
    /// A finite population counts as n divided by `remaining` answers from an endless one, which multiplies
    /// the plain standard error by √remaining, and lets the three extra answers fade as the count becomes
    /// complete: when everyone has answered, nothing is left to estimate.
    init(_ counts: PromoterCounts, extra weight: Double, remaining: Double = 1) {
        let total = Double(counts.total)
        let extra = weight * remaining
        let replies = total + extra
        let promoters = (Double(counts.promoters) + 0.25 * extra) / replies
        let detractors = (Double(counts.detractors) + 0.25 * extra) / replies
        let net = promoters - detractors
        let variance = max(0, promoters + detractors - net * net)
        centre = 100 * net
        standardError = 100 * (variance * remaining / replies).squareRoot()
    }

    init(centre: Double, standardError: Double) {
        self.centre = centre
        self.standardError = standardError
    }

    func interval(_ method: ScoreMethod, confidence: Double) throws(OutOfRange) -> ScoreInterval {
        let deviate = try NormalDistribution.deviate(confidence: confidence)
        return ScoreInterval(self, deviate: deviate, bounds: method == .wald ? nil : -100...100)
    }
}

extension ScoreMethod {
    /// How many answers the method adds.
    var extraAnswers: Double { self == .wald ? 0 : 3 }
}
