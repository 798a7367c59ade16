public import HTTPTypes
public import Kernel
public import Markup
import Storage
public import Web

/// What was spent on winning customers in a period, at one source, for one campaign or for none in particular.
public struct Spend: Sendable, Equatable {
    public let id: Int64
    public let days: ClosedRange<LocalDate>
    /// Where the customers were to be won: what purchases call their channel.
    public let source: String
    public let campaign: String
    public let amount: Money
    public let isRemoved: Bool

    static let columns: SQL = "id, from_day, to_day, source, campaign, amount, currency, removed_at"

    init(row: any Row) throws {
        id = try row.int64(0)
        days = try row.day(1)...row.day(2)
        source = try row.text(3)
        campaign = try row.text(4)
        let code = try row.text(6)
        guard let currency = Currency(code) else { throw StorageError.broken("spend \(id) is in \(code)") }
        amount = Money(minor: try row.int64(5), currency: currency)
        isRemoved = !row.isNull(7)
    }
}

/// Spend somebody enters, a program sends or a file holds.
public struct NewSpend: Sendable, Equatable {
    public var days: ClosedRange<LocalDate>
    public var source: String
    public var campaign: String
    public var amount: Money

    public init(days: ClosedRange<LocalDate>, source: String, campaign: String = "", amount: Money) {
        self.days = days
        self.source = source.singleLine
        self.campaign = campaign.singleLine
        self.amount = amount
    }

    /// One amount belongs to a period, a source, a campaign and a currency.
    var key: String {
        [
            source.searchKey, campaign.searchKey, days.lowerBound.description, days.upperBound.description,
            amount.currency.code,
        ].joined(separator: "\u{1F}")
    }

    static let longestDays = 3660

    func check(today: LocalDate) throws(SpendRefusal) {
        guard !source.isEmpty else { throw .sourceMissing }
        guard source.utf8.count <= 400 else { throw .textTooLong(field: "source") }
        guard campaign.utf8.count <= 400 else { throw .textTooLong(field: "campaign") }
        guard (0..<Money.limit).contains(amount.minor) else { throw .badAmount }
        guard days.lowerBound >= LocalDate.earliest else { throw .tooLongAgo }
        guard days.lowerBound <= today else { throw .inTheFuture }
        guard days.count <= NewSpend.longestDays else { throw .tooLong }
    }
}

extension ClosedRange<LocalDate> {
    var count: Int { upperBound.daysSinceEpoch - lowerBound.daysSinceEpoch + 1 }
}

/// Why spend is not taken.
public enum SpendRefusal: Error, Equatable, Sendable {
    case sourceMissing
    case textTooLong(field: String)
    case badAmount
    /// `1.200` is a thousand and two hundred to some and one and a fifth to others.
    case openAmount
    case tooLongAgo
    case inTheFuture
    case tooLong
    case backwards
    case badPeriod
    case unknownCurrency
    /// The same period, source, campaign and currency stands already with another amount.
    case duplicate(Int64)
    case twiceInFile(line: Int)
    case noColumn(String)
    case badMapping
    case dateOrderOpen
    case noFile
    case tooManyRows
}

extension SpendRefusal: Refusal {
    public var status: HTTPResponse.Status {
        if case .duplicate = self { return .conflict }
        return .unprocessableContent
    }

    public var phrase: Phrase {
        switch self {
        case .sourceMissing: Phrase("spend.refused.sourceMissing")
        case .textTooLong: Phrase("spend.refused.textTooLong")
        case .badAmount: Phrase("spend.refused.badAmount")
        case .openAmount: Phrase("spend.refused.openAmount")
        case .tooLongAgo: Phrase("spend.refused.tooLongAgo")
        case .inTheFuture: Phrase("spend.refused.inTheFuture")
        case .tooLong: Phrase("spend.refused.tooLong")
        case .backwards: Phrase("spend.refused.backwards")
        case .badPeriod: Phrase("spend.refused.badPeriod")
        case .unknownCurrency: Phrase("spend.refused.unknownCurrency")
        case .duplicate(let id): Phrase("spend.refused.duplicate", .text("\(id)"))
        case .twiceInFile(let line): Phrase("spend.refused.twiceInFile", .count(line))
        case .noColumn(let name): Phrase("spend.refused.noColumn", .text(name))
        case .badMapping: Phrase("spend.refused.badMapping")
        case .dateOrderOpen: Phrase("spend.refused.dateOrderOpen")
        case .noFile: Phrase("spend.refused.noFile")
        case .tooManyRows: Phrase("spend.refused.tooManyRows")
        }
    }

    public var field: String? {
        switch self {
        case .sourceMissing: "source"
        case .textTooLong(let field): field
        case .badAmount, .openAmount: "amount"
        case .tooLongAgo, .inTheFuture, .badPeriod: "from"
        case .tooLong, .backwards: "to"
        case .unknownCurrency: "currency"
        case .noFile, .noColumn, .badMapping, .dateOrderOpen, .tooManyRows: "file"
        case .duplicate, .twiceInFile: nil
        }
    }

    public var code: String {
        if case .duplicate = self { return "duplicate_value" }
        return "invalid_value"
    }
}
