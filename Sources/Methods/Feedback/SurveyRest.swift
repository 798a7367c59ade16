/// What a survey asks about. The two are never pooled.
public enum SurveyKind: Sendable, Hashable, CaseIterable {
    /// The whole relationship, asked now and then.
    case relational
    /// One contact, asked after it.
    case transactional
}

/// How long people are left in peace between surveys. Every number is a setting; reports print theirs.
///
/// The rests follow published practice (a relational survey at most every half year, a transactional one
/// every 90 days, the relational one first); the cap per account and the times of the reminder are
/// proposals. Days here are spans of 24 hours: a rest is over at the hour the last survey was sent.
public struct SurveyRest: Sendable, Equatable {
    /// From one relational survey to the next. Each span from 0 to 36,525 days.
    public var relational = Elapsed.days(180)
    /// From one transactional survey to the next.
    public var transactional = Elapsed.days(90)
    /// From any survey to any other.
    public var anyKind = Elapsed.days(30)
    /// After this many surveys in a row without an answer the person is asked no more. 1 or more.
    public var unansweredLimit = 3
    /// At most this many surveys to one account, whoever there receives them, within `accountSpan`.
    public var accountLimit = 5
    /// The time over which an account's surveys are counted.
    public var accountSpan = Elapsed.days(90)
    /// The one reminder goes out this long after the survey at the earliest …
    public var reminderAfter = Elapsed.days(7)
    /// … and not from this long after it on.
    public var reminderBefore = Elapsed.days(30)

    /// The defaults; change what you like.
    public init() {}

    func rest(after kind: SurveyKind) -> Elapsed { kind == .relational ? relational : transactional }

    func validate() throws(OutOfRange) {
        let spans = [
            ("relational", relational), ("transactional", transactional), ("anyKind", anyKind),
            ("accountSpan", accountSpan), ("reminderAfter", reminderAfter),
            ("reminderBefore", reminderBefore),
        ]
        for (name, span) in spans where !(Elapsed.zero...Elapsed.days(36_525) ~= span) {
            let days = span.time(in: Days.self).value
            throw OutOfRange(input: "rest.\(name)", value: days, allowed: "from 0 to 36525 days")
        }
        try OutOfRange.check(count: unansweredLimit, "rest.unansweredLimit", from: 1)
        try OutOfRange.check(count: accountLimit, "rest.accountLimit", from: 1)
    }
}

/// One survey that was sent to a person.
public struct SurveyAsk: Sendable, Hashable {
    /// What it asked about.
    public let kind: SurveyKind
    /// When it went out.
    public let sentAt: UTCTime
    /// Whether an answer came, and whether the one reminder went out.
    public let isAnswered, isReminded: Bool

    /// Takes any moment; what uses it checks it.
    public init(_ kind: SurveyKind, sentAt: UTCTime, isAnswered: Bool, isReminded: Bool = false) {
        self.kind = kind
        self.sentAt = sentAt
        self.isAnswered = isAnswered
        self.isReminded = isReminded
    }
}

/// What is on record about asking a person, and the account they belong to.
public struct SurveyHistory: Sendable, Equatable {
    /// Every survey sent to the person, in any order.
    public var asks: [SurveyAsk] = []
    /// When anyone of the account was sent a survey, this person included, in any order.
    public var accountAsks: [UTCTime] = []
    /// The person asked not to be asked.
    public var hasOptedOut = false
    /// The person, or if you prefer anyone of the account, waits for us to settle a complaint.
    public var hasOpenComplaint = false
    /// When the person's next relational survey is planned, if it is.
    public var plannedRelational: UTCTime?

    /// Nothing on record.
    public init() {}
}

/// Whether a person may be asked now, why not, and when at the earliest.
public struct SurveyDecision: Sendable, Equatable {
    /// Everything that speaks against asking now; empty when nothing does.
    public let reasons: [SurveyReason]
    /// The first moment, now or later, at which nothing will speak against it if nothing else happens (for a
    /// survey that gives way: if the relational one goes out when it can). Nil when time alone will not do.
    public let firstMoment: UTCTime?

    /// Whether nothing speaks against asking now.
    public var mayAsk: Bool { reasons.isEmpty }
}

/// What speaks against asking someone.
public enum SurveyReason: Sendable, Hashable {
    /// The person asked not to be asked.
    case optedOut
    /// The person waits for us to settle a complaint.
    case openComplaint
    /// So many surveys in a row went unanswered.
    case unanswered(Int)
    /// A survey of this kind was sent too recently.
    case restsAfter(SurveyKind, until: UTCTime)
    /// A survey of some kind was sent too recently.
    case restsAfterAny(until: UTCTime)
    /// The account has had its share of surveys.
    case accountLimit(until: UTCTime)
    /// A relational survey is about to go out, and it is the more important one.
    case relationalComesFirst(at: UTCTime)
    /// For reminders: there is an answer already.
    case answered
    /// For reminders: one is enough.
    case reminded
    /// For reminders: the survey is too fresh.
    case reminderTooEarly(until: UTCTime)
    /// For reminders: the survey is too old.
    case reminderTooLate
}
