import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("data/telco/Telco-Customer-Churn.csv"),
        "shared/data/telco is not here; set REGULARS_SHARED to check against it"))
struct `Following 7,043 telephone contracts` {
    struct Customer {
        let tenure: Int
        let contract: String
        let ended: Bool
        let isBilled: Bool
    }

    /// Read once; empty when a line is not as expected.
    static let customers: [Customer] = {
        guard let file = SharedFolder.file("data/telco/Telco-Customer-Churn.csv"),
            let bytes = try? [UInt8](Data(contentsOf: file))
        else { return [] }
        let lines = bytes.split { $0 == 10 || $0 == 13 }.dropFirst()
        let read = lines.compactMap { line -> Customer? in
            let fields = line.split(separator: 44, omittingEmptySubsequences: false)
            guard fields.count == 21, let tenure = Int(String(decoding: fields[5], as: UTF8.self)) else {
                return nil
            }
            return Customer(
                tenure: tenure, contract: String(decoding: fields[15], as: UTF8.self),
                ended: fields[20].elementsEqual("Yes".utf8), isBilled: fields[19].contains { $0 != 32 })
        }
        return read.count == lines.count ? read : []
    }()

    let customers = Self.customers

    init() throws { try #require(customers.count == 7043) }

    private func history(_ contract: String) throws -> RenewalHistory<Months> {
        let own = customers.filter { $0.contract == contract }
        return try RenewalHistory(contracts: own.map { (tenure: $0.tenure, ended: $0.ended) })
    }

    @Test func `finds eleven not yet billed, who face no renewal`() throws {
        let blank = customers.filter { !$0.isBilled }

        #expect(blank.count == 11)
        #expect(blank.allSatisfy { $0.tenure == 0 && !$0.ended })
        let all = try RenewalHistory<Months>(
            contracts: customers.map { (tenure: $0.tenure, ended: $0.ended) })
        #expect(all.renewals.first?.atRisk == 7043 - 11 && all.losses == 1869)
    }

    @Test(arguments: [
        ("Month-to-month", 3875, 42.70967741935484), ("One year", 1473, 11.269517990495586),
        ("Two year", 1695, 2.831858407079646),
    ])
    func `loses the stated share of each kind`(_ contract: String, _ count: Int, _ percent: Double) throws {
        let own = customers.filter { $0.contract == contract }
        let churn = try wilson(successes: own.count(where: \.ended), of: own.count)

        #expect(own.count == count)
        #expect(isNear(100 * churn.share, percent, to: 1e-12))
        #expect(churn.upper - churn.lower < 0.033 && churn.range.contains(percent / 100))
    }

    /// Shares under contract and mean months out of 60, computed customer by customer elsewhere.
    @Test(arguments: [
        ("Month-to-month", 0.703096636348866, 0.2971581346599373, 0.002324486313420128, 33.50207906991763),
        ("One year", 0.9908082040748656, 0.8318260847305994, 0.0003170618086719101, 57.34163182533827),
        ("Two year", 1.0, 0.9861995455959088, 1.149858683117212e-05, 59.86184792152749),
    ])
    func `keeps the stated share of each kind`(
        _ contract: String, _ year: Double, _ fiveYears: Double, _ greenwood: Double, _ mean: Double
    ) throws {
        let history = try history(contract)
        let end = try #require(try history.survival(after: 60))

        #expect(isNear(try history.survival(after: 12)?.remaining, year, to: 1e-12))
        #expect(isNear(end.remaining, fiveYears, to: 1e-12))
        #expect(isNear(end.variance, fiveYears * fiveYears * greenwood, to: 1e-11))
        #expect(isNear(history.restrictedMean(to: 60)?.mean.value, mean, to: 1e-12))
    }

    @Test func `fits monthly contracts at first and says where it does not`() throws {
        let history = try history("Month-to-month")
        let fit = try ShiftedBetaGeometric.fit(to: history)
        let gap = try #require(fit.model.survivalGap(to: history))

        // A simplex search elsewhere: α .42262, β 7.3933, log-likelihood −7679.17500.
        #expect(isNear(fit.model.alpha, 0.4226184539731748, to: 1e-6))
        #expect(isNear(fit.model.beta, 7.3932973543967995, to: 1e-6))
        #expect(isNear(fit.logLikelihood, -7679.174997324345, to: 1e-11))
        // Far off at the end, where two customers are left: the last of six years does not follow the rule.
        #expect(isNear(gap.largest, 0.234226054066118, to: 1e-6) && gap.renewal == 71)
        #expect(isNear(gap.mean, 0.057035839857979935, to: 1e-6))
    }

    @Test(arguments: ["One year", "Two year"])
    func `refuses to see a spread in contracts that are lost faster with age`(_ contract: String) throws {
        let history = try history(contract)
        let churn = try #require(history.pooledChurn)

        #expect(throws: ShiftedBetaGeometricRefusal.constantChurn(churn)) {
            try ShiftedBetaGeometric.fit(to: history)
        }
    }
}
