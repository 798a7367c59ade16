public import Kernel
public import Markup
import Storage
public import Web

/// A list as it stood on a day, kept under a name.
public struct SavedList: Sendable, Equatable {
    public let id: Int64
    public let name: String
    public let list: CustomerList
    /// The last day on record when it was saved.
    public let day: LocalDate
    public let currency: String
    /// Whether its money is what was expected, over so many months, or what had come so far.
    public let isForecast: Bool
    public let months: Int
    public let customers: Int
    public let money: Int64
    public let savedBy: Int64?
    public let savedAt: Instant
    public let isRemoved: Bool
    /// What became of it, and up to which day that was counted; of no customer before it was.
    public let countedDay: LocalDate?
    public let bought: Int
    public let gone: Int
    public let came: Int

    static let columns: SQL = """
        s.id, s.name, s.list, s.day, s.currency, s.forecast, s.months, s.customers, s.money, s.saved_by, s.saved_at,
        s.removed_at, s.counted_run, s.counted_day, s.bought, s.gone, s.came
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        name = try row.text(1)
        list = try row.word(2)
        day = try row.day(3)
        currency = try row.text(4)
        isForecast = try row.bool(5)
        months = try row.int(6)
        customers = try row.int(7)
        money = try row.int64(8)
        savedBy = try row.optionalInt64(9)
        savedAt = try row.instant(10)
        isRemoved = !row.isNull(11)
        countedDay = try row.int64(12) == 0 ? nil : try row.day(13)
        bought = try row.int(14)
        gone = try row.int(15)
        came = try row.int(16)
    }

    /// The name people gave it: not empty, and no longer than a line.
    static func checked(_ name: String) throws(SavedListRefusal) -> String {
        let name = name.singleLine
        guard !name.isEmpty else { throw .noName }
        guard name.utf8.count <= 200 else { throw .nameTooLong }
        return name
    }
}

/// Which customers of a saved list are looked at.
public enum SavedPart: String, Sendable, CaseIterable {
    /// Everyone who was on it.
    case all
    /// Who is not on the list any more.
    case gone
    /// Who is on the list today and was not then.
    case came
}

/// One customer of a saved list, held against today.
public struct SavedLine: Sendable, Equatable {
    public let party: Party
    public let money: Int64
    public let isOnList: Bool
    public let boughtDay: LocalDate?
    var key: String { "\(money)~\(party.id)" }

    init(row: any Row) throws {
        party = try Party(row: row)
        money = try row.int64(4)
        isOnList = try row.bool(5)
        boughtDay = try row.optionalDay(6)
    }
}

/// Why a list is not saved.
public enum SavedListRefusal: Error, Equatable, Sendable {
    case noName
    case nameTooLong
    case nobody
}

extension SavedListRefusal: Refusal {
    public var phrase: Phrase {
        switch self {
        case .noName: Phrase("lists.saved.refused.noName")
        case .nameTooLong: Phrase("lists.saved.refused.nameTooLong")
        case .nobody: Phrase("lists.saved.refused.nobody")
        }
    }

    public var field: String? { "name" }
}
