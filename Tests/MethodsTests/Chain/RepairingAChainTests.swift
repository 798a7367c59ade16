import Methods
import Testing

@Suite struct `Repairing a chain` {
    @Test func `offers only what a walk over every millisecond confirms, and the largest target`() throws {
        var generator = SeededGenerator(state: 20)
        var kinds: [String: Int] = [:]
        for _ in 0..<250 {
            let brute = try ChainBruteForce(&generator)
            let repairs = try brute.chain.repairs(over: brute.arrivals, step: Elapsed(milliseconds: 1))
            let proof = try brute.chain.proof(over: brute.arrivals)

            #expect(repairs.isEmpty || proof.verdict == .broken)
            for repair in repairs {
                let changed = ChainBruteForce(repair.chain, over: brute.arrivals)
                #expect(changed.moments.allSatisfy { changed.isLate($0) != true })
                #expect(repair.proof == (try repair.chain.proof(over: brute.arrivals)))
                #expect(repair.proof.verdict == .kept && repair.cost == nil)
                kinds["\(repair.change)".prefix { $0 != "(" }.description, default: 0] += 1
            }
            guard proof.verdict == .broken else { continue }
            for index in brute.chain.tiers.indices {
                let offered = repairs.compactMap { repair -> Elapsed? in
                    guard case .target(index, let target) = repair.change else { return nil }
                    return target
                }
                #expect(offered == largestTarget(at: index, in: brute).map { [$0] } ?? [])
            }
        }
        #expect(kinds.count == 4 && kinds.values.allSatisfy { $0 > 10 }, "\(kinds)")
    }

    private func largestTarget(at index: Int, in brute: ChainBruteForce) -> Elapsed? {
        var targets = brute.chain.tiers.compactMap(\.target)
        let present = targets[index].milliseconds
        return stride(from: present - 1, to: 0, by: -1).map { Elapsed(milliseconds: $0) }.first { target in
            targets[index] = target
            return brute.moments.allSatisfy { brute.isLate($0, with: targets) != true }
                && brute.moments.contains { brute.handover($0, to: targets.count, with: targets) != nil }
        }
    }

    private func patterns() throws -> [HoursPattern] {
        [
            HoursPattern("all hours", try ChainYear.always()),
            HoursPattern("Saturdays", try ChainYear.hours(5...5, from: 9, to: 17)),
            HoursPattern("weekdays", try ChainYear.weekdays()),
            HoursPattern("every day from 5 to 23", try ChainYear.hours(0...6, from: 5, to: 23)),
            HoursPattern("every day from 0 to 23", try ChainYear.hours(0...6, from: 0, to: 23)),
        ]
    }

