import Methods
import Testing

@Suite struct `Leaving people in peace between surveys` {
    private let rest = SurveyRest()

    private func day(_ day: Int64) -> UTCTime { UTCTime(milliseconds: day * 86_400_000) }

    private func history(_ asks: [SurveyAsk] = [], account: [Int64] = []) -> SurveyHistory {
        var history = SurveyHistory()
        history.asks = asks
        history.accountAsks = account.map(day)
        return history
    }

    private func ask(_ kind: SurveyKind, _ at: Int64, answered: Bool = true) -> SurveyAsk {
        SurveyAsk(kind, sentAt: day(at), isAnswered: answered)
    }

    @Test func `asks someone never asked before`() throws {
        for kind in SurveyKind.allCases {
            let decision = try rest.decide(kind, for: history(), at: day(5))

            #expect(decision.mayAsk && decision.firstMoment == day(5))
        }
    }

    @Test func `rests half a year between relational surveys, to the moment`() throws {
        let before = history([ask(.relational, 0)])
        let early = try rest.decide(.relational, for: before, at: day(180) - Elapsed(milliseconds: 1))

        #expect(early.reasons == [.restsAfter(.relational, until: day(180))])
        #expect(early.firstMoment == day(180))
        #expect(try rest.decide(.relational, for: before, at: day(180)).mayAsk)
    }

