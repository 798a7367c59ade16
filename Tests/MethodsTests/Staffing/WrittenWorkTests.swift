import Methods
import Testing

@Suite struct `Working through what was written` {
    @Test func `needs volume times handling over productive hours`() throws {
        let mail = try WrittenWork(handling: 6, utilisation: 0.8)

        #expect(mail.pace == 8)
        #expect(try mail.agents(for: 400, in: 8) == 6.25)
        #expect(try mail.agents(for: 0, in: 8) == 0)
    }

    @Test func `carries what is left and lets it grow old`() throws {
        // One agent finishes ten an hour.
        let mail = try WrittenWork(handling: 6, utilisation: 1)
        let steps = try mail.backlog(over: [
            WorkInterval(length: 2, arriving: 40, agents: 1),
            WorkInterval(length: 12, arriving: 0, agents: 0),
            WorkInterval(length: 2, arriving: 10, agents: 2), WorkInterval(length: 1, arriving: 0, agents: 1),
        ])

        #expect(steps.map(\.finished) == [20, 0, 30, 0])
        #expect(steps.map(\.waiting) == [20, 20, 0, 0])
        // Half of the first forty are left, the oldest in since one hour into the two.
        #expect(steps.map(\.oldest.value) == [1, 13, 0, 0])
        #expect(steps.map(\.slowest.value) == [1, 0, 13, 0])
    }

    @Test func `works off an opening backlog, oldest first`() throws {
        let mail = try WrittenWork(handling: 6, utilisation: 1)
        let steps = try mail.backlog(
            over: [
                WorkInterval(length: 4, arriving: 0, agents: 1),
                WorkInterval(length: 4, arriving: 0, agents: 1),
            ],
            opening: OpeningBacklog(items: 60, oldest: 30))

        #expect(steps.map(\.waiting) == [20, 0])
        // After forty of sixty the oldest left came in ten hours before the start.
        #expect(steps.map(\.oldest.value) == [14, 0])
        #expect(steps.map(\.slowest.value) == [30, 14])
    }

    /// The same fluid in steps of a thousandth of an interval, each step's arrivals one lump.
    private func lumps(
        _ intervals: [WorkInterval], _ opening: OpeningBacklog, pace: Double
    ) -> [(waiting: Double, oldest: Double, slowest: Double)] {
        var queue: [(time: Double, items: Double)] = []
        let parts = 1000
        for part in 0..<parts where opening.items > 0 {
            let share = (Double(part) + 0.5) / Double(parts)
            queue.append((-opening.oldest.value * (1 - share), opening.items / Double(parts)))
        }
        var (now, first) = (0.0, 0)
        return intervals.map { interval in
            var slowest = 0.0
            let step = interval.length.value / Double(parts)
            for _ in 0..<parts {
                if interval.arriving > 0 { queue.append((now + step / 2, interval.arriving / Double(parts))) }
                now += step
                var left = pace * interval.agents * step
                while left > 0, first < queue.count {
                    let done = min(left, queue[first].items)
                    queue[first].items -= done
                    left -= done
                    slowest = max(slowest, now - queue[first].time)
                    if queue[first].items <= 1e-12 { first += 1 }
                }
            }
            let waiting = queue[first...].reduce(0) { $0 + $1.items }
            return (waiting, first < queue.count ? now - queue[first].time : 0, slowest)
        }
    }

    @Test func `agrees with the same work done in a thousand steps`() throws {
        var generator = SeededGenerator(state: 31)
        let mail = try WrittenWork(handling: 6, utilisation: 1)
        for _ in 0..<6 {
            let intervals = (0..<5).map { _ in
                WorkInterval(
                    length: Time(Double.random(in: 1...8, using: &generator)),
                    arriving: Double.random(in: 10...100, using: &generator),
                    agents: Double(Int.random(in: 0...3, using: &generator)))
            }
            let opening = OpeningBacklog(
                items: Double(Int.random(in: 0...1, using: &generator) * 50), oldest: 6)
            let steps = try mail.backlog(over: intervals, opening: opening)
            for (found, expected) in zip(steps, lumps(intervals, opening, pace: 10)) {
                #expect(abs(found.waiting - expected.waiting) < 0.3)
                #expect(abs(found.oldest.value - expected.oldest) < 0.1 || found.waiting < 0.3)
                #expect(abs(found.slowest.value - expected.slowest) < 0.1)
            }
            let arrived = intervals.reduce(opening.items) { $0 + $1.arriving }
            let accounted = steps.reduce(0) { $0 + $1.finished } + (steps.last?.waiting ?? 0)
            #expect(abs(arrived - accounted) < 1e-9)
        }
    }

