import Methods
import Testing

@Suite struct `Putting people on the roster` {
    @Test func `divides by the share at work instead of adding the share away`() throws {
        #expect(try onRoster(agents: 100, shrinkage: 0.3) == 143)
        #expect(try onRoster(agents: 14, shrinkage: 0.3) == 20)
        #expect(try onRoster(agents: 7, shrinkage: 0) == 7)
        #expect(try onRoster(agents: 0, shrinkage: 0.5) == 0)
    }

    @Test func `hires nobody for a rounding error`() throws {
        #expect(21 / (1 - 0.3) > 30)
        #expect(try onRoster(agents: 21, shrinkage: 0.3) == 30)
        #expect(try atWork(roster: 30, shrinkage: 0.3) == 21)
    }

    @Test func `agrees with whole-number arithmetic`() throws {
        for percent in 0..<100 {
            for agents in [0, 1, 7, 21, 100, 9_999, 10_000_000] {
                let shrinkage = Double(percent) / 100
                let exact = (agents * 100 + 99 - percent) / (100 - percent)
                #expect(try onRoster(agents: agents, shrinkage: shrinkage) == exact)
                #expect(try atWork(roster: agents, shrinkage: shrinkage) == agents * (100 - percent) / 100)
            }
        }
    }

    @Test func `names the input that is out of range`() {
        let refusals: [(String, () throws -> Void)] = [
            ("agents", { _ = try onRoster(agents: -1, shrinkage: 0.3) }),
            ("agents", { _ = try onRoster(agents: Int.max, shrinkage: 0.3) }),
            ("shrinkage", { _ = try onRoster(agents: 1, shrinkage: 1) }),
            ("shrinkage", { _ = try onRoster(agents: 1, shrinkage: .nan) }),
            ("roster", { _ = try atWork(roster: -1, shrinkage: 0.3) }),
            ("shrinkage", { _ = try atWork(roster: 1, shrinkage: -0.1) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
