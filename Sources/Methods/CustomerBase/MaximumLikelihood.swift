/// Fits a surface from several starts and says how it went.
///
/// On a large base the starts are tried on a thinned surface; only the best of them descends on the whole,
/// from where it came to rest and with the curvature it learnt. If that fails, every start descends on the
/// whole; what finds no way down gets a simplex search and another try.
struct MaximumLikelihood {
    /// The outcome in the parameters' own scale.
    struct Peak {
        let parameters: SIMD4<Double>
        let state: SearchState
        let starts: [StartOutcome]
    }

    /// - Parameter starts: the parameters to start from, in the surface's own scale; at least one.
    static func peak(
        of surface: some Surface, from starts: [SIMD4<Double>], customers: Int, offset: Double
    ) throws(FitRefusal) -> Peak {
        let points = starts.map { $0.logarithms }
        if let thinned = surface.thinned() {
            let tried = points.map { descend(thinned, from: $0) }
            if let best = best(of: tried), best.isNearlyFlat, !best.hasRunAway {
                let state = descend(surface, from: best.point, curvature: best.curvature)
                if isPeak(state) { return try finish(surface, state, tried, customers, offset) }
            }
        }
        let tried = points.map { descend(surface, from: $0) }
        guard let best = best(of: tried) else { throw .noConvergence(slope: .infinity) }
        return try finish(surface, best, tried, customers, offset)
    }

    private static func descend(
        _ surface: some Surface, from start: SIMD4<Double>, curvature: InverseCurvature? = nil
    ) -> SearchState {
        let first = QuasiNewton.descend(surface, from: start, curvature: curvature)
        guard !first.hasConverged, !first.isNearlyFlat, !first.hasRunAway else { return first }
        let simplex = NelderMead.descend(surface, from: first.here.isFinite ? first.point : start)
        var second = QuasiNewton.descend(surface, from: simplex.point)
        second.iterations += first.iterations
        second.evaluations += first.evaluations + simplex.evaluations
        return second
    }

    private static func isPeak(_ state: SearchState) -> Bool { state.isNearlyFlat && !state.hasRunAway }

    /// The lowest of those that came to rest, or failing that the lowest.
    private static func best(of states: [SearchState]) -> SearchState? {
        let settled = states.filter { isPeak($0) }
        let candidates = settled.isEmpty ? states.filter { $0.here.isFinite } : settled
        return candidates.min { $0.here.value < $1.here.value }
    }

    private static func finish(
        _ surface: some Surface, _ state: SearchState, _ tried: [SearchState], _ customers: Int,
        _ offset: Double
    ) throws(FitRefusal) -> Peak {
        for (index, name) in surface.names.enumerated() where abs(state.point[index]) > 4 * log(10) {
            throw .runaway(parameter: name)
        }
        guard isPeak(state) else { throw .noConvergence(slope: state.here.steepest) }
        let starts = tried.map { tried in
            StartOutcome(
                logLikelihood: offset - tried.here.value * Double(customers), iterations: tried.iterations,
                converged: isPeak(tried))
        }
        return Peak(parameters: state.point.exponentials, state: state, starts: starts)
    }
}

extension SIMD4<Double> {
    var logarithms: Self { Self(log(self[0]), log(self[1]), log(self[2]), log(self[3])) }
    var exponentials: Self { Self(exp(self[0]), exp(self[1]), exp(self[2]), exp(self[3])) }
}

extension Fit {
    init(
        _ model: Model, _ peak: MaximumLikelihood.Peak, customers: Int, distinctHistories: Int, offset: Double
    ) {
        self.init(
            model: model, logLikelihood: offset - peak.state.here.value * Double(customers),
            customers: customers, distinctHistories: distinctHistories, iterations: peak.state.iterations,
            evaluations: peak.state.evaluations, steepestSlope: peak.state.here.steepest, starts: peak.starts)
    }
}
