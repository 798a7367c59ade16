import Foundation
import Methods
import Testing

@Suite struct `Allowing for days that differ` {
    @Test func `measures the variance beyond chance`() throws {
        let even = try ArrivalDispersion(counts: [8, 10, 12, 10])
        let wild = try ArrivalDispersion(counts: [2, 30, 9, 19])

        #expect(even.mean == 10 && abs(even.variance - 8.0 / 3) < 1e-14)
        #expect(even.shape == nil && even.pValue > 0.8 && even.forecast.shape == nil)
        #expect(
            abs(wild.ratio - wild.variance / 15) < 1e-14 && abs(wild.pValue - 1.570_299_584_985e-6) < 1e-15)
        #expect(wild.shape.map { abs($0 - 225 / (wild.variance - 15)) < 1e-12 } == true)
        #expect(abs(wild.forecast.variance - wild.variance) < 1e-10)
    }

    @Test func `keeps the shape, not the ratio, over longer intervals`() throws {
        let short = try CallForecast(mean: 100, shape: 25)
        let long = try CallForecast(mean: 600, shape: 25)

        #expect(short.ratio == 5 && long.ratio == 25)
        #expect(try CallForecast(mean: 100, ratio: 5) == short)
    }

    /// Summed term by term, the negative binomial as NB(k, m/(k+m)), Poisson as its limit.
    private func summed(atMost calls: Int, _ forecast: CallForecast) -> Double {
        var sum = 0.0
        for count in 0...calls {
            let x = Double(count)
            let term: Double
            if let k = forecast.shape {
                term =
                    lgamma(x + k) - lgamma(k) - lgamma(x + 1) + k * log(k / (k + forecast.mean))
                    + x * log(forecast.mean / (k + forecast.mean))
            } else {
                term = x * log(forecast.mean) - forecast.mean - lgamma(x + 1)
            }
            sum += exp(term)
        }
        return sum
    }

    @Test func `is the distribution summed term by term`() throws {
        for (mean, shape) in [(3.5, nil), (3.5, 0.7), (120.0, 30.0), (40.0, nil), (250.0, 2.0)] {
            let forecast = try CallForecast(mean: mean, shape: shape)
            for calls in [0, 2, 10, 50, 130, 300] {
                let found = try forecast.probability(atMost: calls)
                #expect(abs(found - summed(atMost: calls, forecast)) < 1e-11, "\(mean) \(calls)")
            }
        }
    }

    @Test func `is not exceeded more often than said, and no smaller number would do`() throws {
        var generator = SeededGenerator(state: 80)
        for _ in 0..<300 {
            let mean = Double(generator.count()) * 0.71
            let shape = Bool.random(using: &generator) ? Double.random(in: 0.1...1e3, using: &generator) : nil
            let forecast = try CallForecast(mean: mean, shape: shape)
            let probability = Double.random(in: 0.001...0.999, using: &generator)
            let calls = try forecast.quantile(probability)

            #expect(try forecast.probability(atMost: calls) >= probability - 1e-12)
            if calls > 0 { #expect(try forecast.probability(atMost: calls - 1) < probability + 1e-12) }
        }
    }

    @Test func `reaches into both ends`() throws {
        let forecast = try CallForecast(mean: 100, ratio: 4)

        #expect(try forecast.quantile(1e-300) == 0)
        #expect(try forecast.quantile(1 - 1e-15) > 280)
        #expect(try CallForecast(mean: 0, shape: nil).quantile(0.999) == 0)
        #expect(try CallForecast(mean: 0, ratio: 3).quantile(0.5) == 0)
        #expect(try CallForecast(mean: 1e9, shape: 1e-3).quantile(0.999_999) > 1_000_000_000)
    }

    @Test(
        .enabled(
            if: SharedFolder.has("data/bank_calls/bank_calls.csv"),
            "shared/data/bank_calls is not here; set REGULARS_SHARED to check against it"))
    func `finds a bank's calls nearly four times as variable as chance, and plans its day`() throws {
        let days = try Self.bankCalls()
        #expect(days.count == 164 && days.allSatisfy { $0.count == 169 })
        #expect(days.joined().reduce(0, +) == 5_323_661)

        // The five minutes from 10:00, the 37th of a day that starts at 7:00, over 164 weekdays; sample
        // variance.
        let ten = try ArrivalDispersion(counts: days.map { $0[36] })
        #expect(abs(ten.ratio - 3.801_418_183_306_865) < 1e-12)
        #expect(abs(ten.mean - 281.439_024_390_243_9) < 1e-10 && ten.pValue < 1e-10)
        // Over the half hour the ratio is five times that, the shape nearly the same.
        let half = try ArrivalDispersion(counts: days.map { $0[36..<42].reduce(0, +) })
        #expect(abs(half.ratio - 19.628_344_882_325_64) < 1e-11)
        #expect(try #require(ten.shape) / #require(half.shape) > 0.8)
        #expect(try #require(ten.shape) / #require(half.shape) < 1.25)

        let plan = try Self.plan(days)
        // The same plan worked out with the chain of states, one agent at a time.
        #expect(plan.intervals.count == 28)
        #expect(plan.agentHours == 2677.5)
        #expect(plan.intervals.map(\.agents).max() == 281 && plan.intervals[6].agents == 281)
        #expect(abs(plan.counts.offered - 32_391.670_731_707) < 1e-8)
        #expect(abs(try #require(plan.counts.inTime(.offered)) - 0.999_570_977_241) < 1e-11)
        // On the mean instead, every other such day would be short.
        let onMean = try Self.plan(days, quantile: nil)
        #expect(onMean.agentHours < 2677.5)
    }

    /// Half hours from 7:00 to 21:00, handled in 4 minutes, staffed for a quantile of each, or its mean.
    private static func plan(_ days: [[Int]], quantile: Double? = 0.8) throws -> DayPlan {
        let target = StaffingTarget(share: 0.8, within: 20, occupancy: 0.88)
        let halfHours = try (0..<28).map { half in
            let counts = days.map { $0[(half * 6)..<(half * 6 + 6)].reduce(0, +) }
            let forecast = try ArrivalDispersion(counts: counts).forecast
            guard let quantile else {
                return ForecastInterval(calls: forecast.mean, handling: 240, target: target)
            }
            return try ForecastInterval(
                forecast: forecast, staffedFor: quantile, handling: 240, target: target)
        }
        return try DayPlan(halfHours, rule: StaffingRule(patience: 180, shrinkage: 0.3))
    }

    private static func bankCalls() throws -> [[Int]] {
        let file = try #require(SharedFolder.file("data/bank_calls/bank_calls.csv"))
        let text = try String(contentsOf: file, encoding: .utf8)
        var days: [(date: Substring, counts: [Int])] = []
        for line in text.utf8.split(separator: 10).dropFirst() {
            let fields = Substring(line).split(separator: ",")
            let date = fields[1].prefix(10)
            let count = try #require(Int(fields[2].filter(\.isNumber)))
            if days.last?.date != date { days.append((date, [])) }
            days[days.count - 1].counts.append(count)
        }
        return days.map(\.counts)
    }

    @Test func `names the input that is out of range`() throws {
        let forecast = try CallForecast(mean: 10, shape: 2)
        let refusals: [(String, () throws -> Void)] = [
            ("counts.count", { _ = try ArrivalDispersion(counts: [4]) }),
            ("a count", { _ = try ArrivalDispersion(counts: [4, -1]) }),
            ("a count", { _ = try ArrivalDispersion(counts: [4, Int.max]) }),
            ("the sum of counts", { _ = try ArrivalDispersion(counts: [0, 0]) }),
            ("mean", { _ = try CallForecast(mean: -1, shape: nil) }),
            ("mean", { _ = try CallForecast(mean: .nan, ratio: 2) }),
            ("shape", { _ = try CallForecast(mean: 1, shape: 0) }),
            ("shape", { _ = try CallForecast(mean: 1, shape: .nan) }),
            ("ratio", { _ = try CallForecast(mean: 1, ratio: 0.5) }),
            ("calls", { _ = try forecast.probability(atMost: -1) }),
            ("calls", { _ = try forecast.probability(atMost: Int.max) }),
            ("probability", { _ = try forecast.quantile(1) }),
            ("probability", { _ = try forecast.quantile(.nan) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