    /// A week of days, mail coming in around the clock, most on the first day, people there from hour 8 to 16.
    private let week = (0..<7).flatMap { day in
        [(8.0, 80.0, 0.0), (8.0, 240.0, 1.0), (8.0, 80.0, 0.0)].map { length, arriving, presence in
            WorkInterval(length: Time(length), arriving: arriving * (day == 0 ? 3 : 1), agents: presence)
        }
    }

    @Test func `finds the smallest staff that answers within the target`() throws {
        let mail = try WrittenWork(handling: 12, utilisation: 0.85)
        let keepsPace = 3600.0 / (mail.pace.value * 56)
        func worst(_ people: Int) throws -> Double {
            let staffed = week.map {
                WorkInterval(length: $0.length, arriving: $0.arriving, agents: $0.agents * Double(people))
            }
            let steps = try mail.backlog(over: staffed)
            return steps.map { max($0.oldest.value, $0.slowest.value) }.max() ?? 0
        }
        var found: [Int] = []
        for target in [16.1, 17, 20, 24, 48, 200] {
            let staff = try #require(try mail.agentsNeeded(within: Time(target), over: week))
            found.append(staff)

            #expect(try worst(staff) <= target * (1 + 1e-9) && Double(staff) >= keepsPace)
            #expect(try worst(staff - 1) > target || Double(staff - 1) < keepsPace)
        }
        // For this test to mean anything the target must decide in most cases, keeping pace in the last.
        #expect(Set(found).count >= 4 && found.last == Int(keepsPace.rounded(.up)))
    }

    @Test func `says when no staff can do it`() throws {
        let mail = try WrittenWork(handling: 12)

        // Who writes when the people leave waits sixteen hours for them.
        #expect(try mail.agentsNeeded(within: 15, over: week) == nil)
        let closed = [WorkInterval(length: 24, arriving: 5, agents: 0)]
        #expect(try mail.agentsNeeded(within: 48, over: closed) == nil)
    }

    @Test func `needs one for next to nothing and nobody for nothing`() throws {
        let mail = try WrittenWork(handling: 12)
        let quiet = [WorkInterval(length: 24, arriving: 0, agents: 1)]

        #expect(try mail.agentsNeeded(within: 4, over: quiet) == 0)
        let one = [WorkInterval(length: 24, arriving: 1, agents: 1)]
        #expect(try mail.agentsNeeded(within: 24, over: one) == 1)
        let piled = OpeningBacklog(items: 100, oldest: 3)
        let rush = try #require(try mail.agentsNeeded(within: 4, over: quiet, opening: piled))
        #expect(rush >= 6)
    }

    @Test func `names the input that is out of range`() throws {
        let mail = try WrittenWork(handling: 12)
        let one = WorkInterval(length: 1, arriving: 1, agents: 1)
        let refusals: [(String, () throws -> Void)] = [
            ("handling", { _ = try WrittenWork(handling: 0) }),
            ("utilisation", { _ = try WrittenWork(handling: 1, utilisation: .nan) }),
            ("volume", { _ = try mail.agents(for: -1, in: 8) }),
            ("hours", { _ = try mail.agents(for: 1, in: 0) }),
            ("intervals.count", { _ = try mail.backlog(over: []) }),
            (
                "interval.length",
                { _ = try mail.backlog(over: [WorkInterval(length: 0, arriving: 1, agents: 1)]) }
            ),
            (
                "interval.arriving",
                { _ = try mail.backlog(over: [WorkInterval(length: 1, arriving: .nan, agents: 1)]) }
            ),
            (
                "interval.agents",
                { _ = try mail.backlog(over: [WorkInterval(length: 1, arriving: 1, agents: -1)]) }
            ),
            (
                "interval.agents",
                {
                    _ = try mail.agentsNeeded(
                        within: 1, over: [WorkInterval(length: 1, arriving: 1, agents: 2)])
                }
            ),
            ("target", { _ = try mail.agentsNeeded(within: Time(.nan), over: [one]) }),
            (
                "opening.items",
                { _ = try mail.backlog(over: [one], opening: OpeningBacklog(items: -1, oldest: 0)) }
            ),
            (
                "opening.oldest",
                {
                    _ = try mail.backlog(
                        over: [one], opening: OpeningBacklog(items: 1, oldest: Time(.infinity)))
                }
            ),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
