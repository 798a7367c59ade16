import Kernel
import Storage

/// Reads one page of a timeline. Each source is walked by key from where the page begins, so a customer of a hundred
/// thousand purchases costs what one of ten does.
struct TimelineReading {
    let filter: TimelineFilter
    let group: TimelineGroup?
    let groups: TimelineGroups
    let start: TimelineMark
    let limit: Int
    let zone: Zone
    let connection: any Connection

    /// The latest entries of a customer, unsorted, at least as many of each source as the page needs.
    func entries(of id: Int64) throws -> [TimelineEntry] {
        try TimelineGroup.Source.allCases.filter(wants).flatMap { try rows($0, of: id) }
    }

    func wants(_ source: TimelineGroup.Source) -> Bool {
        guard let group else { return true }
        return source == .events || group.sources.contains(source)
    }

    func rows(_ source: TimelineGroup.Source, of id: Int64) throws -> [TimelineEntry] {
        switch source {
        case .purchases: try connection.all(purchases(of: id), TimelineReading.purchase)
        case .acts: try connection.all(acts(of: [id]), TimelineReading.act)
        case .answers: try connection.all(answers(of: id), TimelineReading.answer)
        case .events: try events(of: id)
        }
    }

    private func since(_ day: SQL) -> SQL { filter.from.map { " AND \(day) >= \($0)" } ?? "" }

    /// Within a day the rows are sorted by id, which the index need not be: a day's purchases are few.
    func purchases(of id: Int64) -> SQL {
        let kind: SQL = group?.purchases == .use ? " AND kind = 'use'" : ""
        return """
            SELECT \(Purchase.columns) FROM purchase
            WHERE account_id = \(id) AND \(start.condition(rank: 0, day: "day", id: "id"))\(since("day"))\(kind)
            ORDER BY day DESC, id DESC LIMIT \(limit)
            """
    }

    /// Of persons themselves, and of the persons of organisations.
    func acts(of ids: [Int64]) -> SQL {
        """
        SELECT \(AdvocacyAct.columns) FROM advocacy a
        WHERE a.person_id IN (
                SELECT id FROM party WHERE id IN (\(list: ids))
                UNION SELECT person_id FROM membership WHERE account_id IN (\(list: ids)))
            AND \(start.condition(rank: 1, day: "a.day", id: "a.id"))\(since("a.day"))
        ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
        """
    }

    func answers(of id: Int64) -> SQL {
        """
        SELECT \(Answer.columns) FROM answer a
        WHERE a.party_id = \(id) AND \(start.condition(rank: 3, day: "a.day", id: "a.id"))\(since("a.day"))
        ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
        """
    }

    /// Events kind by kind, so that those which are not shown are not read.
    private func events(of id: Int64) throws -> [TimelineEntry] {
        let wanted = try connection.all(TimelineReading.kinds(of: id)) { try $0.text(0) }.filter { kind in
            !TimelineGroups.announcing.contains(kind)
                && (group.map { $0.id == groups.group(of: kind) } ?? true)
        }
        return try wanted.flatMap { kind in
            try connection.all(events(kind, of: id)) { row in
                let event = try Event(row: row)
                return TimelineEntry(day: zone.day(of: event.at), happening: .event(event))
            }
        }
    }

    func events(_ kind: String, of id: Int64) -> SQL {
        let since: SQL = filter.from.map { " AND at >= \(zone.instant(of: $0))" } ?? ""
        return """
            SELECT \(Event.columns) FROM event
            WHERE party_id = \(id) AND kind = \(kind) AND \(start.events(in: zone))\(since)
            ORDER BY at DESC, id DESC LIMIT \(limit)
            """
    }

    /// The kinds of events a customer has, found by leaping from kind to kind.
    static func kinds(of id: Int64) -> SQL {
        """
        WITH RECURSIVE leap (kind) AS (
            SELECT (SELECT min(kind) FROM event WHERE party_id = \(id))
            UNION ALL SELECT (SELECT min(e.kind) FROM event e WHERE e.party_id = \(id) AND e.kind > leap.kind)
            FROM leap WHERE leap.kind IS NOT NULL
        )
        SELECT kind FROM leap WHERE kind IS NOT NULL
        """
    }

    static func purchase(_ row: any Row) throws -> TimelineEntry {
        let purchase = try Purchase(row: row)
        return TimelineEntry(day: purchase.day, happening: .purchase(purchase))
    }

    static func act(_ row: any Row) throws -> TimelineEntry {
        let act = try AdvocacyAct(row: row)
        return TimelineEntry(day: act.day, happening: .act(act))
    }

    static func answer(_ row: any Row) throws -> TimelineEntry {
        let answer = try Answer(row: row)
        return TimelineEntry(day: answer.day, happening: .answer(answer))
    }
}
