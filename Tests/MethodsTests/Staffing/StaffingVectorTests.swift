import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("vectors/erlang.json"),
        "shared/vectors/erlang.json is not here; set REGULARS_SHARED to check against it"))
struct `Matching the reference queues` {
    struct Vectors: Decodable {
        let erlang_b: [Blocking]
        let erlang_b_capacity_1pct: Capacity
        let erlang_c: [Waiting]
        let mmn_performance: [Patient]
        let required_agents: [String: Readme]
        let staffing_table_80_20: [Row]
        let pyworkforce_pitfall: Pitfall
        let erlang_a: [Impatient]
        let published_table_gkm2003: [String: Table]
    }
    struct Blocking: Decodable { let servers: Int, load: Double, blocking: Double }
    struct Capacity: Decodable {
        let rows: [Line]
        struct Line: Decodable { let servers: Int, load: Double }
    }
    struct Waiting: Decodable { let servers: Int, load: Double, p_wait: Double }
    struct Patient: Decodable {
        let name: String
        let calls_per_min, aht_min: Double
        let agents: Int
        let target_answer_min, offered_load, p_wait, service_level, asa, occupancy: Double
        let queue_len, asa_of_delayed, p90_wait, asa_seconds, p90_wait_seconds: Double
    }
    struct Readme: Decodable {
        let input: Input, output: Output
        struct Input: Decodable {
            let transactions, aht, interval, shrinkage, service_level, max_occupancy: Double
        }
        struct Output: Decodable {
            let raw_positions, positions, service_level, occupancy, waiting_probability: Double
        }
    }
    struct Row: Decodable {
        let calls_per_hour, aht_min: Double
        let agents: Int
        let service_level, asa_seconds, occupancy: Double
        let on_roster_at_30pct_shrinkage: Int
    }
    struct Pitfall: Decodable {
        let examples: [Example]
        struct Example: Decodable { let load: Double, true_minimum: Int, pyworkforce: Int }
    }
    struct Impatient: Decodable {
        let name: String
        let lambda_per_min, mu_per_min: Double
        let agents: Int
        let theta_per_min, p_wait, p_abandon, mean_wait_all, mean_queue, occupancy: Double
        let by_t: [String: Times]
        let mean_wait_seconds: Double
        struct Times: Decodable { let served_within, wait_exceeds: Double }
    }
    struct Table: Decodable {
        let asa_s, mean_wait_s, p90_s, queue, occupancy, abandon: Double?

        init(from decoder: any Decoder) throws {
            let table = try? decoder.singleValueContainer().decode([String: Double].self)
            (asa_s, mean_wait_s) = (table?["asa_s"], table?["mean_wait_s"])
            (p90_s, queue) = (table?["p90_s"], table?["queue"])
            (occupancy, abandon) = (table?["occupancy"], table?["abandon"])
        }
    }

    let vectors: Vectors

    init() throws {
        let file = try #require(SharedFolder.file("vectors/erlang.json"))
        vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        let counts = [
            vectors.erlang_b.count, vectors.erlang_b_capacity_1pct.rows.count, vectors.erlang_c.count,
            vectors.mmn_performance.count, vectors.staffing_table_80_20.count,
            vectors.pyworkforce_pitfall.examples.count, vectors.erlang_a.count,
        ]
        try #require(counts == [13, 8, 12, 5, 18, 8, 5])
    }

    private func expect(
        _ found: Double, _ expected: Double, within tolerance: Double = 1e-9, _ what: String
    ) {
        #expect(abs(found - expected) <= tolerance * abs(expected), "\(what): \(found), not \(expected)")
    }

    private func traffic(load: Double) throws -> Traffic { try Traffic(calls: load, in: 1, handling: 60) }

    @Test func `loses the same share of calls`() throws {
        for line in vectors.erlang_b {
            let found = try erlangB(servers: line.servers, load: line.load)
            expect(found, line.blocking, within: 1e-12, "B(\(line.servers), \(line.load))")
        }
    }

    @Test func `carries the same load at one per cent loss`() throws {
        for line in vectors.erlang_b_capacity_1pct.rows {
            let found = try erlangBLoad(servers: line.servers, blocking: 0.01)
            expect(found, line.load, within: 1e-11, "\(line.servers) lines")
        }
    }

    @Test func `makes the same share wait`() throws {
        for line in vectors.erlang_c {
            let found = try ErlangC(traffic(load: line.load), agents: line.servers).waiting
            expect(found, line.p_wait, within: 1e-12, "C(\(line.servers), \(line.load))")
        }
    }

    @Test func `serves patient callers the same`() throws {
        for line in vectors.mmn_performance {
            let handling = Time<Minutes>(line.aht_min).converted(to: Seconds.self)
            let arrivals = Rate<Minutes>(line.calls_per_min).converted(per: Hours.self)
            let queue = try ErlangC(Traffic(arrivals: arrivals, handling: handling), agents: line.agents)
            let target = Time<Minutes>(line.target_answer_min).converted(to: Seconds.self)

            expect(queue.traffic.load, line.offered_load, line.name)
            expect(queue.waiting, line.p_wait, line.name)
            expect(try queue.answered(within: target), line.service_level, line.name)
            expect(queue.averageWait.value, line.asa_seconds, line.name)
            expect(queue.averageWait.converted(to: Minutes.self).value, line.asa, line.name)
            expect(queue.occupancy, line.occupancy, line.name)
            expect(queue.queueLength, line.queue_len, line.name)
            expect(queue.averageWaitOfDelayed.value, line.asa_of_delayed * 60, line.name)
            expect(try queue.wait(quantile: 0.9).value, line.p90_wait_seconds, line.name)
            expect(line.p90_wait * 60, line.p90_wait_seconds, line.name)
        }
    }

