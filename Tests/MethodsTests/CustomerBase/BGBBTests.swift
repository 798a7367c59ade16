import Foundation
import Methods
import Testing

@Suite struct `Modelling yearly opportunities` {
    /// Parameters printed by the R package BTYD for the donations of Fader, Hardie and Shang 2010.
    private let published = Result {
        try BGBB(alpha: 1.203528, beta: 0.749726, gamma: 0.6567808, delta: 2.783796)
    }

    @Test func `gives the published expectations`() throws {
        let model = try published.get()
        let never = try OpportunityHistory(taken: 0, last: 0, opportunities: 6)
        let often = try OpportunityHistory(taken: 4, last: 5, opportunities: 6)

        #expect(abs(try model.expectedPurchases(of: .new, within: 10) / 3.179805910725473 - 1) < 1e-12)
        #expect(abs(try model.expectedPurchases(of: never, within: 10) / 0.13021686783931954 - 1) < 1e-12)
        #expect(abs(try model.expectedPurchases(of: often, within: 10) / 3.6278581139030166 - 1) < 1e-12)
    }

    /// Made with mpmath 1.4.1 at 40 digits from the beta functions of the paper: x, tₓ, n, d, ln L, P(alive at
    /// n + 1), DERT.
    @Test(arguments: [
        [4, 5, 6, 0.1, -5.095573304761618, 0.6967892995445255, 3.1969708830622725],
        [0, 0, 6, 0.1, -1.1675271474659137, 0.1081334654449278, 0.11475077632460028],
        [6, 6, 6, 0.001, -2.181693807524033, 0.9304300135559513, 81.25494657968713],
        [3, 20, 50, 0.00001, -13.902926631824682, 0.07803117625520889, 10.686564482346105],
    ])
    func `matches references`(_ row: [Double]) throws {
        let model = try published.get()
        let history = try OpportunityHistory(
            taken: Int(row[0]), last: Int(row[1]), opportunities: Int(row[2]))

        #expect(abs(model.logLikelihood(of: history) / row[4] - 1) < 1e-13)
        #expect(abs(try #require(model.alive(history).probability) / row[5] - 1) < 1e-12)
        let residual = try model.discountedPurchases(of: history, discount: row[3])
        #expect(abs(residual / row[6] - 1) < 1e-10)
    }

    /// Every sequence of buying and passing has a chance; histories pool those with the same x and tₓ.
    @Test func `shares out all of the probability`() throws {
        let model = try BGBB(alpha: 0.7, beta: 1.9, gamma: 0.4, delta: 2.2)
        let opportunities = 7
        var (total, purchases) = (0.0, 0.0)
        for sequence in 0..<(1 << opportunities) {
            let taken = sequence.nonzeroBitCount
            let last = sequence == 0 ? 0 : Int.bitWidth - sequence.leadingZeroBitCount
            let history = try OpportunityHistory(taken: taken, last: last, opportunities: opportunities)
            let chance = exp(model.logLikelihood(of: history))
            total += chance
            purchases += chance * Double(taken)
        }

        #expect(abs(total - 1) < 1e-12)
        #expect(abs(purchases / (try model.expectedPurchases(of: .new, within: opportunities)) - 1) < 1e-12)
    }

    /// The story, integrated over both chances with code of its own.
    @Test func `gives the story's likelihood and chance of being there`() throws {
        let model = try BGBB(alpha: 1.4, beta: 1.1, gamma: 1.6, delta: 3.2)
        for (taken, last, end) in [(0, 0, 4), (1, 3, 6), (4, 5, 6), (5, 5, 5)] {
            var (all, next) = (0.0, 0.0)
            for one in -60...60 {
                for two in -60...60 {
                    let (buy, leave) = (1 / (1 + exp(Double(one) * 0.25)), 1 / (1 + exp(Double(two) * 0.25)))
                    let density = beta(buy, 1.4, 1.1) * beta(leave, 1.6, 3.2)
                    func stayed(_ count: Int) -> Double {
                        pow(1 - leave, Double(count)) * pow(buy, Double(taken))
                            * pow(1 - buy, Double(count - taken))
                    }
                    all += density * (stayed(end) + (last..<end).reduce(0) { $0 + leave * stayed($1) })
                    next += density * stayed(end) * (1 - leave)
                }
            }
            let history = try OpportunityHistory(taken: taken, last: last, opportunities: end)

            #expect(abs(model.logLikelihood(of: history) - log(all / 16)) < 1e-6)
            #expect(abs(model.alive(history).factor - next / all) < 1e-6)
        }
    }

