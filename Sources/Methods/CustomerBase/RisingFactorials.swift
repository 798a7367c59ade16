/// Σ over customers of ln (y)ₓ = ln Γ(y + x) − ln Γ(y), for the x of a whole base and any y.
///
/// (y)ₓ = y (y + 1) … (y + x − 1), so the factor y + j counts once for every customer with x > j. Up to a few
/// hundred repeats that is one logarithm per j, with no gamma function and nothing to cancel; wide gaps between
/// the x that occur are bridged by ln Γ and ψ.
struct RisingFactorials {
    /// Factors y + j for `from` ≤ j < `to`, each for `customers` customers.
    private struct Run {
        let from, to, customers: Double
    }

    private let runs: [Run]

    static let widest = 32.0

    /// - Parameter counts: the distinct x ascending, and how many customers have each.
    init(_ counts: [(repeats: Int, customers: Int)]) {
        var above = counts.reduce(0) { $0 + $1.customers }
        var from = 0
        var runs: [Run] = []
        for (repeats, customers) in counts {
            if repeats > from {
                runs.append(Run(from: Double(from), to: Double(repeats), customers: Double(above)))
            }
            from = repeats
            above -= customers
        }
        self.runs = runs
    }

    /// The sum and its derivative by y.
    func logarithm(of y: Double) -> (value: Double, slope: Double) {
        var (value, slope) = (0.0, 0.0)
        for run in runs {
            let part = run.to - run.from > Self.widest ? bridged(run, y) : multiplied(run, y)
            value += run.customers * part.value
            slope += run.customers * part.slope
        }
        return (value, slope)
    }

    private func multiplied(_ run: Run, _ y: Double) -> (value: Double, slope: Double) {
        var (value, slope) = (0.0, 0.0)
        var factor = y + run.from
        while factor < y + run.to - 0.5 {
            value += log(factor)
            slope += 1 / factor
            factor += 1
        }
        return (value, slope)
    }

    private func bridged(_ run: Run, _ y: Double) -> (value: Double, slope: Double) {
        let (low, high) = (y + run.from, y + run.to)
        return (
            logGamma(checked: high) - logGamma(checked: low), digamma(checked: high) - digamma(checked: low)
        )
    }
}
