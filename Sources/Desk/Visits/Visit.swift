import Kernel
import Markup
import Storage
import Web

/// Somebody who looked and did not buy.
struct Visit: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable, SQLBindable {
        /// No way to reach them, or they did not want it.
        case none
        case open, done, skipped
    }

    /// How many days after a visit it is followed up.
    static let followDays = 2

    let id: Int64
    let day: LocalDate
    let channel: String
    let name: String
    let wish: String
    let reach: String
    let leftWay: Bool
    let mayFollow: Bool
    let party: Int64?
    let due: LocalDate?
    let state: State
    let settledBy: Int64?
    let settledWords: String
    let recordedBy: Int64?

    static let columns: SQL = """
        v.id, v.day, v.channel, v.name, v.wish, v.reach, v.left_way, v.may_follow, v.party_id, v.due_day, v.state,
        v.settled_by, v.settled_words, v.recorded_by
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        day = try row.day(1)
        channel = try row.text(2)
        name = try row.text(3)
        wish = try row.text(4)
        reach = try row.text(5)
        leftWay = try row.bool(6)
        mayFollow = try row.bool(7)
        party = try row.optionalInt64(8)
        due = try row.optionalDay(9)
        state = try row.word(10)
        settledBy = try row.optionalInt64(11)
        settledWords = try row.text(12)
        recordedBy = try row.optionalInt64(13)
    }
}

/// A visit somebody enters or a program sends. Where and what for are enough.
struct NewVisit: Sendable, Equatable {
    var day: LocalDate
    var channel: String
    var wish: String
    var name = ""
    /// An address, a number, a handle: however they want to be reached.
    var reach = ""
    var mayFollow = false
    var source = "desk"

    /// The form two spellings of one way to reach somebody share.
    var reachKey: String {
        if reach.contains("@") { return Address.key(.email, reach) }
        let digits = Address.key(.phone, reach)
        return digits.count >= 5 ? digits : reach.searchKey
    }

    func check(today: LocalDate) throws(VisitRefusal) {
        guard !channel.isEmpty else { throw .noChannel }
        guard !wish.isEmpty else { throw .noWish }
        guard day <= today else { throw .inTheFuture }
        guard day >= LocalDate.earliest else { throw .tooLongAgo }
        guard channel.utf8.count <= 200 else { throw .tooLong(field: "channel") }
        guard wish.utf8.count <= 2000 else { throw .tooLong(field: "wish") }
        guard name.utf8.count <= 400 else { throw .tooLong(field: "name") }
        guard reach.utf8.count <= 400 else { throw .tooLong(field: "reach") }
        guard !mayFollow || !reach.isEmpty else { throw .noReach }
    }
}

/// Why a visit is not taken.
enum VisitRefusal: Error, Equatable, Sendable {
    case noChannel, noWish, inTheFuture, tooLongAgo, noReach, noReason, settled
    case tooLong(field: String)
}

extension VisitRefusal: Refusal {
    var phrase: Phrase {
        switch self {
        case .noChannel: Phrase("visits.refused.noChannel")
        case .noWish: Phrase("visits.refused.noWish")
        case .inTheFuture: Phrase("visits.refused.inTheFuture")
        case .tooLongAgo: Phrase("purchase.refused.tooLongAgo")
        case .noReach: Phrase("visits.refused.noReach")
        case .noReason: Phrase("visits.refused.noReason")
        case .settled: Phrase("visits.refused.settled")
        case .tooLong: Phrase("visits.refused.tooLong")
        }
    }

    var field: String? {
        switch self {
        case .noChannel: "channel"
        case .noWish: "wish"
        case .inTheFuture, .tooLongAgo: "day"
        case .noReach: "reach"
        case .noReason: "words"
        case .settled: nil
        case .tooLong(let field): field
        }
    }
}

/// How many of those who looked left a way to reach them, and how many bought later.
struct VisitReport: Sendable, Codable, Equatable {
    /// How far back it looks.
    static let days = 365
    /// The most channels or colleagues shown.
    static let most = 50

    struct Line: Sendable, Codable, Equatable {
        var name: String
        var visits: Int
        var left: Int
    }

    var day = LocalDate(daysSinceEpoch: 0)
    var visits = 0
    var left = 0
    var bought = 0
    var done = 0
    var skipped = 0
    var open = 0
    var channels: [Line] = []
    var colleagues: [Line] = []
}
