/// The likelihood of Pareto/NBD over a whole base with its slope, integrated together.
///
/// One history costs sixteen points or more, each a logarithm and two exponentials. Times are in mean
/// observed times.
struct ParetoSurface: Surface {
    let names = ["r", "alpha", "s", "beta"]

    private struct Row {
        let repeats, last, observed: Double
        var customers: Double
    }

    private let rows: [Row]
    private let customers: Double
    private let rising: RisingFactorials

    init(_ base: CustomerBase<some TimeUnit>, scale: Double) {
        self.init(
            base.groups.map {
                Row(
                    repeats: Double($0.history.repeats), last: $0.history.last.value / scale,
                    observed: $0.history.observed.value / scale, customers: Double($0.customers))
            })
    }

    private init(_ rows: [Row]) {
        self.rows = rows
        customers = rows.reduce(0) { $0 + $1.customers }
        var counts: [(repeats: Int, customers: Int)] = []
        for row in rows {
            if counts.last?.repeats == Int(row.repeats) {
                counts[counts.count - 1].customers += Int(row.customers)
            } else {
                counts.append((Int(row.repeats), Int(row.customers)))
            }
        }
        rising = RisingFactorials(counts)
    }

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        let point = logs.exponentials
        let counts = rising.logarithm(of: point[0])
        var value = counts.value
        var slope = SIMD4(counts.slope, 0, 0, 0)
        for row in rows {
            let part = evaluate(row, point)
            value += row.customers * part.value
            slope += row.customers * part.slope
        }
        return Evaluation(value: -value / customers, slope: -slope * point / customers)
    }

    /// ln of the bracket and of αʳ βˢ, and the slope by r, α, s, β.
    private func evaluate(_ row: Row, _ point: SIMD4<Double>) -> Evaluation {
        let (r, alpha, s, beta) = (point[0], point[1], point[2], point[3])
        let (shape, gap) = (r + row.repeats, row.observed - row.last)
        let (purchases, leaving) = (alpha + row.last, beta + row.last)
        let (logPurchases, logLeaving) = (log1p(gap / purchases), log1p(gap / leaving))
        var sum = exp(-shape * logPurchases - s * logLeaving)
        // Σ f × (ln growth of either, 1/(α+τ), ln growth, 1/(β+τ)), the first term being f at T.
        var moments = SIMD4(
            sum * logPurchases, sum * shape / (purchases + gap), sum * logLeaving, sum * s / (leaving + gap))
        Departures(purchases: purchases, leaving: leaving, shape: shape, s: s, gap: gap).visit { moment in
            let closeness = 1 / (leaving + moment.elapsed)
            let density = moment.weight * exp(-shape * moment.growth - s * moment.decline) * closeness
            sum += s * density
            moments[0] += s * density * moment.growth
            moments[1] += s * density * shape / (purchases + moment.elapsed)
            moments[2] += density * (s * moment.decline - 1)
            moments[3] += s * density * (s + 1) * closeness
        }
        let (logAlpha, logBeta) = (log1p(row.last / alpha), log1p(row.last / beta))
        let value = -r * logAlpha - row.repeats * log(purchases) - s * logBeta + log(sum)
        let start = SIMD4(log(purchases / alpha), -r / alpha, log(leaving / beta), -s / beta)
        return Evaluation(value: value, slope: -start - moments / sum)
    }

    private static let fewEnough = 800
    private static let thinnedTo = 300

    /// Neighbouring histories with the same x taken together.
    func thinned() -> Self? {
        guard rows.count > Self.fewEnough else { return nil }
        let bundle = rows.count / Self.thinnedTo + 1
        var thinned: [Row] = []
        var start = 0
        while start < rows.count {
            var end = start
            var customers = 0.0
            while end < rows.count, end < start + bundle, rows[end].repeats == rows[start].repeats {
                customers += rows[end].customers
                end += 1
            }
            var middle = rows[(start + end) / 2]
            middle.customers = customers
            thinned.append(middle)
            start = end
        }
        return Self(thinned)
    }
}
