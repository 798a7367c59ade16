/// What customers are worth if the same share of them stays every period: the arithmetic behind most
/// quoted retention economics.
///
/// CLV = m (1 + d)/(1 + d − r): the margin m now, and again after each period survived, discounted. It is
/// arithmetic about an average customer, not a property of a business; for one's own customers fit
/// `ShiftedBetaGeometric`, whose retention rises with age.
///
/// Source: S. Gupta, D. R. Lehmann & J. A. Stuart, 2004, Journal of Marketing Research 41(1), 7–18.
public struct ConstantRetention<Period: TimeUnit>: Sendable, Equatable {
    /// m: what a customer contributes per period, from −10¹⁵ to 10¹⁵ minor units.
    public let margin: Amount
    /// r: the share that stays for another period, 0…1.
    public let retention: Double
    /// How much less a later margin is worth, per period.
    public let discount: DiscountRate<Period>

    /// - Throws: `OutOfRange` naming `margin` or `retention`; all staying for ever undiscounted
    ///   (r = 1, d = 0) has no value.
    public init(margin: Amount, retention: Double, discount: DiscountRate<Period>) throws(OutOfRange) {
        try OutOfRange.check(margin.minorUnits, "margin", in: MoneyRange.signed)
        try OutOfRange.check(retention, "retention", in: 0...1)
        guard retention < 1 || discount.perPeriod > 0 else {
            throw OutOfRange(input: "retention", value: retention, allowed: "below 1 without a discount")
        }
        self.margin = margin
        self.retention = retention
        self.discount = discount
    }

    /// 1 + d − r, with 1 − r formed first so that nothing is lost beside a small discount.
    private var decay: Double { (1 - retention) + discount.perPeriod }

    /// m (1 + d)/(1 + d − r): a new customer's value, the first margin paid now.
    public var lifetimeValue: Amount { margin * ((1 + discount.perPeriod) / decay) }

    /// 1/(1 − r): the periods a customer begins on average; nil when all stay.
    public var meanLife: Time<Period>? { retention < 1 ? Time(1 / (1 - retention)) : nil }

    /// r/(1 + d − r): by how many per cent the value rises for one per cent (not point) more retention.
    public var elasticity: Double { retention / decay }

    /// The same customers with some percentage points more retention.
    ///
    /// - Parameter points: 5 turns .85 into .90; negative points are a loss.
    /// - Throws: `OutOfRange` naming `points` when retention would leave 0…1 (or reach 1 undiscounted).
    public func gain(fromPoints points: Double) throws(OutOfRange) -> RetentionGain<Period> {
        let least = -100 * retention
        let most = 100 * (1 - retention)
        // A rounding of 10⁻⁹ points is no reason to refuse .95 + 5.
        try OutOfRange.check(points, "points", in: least - 1e-9...most + 1e-9)
        let raised = min(max(retention + points / 100, 0), 1)
        guard raised < 1 || discount.perPeriod > 0 else {
            throw OutOfRange(input: "points", value: points, allowed: "below \(most) without a discount")
        }
        let after = try Self(margin: margin, retention: raised, discount: discount)
        return RetentionGain(before: self, after: after)
    }

    /// Values over a range of retention rates, for a curve.
    ///
    /// - Throws: `OutOfRange` naming `retention` when one is out of range.
    public func curve(over retentions: [Double]) throws(OutOfRange) -> [ConstantRetention] {
        var curve: [ConstantRetention] = []
        curve.reserveCapacity(retentions.count)
        for retention in retentions {
            curve.append(try Self(margin: margin, retention: retention, discount: discount))
        }
        return curve
    }
}

/// What a change of retention would be worth, and what a programme that brings it may cost.
public struct RetentionGain<Period: TimeUnit>: Sendable, Equatable {
    /// The same customers without and with the change.
    public let before, after: ConstantRetention<Period>

    /// By how much a customer's value rises. A programme paid once per customer breaks even at this cost.
    public var perCustomer: Amount { after.lifetimeValue - before.lifetimeValue }

    /// The rise as a share of the value before, Δr/(1 + d − r − Δr): .25 for .85 → .90 at 10 %.
    ///
    /// The margin cancels, so this says nothing about the business it is quoted for.
    public var relative: Double {
        let gap = (1 - after.retention) + after.discount.perPeriod
        return (after.retention - before.retention) / gap
    }

    /// The cost per customer and period at which a lasting programme breaks even: m Δr/(1 + d − r).
    ///
    /// It is paid from the first period on, for as long as each customer stays.
    public var breakEvenPerPeriod: Amount {
        let gap = (1 - before.retention) + before.discount.perPeriod
        return before.margin * ((after.retention - before.retention) / gap)
    }

    /// What is left per customer of a programme that costs this much per customer and period.
    ///
    /// - Throws: `OutOfRange` naming `cost` unless it is from 0 to 10¹⁵ minor units.
    public func net(ofCostPerPeriod cost: Amount) throws(OutOfRange) -> Amount {
        try OutOfRange.check(cost.minorUnits, "cost", in: MoneyRange.unsigned)
        let periods = (1 + after.discount.perPeriod) / ((1 - after.retention) + after.discount.perPeriod)
        return perCustomer - cost * periods
    }
}
