/// A function to be minimised over the logarithms of up to four positive parameters: the mean of
/// −log-likelihood per customer.
protocol Surface {
    /// The parameters' names, for refusals; unused places of the vector stay where they start.
    var names: [String] { get }

    func evaluate(at logs: SIMD4<Double>) -> Evaluation

    /// A coarser version of the same surface, to choose among starts with; nil when this one is small.
    func thinned() -> Self?
}

extension Surface {
    func thinned() -> Self? { nil }
}

/// Height and slope at one point.
struct Evaluation {
    var value: Double
    var slope: SIMD4<Double>

    var steepest: Double { max(slope.max(), -slope.min()) }
    var isFinite: Bool { value.isFinite && steepest.isFinite }
}

/// Where a search stands, or ended.
struct SearchState {
    var point: SIMD4<Double>
    var here: Evaluation
    var curvature: InverseCurvature?
    var iterations = 0
    var evaluations = 0

    static let flat = 1e-9
    /// A slope that rounding alone may leave when no further step goes down.
    static let nearlyFlat = 1e-6
    /// Logarithms beyond this are a runaway.
    static let reach = 16.0

    var hasConverged: Bool { here.isFinite && here.steepest < Self.flat }
    var isNearlyFlat: Bool { here.isFinite && here.steepest < Self.nearlyFlat }
    var hasRunAway: Bool { max(point.max(), -point.min()) > Self.reach }
}

/// The inverse of the Hessian as BFGS knows it: four columns, symmetric.
struct InverseCurvature {
    var columns: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>)

    init(scale: Double) {
        columns = (
            SIMD4(scale, 0, 0, 0), SIMD4(0, scale, 0, 0), SIMD4(0, 0, scale, 0), SIMD4(0, 0, 0, scale)
        )
    }

    func times(_ vector: SIMD4<Double>) -> SIMD4<Double> {
        let (first, second) = (columns.0 * vector[0], columns.1 * vector[1])
        return first + second + columns.2 * vector[2] + columns.3 * vector[3]
    }

    /// Learns from one step and the change of slope along it.
    mutating func update(step: SIMD4<Double>, change: SIMD4<Double>) {
        let along = (step * change).sum()
        guard along > 1e-300 else { return }
        let pulled = times(change)
        let weight = (1 + (change * pulled).sum() / along) / along
        func column(_ index: Int, _ old: SIMD4<Double>) -> SIMD4<Double> {
            let outer = step * pulled[index] + pulled * step[index]
            return old + step * (weight * step[index]) - outer / along
        }
        columns = (
            column(0, columns.0), column(1, columns.1), column(2, columns.2), column(3, columns.3)
        )
    }
}
