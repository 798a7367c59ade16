public import HTTPTypes
public import Markup
public import Web

extension AskRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknown, .unknownPerson: .notFound
        case .waiting, .askedLately, .later, .answered, .refused, .complaint: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknownPerson: Phrase("act.refused.unknownPerson")
        case .notAPerson: Phrase("ask.refused.notAPerson")
        case .refused: Phrase("ask.refused.refused")
        case .waiting(let day): Phrase("ask.refused.waiting", .day(daysSinceEpoch: day))
        case .askedLately(let day): Phrase("ask.refused.lately", .day(daysSinceEpoch: day))
        case .later(let day): Phrase("ask.refused.later", .day(daysSinceEpoch: day))
        case .complaint: Phrase("ask.refused.complaint")
        case .unknown: Phrase("ask.refused.unknown")
        case .answered: Phrase("ask.refused.answered")
        case .noWish: Phrase("ask.refused.noWish")
        case .noAnswer: Phrase("ask.refused.noAnswer")
        case .noDay: Phrase("ask.refused.noDay")
        case .dayOver: Phrase("ask.refused.dayOver")
        case .dayTooFar: Phrase("ask.refused.dayTooFar")
        case .noteTooLong: Phrase("lists.refused.noteTooLong")
        }
    }

    public var field: String? {
        switch self {
        case .unknownPerson, .notAPerson: "person_id"
        case .noWish: "wish"
        case .noAnswer: "state"
        case .noDay, .dayOver, .dayTooFar: "later"
        case .noteTooLong: "note"
        default: nil
        }
    }
}

extension ReferralRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknown: .notFound
        case .linked, .notLinked, .nothingSuggested: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknown: Phrase("advocacy.referral.refused.unknown")
        case .unknownCustomer: Phrase("advocacy.referral.refused.unknownCustomer")
        case .themselves: Phrase("advocacy.referral.refused.themselves")
        case .linked: Phrase("advocacy.referral.refused.linked")
        case .notLinked: Phrase("advocacy.referral.refused.notLinked")
        case .nothingSuggested: Phrase("advocacy.referral.refused.nothingSuggested")
        }
    }

    public var field: String? {
        switch self {
        case .unknownCustomer, .themselves: "customer"
        default: nil
        }
    }
}

extension TestimonialRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknown: .notFound
        case .notGiven: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknown: Phrase("advocacy.testimonial.refused.unknown")
        case .noWords: Phrase("advocacy.testimonial.refused.noWords")
        case .wordsTooLong: Phrase("act.refused.wordsTooLong")
        case .noConsentText: Phrase("advocacy.testimonial.refused.noConsentText")
        case .consentTooLong: Phrase("act.refused.wordsTooLong")
        case .noWay: Phrase("advocacy.testimonial.refused.noWay")
        case .nowhere: Phrase("advocacy.testimonial.refused.nowhere")
        case .inTheFuture: Phrase("act.refused.inTheFuture")
        case .tooLongAgo: Phrase("purchase.refused.tooLongAgo")
        case .notTheirWords: Phrase("advocacy.testimonial.refused.notTheirWords")
        case .notGiven: Phrase("advocacy.testimonial.refused.notGiven")
        }
    }

    public var field: String? {
        switch self {
        case .noWords, .wordsTooLong, .noConsentText, .consentTooLong: "words"
        case .noWay: "how"
        case .nowhere: "website"
        case .inTheFuture, .tooLongAgo: "day"
        case .notTheirWords: "short"
        case .unknown, .notGiven: nil
        }
    }
}

extension ThankRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknown: .notFound
        case .done, .taken: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknown: Phrase("thank.refused.unknown")
        case .done: Phrase("thank.refused.done")
        case .taken: Phrase("lists.refused.taken")
        case .noWay: Phrase("thank.refused.noWay")
        case .noReason: Phrase("thank.refused.noReason")
        case .noteTooLong: Phrase("lists.refused.noteTooLong")
        case .badCost: Phrase("thank.refused.badCost")
        case .costWithoutGift: Phrase("thank.refused.costWithoutGift")
        case .noDay: Phrase("thank.refused.noDay")
        }
    }

    public var field: String? {
        switch self {
        case .noWay: "how"
        case .noReason: "reason"
        case .noteTooLong: "note"
        case .badCost, .costWithoutGift: "cost"
        case .noDay: "before"
        default: nil
        }
    }
}
