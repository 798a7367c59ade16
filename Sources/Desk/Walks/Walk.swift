import Kernel
import Markup
import Storage
import Web

/// One walk through a place, by somebody on a day.
struct Walk: Sendable, Equatable {
    let id: Int64
    let place: Int64
    let day: LocalDate
    let at: Instant
    let walkedBy: Int64?
    let words: String
    let fine: Int
    let wrong: Int
    let apart: Int

    static let columns: SQL = "w.id, w.place_id, w.day, w.at, w.walked_by, w.words, w.fine, w.wrong, w.apart"

    init(row: any Row) throws {
        id = try row.int64(0)
        place = try row.int64(1)
        day = try row.day(2)
        at = try row.instant(3)
        walkedBy = try row.optionalInt64(4)
        words = try row.text(5)
        fine = try row.int(6)
        wrong = try row.int(7)
        apart = try row.int(8)
    }
}

/// What was said of one item on a walk.
struct WalkMark: Sendable, Equatable {
    enum Verdict: String, Sendable, CaseIterable, SQLBindable {
        case fine, wrong
        /// Does not apply today.
        case apart
    }

    let item: PlaceItem
    let verdict: Verdict
    let words: String
    var photos: [WalkPhoto] = []
}

struct WalkPhoto: Sendable, Equatable {
    let id: Int64
    let name: String
}

/// A walk on its way in: what was said of each item, and pictures that are kept already.
struct NewWalk: Sendable {
    struct Mark: Sendable {
        let item: Int64
        let verdict: WalkMark.Verdict
        var words = ""
        var photos: [(name: String, digest: String)] = []
    }

    /// The most pictures of one walk.
    static let mostPhotos = 20

    let place: Int64
    var words = ""
    var marks: [Mark]

    func check(_ items: [PlaceItem]) throws(WalkRefusal) {
        guard Set(marks.map(\.item)) == Set(items.map(\.id)), marks.count == items.count else {
            throw .incomplete
        }
        guard ([words] + marks.map(\.words)).allSatisfy({ $0.utf8.count <= 4000 }) else {
            throw .wordsTooLong
        }
    }
}

/// Something that is not as it should be, open until somebody mended it.
struct WalkFinding: Sendable, Equatable {
    let id: Int64
    let place: Int64
    let placeName: String
    let item: Int64
    let itemWords: String
    let walk: Int64
    let words: String
    let due: LocalDate
    let foundDay: LocalDate
    let foundBy: Int64?
    let mendedDay: LocalDate?
    let mendedBy: Int64?
    let mendedWords: String
    let owner: Owner?

    static let columns: SQL = """
        f.id, f.place_id, l.name, f.item_id, i.words, f.walk_id, f.words, f.due_day, f.found_day, f.found_by,
        f.mended_day, f.mended_by, f.mended_words, f.owner_id, o.name, g.suspended
        """
    static let joins: SQL = """
        JOIN place l ON l.id = f.place_id JOIN place_item i ON i.id = f.item_id
        LEFT JOIN party o ON o.id = f.owner_id LEFT JOIN agent g ON g.person_id = f.owner_id
        """
    /// How long a finding may stay open where nobody says otherwise.
    static let usualDays = 7

    init(row: any Row) throws {
        id = try row.int64(0)
        place = try row.int64(1)
        placeName = try row.text(2)
        item = try row.int64(3)
        itemWords = try row.text(4)
        walk = try row.int64(5)
        words = try row.text(6)
        due = try row.day(7)
        foundDay = try row.day(8)
        foundBy = try row.optionalInt64(9)
        mendedDay = try row.optionalDay(10)
        mendedBy = try row.optionalInt64(11)
        mendedWords = try row.text(12)
        owner = try Owner(row: row, from: 13)
    }
}

/// Why a walk or a mending is not taken.
enum WalkRefusal: Error, Equatable, Sendable {
    /// Not every item was looked at, or the list changed meanwhile.
    case incomplete
    case wordsTooLong
    /// What was done has to be said.
    case noWords
    case badDay
    case retired
}

extension WalkRefusal: Refusal {
    var phrase: Phrase {
        switch self {
        case .incomplete: Phrase("walk.refused.incomplete")
        case .wordsTooLong: Phrase("walk.refused.wordsTooLong")
        case .noWords: Phrase("walk.refused.noWords")
        case .badDay: Phrase("walk.refused.badDay")
        case .retired: Phrase("walk.refused.retired")
        }
    }

    var field: String? {
        switch self {
        case .incomplete, .retired: nil
        case .wordsTooLong, .noWords: "words"
        case .badDay: "due"
        }
    }
}
