/// Minimises a surface by the method of Broyden, Fletcher, Goldfarb and Shanno with its slope.
///
/// The line search accepts a sufficient fall, or, where the fall drowns in rounding, a sufficient flattening
/// (Hager and Zhang 2005, *SIAM Journal on Optimization* 16:170–192). No step is longer than 2 in any logarithm.
struct QuasiNewton {
    static let mostIterations = 500

    /// Descends from a point until the slope vanishes, no step goes down, or a parameter runs away.
    static func descend(
        _ surface: some Surface, from start: SIMD4<Double>, curvature: InverseCurvature? = nil
    ) -> SearchState {
        var state = SearchState(point: start, here: surface.evaluate(at: start), curvature: curvature)
        state.evaluations = 1
        guard state.here.isFinite else { return state }
        while !state.hasConverged, !state.hasRunAway, state.iterations < mostIterations {
            guard step(surface, &state) else {
                // What was learnt of the curvature may mislead: once more straight down.
                guard state.curvature != nil else { break }
                state.curvature = nil
                continue
            }
        }
        return state
    }

    /// One step downhill; false when none was found.
    private static func step(_ surface: some Surface, _ state: inout SearchState) -> Bool {
        let slope = state.here.slope
        var direction = -(state.curvature?.times(slope) ?? slope)
        if (direction * slope).sum() >= 0 {
            state.curvature = nil
            direction = -slope
        }
        if state.curvature == nil { direction *= min(1, 0.5 / state.here.steepest) }
        let longest = max(direction.max(), -direction.min())
        if longest > 2 { direction *= 2 / longest }
        guard let (length, there) = search(surface, along: direction, &state) else { return false }
        let step = direction * length
        let change = there.slope - slope
        let along = (step * change).sum()
        if state.curvature == nil, along > 0 {
            state.curvature = InverseCurvature(scale: along / (change * change).sum())
        }
        state.curvature?.update(step: step, change: change)
        state.point += step
        state.here = there
        state.iterations += 1
        return true
    }

    /// A length along `direction` that goes far enough down, by bracketing with quadratic interpolation.
    private static func search(
        _ surface: some Surface, along direction: SIMD4<Double>, _ state: inout SearchState
    ) -> (length: Double, there: Evaluation)? {
        let start = state.here
        let fall = (start.slope * direction).sum()
        let blur = 1e-14 * abs(start.value)
        var length = 1.0
        var low = 0.0
        var high = Double.infinity
        for _ in 0..<40 {
            let there = surface.evaluate(at: state.point + direction * length)
            state.evaluations += 1
            let slope = (there.slope * direction).sum()
            let fellEnough = there.value <= start.value + 1e-4 * length * fall
            let isFlatEnough = there.value <= start.value + blur && abs(slope) <= -0.9 * fall
            if there.isFinite, fellEnough || isFlatEnough {
                // Still steeply down: the curvature learnt here would be negative.
                guard slope < 0.9 * fall, length < 8, high == .infinity else { return (length, there) }
                low = length
                length *= 2
                continue
            }
            high = length
            let drop = there.value - start.value - fall * length
            let bottom = there.isFinite && drop > 0 ? -fall * length * length / (2 * drop) : 0.2 * length
            length = min(max(bottom, low + 0.1 * (high - low)), low + 0.6 * (high - low))
        }
        return nil
    }
}
