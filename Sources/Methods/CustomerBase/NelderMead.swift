/// Minimises a surface by moving a simplex, without its slope: slow, and hard to mislead.
///
/// The fallback where the quasi-Newton search finds no way down. Nelder and Mead 1965, *Computer Journal*
/// 7:308–313, with reflection 1, expansion 2, contraction and shrinking 1/2.
struct NelderMead {
    private var corners: [(point: SIMD4<Double>, value: Double)]
    private let surface: any Surface
    private(set) var evaluations = 0

    /// The best point after at most `limit` evaluations, from a simplex with edges of 0.5.
    static func descend(
        _ surface: some Surface, from start: SIMD4<Double>, limit: Int = 600
    ) -> (point: SIMD4<Double>, evaluations: Int) {
        var search = Self(surface, from: start)
        while search.evaluations < limit, search.spread > 1e-9 { search.move() }
        return (search.corners[0].point, search.evaluations)
    }

    private init(_ surface: some Surface, from start: SIMD4<Double>) {
        self.surface = surface
        corners = []
        add(start)
        for index in surface.names.indices {
            var corner = start
            corner[index] += 0.5
            add(corner)
        }
        sort()
    }

    /// How far the simplex still reaches in any logarithm.
    private var spread: Double {
        corners.reduce(0) { spread, corner in
            let offset = corner.point - corners[0].point
            return max(spread, offset.max(), -offset.min())
        }
    }

    private mutating func height(at point: SIMD4<Double>) -> Double {
        evaluations += 1
        let value = surface.evaluate(at: point).value
        let isInReach = max(point.max(), -point.min()) <= SearchState.reach
        return value.isFinite && isInReach ? value : .infinity
    }

    private mutating func add(_ point: SIMD4<Double>) { corners.append((point, height(at: point))) }

    private mutating func sort() { corners.sort { $0.value < $1.value } }

    private mutating func move() {
        let worst = corners[corners.count - 1]
        let others = corners.dropLast()
        let centre = others.reduce(SIMD4<Double>()) { $0 + $1.point } / Double(others.count)
        let reflected = centre + (centre - worst.point)
        let value = height(at: reflected)
        if value < corners[0].value {
            let expanded = centre + 2 * (centre - worst.point)
            let further = height(at: expanded)
            replaceWorst(by: further < value ? (expanded, further) : (reflected, value))
        } else if value < corners[corners.count - 2].value {
            replaceWorst(by: (reflected, value))
        } else {
            contract(towards: value < worst.value ? reflected : worst.point, min(value, worst.value), centre)
        }
    }

    private mutating func contract(
        towards point: SIMD4<Double>, _ value: Double, _ centre: SIMD4<Double>
    ) {
        let inside = (centre + point) / 2
        let height = height(at: inside)
        guard height >= value else { return replaceWorst(by: (inside, height)) }
        let best = corners[0]
        let points = corners.dropFirst().map { (best.point + $0.point) / 2 }
        corners = [best]
        for point in points { add(point) }
        sort()
    }

    private mutating func replaceWorst(by corner: (point: SIMD4<Double>, value: Double)) {
        corners[corners.count - 1] = corner
        sort()
    }
}
