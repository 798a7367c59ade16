public import HTTPTypes
public import Kernel
public import Markup
public import Web

/// A contract somebody enters or a program sends.
public struct NewContract: Sendable, Equatable {
    public var party: ID<Party>
    public var words: String
    public var product: String
    public var terms: ContractTerms
    public var price: Money
    public var promotion = ""
    public var promotionDay: LocalDate?
    public var end: LocalDate?
    public var endReason = ""
    public var attribute = ""
    public var source = "desk"
    public var outsideID: String?

    public init(
        party: ID<Party>, words: String, product: String = "", terms: ContractTerms, price: Money
    ) {
        self.party = party
        self.words = words.singleLine
        self.product = product.singleLine
        self.terms = terms
        self.price = price
    }

    func check(today: LocalDate) throws(ContractRefusal) {
        guard !words.isEmpty || !product.isEmpty else { throw .nothingNamed }
        let texts = [
            ("terms", words), ("product", product), ("promotion", promotion), ("attribute", attribute),
            ("outside_id", outsideID ?? ""), ("source", source),
        ]
        for (field, text) in texts where text.utf8.count > 400 { throw .tooLong(field: field) }
        guard endReason.utf8.count <= 2000 else { throw .tooLong(field: "end_reason") }
        guard (0..<Money.limit).contains(price.minor) else { throw .badAmount(field: "price") }
        try terms.check(today: today)
        if let promotionDay { try ContractTerms.check(promotionDay, "promotion_ends", from: terms.start) }
        if let end { try ContractTerms.check(end, "end", from: terms.start) }
    }
}

extension ContractTerms {
    /// The longest a contract may bind, in months.
    static let longest = 1200

    func check(today: LocalDate) throws(ContractRefusal) {
        guard start >= LocalDate.earliest, start <= today + 36_600 else { throw .badDay(field: "start") }
        for (field, months) in [("minimum_months", minimumMonths), ("renewal_months", renewalMonths)] {
            guard (0...ContractTerms.longest).contains(months) else { throw .badNumber(field: field) }
        }
        guard (1...120).contains(billingMonths) else { throw .badNumber(field: "billing_months") }
        guard (0...(noticeUnit == .days ? 3660 : 120)).contains(notice) else {
            throw .badNumber(field: "notice")
        }
        switch penalty {
        case .fixed(let amount):
            guard (0..<Money.limit).contains(amount) else { throw .badAmount(field: "penalty_amount") }
        case .share(let millionths):
            guard (0...1_000_000).contains(millionths) else { throw .badNumber(field: "penalty_share") }
        case .none, .rest: break
        }
    }

    static func check(
        _ day: LocalDate, _ field: String, from start: LocalDate
    ) throws(ContractRefusal) {
        guard day >= start else { throw .beforeStart(field: field) }
        guard day <= start + 100_000 else { throw .badDay(field: field) }
    }
}

/// Why a contract says no.
public enum ContractRefusal: Error, Equatable, Sendable {
    case unknownCustomer
    case nothingNamed
    case tooLong(field: String)
    case badAmount(field: String)
    case badNumber(field: String)
    case badDay(field: String)
    case beforeStart(field: String)
    case unknownCurrency
    case reasonMissing
    /// The outside id stands for another contract already.
    case duplicate(Int64)
    case hasEnded
    case hasNoEnd
}

extension ContractRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .duplicate, .hasEnded, .hasNoEnd: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknownCustomer: Phrase("holds.refused.unknownCustomer")
        case .nothingNamed: Phrase("contracts.refused.nothingNamed")
        case .tooLong: Phrase("holds.refused.tooLong")
        case .badAmount: Phrase("holds.refused.badAmount")
        case .badNumber: Phrase("contracts.refused.badNumber")
        case .badDay: Phrase("contracts.refused.badDay")
        case .beforeStart: Phrase("contracts.refused.beforeStart")
        case .unknownCurrency: Phrase("contracts.refused.unknownCurrency")
        case .reasonMissing: Phrase("contracts.refused.reasonMissing")
        case .duplicate(let id): Phrase("contracts.refused.duplicate", .text("\(id)"))
        case .hasEnded: Phrase("contracts.refused.hasEnded")
        case .hasNoEnd: Phrase("contracts.refused.hasNoEnd")
        }
    }

    public var field: String? {
        switch self {
        case .unknownCustomer: "customer_id"
        case .nothingNamed: "terms"
        case .tooLong(let field), .badAmount(let field), .badNumber(let field), .badDay(let field),
            .beforeStart(let field):
            field
        case .unknownCurrency: "currency"
        case .reasonMissing: "end_reason"
        case .duplicate: "outside_id"
        case .hasEnded, .hasNoEnd: nil
        }
    }

    public var code: String {
        switch self {
        case .duplicate: "duplicate_value"
        case .hasEnded, .hasNoEnd: "inconsistent_state"
        case .nothingNamed, .reasonMissing: "missing_field"
        default: "invalid_value"
        }
    }
}
