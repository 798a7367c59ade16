import Methods
import Testing

@Suite struct `Calling people back` {
    private let target = StaffingTarget(share: 0.8)

    private func work(_ intervals: [ForecastInterval]) -> Double {
        intervals.reduce(0) { $0 + $1.calls * $1.handling.value }
    }

    @Test func `adds the attempts that reach nobody`() throws {
        let sure = try Callback(handling: 240, attempt: 40, unreached: 0)
        let once = try Callback(handling: 240, attempt: 40, unreached: 0.25, attempts: 1)
        let thrice = try Callback(handling: 240, attempt: 40, unreached: 0.5, attempts: 3)

        #expect(sure.work == 240 && sure.reached == 1 && sure.failedAttempts == 0)
        #expect(once.work == 190 && once.reached == 0.75 && once.failedAttempts == 0.25)
        #expect(thrice.reached == 0.875 && thrice.failedAttempts == 0.875)
        #expect(thrice.work == 245)
    }

    @Test func `costs on average what a player of dice pays`() throws {
        var generator = SeededGenerator(state: 6)
        let callback = try Callback(handling: 300, attempt: 50, unreached: 0.4, attempts: 4)
        let costs = (0..<40).map { _ in
            (0..<500).reduce(0.0) { sum, _ in
                var cost = 0.0
                for _ in 0..<4 {
                    guard Double.random(in: 0..<1, using: &generator) < 0.4 else { return sum + cost + 300 }
                    cost += 50
                }
                return sum + cost
            } / 500
        }

        #expect(BatchMean(costs).agrees(with: callback.work.value))
    }

    @Test func `moves work and does not lose it`() throws {
        let day = [120.0, 60, 20].map { ForecastInterval(calls: $0, handling: 200, target: target) }
        let callback = try Callback(handling: 200, attempt: 30, unreached: 0.3, attempts: 1000)
        let moves = [CallbackMove(from: 0, to: 2, calls: 40), CallbackMove(from: 1, to: 1, calls: 10)]
        let moved = try callback.moving(moves, in: day)

        #expect(moved.map(\.calls) == [80, 60, 60])
        #expect(moved[0].handling == 200 && moved[1].handling.value > 200)
        #expect(abs(work(moved) - work(day) - 50 * callback.failedAttempts * 30) < 1e-9)
        let planned = try DayPlan(moved, rule: StaffingRule()).intervals.map(\.agents)
        let before = try DayPlan(day, rule: StaffingRule()).intervals.map(\.agents)
        #expect(planned[0] < before[0] && planned[2] > before[2])
    }

    @Test func `keeps the margin between what is staffed and what is expected`() throws {
        let day = [
            ForecastInterval(calls: 100, staffedFor: 120, handling: 200, target: target),
            ForecastInterval(calls: 0, handling: 200, target: target),
        ]
        let callback = try Callback(handling: 180, attempt: 0, unreached: 0)
        let moved = try callback.moving([CallbackMove(from: 0, to: 1, calls: 100)], in: day)

        #expect(moved[0].calls == 0 && moved[0].staffedFor == 0)
        #expect(moved[1].calls == 100 && moved[1].staffedFor == 100 && moved[1].handling == 180)
    }

    private func promise(_ from: Int64, _ until: Int64, _ called: Int64?) -> CallbackPromise {
        CallbackPromise(
            from: UTCTime(seconds: from), until: UTCTime(seconds: until),
            called: called.map(UTCTime.init(seconds:)))
    }

    @Test func `counts a promise as kept only within its window, once that is over`() throws {
        let promises = [
            promise(0, 100, 50), promise(0, 100, 100), promise(0, 100, 101), promise(50, 100, 49),
            promise(0, 100, nil), promise(0, 500, 60), promise(0, 500, nil),
        ]
        let counted = try KeptPromises(promises, at: UTCTime(seconds: 200))
        let early = try KeptPromises(promises, at: UTCTime(seconds: 99))

        #expect(counted.due == 5 && counted.kept == 2 && counted.share == 0.4)
        #expect(early.due == 0 && early.share == nil)
        #expect(try KeptPromises(promises.reversed(), at: UTCTime(seconds: 200)) == counted)
    }

    @Test func `names the input that is out of range`() throws {
        let callback = try Callback(handling: 180, attempt: 20, unreached: 0.2)
        let day = [ForecastInterval(calls: 10, handling: 200, target: target)]
        let two = day + day
        let backwards = promise(10, 5, nil)
        let refusals: [(String, () throws -> Void)] = [
            ("handling", { _ = try Callback(handling: 0, attempt: 20, unreached: 0.2) }),
            ("attempt", { _ = try Callback(handling: 180, attempt: -1, unreached: 0.2) }),
            ("unreached", { _ = try Callback(handling: 180, attempt: 20, unreached: 1) }),
            ("unreached", { _ = try Callback(handling: 180, attempt: 20, unreached: .nan) }),
            ("attempts", { _ = try Callback(handling: 180, attempt: 20, unreached: 0, attempts: 0) }),
            ("intervals.count", { _ = try callback.moving([], in: []) }),
            ("move.from", { _ = try callback.moving([CallbackMove(from: 1, to: 1, calls: 1)], in: day) }),
            ("move.to", { _ = try callback.moving([CallbackMove(from: 1, to: 0, calls: 1)], in: two) }),
            ("move.to", { _ = try callback.moving([CallbackMove(from: 0, to: 1, calls: 1)], in: day) }),
            ("move.calls", { _ = try callback.moving([CallbackMove(from: 0, to: 0, calls: 11)], in: day) }),
            ("move.calls", { _ = try callback.moving([CallbackMove(from: 0, to: 0, calls: .nan)], in: day) }),
            ("promise.until", { _ = try KeptPromises([backwards], at: UTCTime(seconds: 0)) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