    @Test func `rests ninety days between transactional surveys and thirty between any two`() throws {
        let before = history([ask(.transactional, 0), ask(.relational, 70)])
        let decision = try rest.decide(.transactional, for: before, at: day(80))

        #expect(
            decision.reasons == [
                .restsAfter(.transactional, until: day(90)), .restsAfterAny(until: day(100)),
            ])
        #expect(decision.firstMoment == day(100))
        #expect(
            try rest.decide(.transactional, for: before, at: day(95)).reasons
                == [.restsAfterAny(until: day(100))])
    }

    @Test func `stops after three in a row without an answer`() throws {
        let silent = [ask(.relational, 0, answered: false), ask(.transactional, 100, answered: false)]
        let third = ask(.transactional, 200, answered: false)
        let heard = ask(.transactional, 150)

        #expect(try rest.decide(.relational, for: history(silent), at: day(900)).mayAsk)
        let stopped = try rest.decide(.relational, for: history(silent + [third]), at: day(900))
        #expect(stopped.reasons == [.unanswered(3)] && stopped.firstMoment == nil)
        #expect(try rest.decide(.relational, for: history([third, heard] + silent), at: day(900)).mayAsk)
    }

    @Test func `honours opting out and waits for an open complaint`() throws {
        var out = history([ask(.relational, 0)])
        out.hasOptedOut = true
        out.hasOpenComplaint = true
        let decision = try rest.decide(.relational, for: out, at: day(10))

        #expect(
            decision.reasons == [
                .optedOut, .openComplaint, .restsAfter(.relational, until: day(180)),
                .restsAfterAny(until: day(30)),
            ])
        #expect(decision.firstMoment == nil)
    }

    @Test func `caps the surveys to one account`() throws {
        let account = history(account: [0, 10, 20, 30, 40])
        let decision = try rest.decide(.relational, for: account, at: day(50))

        #expect(decision.reasons == [.accountLimit(until: day(90))])
        #expect(decision.firstMoment == day(90))
        #expect(try rest.decide(.relational, for: history(account: [10, 20, 30, 40]), at: day(50)).mayAsk)
        let more = history(account: [40, 0, 35, 10, 30, 20])
        #expect(try rest.decide(.relational, for: more, at: day(50)).firstMoment == day(100))
    }

    @Test func `lets the relational survey win a clash`() throws {
        var planned = history()
        planned.plannedRelational = day(20)
        let decision = try rest.decide(.transactional, for: planned, at: day(0))

        #expect(decision.reasons == [.relationalComesFirst(at: day(20))])
        #expect(decision.firstMoment == day(50))
        #expect(try rest.decide(.relational, for: planned, at: day(0)).mayAsk)
        planned.plannedRelational = day(30)
        #expect(try rest.decide(.transactional, for: planned, at: day(0)).mayAsk)
    }

    @Test func `does not give way to a relational survey that may not go out`() throws {
        var planned = history([ask(.relational, 0)])
        planned.plannedRelational = day(40)

        // Planned too early: it rests until day 180, so nothing clashes before day 150.
        #expect(try rest.decide(.transactional, for: planned, at: day(45)).mayAsk)
        #expect(
            try rest.decide(.transactional, for: planned, at: day(151)).reasons
                == [.relationalComesFirst(at: day(180))])
    }

    @Test func `gives way to an overdue relational survey that can go out now`() throws {
        var planned = history()
        planned.plannedRelational = day(-50)
        let decision = try rest.decide(.transactional, for: planned, at: day(0))

        #expect(decision.reasons == [.relationalComesFirst(at: day(0))])
        #expect(decision.firstMoment == day(30))
    }

    @Test func `reminds once, not too early and not too late`() throws {
        let open = ask(.relational, 0, answered: false)
        let reminded = SurveyAsk(.relational, sentAt: day(0), isAnswered: false, isReminded: true)
        func decide(_ ask: SurveyAsk, _ at: Int64) throws -> SurveyDecision {
            try rest.decideReminder(of: ask, for: history([ask]), at: day(at))
        }

        #expect(try decide(open, 6).reasons == [.reminderTooEarly(until: day(7))])
        #expect(try decide(open, 6).firstMoment == day(7))
        #expect(try decide(open, 7).mayAsk && decide(open, 29).mayAsk)
        #expect(try decide(open, 30).reasons == [.reminderTooLate])
        #expect(try decide(open, 30).firstMoment == nil)
        #expect(try decide(reminded, 8).reasons == [.reminded])
        #expect(try decide(ask(.relational, 0), 3).reasons == [.answered, .reminderTooEarly(until: day(7))])
        #expect(try decide(ask(.relational, 0), 3).firstMoment == nil)
        var upset = history([open])
        upset.hasOpenComplaint = true
        #expect(try rest.decideReminder(of: open, for: upset, at: day(8)).reasons == [.openComplaint])
        upset.hasOptedOut = true
        #expect(try rest.decideReminder(of: open, for: upset, at: day(8)).reasons.first == .optedOut)
    }

    @Test func `follows changed settings`() throws {
        var eager = rest
        eager.relational = .days(10)
        eager.anyKind = .zero
        eager.unansweredLimit = 1
        eager.reminderAfter = .days(40)

        #expect(try eager.decide(.relational, for: history([ask(.relational, 0)]), at: day(10)).mayAsk)
        let silent = history([ask(.relational, 0, answered: false)])
        #expect(try eager.decide(.relational, for: silent, at: day(400)).reasons == [.unanswered(1)])
        // A reminder that would be too early until it is too late never goes out.
        let open = ask(.relational, 0, answered: false)
        #expect(try eager.decideReminder(of: open, for: silent, at: day(1)).firstMoment == nil)
    }

    @Test func `names the input that is out of range`() {
        let far = UTCTime(milliseconds: .max)
        func settings(_ change: (inout SurveyRest) -> Void) -> SurveyRest {
            var changed = rest
            change(&changed)
            return changed
        }
        func decide(_ history: SurveyHistory, _ at: UTCTime) throws {
            _ = try rest.decide(.transactional, for: history, at: at)
        }
        func decide(_ change: (inout SurveyRest) -> Void) throws {
            _ = try settings(change).decide(.transactional, for: SurveyHistory(), at: day(0))
        }
        var late = history()
        late.plannedRelational = far
        var crowded = history()
        crowded.accountAsks = [UTCTime(milliseconds: .min)]
        let old = history([SurveyAsk(.relational, sentAt: far, isAnswered: true)])
        let causes: [(String, () throws -> Void)] = [
            ("now", { try decide(SurveyHistory(), far) }),
            ("asks.sentAt", { try decide(old, day(0)) }),
            ("accountAsks", { try decide(crowded, day(0)) }),
            ("plannedRelational", { try decide(late, day(0)) }),
            ("rest.relational", { try decide { $0.relational = .days(-1) } }),
            ("rest.transactional", { try decide { $0.transactional = .days(36_526) } }),
            ("rest.anyKind", { try decide { $0.anyKind = Elapsed(milliseconds: .max) } }),
            ("rest.accountSpan", { try decide { $0.accountSpan = .days(-1) } }),
            ("rest.reminderAfter", { try decide { $0.reminderAfter = .days(-1) } }),
            ("rest.reminderBefore", { try decide { $0.reminderBefore = .days(-1) } }),
            ("rest.unansweredLimit", { try decide { $0.unansweredLimit = 0 } }),
            ("rest.accountLimit", { try decide { $0.accountLimit = 0 } }),
            (
                "ask.sentAt",
                {
                    _ = try rest.decideReminder(
                        of: SurveyAsk(.relational, sentAt: far, isAnswered: false), for: history(), at: day(0)
                    )
                }
            ),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: OutOfRange.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }
}
