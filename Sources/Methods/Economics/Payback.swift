/// When what customers bring has paid for winning them.
public enum Payback<Period: TimeUnit>: Sendable, Equatable {
    /// This long after the customers were won.
    case after(Time<Period>)
    /// Not at all: too many leave before it is earned. A finding, not an error.
    case never
}

/// How long customers take to pay back what it cost to win them, allowing for those who leave meanwhile.
///
/// n = ln(1 − A c/g)/ln(1 − c), for cost A, contribution g per period and churn c; A/g without churn. It
/// never comes when A c ≥ g, for all that the customers will ever bring is g/c.
///
/// - Parameters:
///   - cost: A, per customer won, 0 to 10¹⁵ minor units.
///   - contribution: g, revenue times gross margin per customer and period, −10¹⁵ to 10¹⁵ minor units.
///   - churn: c per period, below 1. Without churn this is the simple payback.
/// - Returns: periods since the customers were won, parts of a period included.
/// - Throws: `OutOfRange` naming `cost`, `contribution` or `churn`.
public func payback<Period: TimeUnit>(
    of cost: Amount, from contribution: Amount, churn: Churn<Period>
) throws(OutOfRange) -> Payback<Period> {
    try OutOfRange.check(cost.minorUnits, "cost", in: MoneyRange.unsigned)
    try OutOfRange.check(contribution.minorUnits, "contribution", in: MoneyRange.signed)
    guard churn.share < 1 else {
        throw OutOfRange(input: "churn", value: 1, allowed: "below 1")
    }
    guard cost > .zero else { return .after(0) }
    let simple = cost / contribution
    // Not finite: the contribution is nothing, or next to nothing.
    guard contribution > .zero, simple.isFinite else { return .never }
    let spent = simple * churn.share
    guard spent < 1 else { return .never }
    // Churn beside which one period more or less is nothing: no different from none.
    guard churn.share > 1e-17 else { return .after(Time(simple)) }
    return .after(Time(log1p(-spent) / log1p(-churn.share)))
}

/// What the first order leaves after the cost of winning the customer: often a loss, made good later.
///
/// revenue × gross margin − cost.
///
/// - Parameters:
///   - revenue: of the first order, −10¹⁵ to 10¹⁵ minor units.
///   - grossMargin: the share left after the cost of what was sold, −1…1; a first order may be sold at a loss.
///   - cost: of winning the customer, 0 to 10¹⁵ minor units.
/// - Throws: `OutOfRange` naming the input.
public func firstOrderContribution(
    revenue: Amount, grossMargin: Double, acquisitionCost cost: Amount
) throws(OutOfRange) -> Amount {
    try OutOfRange.check(revenue.minorUnits, "revenue", in: MoneyRange.signed)
    try OutOfRange.check(grossMargin, "grossMargin", in: -1...1)
    try OutOfRange.check(cost.minorUnits, "acquisitionCost", in: MoneyRange.unsigned)
    return revenue * grossMargin - cost
}
