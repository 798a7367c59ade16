import Foundation
import Methods
import Testing

@Suite struct `Drawing cases to audit` {
    /// 300 cases of five agents in two channels, unevenly spread; every tenth a detractor.
    private var period: [AuditCandidate<Int>] {
        (0..<300).map { number in
            let agent = ["Ada", "Grace", "Linus", "Mallory", "Edsger"][number % 15 < 8 ? 0 : number % 5]
            return AuditCandidate(
                id: number, agent: agent, channel: number % 4 == 0 ? "phone" : "mail",
                isDetractor: number % 10 == 0)
        }
    }

    @Test func `draws the same cases from the same seed, whatever order they come in`() throws {
        var generator = SeededGenerator(state: 6)
        let one = try auditSample(from: period, size: 40, seed: 11)

        for _ in 0..<5 {
            #expect(try auditSample(from: period.shuffled(using: &generator), size: 40, seed: 11) == one)
        }
        #expect(try auditSample(from: period, size: 40, seed: 12) != one)
    }

    /// Pins the stream: were it to change, no past audit could be drawn again.
    @Test func `draws these very cases from this seed`() throws {
        let cases = (1...10).map { AuditCandidate(id: $0, agent: "Ada", channel: "mail") }

        #expect(try auditSample(from: cases, size: 4, seed: 2026).strata[0].drawn == [7, 5, 9, 1])
    }

    @Test func `shares the sample out in proportion and reads everyone at least once`() throws {
        let sample = try auditSample(from: period, size: 40, seed: 1)

        #expect(sample.strata.reduce(0) { $0 + $1.drawn.count } == 40)
        #expect(sample.strata.reduce(0) { $0 + $1.size } == 300)
        for stratum in sample.strata {
            let fair =
                1 + Double(stratum.size - 1) * Double(40 - sample.strata.count)
                / Double(300 - sample.strata.count)
            #expect(abs(Double(stratum.drawn.count) - fair) < 1)
            #expect(Set(stratum.drawn).count == stratum.drawn.count)
        }
    }

    @Test func `shares the sample out equally as far as cases go`() throws {
        let sizes = ["Ada": 2, "Grace": 50, "Linus": 9, "Mallory": 40]
        let cases = sizes.sorted { $0.key < $1.key }.flatMap { agent, count in
            (0..<count).map { AuditCandidate(id: "\(agent) \($0)", agent: agent, channel: "mail") }
        }
        let sample = try auditSample(from: cases, size: 33, allocation: .equal, seed: 1)

        #expect(sample.strata.map(\.agent) == ["Ada", "Grace", "Linus", "Mallory"])
        #expect(sample.strata.map(\.drawn.count) == [2, 11, 9, 11])
    }

    @Test func `reads the same cases of an agent whatever others did`() throws {
        let ada = period.filter { $0.agent == "Ada" }
        let alone = try auditSample(from: ada, size: 10, allocation: .equal, seed: 3).strata
        let among = try auditSample(from: period, size: 100, allocation: .equal, seed: 3).strata
            .filter { $0.agent == "Ada" }

        for (few, many) in zip(alone, among) {
            #expect(few.drawn.count < many.drawn.count)
            #expect(Array(many.drawn.prefix(few.drawn.count)) == few.drawn)
        }
    }

    @Test func `lists every detractor once, drawn or beside the sample`() throws {
        let sample = try auditSample(from: period, size: 40, seed: 5)
        let drawn = Set(sample.strata.flatMap(\.drawn))
        let unhappy = Set(period.filter(\.isDetractor).map(\.id))

        #expect(!drawn.isDisjoint(with: unhappy))
        #expect(drawn.isDisjoint(with: sample.detractors))
        #expect(drawn.intersection(unhappy).union(sample.detractors) == unhappy)
        #expect(sample.detractors == sample.detractors.sorted())
    }

    @Test func `keeps detractors read beside the sample out of the rate`() throws {
        let sample = try auditSample(from: period, size: 40, seed: 5)

        #expect(sample.share(of: Set(sample.detractors)) == 0)
        #expect(sample.share(of: Set(period.map(\.id))) == 1)
        #expect(sample.coverage == 1)
    }

    @Test func `estimates the share without bias, however it was shared out`() throws {
        // Ada's phone calls fail far more often than the rest, and .equal reads her rarely for her numbers.
        let defective = Set(period.filter { $0.agent == "Ada" && $0.id % 3 == 0 }.map(\.id))
        let truth = Double(defective.count) / 300
        for allocation in [AuditAllocation.equal, .proportional(minimum: 2)] {
            let mean = try (0..<400).reduce(0.0) { sum, seed in
                let sample = try auditSample(
                    from: period, size: 40, allocation: allocation, seed: UInt64(seed))
                return try sum + #require(sample.share(of: defective)) / 400
            }

            // The standard error of one sample is about 0.06, of the mean of 400 about 0.003.
            #expect(abs(mean - truth) < 0.012)
        }
    }

