import Testing

@testable import Methods

/// Rosenbrock's valley in the logarithms of two parameters, lowest at (e, e).
private struct Valley: Surface {
    let names = ["x", "y"]

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        let (x, y) = (logs[0], logs[1])
        let bend = y - x * x
        let slope = SIMD4(2 * (x - 1) - 400 * x * bend, 200 * bend, 0, 0)
        return Evaluation(value: (1 - x) * (1 - x) + 100 * bend * bend, slope: slope)
    }
}

/// A bowl whose slope is wrong, so that nothing but its height can be trusted.
private struct Misleading: Surface {
    let names = ["x", "y", "z"]

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        let offset = logs - SIMD4(0.5, -1, 2, 0)
        let isNear = (offset * offset).sum() < 1e-10
        return Evaluation(value: (offset * offset).sum(), slope: isNear ? SIMD4() : -2 * offset)
    }
}

/// A slope without end.
private struct Slide: Surface {
    let names = ["x"]

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        Evaluation(value: -logs[0], slope: SIMD4(-1, 0, 0, 0))
    }
}

/// Undefined everywhere.
private struct Fog: Surface {
    let names = ["x"]

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        Evaluation(value: .nan, slope: SIMD4(repeating: .nan))
    }
}

@Suite struct `Descending to the likeliest parameters` {
    @Test func `follows a curved valley to its lowest point`() {
        let end = QuasiNewton.descend(Valley(), from: SIMD4(-1.2, 1, 0, 0))

        #expect(end.hasConverged && end.iterations < 60)
        #expect(abs(end.point[0] - 1) < 1e-7 && abs(end.point[1] - 1) < 1e-7)
    }

    @Test func `gets there without a slope too`() {
        let end = NelderMead.descend(Valley(), from: SIMD4(-1.2, 1, 0, 0))

        #expect(abs(end.point[0] - 1) < 1e-6 && abs(end.point[1] - 1) < 1e-6)
        #expect(end.evaluations <= 600)
    }

    @Test func `falls back on the simplex where the slope misleads`() throws {
        let alone = QuasiNewton.descend(Misleading(), from: SIMD4())
        let peak = try MaximumLikelihood.peak(
            of: Misleading(), from: [SIMD4(repeating: 1)], customers: 1, offset: 0)

        #expect(!alone.hasConverged)
        #expect(abs(peak.state.point[0] - 0.5) < 1e-4 && abs(peak.state.point[2] - 2) < 1e-4)
    }

    @Test func `names what runs away and says where nothing is flat`() {
        let runaway = #expect(throws: FitRefusal.self) {
            try MaximumLikelihood.peak(of: Slide(), from: [SIMD4(repeating: 1)], customers: 1, offset: 0)
        }
        let nowhere = #expect(throws: FitRefusal.self) {
            try MaximumLikelihood.peak(of: Fog(), from: [SIMD4(repeating: 1)], customers: 1, offset: 0)
        }

        #expect(runaway == .runaway(parameter: "x"))
        #expect(nowhere == .noConvergence(slope: .infinity))
    }

    /// The slope each likelihood computes against differences of its value.
    @Test func `goes by slopes that are true`() throws {
        var generator = SeededGenerator(state: 44)
        let histories = try (0..<40).map { _ in try generator.history() }
        let base = try CustomerBase(histories)
        let surfaces: [any Surface] = [
            BetaGeometricSurface(base, .afterFirstRepeat, scale: 30),
            BetaGeometricSurface(base, .atOnce, scale: 30),
            ParetoSurface(base, scale: 30),
        ]
        for surface in surfaces {
            for _ in 0..<5 {
                let point = SIMD4<Double>.random(in: -1.5...1.5, using: &generator)
                let slope = surface.evaluate(at: point).slope
                for index in 0..<4 {
                    var step = SIMD4<Double>()
                    step[index] = 1e-4
                    let rise =
                        surface.evaluate(at: point + step).value - surface.evaluate(at: point - step).value
                    #expect(
                        abs(slope[index] - rise / 2e-4) < 1e-5 * (1 + abs(slope[index])),
                        "\(surface.names[index])")
                }
            }
        }
    }
}
