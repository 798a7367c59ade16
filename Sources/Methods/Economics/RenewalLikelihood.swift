/// The odds of renewing, y = start + slope × (t − 1): under the shifted beta-geometric they climb in a
/// straight line with age.
struct LineOdds {
    var start, slope: Double

    /// Multiplies both by e to the given powers.
    func scaled(by step: (start: Double, slope: Double)) -> LineOdds {
        LineOdds(start: start * exp(step.start), slope: slope * exp(step.slope))
    }

    /// Far beyond any parameters worth naming; from here on the likelihood is flat.
    var isFarOut: Bool {
        !(1e-12...1e12).contains(start) || !(1e-9...1e9).contains(slope)
    }
}

/// The likelihood of a renewal history as a function of the line of odds.
struct RenewalLikelihood {
    private struct Row {
        let age, atRisk, renewed: Double
    }

    /// The slope of the log-likelihood and its expected curvature, in ln start and ln slope.
    private struct Shape {
        var gradient = (start: 0.0, slope: 0.0)
        var information = (start: 0.0, mixed: 0.0, slope: 0.0)
    }

    private let rows: [Row]

    init<Period>(_ history: RenewalHistory<Period>) {
        rows = history.renewals.map {
            Row(age: Double($0.number - 1), atRisk: Double($0.atRisk), renewed: Double($0.atRisk - $0.lost))
        }
    }

    /// Σ renewed ln(y/(1+y)) − lost ln(1+y).
    func value(_ odds: LineOdds) -> Double {
        rows.reduce(0) { sum, row in
            let y = odds.start + odds.slope * row.age
            return sum - row.renewed * log1p(1 / y) - (row.atRisk - row.renewed) * log1p(y)
        }
    }

    private func shape(_ odds: LineOdds) -> Shape {
        var shape = Shape()
        for row in rows {
            let rise = odds.slope * row.age
            let y = odds.start + rise
            let excess = row.renewed / y - row.atRisk / (1 + y)
            let weight = row.atRisk / (y * (1 + y) * (1 + y))
            shape.gradient.start += odds.start * excess
            shape.gradient.slope += rise * excess
            shape.information.start += odds.start * odds.start * weight
            shape.information.mixed += odds.start * rise * weight
            shape.information.slope += rise * rise * weight
        }
        return shape
    }

    /// Climbs by Fisher's scoring, damped after Levenberg and Marquardt while a step would lead down.
    func maximum(from first: LineOdds) -> (odds: LineOdds, value: Double) {
        var odds = first
        var best = value(odds)
        var damping = 1e-3
        for _ in 0..<200 {
            let step = Self.step(shape(odds), damping: damping)
            let next = odds.scaled(by: step)
            let reached = value(next)
            // Losing less than rounding is no descent: the last steps follow the gradient, which is exact.
            if reached >= best - 1e-13 * abs(best) {
                odds = next
                best = reached
                damping = max(damping / 10, 1e-15)
                if max(abs(step.start), abs(step.slope)) < 1e-12 || odds.isFarOut { break }
            } else {
                damping *= 10
                if damping > 1e12 { break }
            }
        }
        return (odds, best)
    }

    private static func step(_ shape: Shape, damping: Double) -> (start: Double, slope: Double) {
        let start = shape.information.start * (1 + damping) + 1e-300
        let slope = shape.information.slope * (1 + damping) + 1e-300
        let mixed = shape.information.mixed
        let determinant = start * slope - mixed * mixed
        guard determinant > 0 else { return (0, 0) }
        let steps = (
            (slope * shape.gradient.start - mixed * shape.gradient.slope) / determinant,
            (start * shape.gradient.slope - mixed * shape.gradient.start) / determinant
        )
        // No further than a factor of e³ at once.
        let reach = max(abs(steps.0), abs(steps.1), 3) / 3
        return (steps.0 / reach, steps.1 / reach)
    }

    /// Standard errors of ln α = −ln slope and ln β = ln start − ln slope; nil where they have none.
    func logErrors(at odds: LineOdds) -> (alpha: Double, beta: Double)? {
        let information = shape(odds).information
        let determinant = information.start * information.slope - information.mixed * information.mixed
        guard determinant > 1e-14 * information.start * information.slope else { return nil }
        let alpha = information.start / determinant
        let beta = (information.start + information.slope + 2 * information.mixed) / determinant
        return (sqrt(alpha), sqrt(beta))
    }
}