    @Test func `draws every case equally often`() throws {
        let cases = (0..<12).map { AuditCandidate(id: $0, agent: "Ada", channel: "mail") }
        var drawn = [Int](repeating: 0, count: 12)
        for seed in 0..<2400 {
            for id in try auditSample(from: cases, size: 3, seed: UInt64(seed)).strata[0].drawn {
                drawn[id] += 1
            }
        }

        // 600 each expected, with a standard deviation of about 21.
        #expect(drawn.allSatisfy { (515...685).contains($0) })
    }

    @Test func `takes everything when asked for more than there is`() throws {
        let sample = try auditSample(from: period, size: 1000, seed: 1)

        #expect(Set(sample.strata.flatMap(\.drawn)).count == 300 && sample.detractors.isEmpty)
        let nothing = try auditSample(from: [AuditCandidate<Int>](), size: 10, seed: 1)
        #expect(nothing.strata.isEmpty && nothing.share(of: []) == nil && nothing.coverage == 0)
        let none = try auditSample(from: period, size: 0, allocation: .equal, seed: 1)
        #expect(none.share(of: []) == nil && none.detractors.count == 30)
    }

    @Test func `refuses a case named twice and sizes that cannot be`() {
        let twice = period + [period[4]]
        #expect(throws: AuditRefusal.repeatedCase) { try auditSample(from: twice, size: 10, seed: 1) }
        #expect(throws: AuditRefusal.self) { try auditSample(from: period, size: -1, seed: 1) }
        #expect(throws: AuditRefusal.self) { try auditSample(from: period, size: 5, seed: 1) }
        #expect(throws: AuditRefusal.self) {
            try auditSample(from: period, size: .max, allocation: .proportional(minimum: .max), seed: 1)
        }
        #expect(throws: AuditRefusal.self) {
            try auditSample(from: period, size: 50, allocation: .proportional(minimum: -1), seed: 1)
        }
    }

    @Test func `needs few more cases as the confidence asked for grows, and never more than there are`()
        throws
    {
        #expect(try auditSampleSize(margin: 0.05, share: 0.1, confidence: 0.9) == 98)
        #expect(try auditSampleSize(margin: 1e-5, population: 40) == 40)
        #expect(try auditSampleSize(margin: 0.05, share: 0) == 1)
        #expect(try auditSampleSize(margin: 0.05, share: 0.5, population: 1) == 1)
    }

    @Test func `allows 39 percent defects after six clean cases`() throws {
        let bound = try zeroDefectBound(clean: 6)

        #expect(abs(bound.exact - 0.3930) < 5e-5 && bound.ruleOfThree == 0.5)
        // By definition: with that many defects six clean cases are a one-in-twenty chance.
        #expect(abs(pow(1 - bound.exact, 6) - 0.05) < 1e-15)
        #expect(try zeroDefectBound(clean: 2).ruleOfThree == 1)
        #expect(
            abs(try zeroDefectBound(clean: 100, confidence: 0.99).ruleOfThree - 0.04605170185988091) < 1e-15)
    }

    @Test func `names the size's input that is out of range`() {
        let causes: [(String, Double, Double, Int?, Double)] = [
            ("margin", 0, 0.5, nil, 0.95), ("margin", .nan, 0.5, nil, 0.95), ("margin", 2, 0.5, nil, 0.95),
            ("share", 0.1, -0.1, nil, 0.95), ("share", 0.1, 1.1, nil, 0.95),
            ("population", 0.1, 0.5, 0, 0.95),
            ("population", 0.1, 0.5, .max, 0.95), ("confidence", 0.1, 0.5, nil, 1),
        ]
        for (input, margin, share, population, confidence) in causes {
            let error = #expect(throws: OutOfRange.self) {
                try auditSampleSize(
                    margin: margin, share: share, population: population, confidence: confidence)
            }
            #expect(error?.input == input)
        }
        #expect(throws: OutOfRange.self) { try zeroDefectBound(clean: 0) }
        #expect(throws: OutOfRange.self) { try zeroDefectBound(clean: 5, confidence: .nan) }
        for coefficient in [1.1, .nan, .infinity, -.infinity] {
            #expect(throws: OutOfRange.self) { try AgreementBand(of: coefficient) }
        }
    }
}
