import Kernel
public import Storage

extension Rhythm.Audience {
    /// As it is kept and as programs write it: `everyone`, `first`, `segment`.
    public var word: String {
        switch self {
        case .everyone: "everyone"
        case .level(let level): level.rawValue
        case .segment: "segment"
        }
    }

    public var segment: Int64? {
        if case .segment(let id) = self { id } else { nil }
    }

    /// Levels a rhythm can be for; prospects have no occasion to count from.
    static let levels: [Level] = [.first, .repeating, .advocate, .lapsed]

    public init?(word: String, segment: Int64?) {
        if word == "everyone" {
            self = .everyone
        } else if word == "segment", let segment {
            self = .segment(segment)
        } else if let level = Level(rawValue: word), Rhythm.Audience.levels.contains(level) {
            self = .level(level)
        } else {
            return nil
        }
    }
}

extension Rhythm.Beat {
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLBindable {
        case silence, date
        case afterFirst = "after first"
        case afterLast = "after last"
        case anniversary
    }

    public var kind: Kind {
        switch self {
        case .silence: .silence
        case .date: .date
        case .afterFirst: .afterFirst
        case .afterLast: .afterLast
        case .anniversary: .anniversary
        }
    }

    public var months: Int? { if case .silence(let months) = self { months } else { nil } }
    public var month: Int? { if case .date(let month, _) = self { month } else { nil } }
    public var day: Int? { if case .date(_, let day) = self { day } else { nil } }

    public var days: Int? {
        switch self {
        case .afterFirst(let days), .afterLast(let days): days
        case .silence, .date, .anniversary: nil
        }
    }

    /// Nil where a number is missing or out of its range: months 1 to 120, days 0 to 3650, a month and a day it has.
    public init?(_ kind: Kind, months: Int?, month: Int?, day: Int?, days: Int?) {
        switch kind {
        case .silence:
            guard let months, (1...120).contains(months) else { return nil }
            self = .silence(months: months)
        case .date:
            guard let month, let day, (1...12).contains(month),
                (1...LocalDate.days(inMonth: month, of: 2024)).contains(day)
            else { return nil }
            self = .date(month: month, day: day)
        case .afterFirst, .afterLast:
            guard let days, (0...3650).contains(days) else { return nil }
            self = kind == .afterFirst ? .afterFirst(days: days) : .afterLast(days: days)
        case .anniversary: self = .anniversary
        }
    }
}

extension Rhythm {
    static let columns: SQL = """
        r.id, r.name, r.audience, r.segment_id, r.kind, r.months, r.month, r.day, r.days, r.what, r.way, r.purpose,
        r.lead_days, r.most_open, r.from_day, r.paused, r.planned_at
        """
    static let columnCount = 17

    init(row: any Row, from start: Int = 0) throws {
        func optional(_ index: Int) throws -> Int? { try row.optionalInt64(start + index).map(Int.init) }
        let audience = Audience(
            word: try row.text(start + 2), segment: try row.optionalInt64(start + 3))
        let beat = Beat(
            try row.word(start + 4), months: try optional(5), month: try optional(6), day: try optional(7),
            days: try optional(8))
        guard let audience, let beat else {
            throw StorageError.broken("rhythm \(try row.int64(start)) cannot be read")
        }
        self.init(
            id: try row.int64(start), name: try row.text(start + 1), audience: audience, beat: beat,
            what: try row.text(start + 9), way: try row.word(start + 10), purpose: try row.word(start + 11),
            leadDays: try row.int(start + 12), mostOpen: try row.int(start + 13),
            from: try row.day(start + 14),
            isPaused: try row.bool(start + 15), plannedAt: try row.optionalInstant(start + 16))
    }
}

/// Why a rhythm or a touch is not taken.
public enum TouchRefusal: Error, Equatable, Sendable {
    case nameMissing
    case tooLong(field: String, limit: Int)
    case unknownAudience
    case unknownSegment
    case beatIncomplete(Rhythm.Beat.Kind)
    case outOfRange(field: String, lowest: Int, highest: Int)
    case reasonMissing
    /// A colleague was quicker, or the customer came by themselves.
    case notOpen
    case taken
    case unknownColleague
    case badDay
}
