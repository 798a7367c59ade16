/// How much of any whole hangs on a few: estimated value, hours of work, contacts.
///
/// Shares are of the sum. Order of the input does not matter. For revenue counted in whole minor units see
/// `Concentration`.
public struct WeightConcentration: Sendable, Equatable {
    /// How many were given, those with nothing included.
    public let count: Int
    /// Σ sᵢ², from 1/count (all alike) to 1 (one has everything).
    ///
    /// Sources: A. O. Hirschman, 1945; O. C. Herfindahl, 1950. Competition authorities write it times 10,000.
    public let herfindahl: Double
    /// Running sums of the shares, the largest first.
    private let running: [Double]

    /// - Parameter amounts: what each customer is worth, 0 or more; set to zero whoever costs more than that.
    /// - Throws: `OutOfRange` naming `amounts` when one is not from 0 to 10¹⁸ or `amounts.sum` when they add
    ///   up to nothing.
    public init(_ amounts: [Amount]) throws(OutOfRange) {
        try self.init(weights: amounts.map(\.minorUnits), "amounts")
    }

    /// The same for anything else that can be shared out, such as hours or contacts.
    ///
    /// - Throws: `OutOfRange` naming `weights` or `weights.sum`.
    public init(weights: [Double]) throws(OutOfRange) {
        try self.init(weights: weights, "weights")
    }

    private init(weights: [Double], _ input: String) throws(OutOfRange) {
        for weight in weights { try OutOfRange.check(weight, input, in: 0...1e18) }
        let sorted = weights.sorted(by: >)
        let largest = sorted.first ?? 0
        guard largest > 0 else { throw OutOfRange(input: "\(input).sum", value: 0, allowed: "above 0") }
        var sum = 0.0
        var squares = 0.0
        var running: [Double] = []
        running.reserveCapacity(sorted.count)
        for weight in sorted {
            let relative = weight / largest
            sum += relative
            squares += relative * relative
            running.append(sum)
        }
        count = weights.count
        herfindahl = min(1, squares / sum / sum)
        self.running = running.map { [sum] in $0 / sum }
    }

    /// So many equals would be as concentrated as these: 1/herfindahl, from 1 to `count`.
    public var effectiveCount: Double { 1 / herfindahl }

    /// The share of the largest `few`, 0…1; all of it when there are no more than that.
    ///
    /// - Throws: `OutOfRange` naming `few` when it is negative.
    public func share(ofTop few: Int) throws(OutOfRange) -> Double {
        guard few >= 0 else { throw OutOfRange(input: "few", value: Double(few), allowed: "0 or more") }
        return few == 0 ? 0 : running[min(few, running.count) - 1]
    }
}
