/// Whether a share rises or falls over ordered groups, such as quarters or levels.
///
/// The Cochran–Armitage test: z = Σ xᵢ (kᵢ − nᵢ p̄) / √(p̄ (1 − p̄) Σ nᵢ (xᵢ − x̄)²), with x̄ the mean
/// position of everyone. Nothing varies, and p is 1, when nobody or everybody succeeded or when only one
/// position holds anyone.
///
/// Sources: W. G. Cochran, 1954, *Biometrics* 10, 417–451; P. Armitage, 1955, *Biometrics* 11, 375–386.
public struct TrendTest: Sendable, Equatable {
    /// Positive when the share rises with the position; chi-square with one degree of freedom is its square.
    public let statistic: ZStatistic

    /// - Parameters:
    ///   - groups: in order; a group of nobody says nothing and does no harm.
    ///   - positions: where each group stands; 0, 1, 2 … if left out.
    /// - Throws: `OutOfRange` naming `positions` when there are not as many as groups or one is not from
    ///   −10⁹ to 10⁹.
    public init(_ groups: [ShareCount], positions: [Double]? = nil) throws(OutOfRange) {
        let positions = positions ?? groups.indices.map { Double($0) }
        guard positions.count == groups.count else {
            throw OutOfRange(
                input: "positions.count", value: Double(positions.count), allowed: "\(groups.count)")
        }
        for position in positions { try OutOfRange.check(position, "positions", in: -1e9...1e9) }
        statistic = Self.statistic(groups, positions)
    }

    /// The p-value, 0…1: greater asks for a rise, less for a fall.
    public func pValue(_ alternative: Alternative = .twoSided) -> Double { statistic.pValue(alternative) }

    private static func statistic(_ groups: [ShareCount], _ positions: [Double]) -> ZStatistic {
        let (successes, total) = ShareCount.sum(groups)
        guard successes > 0, successes < total else { return ZStatistic(nil) }
        let share = successes / total
        var mean = 0.0
        for (group, position) in zip(groups, positions) { mean += Double(group.total) / total * position }
        var slope = 0.0
        var spread = 0.0
        for (group, position) in zip(groups, positions) {
            let offset = position - mean
            slope += offset * (Double(group.successes) - Double(group.total) * share)
            spread += Double(group.total) * offset * offset
        }
        let isSpread = Set(zip(groups, positions).filter { $0.0.total > 0 }.map(\.1)).count > 1
        guard isSpread, spread > 0 else { return ZStatistic(nil) }
        return ZStatistic(slope / (share * (1 - share) * spread).squareRoot())
    }
}
