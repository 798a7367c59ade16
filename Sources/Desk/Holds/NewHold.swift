public import HTTPTypes
public import Kernel
public import Markup
public import Web

/// A hold somebody places.
public struct NewHold: Sendable, Equatable {
    public var scope: HoldScope
    public var reason: Hold.Reason
    public var words: String
    public var owner: Int64?
    /// Nil: at once.
    public var firstDay: LocalDate?
    /// Nil: until it is settled.
    public var lastDay: LocalDate?

    public init(
        _ scope: HoldScope, reason: Hold.Reason, words: String, owner: Int64? = nil,
        firstDay: LocalDate? = nil, lastDay: LocalDate? = nil
    ) {
        self.scope = scope
        self.reason = reason
        self.words = words
        self.owner = owner
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    func check(today: LocalDate) throws(HoldRefusal) {
        guard !scope.doings.isEmpty else { throw .nothingHeld }
        guard !words.trimmed.isEmpty else { throw .wordsMissing }
        guard words.utf8.count <= 2000 else { throw .tooLong(field: "words") }
        guard scope.product.utf8.count <= 400 else { throw .tooLong(field: "product") }
        if let over = scope.over {
            guard (0..<Money.limit).contains(over.minor) else { throw .badAmount }
        }
        if let firstDay { try Hold.check(start: firstDay, today: today) }
        if let lastDay { try Hold.check(end: lastDay, from: firstDay ?? today, today: today) }
    }
}

extension Hold {
    /// Nobody plans a hold for longer than this many days ahead.
    static let farthest = 3660

    static func check(start: LocalDate, today: LocalDate) throws(HoldRefusal) {
        guard start >= today else { throw .startsInThePast }
        guard start <= today + farthest else { throw .tooFar(field: "starts") }
    }

    static func check(end: LocalDate, from start: LocalDate, today: LocalDate) throws(HoldRefusal) {
        guard end >= today, end >= start else { throw .endsBefore }
        guard end <= today + farthest else { throw .tooFar(field: "ends") }
    }
}

/// Why a hold says no.
public enum HoldRefusal: Error, Equatable, Sendable {
    case unknownCustomer
    case nothingHeld
    case wordsMissing
    case tooLong(field: String)
    case badAmount
    case startsInThePast
    case endsBefore
    case tooFar(field: String)
    case unknownColleague
    case unknownContract
    /// Only an organisation has departments below it.
    case noneBelow
    case whyMissing
    /// It was lifted already, or its last day is over.
    case notOpen
}

extension HoldRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .notOpen: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase {
        switch self {
        case .unknownCustomer: Phrase("holds.refused.unknownCustomer")
        case .nothingHeld: Phrase("holds.refused.nothingHeld")
        case .wordsMissing: Phrase("holds.refused.wordsMissing")
        case .tooLong: Phrase("holds.refused.tooLong")
        case .badAmount: Phrase("holds.refused.badAmount")
        case .startsInThePast: Phrase("holds.refused.startsInThePast")
        case .endsBefore: Phrase("holds.refused.endsBefore")
        case .tooFar: Phrase("holds.refused.tooFar")
        case .unknownColleague: Phrase("holds.refused.unknownColleague")
        case .unknownContract: Phrase("holds.refused.unknownContract")
        case .noneBelow: Phrase("holds.refused.noneBelow")
        case .whyMissing: Phrase("holds.refused.whyMissing")
        case .notOpen: Phrase("holds.refused.notOpen")
        }
    }

    public var field: String? {
        switch self {
        case .unknownCustomer: "customer_id"
        case .nothingHeld: "orders"
        case .wordsMissing: "words"
        case .tooLong(let field), .tooFar(let field): field
        case .badAmount: "over"
        case .startsInThePast: "starts"
        case .endsBefore: "ends"
        case .unknownColleague: "owner"
        case .unknownContract: "contract"
        case .noneBelow: "whom"
        case .whyMissing: "why"
        case .notOpen: nil
        }
    }

    public var code: String {
        switch self {
        case .nothingHeld, .wordsMissing, .whyMissing: "missing_field"
        case .notOpen: "inconsistent_state"
        default: "invalid_value"
        }
    }
}
