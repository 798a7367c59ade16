import Methods

/// What some purchases brought, and how much of what they cost is known.
///
/// Margin is amount less cost where a purchase says its cost. For the others it is the rate of the settings. Where there
/// is no such rate, the others are taken like those whose cost is known, provided these make up almost all.
struct MarginSum: Sendable, Equatable, Codable {
    /// Minor units of the organisation's currency, refunds taken off.
    var revenue = 0
    /// Of the purchases whose cost is known.
    var costedRevenue = 0
    var cost = 0

    /// The share of revenue whose cost must be known before the rest is taken to be like it.
    static let almostAll = 0.95

    mutating func add(_ amount: Int, cost: Int?) {
        revenue &+= amount
        guard let cost else { return }
        costedRevenue &+= amount
        self.cost &+= cost
    }

    static func += (left: inout MarginSum, right: MarginSum) {
        left.revenue &+= right.revenue
        left.costedRevenue &+= right.costedRevenue
        left.cost &+= right.cost
    }

    /// How much of the revenue has a known cost, 0…1; nil without revenue.
    var costedShare: Double? {
        revenue > 0 ? min(max(Double(costedRevenue) / Double(revenue), 0), 1) : nil
    }

    /// The margin in minor units; nil where neither costs nor a rate carry it.
    func margin(rate: Double?) -> Double? {
        let known = Double(costedRevenue - cost)
        let rest = Double(revenue - costedRevenue)
        if rest == 0 { return revenue == 0 && rate == nil ? nil : known }
        if let rate { return known + rate * rest }
        guard let costedShare, costedShare >= MarginSum.almostAll, costedRevenue > 0 else { return nil }
        return known + known / Double(costedRevenue) * rest
    }
}
