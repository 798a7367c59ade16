public import HTTPTypes
public import Markup
public import Storage
public import Web

extension StorageError: PassingFailure {
    /// Others got in first too often, or the server is away: a few seconds later that may be over.
    public var retryAfter: Int? {
        switch self {
        case .tooBusy: 1
        case .unreachable: 5
        default: nil
        }
    }
}

extension CustomerRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknown: .notFound
        case .duplicate: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknown: Phrase("customer.refused.unknown")
        case .nameMissing: Phrase("customer.refused.nameMissing")
        case .unknownOrganisation: Phrase("customer.refused.unknownOrganisation")
        case .nameTooLong: Phrase("customer.refused.nameTooLong")
        case .badEmail(let text): Phrase("customer.refused.badEmail", .text(text))
        case .badPhone(let text): Phrase("customer.refused.badPhone", .text(text))
        case .duplicate(let id): Phrase("customer.refused.duplicate", .text("\(id)"))
        case .unreachable: Phrase("customer.refused.unreachable")
        case .hasDepartments: Phrase("relations.refused.hasDepartments")
        }
    }

    public var field: String? {
        switch self {
        case .nameMissing, .nameTooLong: "name"
        case .unknownOrganisation: "company_id"
        case .badEmail: "email"
        case .badPhone: "phone"
        case .duplicate: "unique_external_id"
        case .unknown, .unreachable, .hasDepartments: nil
        }
    }

    public var code: String {
        switch self {
        case .nameMissing, .unreachable: "missing_field"
        case .duplicate: "duplicate_value"
        default: "invalid_value"
        }
    }
}

extension AdvocacyRefusal: Refusal {
    public var status: HTTPResponse.Status {
        if case .duplicate = self { return .conflict }
        return .unprocessableContent
    }

    public var phrase: Phrase {
        switch self {
        case .unknownPerson: Phrase("act.refused.unknownPerson")
        case .notAPerson: Phrase("act.refused.notAPerson")
        case .inTheFuture: Phrase("act.refused.inTheFuture")
        case .tooLongAgo: Phrase("purchase.refused.tooLongAgo")
        case .wordsTooLong: Phrase("act.refused.wordsTooLong")
        case .badRating: Phrase("act.refused.badRating")
        case .duplicate(let id): Phrase("act.refused.duplicate", .text("\(id)"))
        }
    }

    public var field: String? {
        switch self {
        case .unknownPerson, .notAPerson: "person_id"
        case .inTheFuture, .tooLongAgo: "day"
        case .wordsTooLong: "words"
        case .badRating: "rating"
        case .duplicate: "outside_id"
        }
    }

    public var code: String {
        if case .duplicate = self { return "duplicate_value" }
        return "invalid_value"
    }
}

extension AnswerRefusal: Refusal {
    public var status: HTTPResponse.Status {
        if case .duplicate = self { return .conflict }
        return .unprocessableContent
    }

    public var phrase: Phrase {
        switch self {
        case .unknownCustomer: Phrase("purchase.refused.unknownCustomer")
        case .inTheFuture: Phrase("act.refused.inTheFuture")
        case .tooLongAgo: Phrase("purchase.refused.tooLongAgo")
        case .offScale(let score, let scale):
            Phrase("answers.refused.offScale", .text("\(score)"), .text(scale))
        case .unknownScale(let text): Phrase("imports.remark.unknownScale", .text(text))
        case .mappingMissing(let scale): Phrase("imports.remark.mappingOpen", .text(scale))
        case .mappingDoesNotFit(let scale): Phrase("imports.remark.mappingDoesNotFit", .text(scale))
        case .tooLong: Phrase("answers.refused.tooLong")
        case .duplicate(let id): Phrase("answers.refused.duplicate", .text("\(id)"))
        }
    }

    public var field: String? {
        switch self {
        case .unknownCustomer: "customer_id"
        case .inTheFuture, .tooLongAgo: "day"
        case .offScale: "score"
        case .unknownScale: "scale"
        case .mappingMissing, .mappingDoesNotFit: "mapping"
        case .tooLong(let field): field
        case .duplicate: "outside_id"
        }
    }

    public var code: String {
        switch self {
        case .duplicate: "duplicate_value"
        case .mappingMissing: "missing_field"
        default: "invalid_value"
        }
    }
}

extension PurchaseRefusal: Refusal {
    public var status: HTTPResponse.Status {
        if case .duplicate = self { return .conflict }
        return .unprocessableContent
    }

    public var phrase: Phrase {
        switch self {
        case .unknownCustomer: Phrase("purchase.refused.unknownCustomer")
        case .inTheFuture: Phrase("purchase.refused.inTheFuture")
        case .tooLongAgo: Phrase("purchase.refused.tooLongAgo")
        case .amountTooLarge: Phrase("purchase.refused.amountTooLarge")
        case .badQuantity: Phrase("purchase.refused.badQuantity")
        case .textTooLong: Phrase("purchase.refused.textTooLong")
        case .nothingUsed: Phrase("relations.refused.nothingUsed")
        case .duplicate(let id): Phrase("purchase.refused.duplicate", .text("\(id)"))
        }
    }

    public var field: String? {
        switch self {
        case .unknownCustomer: "customer_id"
        case .nothingUsed: "product"
        case .inTheFuture, .tooLongAgo: "purchased_at"
        case .amountTooLarge: "amount"
        case .badQuantity: "quantity"
        case .textTooLong(let field): field
        case .duplicate: "outside_id"
        }
    }

    public var code: String {
        if case .duplicate = self { return "duplicate_value" }
        return "invalid_value"
    }
}

extension ProfileRefusal: Refusal {
    public var phrase: Phrase {
        switch self {
        case .windowBackwards: Phrase("profile.refused.backwards")
        case .notADay(let text): Phrase("profile.refused.notADay", .text(text))
        case .windowTooLong: Phrase("profile.refused.tooLong")
        }
    }

    public var field: String? { "from" }
}

/// Why a purchase a program sent cannot be read.
enum PurchaseFieldRefusal: Refusal, Equatable {
    case unknownCurrency(String)

    var phrase: Phrase {
        switch self {
        case .unknownCurrency(let code): Phrase("purchase.refused.unknownCurrency", .text(code))
        }
    }

    var field: String? { "currency" }
}

/// Lists are not paged by number.
struct PagingRefusal: Refusal {
    var phrase: Phrase { Phrase("api.page.byKey") }
    var field: String? { "page" }
}
