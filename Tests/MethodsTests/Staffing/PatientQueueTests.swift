import Methods
import Testing

@Suite struct `Queueing with patient callers` {
    private func traffic(_ load: Double) throws -> Traffic { try Traffic(calls: load, in: 1, handling: 60) }

    @Test func `says no when as much work arrives as can be done`() throws {
        for agents in [0, 3, 10] {
            #expect(throws: StaffingRefusal.overloaded(load: 10, agents: agents)) {
                try ErlangC(traffic(10), agents: agents)
            }
        }
        #expect(try ErlangC(traffic(10), agents: 11).waiting < 1)
        #expect(
            "\(StaffingRefusal.overloaded(load: 10, agents: 3))" == "10.0 erlangs are too much for 3 agents")
    }

    @Test func `is the geometric queue of one agent`() throws {
        var generator = SeededGenerator(state: 1909)
        for _ in 0..<100 {
            let load = Double.random(in: 0.01...0.99, using: &generator)
            let queue = try ErlangC(traffic(load), agents: 1)

            #expect(abs(queue.waiting - load) < 1e-14)
            #expect(abs(queue.averageWait.value - 60 * load / (1 - load)) < 1e-10)
            #expect(abs(queue.queueLength - load * load / (1 - load)) < 1e-10)
        }
    }

    @Test func `agrees with the recursion at any size`() throws {
        var generator = SeededGenerator(state: 1917)
        for _ in 0..<60 {
            let servers = Int.random(in: 1...3000, using: &generator)
            let load = Double(servers) * Double.random(in: 0.3...1.5, using: &generator)
            var expected = 1.0
            for server in 1...servers { expected = load * expected / (Double(server) + load * expected) }

            let found = try erlangB(servers: servers, load: load)
            #expect(abs(found - expected) <= 1e-12 * expected, "B(\(servers), \(load))")
        }
    }

    @Test func `neither overflows nor loses its way with a million agents`() throws {
        let busy = try ErlangC(traffic(999_000), agents: 1_000_000)
        let idle = try ErlangC(traffic(1e-5), agents: 10_000_000)

        // Halfin and Whitt 1981: C → 1/(1 + β Φ(β)/φ(β)) with β = (n − A)/√A, here 1.0005; error of order
        // 1/√n.
        #expect(abs(busy.waiting - 0.2230) < 1e-3)
        #expect(idle.waiting == 0 && idle.averageWait == 0)
        #expect(try erlangB(servers: 1_000_000, load: 0.5) == 0)
        #expect(try erlangB(servers: 0, load: 3) == 1)
        #expect(try erlangB(servers: 0, load: 0) == 1)
        #expect(try erlangB(servers: 2, load: 0) == 0)
    }

    @Test func `is gone after its quantiles`() throws {
        let queue = try ErlangC(traffic(48), agents: 50)
        for quantile in [0.31, 0.5, 0.9, 0.999] {
            let wait = try queue.wait(quantile: quantile)
            #expect(abs(try queue.waits(longerThan: wait) - (1 - quantile)) < 1e-12)
        }
        #expect(try queue.wait(quantile: 0.3) == 0)
        #expect(try queue.answered(within: 0) == 1 - queue.waiting)
    }

    @Test func `announces the wait at the pace of all agents`() throws {
        let queue = try ErlangC(traffic(9), agents: 10)

        #expect(try queue.expectedWait(ahead: 0) == 6)
        #expect(try queue.expectedWait(ahead: 9) == 60)
    }

    @Test func `carries the load at which just that share is lost`() throws {
        for servers in [1, 7, 300, 20_000] {
            for share in [1e-6, 0.02, 0.4] {
                let load = try erlangBLoad(servers: servers, blocking: share)
                #expect(abs(try erlangB(servers: servers, load: load) - share) < 1e-9 * share)
            }
        }
    }

    @Test func `names the input that is out of range`() throws {
        let queue = try ErlangC(traffic(9), agents: 10)
        let refusals: [(String, () throws -> Void)] = [
            ("servers", { _ = try erlangB(servers: -1, load: 1) }),
            ("servers", { _ = try erlangB(servers: Int.max, load: 1) }),
            ("load", { _ = try erlangB(servers: 1, load: -0.1) }),
            ("load", { _ = try erlangB(servers: 1, load: .nan) }),
            ("servers", { _ = try erlangBLoad(servers: 0, blocking: 0.1) }),
            ("blocking", { _ = try erlangBLoad(servers: 1, blocking: 0) }),
            ("blocking", { _ = try erlangBLoad(servers: 1, blocking: .nan) }),
            ("time", { _ = try queue.answered(within: Time(.nan)) }),
            ("time", { _ = try queue.waits(longerThan: -1) }),
            ("quantile", { _ = try queue.wait(quantile: 0) }),
            ("quantile", { _ = try queue.wait(quantile: .infinity) }),
            ("ahead", { _ = try queue.expectedWait(ahead: Int.max) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
        let error = #expect(throws: StaffingRefusal.self) { try ErlangC(traffic(9), agents: -1) }
        #expect(error == .outOfRange(OutOfRange(input: "agents", value: -1, allowed: "from 0 to 10000000")))
    }
}
