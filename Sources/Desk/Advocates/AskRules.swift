import Kernel
import Methods
import Storage

/// Whom a complaint keeps from being asked. No complaints are kept yet; whoever keeps them says here how to find them.
enum OpenComplaint {
    /// A condition that holds where the party in this column has an open complaint.
    static func exists(party: SQL) -> SQL { "FALSE" }
}

/// What is known of a person when it is decided whether to ask them.
struct AskEvidence: Sendable, Equatable {
    let party: Int64
    /// Whose visits these are: the person's own, or their organisation's.
    var account: Int64
    var occasions: Int
    var lastDay: LocalDate
    /// P(alive), where the figures know it.
    var alive: Double?
    /// The latest answer, and whether any answer was a detractor's.
    var part: Answer.Part?
    var answeredDay: LocalDate?
    var hasWarned = false
    /// Whether they wrote more than a line with their latest answer.
    var wroteMuch = false
    var lastAsked: LocalDate?
    var waitsForAnswer = false
    var isRefused = false
    var hasComplaint = false
    var hasReferred = false
    var hasTestified = false
}

/// Who is asked, for what, and in which order. Pure: evidence in, a row of the list out.
struct AskRules: Sendable {
    /// As many visits make a repeat customer.
    static let leastOccasions = 2
    /// Less likely than this to be still a customer: not asked.
    static let leastAlive = 0.5
    /// An organisation with as many visits has something to say to others of its kind.
    static let referenceOccasions = 4
    /// Whoever wrote so much with an answer has found words already.
    static let manyBytes = 60

    let today: LocalDate
    let askDays: Int
    /// Where no figures say whether somebody is still a customer, they came within these months.
    let levelMonths: Int

    /// Nil for whoever is not asked now.
    func wish(for person: AskEvidence) -> Ask.Wish? {
        guard person.occasions >= AskRules.leastOccasions, isSatisfied(person), isCustomer(person) else {
            return nil
        }
        guard !person.isRefused, !person.hasComplaint, !person.waitsForAnswer else { return nil }
        if let asked = person.lastAsked, today < asked + askDays { return nil }
        return choose(for: person)
    }

    /// The latest answer recommends, or none ever warned.
    private func isSatisfied(_ person: AskEvidence) -> Bool { person.part == .promoter || !person.hasWarned }

    private func isCustomer(_ person: AskEvidence) -> Bool {
        if let alive = person.alive { return alive >= AskRules.leastAlive }
        return person.lastDay >= today.adding(months: -levelMonths)
    }

    /// An organisation that comes often speaks to others of its kind; whoever wrote much gives their words; everybody
    /// else may know somebody. Nobody is asked for what they gave before while there is something else.
    private func choose(for person: AskEvidence) -> Ask.Wish {
        if person.account != person.party, person.occasions >= AskRules.referenceOccasions {
            return .referenceCall
        }
        if person.part == .promoter, person.wroteMuch, !person.hasTestified { return .testimonial }
        return person.hasReferred && !person.hasTestified ? .testimonial : .referral
    }

    /// Larger comes first: promoters, then those nobody has heard, then the content; among them more visits first,
    /// then the latest visit.
    static func place(_ person: AskEvidence) -> Int64 {
        let tier: Int64 =
            switch person.part {
            case .promoter: 2
            case nil: 1
            default: 0
            }
        let visits = Int64(min(person.occasions, 999_999))
        let day = Int64(min(max(person.lastDay.daysSinceEpoch, 0), 999_999))
        return (tier * 1_000_000 + visits) * 1_000_000 + day
    }
}