    private func beta(_ chance: Double, _ a: Double, _ b: Double) -> Double {
        exp(a * log(chance) + b * log1p(-chance) + lgamma(a + b) - lgamma(a) - lgamma(b))
    }

    @Test func `discounts to the sum of single opportunities`() throws {
        let model = try published.get()
        let history = try OpportunityHistory(taken: 3, last: 5, opportunities: 6)
        var (sum, before) = (0.0, 0.0)
        for count in 1...300 {
            let purchases = try model.expectedPurchases(of: history, within: count)
            sum += (purchases - before) / pow(1.2, Double(count))
            before = purchases
        }

        #expect(abs(try model.discountedPurchases(of: history, discount: 0.2) / sum - 1) < 1e-11)
    }

    @Test func `names the input that is out of range`() throws {
        let causes: [(String, Int, Int, Int)] = [
            ("opportunities", 0, 0, -1), ("opportunities", 0, 0, .max), ("taken", 7, 7, 6),
            ("taken", -1, 0, 6),
            ("last", 0, 1, 6), ("last", 3, 2, 6), ("last", 3, 7, 6),
        ]
        for (input, taken, last, opportunities) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try OpportunityHistory(taken: taken, last: last, opportunities: opportunities)
            }
            #expect(error?.input == input)
        }
        let model = try published.get()
        #expect(throws: OutOfRange.self) { try model.expectedPurchases(of: .new, within: -1) }
        for discount in [0, -1, .nan] as [Double] {
            #expect(throws: OutOfRange.self) { try model.discountedPurchases(of: .new, discount: discount) }
        }
        for bad in [0, .nan, .infinity] as [Double] {
            #expect(throws: OutOfRange.self) { try BGBB(alpha: bad, beta: 1, gamma: 1, delta: 1) }
            #expect(throws: OutOfRange.self) { try BGBB(alpha: 1, beta: bad, gamma: 1, delta: 1) }
            #expect(throws: OutOfRange.self) { try BGBB(alpha: 1, beta: 1, gamma: bad, delta: 1) }
            #expect(throws: OutOfRange.self) { try BGBB(alpha: 1, beta: 1, gamma: 1, delta: bad) }
        }
        #expect(throws: FitRefusal.tooFewCustomers(0, least: 30)) { try BGBB.fit(to: []) }
        let passive = [(history: try OpportunityHistory(taken: 0, last: 0, opportunities: 6), customers: 90)]
        #expect(throws: FitRefusal.tooFewRepeaters(0, least: 10)) { try BGBB.fit(to: passive) }
        #expect(throws: FitRefusal.self) { try BGBB.fit(to: [(history: .new, customers: .max)]) }
        #expect(throws: FitRefusal.self) { try BGBB.fit(to: [(history: .new, customers: 0)]) }
    }
}

@Suite(.enabled(if: SharedFolder.has("data/donations/donations.csv"), "data/donations is not here"))
struct `Fitting the donations` {
    @Test func `finds the published model of 11,104 donors`() throws {
        var generator = SeededGenerator(state: 1995)
        let file = try #require(SharedFolder.file("data/donations/donations.csv"))
        let donors = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
            .dropFirst().map {
                let fields = $0.split(separator: ",").compactMap { Int($0) }
                let history = try OpportunityHistory(
                    taken: fields[0], last: fields[1], opportunities: fields[2])
                return (history: history, customers: fields[3])
            }
        try #require(donors.count == 22)

        let fit = try BGBB.fit(to: donors)

        #expect(fit.customers == 11_104)
        #expect(abs(fit.logLikelihood + 33_225.581275) < 1e-3 && fit.logLikelihood >= -33_225.5812755)
        #expect(abs(fit.model.alpha - 1.203528) < 2e-4 && abs(fit.model.beta - 0.749726) < 2e-4)
        #expect(abs(fit.model.gamma - 0.6567808) < 1e-3 && abs(fit.model.delta - 2.783796) < 4e-3)
        #expect(fit.starts.allSatisfy { $0.converged && abs($0.logLikelihood - fit.logLikelihood) < 1e-5 })
        #expect(abs(fit.model.logLikelihood(of: donors) - fit.logLikelihood) < 1e-7)
        #expect(try BGBB.fit(to: donors.shuffled(using: &generator)).model == fit.model)
    }
}
