/// How many contracts came up for each renewal and how many ended there: all a contract model needs.
///
/// Renewal t is the end of a contract's t-th period. Contracts of different ages pool by adding up, since
/// whoever has not yet reached a renewal is simply not at risk there. Built in O(contracts + renewals).
public struct RenewalHistory<Period: TimeUnit>: Sendable, Equatable {
    /// One renewal: who faced it and who left.
    public struct Renewal: Sendable, Equatable {
        /// Which renewal, 1 or more: the end of the first period is renewal 1.
        public let number: Int
        /// Contracts known to have come up for it.
        public let atRisk: Int
        /// Contracts that ended there, at most `atRisk`.
        public let lost: Int

        /// The share that renewed with its 95 % range.
        public var retention: WilsonInterval {
            get throws(OutOfRange) { try wilson(successes: atRisk - lost, of: atRisk) }
        }
    }

    /// The renewals that anyone faced, in order.
    public let renewals: [Renewal]

    /// The most renewals a history may span.
    public static var longest: Int { 100_000 }

    /// One cohort, counted once a period: everyone at the start, then those left after each renewal.
    ///
    /// - Parameters:
    ///   - survivors: two counts or more, never rising; [1000, 869, 743] saw two renewals.
    ///   - age: renewals the cohort had behind it at the first count; 0 unless older records are lost.
    /// - Throws: `OutOfRange` naming `survivors` or `age`.
    public init(survivors: [Int], fromAge age: Int = 0) throws(OutOfRange) {
        try OutOfRange.check(Double(age), "age", in: 0...Double(Self.longest - 1))
        try OutOfRange.check(
            Double(survivors.count), "the length of survivors", in: 2...Double(Self.longest - age + 1))
        var renewals: [Renewal] = []
        renewals.reserveCapacity(survivors.count - 1)
        var before = survivors[0]
        try OutOfRange.check(count: before, "survivors")
        for (index, left) in survivors.dropFirst().enumerated() {
            guard left >= 0, left <= before else {
                throw OutOfRange(input: "survivors", value: Double(left), allowed: "from 0 to \(before)")
            }
            if before > 0 {
                renewals.append(Renewal(number: age + index + 1, atRisk: before, lost: before - left))
            }
            before = left
        }
        self.renewals = renewals
    }

    /// Single contracts: how many renewals each came up for, and whether the last of them ended it.
    ///
    /// A running contract of tenure 5 has renewed five times. One that ended with tenure 5 renewed four
    /// times and left at the fifth. Tenure 0 has not faced a renewal and says nothing yet.
    ///
    /// - Throws: `OutOfRange` naming `tenure` when one is negative, beyond `longest`, or ended at 0.
    public init(contracts: some Sequence<(tenure: Int, ended: Bool)>) throws(OutOfRange) {
        var last: [Int] = [0]
        var lost: [Int] = [0]
        for contract in contracts {
            let least = contract.ended ? 1 : 0
            guard (least...Self.longest).contains(contract.tenure) else {
                let allowed = "from \(least) to \(Self.longest)"
                throw OutOfRange(input: "tenure", value: Double(contract.tenure), allowed: allowed)
            }
            while last.count <= contract.tenure {
                last.append(0)
                lost.append(0)
            }
            last[contract.tenure] += 1
            if contract.ended { lost[contract.tenure] += 1 }
        }
        renewals = Self.facing(last: last, lost: lost)
    }

    /// Counts who faced each renewal, from how many contracts came so far and no farther.
    private static func facing(last: [Int], lost: [Int]) -> [Renewal] {
        var atRisk = 0
        var renewals: [Renewal] = []
        for number in stride(from: last.count - 1, to: 0, by: -1) {
            atRisk += last[number]
            renewals.append(Renewal(number: number, atRisk: atRisk, lost: lost[number]))
        }
        return renewals.reversed()
    }

    /// Several histories as one; every contract must be in only one of them.
    ///
    /// - Throws: `OutOfRange` naming `atRisk` when the sum passes 10¹².
    public init(pooling histories: [RenewalHistory]) throws(OutOfRange) {
        let last = histories.compactMap(\.renewals.last?.number).max() ?? 0
        var atRisk = [Int](repeating: 0, count: last + 1)
        var lost = atRisk
        for renewal in histories.flatMap(\.renewals) {
            atRisk[renewal.number] += renewal.atRisk
            lost[renewal.number] += renewal.lost
            try OutOfRange.check(count: atRisk[renewal.number], "atRisk")
        }
        renewals = atRisk.indices.filter { atRisk[$0] > 0 }.map {
            Renewal(number: $0, atRisk: atRisk[$0], lost: lost[$0])
        }
    }

    /// Everyone counted at a renewal, once for each; the number of chances to leave.
    public var opportunities: Double { renewals.reduce(0) { $0 + Double($1.atRisk) } }

    /// Contracts that ended.
    public var losses: Double { renewals.reduce(0) { $0 + Double($1.lost) } }

    /// The share that one loss rate for all ages would be, 0…1; nil where nobody faced a renewal.
    public var pooledChurn: Churn<Period>? {
        opportunities > 0 ? try? Churn(losses / opportunities) : nil
    }
}
