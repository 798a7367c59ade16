extension SurveyRest {
    /// Decides whether a survey may go out to a person now. Pure: the same history, the same answer.
    ///
    /// A transactional survey gives way when a planned relational one could go out less than `anyKind`
    /// after it, as it would then have to wait.
    ///
    /// - Parameters:
    ///   - kind: which survey is to go out.
    ///   - history: what is on record of the person and the account.
    ///   - now: the moment asked about, within 30,000 years of 1970, as every moment of the history.
    /// - Throws: `OutOfRange` naming `now`, `asks.sentAt`, `accountAsks`, `plannedRelational`, or a setting
    ///   such as `rest.anyKind`.
    public func decide(
        _ kind: SurveyKind, for history: SurveyHistory, at now: UTCTime
    ) throws(OutOfRange) -> SurveyDecision {
        try validate()
        try history.validate()
        try UTCTime.check(now, "now")
        var reasons = standingReasons(history)
        let timed = timedReasons(kind, history)
        reasons += timed.filter { $0.until > now }.map(\.reason)
        if kind == .transactional, let relational = relationalBefore(now + anyKind, from: now, history) {
            reasons.append(.relationalComesFirst(at: relational))
        }
        return SurveyDecision(reasons: reasons, firstMoment: firstMoment(kind, history, now))
    }

    /// Decides whether the one reminder of a survey may go out now. A reminder starts no rest of its own.
    ///
    /// - Parameters:
    ///   - ask: the survey that might be brought to mind.
    ///   - history: of the person who was asked; only opting out and complaints matter.
    ///   - now: the moment asked about.
    /// - Throws: `OutOfRange` as `decide`, and naming `ask.sentAt`.
    public func decideReminder(
        of ask: SurveyAsk, for history: SurveyHistory, at now: UTCTime
    ) throws(OutOfRange) -> SurveyDecision {
        try validate()
        try history.validate()
        try UTCTime.check(now, "now")
        try UTCTime.check(ask.sentAt, "ask.sentAt")
        var reasons: [SurveyReason] = []
        if ask.isAnswered { reasons.append(.answered) }
        if ask.isReminded { reasons.append(.reminded) }
        if history.hasOptedOut { reasons.append(.optedOut) }
        if history.hasOpenComplaint { reasons.append(.openComplaint) }
        let earliest = ask.sentAt + reminderAfter
        let latest = ask.sentAt + reminderBefore
        let first = max(now, earliest)
        let isPossible = reasons.isEmpty && first < latest
        if now >= latest {
            reasons.append(.reminderTooLate)
        } else if now < earliest {
            reasons.append(.reminderTooEarly(until: earliest))
        }
        return SurveyDecision(reasons: reasons, firstMoment: isPossible ? first : nil)
    }

    /// What speaks against asking until something else than time changes it.
    private func standingReasons(_ history: SurveyHistory) -> [SurveyReason] {
        var reasons: [SurveyReason] = []
        if history.hasOptedOut { reasons.append(.optedOut) }
        if history.hasOpenComplaint { reasons.append(.openComplaint) }
        let silence = history.unansweredInARow
        if silence >= unansweredLimit { reasons.append(.unanswered(silence)) }
        return reasons
    }

    private typealias Timed = (reason: SurveyReason, until: UTCTime)

    /// What speaks against asking until a moment, whether that has passed or not.
    private func timedReasons(_ kind: SurveyKind, _ history: SurveyHistory) -> [Timed] {
        var timed: [Timed] = []
        if let last = history.asks.filter({ $0.kind == kind }).map(\.sentAt).max() {
            let until = last + rest(after: kind)
            timed.append((.restsAfter(kind, until: until), until))
        }
        if let last = history.asks.map(\.sentAt).max() {
            let until = last + anyKind
            timed.append((.restsAfterAny(until: until), until))
        }
        // With the limit of asks sent after a moment, the account rests until that moment leaves the span.
        let account = history.accountAsks.sorted(by: >)
        if account.count >= accountLimit {
            let until = account[accountLimit - 1] + accountSpan
            timed.append((.accountLimit(until: until), until))
        }
        return timed
    }

    /// When the planned relational survey can go out, from a moment on, if that is before another moment.
    private func relationalBefore(
        _ limit: UTCTime, from now: UTCTime, _ history: SurveyHistory
    ) -> UTCTime? {
        guard let planned = history.plannedRelational, standingReasons(history).isEmpty else { return nil }
        let ends = timedReasons(.relational, history).map(\.until)
        let earliest = ends.reduce(max(now, planned), max)
        return earliest < limit ? earliest : nil
    }

    private func firstMoment(_ kind: SurveyKind, _ history: SurveyHistory, _ now: UTCTime) -> UTCTime? {
        guard standingReasons(history).isEmpty else { return nil }
        let first = timedReasons(kind, history).map(\.until).reduce(now, max)
        guard kind == .transactional,
            let relational = relationalBefore(first + anyKind, from: first, history)
        else { return first }
        var after = history
        after.plannedRelational = nil
        after.accountAsks.append(relational)
        after.asks.append(SurveyAsk(.relational, sentAt: relational, isAnswered: true))
        return timedReasons(kind, after).map(\.until).reduce(first, max)
    }
}

extension SurveyHistory {
    /// How many of the latest surveys went without an answer, back to the last one that got one.
    var unansweredInARow: Int {
        guard let answered = asks.filter(\.isAnswered).map(\.sentAt).max() else { return asks.count }
        return asks.count { $0.sentAt > answered }
    }

    func validate() throws(OutOfRange) {
        for ask in asks { try UTCTime.check(ask.sentAt, "asks.sentAt") }
        for moment in accountAsks { try UTCTime.check(moment, "accountAsks") }
        if let plannedRelational { try UTCTime.check(plannedRelational, "plannedRelational") }
    }
}

extension UTCTime {
    /// Passes moments to which any rest can be added without overflow.
    static func check(_ moment: UTCTime, _ input: String) throws(OutOfRange) {
        let limit: Int64 = 1_000_000_000_000_000
        guard (-limit...limit).contains(moment.milliseconds) else {
            throw OutOfRange(
                input: input, value: Double(moment.milliseconds), allowed: "within ±\(limit) milliseconds")
        }
    }
}