    @Test func `needs the agents of the pyworkforce example`() throws {
        let example = try #require(vectors.required_agents["pyworkforce_readme"])
        let input = example.input
        let interval = ForecastInterval(
            calls: input.transactions, length: Time(input.interval), handling: Time(input.aht * 60),
            target: StaffingTarget(
                share: input.service_level, within: 20, occupancy: input.max_occupancy))
        let plan = try IntervalPlan(interval, rule: StaffingRule(shrinkage: input.shrinkage))

        #expect(Double(plan.agents) == example.output.raw_positions)
        #expect(Double(plan.roster) == example.output.positions)
        expect(plan.forecast.waiting, example.output.waiting_probability, "waiting")
        expect(try #require(plan.forecast.occupancy), example.output.occupancy, "occupancy")
        expect(
            try #require(plan.forecast.counts.inTime(.offered)), example.output.service_level, "in time")
    }

    @Test func `fills the same staffing table from any end`() throws {
        var generator = SeededGenerator(state: 80_20)
        for row in vectors.staffing_table_80_20 + vectors.staffing_table_80_20.shuffled(using: &generator) {
            let traffic = try Traffic(
                arrivals: Rate(row.calls_per_hour), handling: Time(row.aht_min * 60))
            let target = StaffingTarget(share: 0.8, within: 20)
            let agents = try agentsNeeded(for: traffic, target: target)
            let queue = try ErlangC(traffic, agents: agents)
            let name = "\(row.calls_per_hour) calls of \(row.aht_min) minutes"

            #expect(agents == row.agents, "\(name)")
            expect(try queue.answered(within: 20), row.service_level, name)
            expect(queue.averageWait.value, row.asa_seconds, name)
            expect(queue.occupancy, row.occupancy, name)
            // 21 agents at 30 %: 21/0.7 is 30, and 31 only where 30.000000000000004 is rounded up.
            let roster = row.agents == 21 ? 30 : row.on_roster_at_30pct_shrinkage
            #expect(try onRoster(agents: agents, shrinkage: 0.3) == roster, "\(name)")
        }
    }

    @Test func `finds one agent where a search from above the load finds two`() throws {
        for example in vectors.pyworkforce_pitfall.examples {
            let traffic = try Traffic(calls: example.load * 10, in: 30, handling: 180)
            let found = try agentsNeeded(
                for: traffic, target: StaffingTarget(share: 0.5, within: 1800))

            #expect(found == example.true_minimum && found < example.pyworkforce)
        }
    }

    @Test func `serves impatient callers the same`() throws {
        for line in vectors.erlang_a {
            let arrivals = Rate<Minutes>(line.lambda_per_min).converted(per: Hours.self)
            let traffic = try Traffic(arrivals: arrivals, handling: Time(60 / line.mu_per_min))
            let queue = try ErlangA(traffic, agents: line.agents, patience: Time(60 / line.theta_per_min))

            expect(queue.waiting, line.p_wait, line.name)
            expect(queue.abandonment, line.p_abandon, line.name)
            expect(queue.averageWait.value, line.mean_wait_seconds, line.name)
            expect(queue.averageWait.value / 60, line.mean_wait_all, line.name)
            expect(queue.queueLength, line.mean_queue, line.name)
            expect(queue.occupancy, line.occupancy, line.name)
            for (minutes, times) in line.by_t {
                let time = Time<Seconds>(try #require(Double(minutes)) * 60)
                expect(try queue.answered(within: time), times.served_within, line.name)
                expect(try queue.waits(longerThan: time), times.wait_exceeds, line.name)
            }
        }
    }

    @Test func `prints the published table of fifty agents`() throws {
        let table = vectors.published_table_gkm2003
        let patient = try #require(table["M/M/n"])
        let impatient = try #require(table["M/M/n+M"])
        let fewer = try #require(table["M/M/n lambda reduced 3.1%"])
        let traffic = try Traffic(calls: 48, in: 1, handling: 60)
        let queue = try ErlangA(traffic, agents: 50, patience: 120)

        try expect(ErlangC(traffic, agents: 50), patient, "patient")
        expect(queue.abandonment, try #require(impatient.abandon), "abandonment")
        expect(queue.averageWait.value, try #require(impatient.mean_wait_s), "average wait")
        expect(queue.queueLength, try #require(impatient.queue), "queue")
        expect(queue.occupancy, try #require(impatient.occupancy), "occupancy")
        // The file's P90 is a root found to eight places; with thirty digits it is 12.44464771518075884….
        expect(try queue.wait(quantile: 0.9).value, try #require(impatient.p90_s), within: 2e-8, "P90")
        expect(try queue.wait(quantile: 0.9).value, 12.444_647_715_180_759, within: 1e-11, "P90")
        let reduced = try Traffic(calls: 48 * (1 - queue.abandonment), in: 1, handling: 60)
        try expect(ErlangC(reduced, agents: 50), fewer, "reduced")
    }

    private func expect(_ queue: ErlangC, _ table: Table, _ name: String) throws {
        expect(queue.averageWait.value, try #require(table.asa_s), name)
        expect(try queue.wait(quantile: 0.9).value, try #require(table.p90_s), name)
        expect(queue.queueLength, try #require(table.queue), name)
        expect(queue.occupancy, try #require(table.occupancy), name)
    }
}
