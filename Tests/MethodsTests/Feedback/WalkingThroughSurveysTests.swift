import Methods
import Testing

@Suite struct `Walking through the days of a survey calendar` {
    private let rest = SurveyRest()

    private func day(_ day: Int64) -> UTCTime { UTCTime(milliseconds: day * 86_400_000) }

    @Test func `finds the first moment the decision names`() throws {
        var generator = SeededGenerator(state: 180)
        var clashes = 0
        for _ in 0..<250 {
            var history = randomHistory(&generator)
            let kind = SurveyKind.allCases.randomElement(using: &generator) ?? .relational
            let now = Int64.random(in: 200...420, using: &generator)
            let decision = try rest.decide(kind, for: history, at: day(now))
            #expect(try decision.mayAsk == (walk(kind, history, from: now) == now))
            history.asks.shuffle(using: &generator)
            history.accountAsks.shuffle(using: &generator)

            #expect(decision.firstMoment == (try walk(kind, history, from: now)).map(day))
            #expect(try rest.decide(kind, for: history, at: day(now)) == decision)
            if decision.reasons.contains(where: { if case .relationalComesFirst = $0 { true } else { false } }
            ) {
                clashes += 1
            }
        }
        #expect(clashes > 5)
    }

    private func randomHistory(_ generator: inout SeededGenerator) -> SurveyHistory {
        let asks = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
            SurveyAsk(
                Bool.random(using: &generator) ? .relational : .transactional,
                sentAt: day(Int64.random(in: 0...420, using: &generator)),
                isAnswered: Bool.random(using: &generator))
        }
        let others = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
            Int64.random(in: 100...420, using: &generator)
        }
        var history = SurveyHistory()
        history.asks = asks
        history.accountAsks = others.map(day) + asks.map(\.sentAt)
        if Bool.random(using: &generator) {
            history.plannedRelational = day(Int64.random(in: 100...600, using: &generator))
        }
        return history
    }

    /// Goes from day to day as an office would: sends the planned relational survey when it may go out, and
    /// returns the first day on which the survey in question may. Nil when there is none within four years.
    private func walk(_ kind: SurveyKind, _ history: SurveyHistory, from now: Int64) throws -> Int64? {
        var history = history
        for today in now..<now + 1500 {
            guard isFree(kind, history, today) else { continue }
            guard kind == .transactional, let planned = history.plannedRelational else { return today }
            let coming = (today..<today + 30).first { later in
                day(later) >= planned && isFree(.relational, history, later)
            }
            guard let coming else { return today }
            history.plannedRelational = nil
            history.asks.append(SurveyAsk(.relational, sentAt: day(coming), isAnswered: true))
            history.accountAsks.append(day(coming))
        }
        return nil
    }

    /// The rules as the settings state them, one by one.
    private func isFree(_ kind: SurveyKind, _ history: SurveyHistory, _ today: Int64) -> Bool {
        func age(_ moment: UTCTime) -> Int64 { today - moment.milliseconds / 86_400_000 }
        let latest = history.asks.sorted { $0.sentAt > $1.sentAt }.prefix(3)
        if latest.count == 3, latest.allSatisfy({ !$0.isAnswered }) { return false }
        let own = kind == .relational ? Int64(180) : 90
        for ask in history.asks {
            if age(ask.sentAt) < 30 || (ask.kind == kind && age(ask.sentAt) < own) { return false }
        }
        return history.accountAsks.count { age($0) < 90 } < 5
    }
}
