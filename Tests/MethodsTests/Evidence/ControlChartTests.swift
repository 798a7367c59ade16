import Foundation
import Methods
import Testing

@Suite struct `Judging a day by the days before` {
    private func days(_ counts: [Int], from first: Int = 0) -> [DayCount] {
        counts.enumerated().map { DayCount(day: first + $0, count: $1) }
    }

    /// Means and dispersion as a quasi-Poisson model in statsmodels 0.15.0 (`GLM`, `scale="X2"`).
    @Test func `sets the limits of a u-chart with uneven exposure`() throws {
        let counts = [12, 15, 8, 22, 30, 14, 9, 11]
        let hours = [8.0, 8, 4, 10, 10, 8, 6, 6]
        let history = counts.indices.map { DayCount(day: $0, count: counts[$0], exposure: hours[$0]) }
        let chart = try CountChart(history: history, season: .level)
        let limits = try #require(try chart.limits(on: 40, exposure: 8))

        #expect(abs(limits.centre - 2.0166666666666666) < 1e-14)
        #expect(abs(try #require(chart.dispersion.estimate) - 1.039551357733175) < 1e-12)
        #expect(chart.dispersion.degrees == 7)
        let reach = 3 * (1.039551357733175 * 2.0166666666666666 / 8).squareRoot()
        #expect(abs(limits.upper - (2.0166666666666666 + reach)) < 1e-12)
        #expect(abs(limits.lower - (2.0166666666666666 - reach)) < 1e-12)
        #expect(!limits.isExceeded(by: limits.upper) && limits.isExceeded(by: limits.upper + 0.001))
    }

    /// Dispersion is `chi2_contingency(correction=False)` of scipy 1.17.1 over six degrees of freedom.
    @Test(arguments: [
        ([3, 7, 2, 9, 4, 12, 5], 0.9349414477022561, 1.0),
        ([3, 27, 2, 9, 24, 12, 5], 9.515147739414646, 9.515147739414646),
    ])
    func `sets the limits of a p-chart`(_ found: [Int], _ estimate: Double, _ factor: Double) throws {
        let totals = [40, 60, 30, 50, 44, 70, 52]
        let history = try found.indices.map { DayShare(day: $0, try ShareCount(found[$0], of: totals[$0])) }
        let chart = try ShareChart(history: history)
        let limits = try #require(try chart.limits(on: 9, total: 50))
        let share = Double(found.reduce(0, +)) / 346

        #expect(abs(try #require(chart.dispersion.estimate) / estimate - 1) < 1e-12)
        #expect(abs(chart.factor / factor - 1) < 1e-12)
        let reach = 3 * (factor * share * (1 - share) / 50).squareRoot()
        #expect(abs(limits.upper - min(1, share + reach)) < 1e-12)
        #expect(abs(limits.lower - max(0, share - reach)) < 1e-12)
    }

    @Test func `compares a Monday with Mondays`() throws {
        // Day 0 and every seventh after it are busy.
        let history = (0..<28).map { DayCount(day: $0, count: $0 % 7 == 0 ? 400 : 100) }
        let weekly = try CountChart(history: history)
        let level = try CountChart(history: history, season: .level)

        #expect(weekly.dispersion.estimate == 0 && weekly.factor == 1 && weekly.dispersion.degrees == 21)
        #expect(try #require(level.dispersion.estimate) > 50)
        #expect(try weekly.limits(on: 35)?.upper == 460)
        #expect(try weekly.limits(on: -7)?.centre == 400)
        #expect(try weekly.limits(on: -6)?.centre == 100)
    }

    @Test func `knows no limits for a weekday it has never seen`() throws {
        let chart = try CountChart(history: days([30, 32, 28, 31, 29]))

        #expect(try chart.limits(on: 5) == nil)
        #expect(try chart.limits(on: 4)?.centre == 29)
        #expect(chart.dispersion.estimate == nil && chart.factor == 1)
    }

    @Test func `uses a dispersion that is given instead of its estimate`() throws {
        let chart = try CountChart(history: days([100, 140, 60, 100]), season: .level, dispersion: 1)

        #expect(chart.factor == 1)
        #expect(try chart.limits(on: 0)?.upper == 130)
        #expect(abs(try #require(chart.dispersion.estimate) - 32.0 / 3) < 1e-13)
    }

    @Test func `reports a surge of five days and passes over four`() throws {
        let chart = try CountChart(history: days([Int](repeating: 100, count: 28)))
        let surge = days([100, 131, 140, 135, 150, 133, 130, 200, 131, 131, 131, 90], from: 28)
        let found = try chart.surges(in: surge)

        // 130 is the limit itself, so it ends the stretch; four days follow it.
        #expect(found.map { [$0.firstDay, $0.lastDay, $0.days] } == [[29, 33, 5]])
        #expect(found.map(\.excess) == [189])
        #expect(try chart.surges(in: surge, atLeast: 4).count == 2)
        #expect(try chart.surges(in: surge, sigmas: 2).map(\.days) == [10])
    }

    @Test func `goes on over closed days and over any order of input`() throws {
        let chart = try CountChart(history: days([Int](repeating: 100, count: 28)))
        var generator = SeededGenerator(state: 11)
        let open = [28, 29, 32, 33, 36].map { DayCount(day: $0, count: 150) }
        let found = try chart.surges(in: open.shuffled(using: &generator))

        #expect(found.map { [$0.firstDay, $0.lastDay, $0.days] } == [[28, 36, 5]])
        #expect(found.map(\.excess) == [250])
    }

