import Methods
import Testing

@Suite struct `Proving a chain` {
    /// Small random chains; every other one in steps of 4 ms, which shows limits between the milliseconds.
    private static func cases(_ count: Int, seed: UInt64) throws -> [(ChainBruteForce, ChainProof, Int64)] {
        var generator = SeededGenerator(state: seed)
        return try (0..<count).map { index in
            let scale: Int64 = index.isMultiple(of: 2) ? 1 : 4
            let brute = try ChainBruteForce(&generator, scale: scale)
            return (brute, try brute.chain.proof(over: brute.arrivals), scale)
        }
    }

    @Test func `finds late exactly the arrivals that a walk over every millisecond finds late`() throws {
        var verdicts: [String: Int] = [:]
        for (brute, proof, _) in try Self.cases(400, seed: 1) {
            let decided = brute.moments.filter { brute.isLate($0) != nil }
            let late = decided.filter { brute.isLate($0) == true }
            let found = proof.lateArrivals.flatMap { $0.lowerBound.milliseconds..<$0.upperBound.milliseconds }

            #expect(found == late)
            #expect(
                (proof.decided.lowerBound.milliseconds..<proof.decided.upperBound.milliseconds).map { $0 }
                    == decided)
            let kept: ChainProof.Verdict = late.isEmpty ? .kept : .broken
            if case .undecided(let reason) = proof.verdict {
                #expect(late.isEmpty && (decided.isEmpty || reason == .promiseNeverDue))
            } else {
                #expect(proof.verdict == kept)
            }
            #expect((proof.brokenLink != nil) == (proof.verdict == .broken))
            verdicts["\(proof.verdict)", default: 0] += 1
        }
        #expect(verdicts.values.allSatisfy { $0 > 5 } && verdicts.count == 5, "\(verdicts)")
    }

    @Test func `finds the worst slack, and an arrival that has it`() throws {
        var limits = 0
        for (brute, proof, _) in try Self.cases(400, seed: 2) {
            let slacks = brute.moments.compactMap { arrival in
                brute.due(arrival).flatMap { due in
                    brute.handover(arrival, to: brute.chain.tiers.count).map { due - $0 }
                }
            }

            #expect(proof.worst?.slack?.milliseconds == slacks.min())
            #expect((proof.judged.upperBound - proof.judged.lowerBound).milliseconds == Int64(slacks.count))
            guard let worst = proof.worst else { continue }
            let completion = brute.handover(worst.arrival.milliseconds, to: brute.chain.tiers.count)
            #expect(completion == worst.completion.milliseconds)
            limits += worst.isLimit ? 1 : 0
        }
        #expect(limits > 5, "\(limits)")
    }

    @Test func `finds the tightest promise, and whether it is a limit`() throws {
        var limits = 0
        var onlyJust = 0
        for (brute, proof, scale) in try Self.cases(400, seed: 3) {
            let completed = brute.moments.compactMap { arrival in
                brute.handover(arrival, to: brute.chain.tiers.count).map { (arrival, $0) }
            }
            let needed = completed.map { brute.customerTime($0, $1) }.max()
            let tightest = proof.tightest

            #expect(tightest.map { $0.within.milliseconds - ($0.isLimit ? 1 : 0) } == needed)
            guard let tightest else { continue }
            #expect(tightest.isLowerBound == (completed.count < brute.moments.count))
            if scale > 1, brute.arrivals == brute.chain.promise.hours.horizon {
                #expect(tightest.within.milliseconds.isMultiple(of: scale))
            }
            let isKept = completed.allSatisfy { arrival, completion in
                brute.due(arrival, tightest.within).map { completion <= $0 } ?? true
            }
            #expect(tightest.isKept == isKept)
            let above = tightest.within + Elapsed(milliseconds: 1)
            #expect(
                completed.allSatisfy { arrival, end in brute.due(arrival, above).map { end <= $0 } ?? true })
            limits += tightest.isLimit ? 1 : 0
            onlyJust += tightest.isKept ? 0 : 1
        }
        #expect(limits > 10 && onlyJust > 10, "\(limits) \(onlyJust)")
    }

    @Test func `shares the customer's time of a case out among the tiers`() throws {
        for (brute, proof, _) in try Self.cases(200, seed: 4) {
            for example in [proof.worst, proof.tightest?.example].compactMap({ $0 }) {
                let (arrival, completion) = (example.arrival.milliseconds, example.completion.milliseconds)
                let total = example.legs.reduce(Elapsed.zero) { $0 + $1.customerTime }

                #expect(total.milliseconds == brute.customerTime(arrival, completion))
                for (index, leg) in example.legs.enumerated() {
                    let handed = leg.handedOver.milliseconds, done = leg.finished.milliseconds
                    let open = (handed..<done).filter { brute.isOpen($0, in: index + 1) }
                    let both = open.filter { brute.isOpen($0, in: 0) }
                    #expect(brute.handover(arrival, to: index) == handed)
                    #expect(leg.worked.milliseconds == Int64(open.count))
                    #expect(leg.waited.milliseconds == done - handed - Int64(open.count))
                    #expect(leg.customerWorked.milliseconds == Int64(both.count))
                }
            }
        }
    }

    @Test func `finds the longest that a ticket waits for each tier to open`() throws {
        for (brute, proof, _) in try Self.cases(200, seed: 5) {
            for (index, tier) in brute.chain.tiers.enumerated() where tier.target != .zero {
                let waits = brute.moments.compactMap { brute.handover($0, to: index) }.map {
                    brute.customerTime($0, brute.opening($0, in: index + 1))
                }
                let longest = waits.max() ?? 0
                let found = proof.links[index].longestWait?.customerTime.milliseconds ?? 0

                // A limit just after a moment may be a millisecond more than any arrival has to wait.
                #expect((longest...(longest + 1)).contains(found))
            }
        }
    }

    @Test func `counts shares at risk for every tier at which tickets end`() throws {
        for (brute, proof, _) in try Self.cases(200, seed: 6) {
            let decided = brute.moments.filter { brute.isLate($0) != nil }
            let open = decided.filter { brute.isOpen($0, in: 0) }
            let late = decided.filter { brute.isLate($0) == true }
            let count = Double(decided.count)
            var tickets = 0.0
            for (index, link) in proof.links.enumerated() {
                let share =
                    Double(decided.filter { brute.isLate($0, tiers: index + 1) == true }.count) / count
                tickets += link.ended * share
                #expect(decided.isEmpty ? link.shareAtRisk == nil : link.shareAtRisk == share)
            }
            #expect(
                decided.isEmpty ? proof.shareAtRisk == nil : proof.shareAtRisk == Double(late.count) / count)
            let lateAndOpen = Double(late.filter { brute.isOpen($0, in: 0) }.count)
            #expect(proof.shareOfOpenTimeAtRisk == (open.isEmpty ? nil : lateAndOpen / Double(open.count)))
            #expect(decided.isEmpty || abs((proof.ticketsAtRisk ?? -1) - tickets) < 1e-12)
        }
    }
}
