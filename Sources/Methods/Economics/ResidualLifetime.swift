extension ShiftedBetaGeometric {
    /// The discounted expected residual lifetime (DERL): what a customer's future renewals are worth.
    ///
    /// Seen at the moment of the next renewal, not yet known to happen, with `renewals` behind: Σ over
    /// j ≥ 0 of S(renewals + 1 + j)/S(renewals) (1 + d)⁻ʲ. Times the margin of a period it is the residual
    /// value. Right after a renewal, with the next one a whole period away, divide by 1 + d. A renewal
    /// raises it: an old customer is worth more than a new one, and a mean retention rate for all
    /// undervalues the base.
    ///
    /// - Parameters:
    ///   - renewals: how often the customer has renewed, 0 or more; β + renewals at most 10⁹ − 1.
    ///   - discount: per period; 0 only where α > 1.
    /// - Returns: discounted periods; relative error below 10⁻¹².
    /// - Throws: `OutOfRange` naming `renewals`, or `discount` where the undiscounted sum is infinite.
    ///
    /// Source: P. S. Fader & B. G. S. Hardie, 2010, Marketing Science 29(1), 85–93.
    public func discountedResidualLifetime(
        afterRenewals renewals: Int, at discount: DiscountRate<Period>
    ) throws(OutOfRange) -> Time<Period> {
        let customers = try after(renewals: renewals)
        let d = discount.perPeriod
        guard d > 0 else {
            guard alpha > 1 else {
                throw OutOfRange(input: "discount", value: 0, allowed: "above 0 while alpha is at most 1")
            }
            return Time(customers.beta / (alpha - 1))
        }
        // Σ (1 − θ)ʲ⁺¹ (1 + d)⁻ʲ = (1 + d)(1 − θ)/(d + θ); the factor 1 − θ raises β by one.
        let reciprocal = meanReciprocal(alpha: alpha, beta: customers.beta + 1, offset: d)
        return Time((1 + d) * (customers.beta / (alpha + customers.beta)) * reciprocal)
    }

    /// The discounted expected lifetime of a new customer, the first period counted in full: Σ S(t)/(1+d)ᵗ.
    ///
    /// Times the margin of a period it is the customer's lifetime value on the day they sign.
    ///
    /// - Throws: `OutOfRange` naming `discount` where the undiscounted sum is infinite (α ≤ 1).
    public func discountedLifetime(at discount: DiscountRate<Period>) throws(OutOfRange) -> Time<Period> {
        let residual = try discountedResidualLifetime(afterRenewals: 0, at: discount)
        return Time(1 + residual.value * discount.factor)
    }

    /// What it is worth to keep some points more of the customers who face one renewal.
    ///
    /// - Parameters:
    ///   - points: percentage points, 0 to 100: 5 lifts .85 to .90. Cut to what is missing to 100 %.
    ///   - renewal: which renewal the customers face, 1 or more.
    ///   - margin: per period, from −10¹⁵ to 10¹⁵ minor units.
    ///   - discount: per period; 0 only where α > 1.
    /// - Throws: `OutOfRange` naming the input.
    public func worth(
        ofPoints points: Double, atRenewal renewal: Int, margin: Amount, discount: DiscountRate<Period>
    ) throws(OutOfRange) -> RenewalPoints<Period> {
        try OutOfRange.check(points, "points", in: 0...100)
        try OutOfRange.check(margin.minorUnits, "margin", in: MoneyRange.signed)
        let fitted = try retention(at: renewal)
        let raise = min(points / 100, 1 - fitted)
        let facing = try after(renewals: renewal - 1)
        let survivors = try facing.after(renewals: 1)
        let leavers = Self(checked: alpha + 1, facing.beta)
        return RenewalPoints(
            renewal: renewal, retention: fitted, points: raise * 100,
            asLeavers: margin * (raise * (try leavers.discountedLifetime(at: discount).value)),
            asSurvivors: margin * (raise * (try survivors.discountedLifetime(at: discount).value)))
    }
}

/// The worth of some points more retention at one renewal, per customer who faces it.
///
/// It is also the most a programme may cost per customer approached. Two bounds, because it matters whom
/// the programme keeps. There is no "+5 points for ever" beside the fitted curve: rates that already climb
/// towards one would pass it.
public struct RenewalPoints<Period: TimeUnit>: Sendable, Equatable {
    /// Which renewal the customers face, 1 or more.
    public let renewal: Int
    /// The rate the curve has there without the programme, 0…1.
    public let retention: Double
    /// The percentage points added, at most what was missing to 100.
    public let points: Double
    /// If those kept are the ones who were leaving and stay as they are: θ is Beta(α + 1, β + t − 1).
    /// They face the next renewal with the same inclination to go. The careful figure.
    public let asLeavers: Amount
    /// If those kept turn into customers like the ones who renewed by themselves, θ Beta(α, β + t).
    public let asSurvivors: Amount
}