    @Test func `ends a surge on a day without limits`() throws {
        let chart = try CountChart(history: days([100, 100, 100, 100, 100, 100]))
        let busy = days([Int](repeating: 200, count: 13), from: 7)

        #expect(try chart.surges(in: busy).map(\.firstDay) == [7, 14])
    }

    @Test func `does not depend on the order of the history`() throws {
        var generator = SeededGenerator(state: 4)
        let history = (0..<60).map { DayCount(day: $0, count: Int.random(in: 50...150, using: &generator)) }

        #expect(try CountChart(history: history.shuffled(using: &generator)) == CountChart(history: history))
    }

    @Test func `finds the runs a walk by hand finds`() {
        var generator = SeededGenerator(state: 5)
        for _ in 0..<400 {
            let flags = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                Int.random(in: 0...2, using: &generator) > 0
            }
            let least = Int.random(in: 1...5, using: &generator)
            let text = String(flags.map { $0 ? "x" : "." })
            let lengths = text.split(separator: ".").map(\.count).filter { $0 >= least }
            let found = runs(of: flags, atLeast: least)

            #expect(found.map(\.count) == lengths)
            #expect(found.allSatisfy { run in run.allSatisfy { flags[$0] } })
        }
        #expect(runs(of: [true], atLeast: .min) == [0..<1])
    }

    @Test func `estimates dispersion without a bias and cries wolf seldom`() throws {
        var generator = SeededGenerator(state: 1931)
        var sum = 0.0
        var alarms = 0
        for _ in 0..<60 {
            let history = (0..<28).map { DayCount(day: $0, count: contacts(&generator)) }
            let chart = try CountChart(history: history, season: .level)
            sum += try #require(chart.dispersion.estimate)
            let limits = try #require(try chart.limits(on: 28))
            alarms += (0..<20).count { _ in limits.isExceeded(by: Double(contacts(&generator))) }
        }

        // The mean of 60 estimates with 27 degrees each has a standard error of 0.14.
        #expect(abs(sum / 60 - 4) < 0.5)
        // Of 1,200 days two or three lie above three sigma; with limits of chance alone it would be eighty.
        #expect(alarms <= 12)
    }

    /// Eight for each head of 64 tosses: mean 256, variance 1024, dispersion 4.
    private func contacts(_ generator: inout SeededGenerator) -> Int {
        8 * generator.next().nonzeroBitCount
    }

    @Test(
        .enabled(
            if: SharedFolder.has("data/bank_calls/bank_calls.csv"),
            "shared/data/bank_calls is not here; set REGULARS_SHARED to check against it"))
    func `finds the dispersion of 164 mornings at a bank`() throws {
        let file = try #require(SharedFolder.file("data/bank_calls/bank_calls.csv"))
        let text = try String(contentsOf: file, encoding: .utf8)
        let history = text.split(separator: "\n").compactMap { line -> DayCount? in
            let fields = line.split(separator: ",")
            guard fields.count == 3, fields[1].hasSuffix("T10:00:00Z"), let calls = Int(fields[2]),
                let date = try? Date(String(fields[1]), strategy: .iso8601)
            else { return nil }
            return DayCount(day: Int(date.timeIntervalSince1970) / 86_400, count: calls)
        }
        try #require(history.count == 164)

        // From datafacts.json, and the quasi-Poisson model of statsmodels 0.15.0 with a mean per weekday.
        let level = try CountChart(history: history, season: .level).dispersion
        let weekly = try CountChart(history: history).dispersion
        #expect(abs(try #require(level.estimate) - 3.801418183306865) < 1e-12)
        #expect(abs(try #require(weekly.estimate) - 2.518756802552566) < 1e-12)
        #expect(weekly.degrees == 159)
    }

    @Test func `names the input that is out of range`() throws {
        let chart = try CountChart(history: days([5, 6]), season: .level)
        let shares = try ShareChart(history: [DayShare(day: 0, ShareCount(1, of: 2))])
        let twice = [DayCount(day: 3, count: 1), DayCount(day: 3, count: 2)]
        let causes: [(String, () throws -> Void)] = [
            ("history", { _ = try CountChart(history: []) }),
            ("history.day", { _ = try CountChart(history: twice) }),
            ("history.day", { _ = try CountChart(history: [DayCount(day: .min, count: 1)]) }),
            ("history.count", { _ = try CountChart(history: days([-1])) }),
            ("history.exposure", { _ = try CountChart(history: [DayCount(day: 0, count: 1, exposure: 0)]) }),
            ("dispersion", { _ = try CountChart(history: days([1]), dispersion: .nan) }),
            ("exposure", { _ = try chart.limits(on: 0, exposure: .infinity) }),
            ("sigmas", { _ = try chart.limits(on: 0, sigmas: -1) }),
            ("days.day", { _ = try chart.surges(in: twice) }),
            ("sigmas", { _ = try chart.surges(in: [], sigmas: .nan) }),
            ("least", { _ = try chart.surges(in: [], atLeast: 0) }),
            ("history", { _ = try ShareChart(history: [DayShare(day: 0, ShareCount(0, of: 0))]) }),
            (
                "dispersion",
                {
                    _ = try ShareChart(history: [DayShare(day: 0, ShareCount(1, of: 2))], dispersion: 0)
                }
            ),
            ("total", { _ = try shares.limits(on: 0, total: 0) }),
            ("sigmas", { _ = try shares.limits(on: 0, total: 1, sigmas: .infinity) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
        #expect(try chart.limits(on: .min) != nil)
    }
}
