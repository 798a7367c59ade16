import Kernel
import Markup
import Storage
import Web

/// Where customers meet the organisation: a shop, a site, a phone menu, a letter.
struct Place: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable, SQLBindable { case shop, site, phone, letter, mail, other }

    let id: Int64
    let name: String
    let kind: Kind
    let owner: Owner?
    let every: Int
    let unit: WalkRhythm.Unit
    let next: LocalDate
    let isRetired: Bool

    static let columns: SQL = """
        l.id, l.name, l.kind, l.every, l.unit, l.next_day, l.retired_at, l.owner_id, o.name, g.suspended
        """
    static let joins: SQL =
        "LEFT JOIN party o ON o.id = l.owner_id LEFT JOIN agent g ON g.person_id = l.owner_id"

    init(row: any Row) throws {
        id = try row.int64(0)
        name = try row.text(1)
        kind = try row.word(2)
        every = try row.int(3)
        unit = try row.word(4)
        next = try row.day(5)
        isRetired = !row.isNull(6)
        owner = try Owner(row: row, from: 7)
    }
}

/// The colleague who answers for something, and whether they still work here.
struct Owner: Sendable, Equatable {
    let id: Int64
    let name: String
    let isHere: Bool

    /// From the columns id, name, suspended; nil where nobody is named.
    init?(row: any Row, from start: Int) throws {
        guard let id = try row.optionalInt64(start) else { return nil }
        self.id = id
        name = try row.optionalText(start + 1) ?? ""
        isHere = row.isNull(start + 2) ? false : try !row.bool(start + 2)
    }
}

/// What is looked at in a place.
struct PlaceItem: Sendable, Equatable {
    let id: Int64
    let words: String
}

/// A place somebody enters or changes.
struct NewPlace: Sendable, Equatable {
    static let mostItems = 60

    var name: String
    var kind: Place.Kind
    var owner: Int64?
    var rhythm: WalkRhythm
    var next: LocalDate?
    var items: [String]

    /// Lines of a checklist: no empty ones, each once.
    static func items(in text: String) -> [String] {
        var seen: Set<String> = []
        return text.split(whereSeparator: \.isNewline).map { String($0).singleLine }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    func check() throws(PlaceRefusal) {
        guard !name.isEmpty else { throw .noName }
        guard name.utf8.count <= 400 else { throw .nameTooLong }
        guard !items.isEmpty else { throw .noItems }
        guard items.count <= NewPlace.mostItems, items.allSatisfy({ $0.utf8.count <= 400 }) else {
            throw .tooManyItems
        }
        if let next, next < LocalDate.earliest || next.civil.year > 2200 { throw .badDay }
    }
}

/// Why a place is not taken.
enum PlaceRefusal: Error, Equatable, Sendable {
    case noName, nameTooLong, noItems, tooManyItems, badRhythm, badDay, unknownColleague
}

extension PlaceRefusal: Refusal {
    var phrase: Phrase {
        switch self {
        case .noName: Phrase("walk.refused.noName")
        case .nameTooLong: Phrase("walk.refused.nameTooLong")
        case .noItems: Phrase("walk.refused.noItems")
        case .tooManyItems: Phrase("walk.refused.tooManyItems", .count(NewPlace.mostItems))
        case .badRhythm: Phrase("walk.refused.badRhythm")
        case .badDay: Phrase("walk.refused.badDay")
        case .unknownColleague: Phrase("lists.refused.unknownColleague")
        }
    }

    var field: String? {
        switch self {
        case .noName, .nameTooLong: "name"
        case .noItems, .tooManyItems: "items"
        case .badRhythm: "every"
        case .badDay: "next"
        case .unknownColleague: "owner"
        }
    }
}
