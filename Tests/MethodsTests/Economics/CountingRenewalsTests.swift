import Methods
import Testing

@Suite struct `Counting renewals` {
    @Test func `reads a cohort counted once a period`() throws {
        let history = try RenewalHistory<Years>(survivors: [1000, 869, 743, 653])

        #expect(history.renewals.map(\.number) == [1, 2, 3])
        #expect(history.renewals.map(\.atRisk) == [1000, 869, 743])
        #expect(history.renewals.map(\.lost) == [131, 126, 90])
        #expect(history.opportunities == 2612 && history.losses == 347)
        #expect(isNear(history.pooledChurn?.share, 347.0 / 2612, to: 1e-15))
        #expect(isNear(try history.renewals[0].retention.share, 0.869, to: 1e-15))
    }

    @Test func `reads single contracts of any age in any order`() throws {
        let running = [(tenure: 0, ended: false), (tenure: 2, ended: false), (tenure: 3, ended: false)]
        let ended = [(tenure: 1, ended: true), (tenure: 3, ended: true)]

        let history = try RenewalHistory<Months>(contracts: running + ended)
        let turned = try RenewalHistory<Months>(contracts: (ended + running).reversed())

        #expect(history.renewals.map(\.atRisk) == [4, 3, 2])
        #expect(history.renewals.map(\.lost) == [1, 0, 1])
        #expect(history == turned)
    }

    @Test func `is the same from single contracts as from the cohorts they form`() throws {
        let young = [200, 150, 120]
        let old = [100, 80, 70, 61, 55]
        var contracts: [(tenure: Int, ended: Bool)] = []
        for cohort in [young, old] {
            for (age, pair) in zip(cohort, cohort.dropFirst()).enumerated() {
                contracts += Array(repeating: (tenure: age + 1, ended: true), count: pair.0 - pair.1)
            }
            let still = (tenure: cohort.count - 1, ended: false)
            contracts += Array(repeating: still, count: cohort.last ?? 0)
        }
        var generator = SeededGenerator(state: 3)
        contracts.shuffle(using: &generator)

        let pooled = try RenewalHistory<Months>(pooling: [
            RenewalHistory(survivors: young), RenewalHistory(survivors: old),
        ])

        #expect(try RenewalHistory<Months>(contracts: contracts) == pooled)
    }

    @Test func `takes up a cohort whose early records are lost`() throws {
        let late = try RenewalHistory<Years>(survivors: [50, 48, 47], fromAge: 3)

        #expect(late.renewals.map(\.number) == [4, 5])
        #expect(try late.survival(after: 4) == nil)
    }

    @Test func `leaves out renewals nobody faced`() throws {
        #expect(try RenewalHistory<Years>(survivors: [5, 0, 0, 0]).renewals.count == 1)
        #expect(try RenewalHistory<Years>(survivors: [0, 0]).renewals.isEmpty)
        #expect(try RenewalHistory<Years>(contracts: []).pooledChurn == nil)
        #expect(try RenewalHistory<Years>(pooling: []).renewals.isEmpty)
    }

    @Test func `refuses what cannot have been counted`() throws {
        for survivors in [[5, 6], [5, -1], [-5, -6], [.max, 3]] {
            let error = #expect(throws: OutOfRange.self) { try RenewalHistory<Years>(survivors: survivors) }
            #expect(error?.input == "survivors")
        }
        let short = #expect(throws: OutOfRange.self) { try RenewalHistory<Years>(survivors: [5]) }
        #expect(short?.input == "the length of survivors")
        for age in [-1, 100_000, .max, .min] {
            let error = #expect(throws: OutOfRange.self) {
                try RenewalHistory<Years>(survivors: [5, 4], fromAge: age)
            }
            #expect(error?.input == "age")
        }
        for (tenure, ended) in [(-1, false), (0, true), (100_001, false), (.max, true), (.min, true)] {
            let error = #expect(throws: OutOfRange.self) {
                try RenewalHistory<Years>(contracts: [(tenure: tenure, ended: ended)])
            }
            #expect(error?.input == "tenure")
        }
        let huge = try RenewalHistory<Years>(survivors: [900_000_000_000, 1])
        let sum = #expect(throws: OutOfRange.self) { try RenewalHistory<Years>(pooling: [huge, huge]) }
        #expect(sum?.input == "atRisk")
    }
}
