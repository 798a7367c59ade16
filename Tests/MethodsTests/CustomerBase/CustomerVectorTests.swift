import Foundation
import Methods
import Testing

/// Individual customers of bgnbd_cdnow.json, there made with mpmath at 40 digits.
@Suite(.enabled(if: CDNOWVectors.isHere, "\(CDNOWVectors.missing)"))
struct `Matching the reference customers` {
    let vectors: CDNOWVectors

    init() throws {
        vectors = try #require(try CDNOWVectors.read())
        try #require(vectors.bgnbd_individual.rows.count == 14)
        try #require(vectors.mbgnbd_individual.rows.count == 14)
        try #require(vectors.paretonbd_individual.rows.count == 9)
        try #require(vectors.bgnbd_new_customer.E_X_t.count == 8)
        try #require(vectors.bgnbd_new_customer.pmf_t39.count == 11)
        try #require(vectors.log_likelihood_at_fixed_parameters.count == 4)
    }

    private func expect(
        _ found: Double, _ expected: Double, within tolerance: Double = 1e-9, _ comment: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(found - expected) <= tolerance * abs(expected), "\(comment)", sourceLocation: location)
    }

    /// At the parameters BTYD prints, on exact days.
    @Test(.enabled(if: CDNOW.hasSample, "shared/data/cdnow is not here"))
    func `gives the same chances summed over the cohort`() throws {
        let model = try BGNBD<Weeks>(r: 0.2425967, alpha: 4.413659, a: 0.7929869, b: 2.426164)
        let customers = try CDNOW.sample().compactMap { $0.history(through: CDNOW.cut, in: Weeks.self) }
        let repeaters = customers.filter { $0.repeats > 0 }
        let expected = vectors.cohort_aggregates_at_published_params
        try #require(customers.count == 2357 && repeaters.count == 946)

        expect(customers.reduce(0) { $0 + model.alive($1).factor }, expected.sum_p_alive, "everyone")
        let mean = repeaters.reduce(0) { $0 + model.alive($1).factor } / Double(repeaters.count)
        expect(mean, expected.mean_p_alive_repeaters, "repeaters")
    }

    @Test func `gives the same BG/NBD likelihoods, chances and expectations`() throws {
        let model = try BGNBD<Weeks>(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
        for row in vectors.bgnbd_individual.rows {
            let history = try row.history()
            let expectations = try #require(row.expected_transactions)

            expect(model.logLikelihood(of: history), row.log_likelihood_i, "\(history)")
            expect(model.alive(history).factor, row.p_alive, "\(history)")
            #expect((model.alive(history) == .presumed) == (row.x == 0))
            #expect(expectations.count == 4)
            for (weeks, expected) in expectations {
                let time = Time<Weeks>(try #require(Double(weeks)))
                expect(try model.expectedPurchases(of: history, within: time), expected, "\(history) \(time)")
            }
        }
    }

    @Test func `gives the same MBG/NBD likelihoods, chances and expectations`() throws {
        let model = try MBGNBD<Weeks>(r: 0.525, alpha: 6.183, a: 0.891, b: 1.614)
        for row in vectors.mbgnbd_individual.rows {
            let history = try row.history()

            expect(model.logLikelihood(of: history), row.log_likelihood_i, "\(history)")
            expect(try #require(model.alive(history).probability), row.p_alive, "\(history)")
            let expected = try #require(row.expected_39)
            expect(try model.expectedPurchases(of: history, within: 39), expected, "\(history)")
        }
    }

    @Test func `gives the same Pareto/NBD likelihoods, chances and expectations`() throws {
        let model = try ParetoNBD<Weeks>(r: 0.553, alpha: 10.58, s: 0.606, beta: 11.656)
        for row in vectors.paretonbd_individual.rows {
            let history = try row.history()

            expect(model.logLikelihood(of: history), row.log_likelihood_i, "\(history)")
            expect(try #require(model.alive(history).probability), row.p_alive, "\(history)")
            let expected = try #require(row.expected_52)
            expect(try model.expectedPurchases(of: history, within: 52), expected, "\(history)")
        }
    }

    @Test func `expects the same of a new customer`() throws {
        let model = try BGNBD<Weeks>(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
        for (weeks, expected) in vectors.bgnbd_new_customer.E_X_t {
            let time = Time<Weeks>(try #require(Double(weeks)))
            expect(try model.expectedPurchases(within: time), expected, weeks)
        }
        let counts = try model.repeatCounts(within: 39, upTo: 10)
        for (count, expected) in vectors.bgnbd_new_customer.pmf_t39 {
            expect(counts[try #require(Int(count))], expected, count)
        }
    }

    @Test(.enabled(if: CDNOW.hasSummary, "data/cdnow is not here"))
    func `adds up to the same log-likelihood of the sample, in any order`() throws {
        var generator = SeededGenerator(state: 9582)
        let histories = try CDNOW.summary().map(\.history)
        try #require(histories.count == 2357)
        let base = try CustomerBase(histories)
        for vector in vectors.log_likelihood_at_fixed_parameters {
            let model = try self.model(vector)

            expect(model.logLikelihood(of: base), vector.total, vector.model)
            let shuffled = try CustomerBase(histories.shuffled(using: &generator))
            #expect(model.logLikelihood(of: shuffled) == model.logLikelihood(of: base))
        }
    }

    private func model(_ vector: CDNOWVectors.LogLikelihood) throws -> any BuyingProcess<Weeks> {
        let (shape, scale, first, second) = (
            vector.params[0], Time<Weeks>(vector.params[1]), vector.params[2], vector.params[3]
        )
        switch vector.model {
        case "BG/NBD": return try BGNBD(r: shape, alpha: scale, a: first, b: second)
        case "MBG/NBD": return try MBGNBD(r: shape, alpha: scale, a: first, b: second)
        default: return try ParetoNBD(r: shape, alpha: scale, s: first, beta: Time(second))
        }
    }
}

/// Figures printed in the walkthrough of the R package BTYD 2.4.3, as read from the reference file.
@Suite struct `Matching the published customers` {
    private let better = Result { try BGNBD<Weeks>(r: 0.2425967, alpha: 4.413659, a: 0.7929869, b: 2.426164) }
    private let pareto = Result {
        try ParetoNBD<Weeks>(r: 0.55327708, alpha: 10.57768393, s: 0.60623981, beta: 11.66872996)
    }

    @Test func `foresees customer 1516 of BG/NBD as printed`() throws {
        let model = try better.get()
        let history = try PurchaseHistory<Weeks>(repeats: 26, last: Time(30.857142857142858), observed: 31)

        #expect(abs(try model.expectedPurchases(of: history, within: 52) - 25.75659) < 1e-5)
        #expect(abs(model.alive(history).factor - 0.9688523) < 1e-7)
        #expect(abs(try model.expectedPurchases(within: 52) - 1.444004) < 5e-7)
    }

    /// The more often someone bought before a long silence, the surer they are gone.
    @Test(arguments: [(10, 0.3474606), (15, 0.04283391), (20, 0.004158973), (25, 0.0003583685)])
    func `shows the increasing-frequency paradox`(_ repeats: Int, _ expected: Double) throws {
        let history = try PurchaseHistory<Weeks>(repeats: repeats, last: 20, observed: 39)

        #expect(abs(try better.get().expectedPurchases(of: history, within: 52) / expected - 1) < 2e-7)
    }

    @Test func `foresees customer 1516 of Pareto/NBD as printed`() throws {
        let model = try pareto.get()
        let history = try PurchaseHistory<Weeks>(repeats: 26, last: Time(30.857142857142858), observed: 31)

        #expect(abs(try model.expectedPurchases(of: history, within: 52) / 25.45647 - 1) < 2e-4)
        #expect(abs(try #require(model.alive(history).probability) - 0.997874) < 2e-6)
        #expect(abs(try model.expectedPurchases(within: 52) - 1.473434) < 5e-7)
    }
}
