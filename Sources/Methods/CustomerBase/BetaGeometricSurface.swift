/// Where the models that let customers leave after a purchase differ: whether the first purchase counts.
enum FirstChance: Sendable {
    /// BG/NBD: nobody leaves before the first repeat purchase.
    case afterFirstRepeat
    /// MBG/NBD: some leave at once.
    case atOnce
}

/// The likelihood of BG/NBD and MBG/NBD over a whole base, laid out so that one evaluation is cheap.
///
/// With c = a/(b + x − 1) (BG) or a/(b + x) (MBG) one customer's log-likelihood is
///
///     ln (r)ₓ + r ln α + ln B(a, b + x)/B(a, b) − (r + x) ln(α + tₓ) + ln(c + e^{(r+x)(ln(α+tₓ) − ln(α+T))})
///
/// (B(a, b + x + 1) for MBG; without c for BG with x = 0). Factorials come from `RisingFactorials`, ln(α + t)
/// and 1/(α + t) are made once per distinct time, c once per distinct x. What is left per history is one
/// exponential, one division and a share of a logarithm: histories of a single customer are multiplied up and
/// the logarithm taken of the product. Times are in mean observed times, so starts have no unit.
struct BetaGeometricSurface: Surface {
    let names = ["r", "alpha", "a", "b"]

    /// One distinct history of a customer who may have left.
    struct Row {
        let last, end: Int32
        let customers: Double
    }

    /// The histories with one x.
    struct Block {
        let repeats: Double
        var rows: Range<Int>
        var customers: Double
    }

    let chance: FirstChance
    private let customers: Double
    private let times: [Double]
    private let rows: [Row]
    private let blocks: [Block]
    private let rising: RisingFactorials
    /// Σ customers and Σ customers × x, by the time in −(r + x) ln(α + t).
    private let plain: [(customers: Double, repeats: Double)]

    init(_ base: CustomerBase<some TimeUnit>, _ chance: FirstChance, scale: Double) {
        self.init(
            base.groups.map {
                History(
                    repeats: $0.history.repeats, last: $0.history.last.value / scale,
                    end: $0.history.observed.value / scale, customers: $0.customers)
            }, chance)
    }

    struct History {
        var repeats: Int
        var last, end: Double
        var customers: Int
    }

    /// - Parameter histories: ascending by repeats.
    init(_ histories: [History], _ chance: FirstChance) {
        var layout = Layout()
        for history in histories { layout.add(history, chance) }
        self.chance = chance
        customers = Double(layout.customers)
        times = layout.table.times
        rows = layout.rows
        blocks = layout.blocks
        plain = layout.plain
        rising = RisingFactorials(layout.counts)
        source = histories
    }

    let source: [History]

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        let point = logs.exponentials
        let (r, alpha, a, b) = (point[0], point[1], point[2], point[3])
        let clock = Clock(times, alpha: alpha)
        var value = customers * r * log(alpha)
        var slope = SIMD4(customers * log(alpha), customers * r / alpha, 0, 0)
        add(purchases: r, clock, &value, &slope)
        addSurvival(a, b, &value, &slope)
        addDepartures(r, a, b, clock, &value, &slope)
        return Evaluation(value: -value / customers, slope: -slope * point / customers)
    }

    /// ln(α + t) and 1/(α + t) for every distinct t.
    private struct Clock {
        let entries: [SIMD2<Double>]

        init(_ times: [Double], alpha: Double) {
            entries = times.map { time in SIMD2(log(alpha + time), 1 / (alpha + time)) }
        }
    }

    /// Σ ln (r)ₓ − (r + x) ln(α + t).
    private func add(purchases r: Double, _ clock: Clock, _ value: inout Double, _ slope: inout SIMD4<Double>)
    {
        let counts = rising.logarithm(of: r)
        value += counts.value
        slope[0] += counts.slope
        for (entry, sums) in zip(clock.entries, plain) {
            let exponent = r * sums.customers + sums.repeats
            value -= exponent * entry[0]
            slope[0] -= sums.customers * entry[0]
            slope[1] -= exponent * entry[1]
        }
    }

    /// Σ ln B(a, b + x)/B(a, b), or with x + 1 for x.
    private func addSurvival(
        _ a: Double, _ b: Double, _ value: inout Double, _ slope: inout SIMD4<Double>
    ) {
        let isAtOnce = chance == .atOnce
        let survived = rising.logarithm(of: isAtOnce ? b + 1 : b)
        let faced = rising.logarithm(of: isAtOnce ? a + b + 1 : a + b)
        value += survived.value - faced.value
        slope[2] -= faced.slope
        slope[3] += survived.slope - faced.slope
        guard isAtOnce else { return }
        value += customers * log(b / (a + b))
        slope[2] -= customers / (a + b)
        slope[3] += customers * a / (b * (a + b))
    }

    /// Σ ln(c + e^{(r+x)(ln(α+tₓ) − ln(α+T))}): the hot loop.
    private func addDepartures(
        _ r: Double, _ a: Double, _ b: Double, _ clock: Clock, _ value: inout Double,
        _ slope: inout SIMD4<Double>
    ) {
        for block in blocks {
            let rate = r + block.repeats
            let odds = a / (b + block.repeats - (chance == .atOnce ? 0 : 1))
            let sums = departures(block.rows, rate: rate, odds: odds, clock)
            value += sums.logarithm
            slope[0] += sums.lag
            slope[1] += rate * sums.pull
            let left = block.customers - sums.alive
            slope[2] += left / a
            slope[3] -= left * odds / a
        }
    }

    /// What one block adds: Σ ln(c + e), and weighted by P(alive) Σ 1, Σ ln((α+tₓ)/(α+T)) and its α-slope.
    private struct Departures {
        var logarithm = 0.0
        var alive = 0.0
        var lag = 0.0
        var pull = 0.0
    }

    @inline(__always)
    private func departures(_ range: Range<Int>, rate: Double, odds: Double, _ clock: Clock) -> Departures {
        var sums = Departures()
        var product = 1.0
        rows.withUnsafeBufferPointer { rows in
            clock.entries.withUnsafeBufferPointer { clock in
                for index in range {
                    let row = rows[index]
                    let gap = clock[Int(row.last)] - clock[Int(row.end)]
                    let stayed = exp(rate * gap[0])
                    let either = odds + stayed
                    let alive = row.customers * (stayed / either)
                    sums.alive += alive
                    sums.lag += alive * gap[0]
                    sums.pull += alive * gap[1]
                    guard row.customers == 1 else {
                        sums.logarithm += row.customers * log(either)
                        continue
                    }
                    product *= either
                    guard product > 1e-200, product < 1e200 else {
                        sums.logarithm += log(product)
                        product = 1
                        continue
                    }
                }
            }
        }
        sums.logarithm += log(product)
        return sums
    }
}