    @Test
    func `offers the customer's hours, a pattern, a hand-over less and a longer promise, in this order`()
        throws
    {
        let repairs = try ChainYear.seed().repairs(over: ChainYear.year, patterns: try patterns())

        #expect(
            repairs.map(\.change) == [
                .hours(tier: 1, .customers), .hours(tier: 1, .extended(by: "all hours")), .withoutTier(1),
                .promise(.hours(67) + .minutes(30)),
            ])
        #expect(repairs[0].coverageAdded == .hours(365 * 24 - 261 * 8))
        #expect(repairs[3].promiseLengthened == .hours(63) + .minutes(30))
        #expect(repairs.allSatisfy { $0.cost == nil && $0.proof.shareAtRisk == 0 })
    }

    @Test func `takes the smallest pattern that is enough`() throws {
        let chain = try ChainYear.seed()
        let longer = try Chain(
            promise: .init(within: .hours(6), hours: chain.promise.hours), tiers: chain.tiers)
        let changes = try longer.repairs(over: ChainYear.year, patterns: try patterns()).map(\.change)

        #expect(changes.contains(.hours(tier: 1, .extended(by: "every day from 0 to 23"))))
        #expect(!changes.contains(.hours(tier: 1, .extended(by: "all hours"))))
    }

    @Test func `offers the hours of the tier before and the target that then fits`() throws {
        let day = try ChainYear.hours(0...6, from: 9, to: 17)
        let chain = try Chain(
            promise: .init(within: .hours(16), hours: try ChainYear.always()),
            tiers: [
                .init("day", target: .minutes(1), hours: day),
                .init("evening", target: .minutes(59), hours: try ChainYear.hours(0...6, from: 17, to: 19)),
            ])
        let changes = try chain.repairs(over: ChainYear.year).map(\.change)

        #expect(changes.contains(.hours(tier: 1, .previousTier)) == false)
        #expect(changes.contains(.hours(tier: 1, .customers)) == false)
        let wider = try Chain(
            promise: .init(within: .hours(17), hours: chain.promise.hours), tiers: chain.tiers)
        #expect(
            try wider.repairs(over: ChainYear.year).map(\.change).contains(.hours(tier: 1, .previousTier)))
    }

    @Test func `puts known costs first, the cheapest in front`() throws {
        let costs = RepairCosts(
            hourOfCoverage: Amount(minorUnits: 5), handover: Amount(minorUnits: 40_000),
            hourOfPromise: Amount(minorUnits: 100))
        let repairs = try ChainYear.seed().repairs(over: ChainYear.year, costs: costs)

        #expect(
            repairs.map(\.change) == [
                .promise(.hours(67) + .minutes(30)), .hours(tier: 1, .customers), .withoutTier(1),
            ])
        #expect(repairs.map(\.cost?.minorUnits) == [6_350, 33_360, 40_000])
        let some = try ChainYear.seed().repairs(
            over: ChainYear.year, costs: RepairCosts(handover: Amount(minorUnits: 1e9)))
        #expect(some.map(\.cost?.minorUnits) == [1e9, nil, nil])
    }

    @Test func `shortens a target to whole steps and prices the hours`() throws {
        let always = try ChainYear.always()
        let chain = try Chain(
            promise: .init(within: .minutes(245), hours: always),
            tiers: [
                .init("one", target: .hours(3), hours: always),
                .init("two", target: .hours(2), hours: always),
            ])
        let costs = RepairCosts(hourOfTarget: Amount(minorUnits: 60))
        let repairs = try chain.repairs(over: ChainYear.year, costs: costs, step: .minutes(15))

        #expect(
            repairs.map(\.change) == [
                .target(tier: 0, .minutes(120)), .target(tier: 1, .minutes(60)), .withoutTier(0),
                .withoutTier(1),
                .promise(.hours(5)),
            ])
        #expect(repairs[0].targetShortened == .hours(1) && repairs[0].cost == Amount(minorUnits: 60))
    }

    @Test func `finds a target where there is none, and hours where there are none`() throws {
        let always = try ChainYear.always()
        let support = Chain.Tier("support", target: .hours(1), hours: always)
        let promise = Chain.Promise(within: .hours(4), hours: always)
        let noTarget = try Chain(
            promise: promise, tiers: [support, .init("engineers", target: nil, hours: always)])
        let noHours = try Chain(
            promise: promise, tiers: [support, .init("engineers", target: .hours(2), hours: nil)])

        #expect(
            try noTarget.repairs(over: ChainYear.year).map(\.change)
                == [.target(tier: 1, .hours(3)), .withoutTier(1)])
        #expect(
            try noHours.repairs(over: ChainYear.year).map(\.change)
                == [.hours(tier: 1, .customers), .withoutTier(1)])
    }

    @Test func `hands on the tickets of a tier that is taken out`() throws {
        let always = try ChainYear.always()
        let chain = try Chain(
            promise: .init(within: .hours(3), hours: always),
            tiers: [0.5, 0.75, nil].map { .init("T", target: .hours(2), hours: always, solved: $0) })
        let repairs = try chain.repairs(over: ChainYear.year)
        let pair = try Chain(
            promise: .init(within: .hours(5), hours: always), tiers: chain.tiers)
        let less = try pair.repairs(over: ChainYear.year)

        #expect(repairs.map(\.change) == [.promise(.hours(6))])
        let shares = less.compactMap { repair -> [Double]? in
            guard case .withoutTier = repair.change else { return nil }
            return repair.chain.reached
        }
        #expect(shares == [[1, 0.25], [1, 0.5], [1, 0.5]])
    }

    @Test func `has nothing to offer for a promise that is kept`() throws {
        let always = try ChainYear.always()
        let chain = try Chain(
            promise: .init(within: .hours(4), hours: always),
            tiers: [.init("support", target: .hours(4), hours: always)])

        #expect(try chain.repairs(over: ChainYear.year).isEmpty)
    }

    @Test func `refuses steps and prices that make no sense`() throws {
        let chain = try ChainYear.seed()
        let error = #expect(throws: OutOfRange.self) { try chain.repairs(step: .zero) }
        #expect(error?.input == "step")
        let nan = Amount(minorUnits: .nan)
        let prices = [
            ("costs.hourOfCoverage", RepairCosts(hourOfCoverage: nan)),
            ("costs.hourOfTarget", RepairCosts(hourOfTarget: nan)),
            ("costs.handover", RepairCosts(handover: nan)),
            ("costs.hourOfPromise", RepairCosts(hourOfPromise: nan)),
        ]
        for (input, costs) in prices {
            let error = #expect(throws: OutOfRange.self) { try chain.repairs(costs: costs) }
            #expect(error?.input == input)
        }
        #expect(throws: OutOfRange.self) { try chain.repairs(margin: 2) }
    }
}
