public import Kernel
public import Storage

/// One line of everything that happened with a customer.
public struct TimelineEntry: Sendable, Equatable {
    public enum Happening: Sendable, Equatable {
        case purchase(Purchase)
        case act(AdvocacyAct)
        case answer(Answer)
        case event(Event)
    }

    public let day: LocalDate
    public let happening: Happening

    /// Entries of a day stand in this order from the latest: answers, events, acts, purchases; each by id.
    var mark: TimelineMark {
        switch happening {
        case .purchase(let purchase): TimelineMark(day: day, rank: 0, id: purchase.id)
        case .act(let act): TimelineMark(day: day, rank: 1, id: act.id)
        case .event(let event): TimelineMark(day: day, rank: 2, id: event.id)
        case .answer(let answer): TimelineMark(day: day, rank: 3, id: answer.id)
        }
    }
}

/// A place on a timeline, from which it goes on into the past.
struct TimelineMark: Sendable, Comparable {
    let day: LocalDate
    let rank: Int
    let id: Int64

    static func < (one: TimelineMark, other: TimelineMark) -> Bool {
        (one.day, one.rank, one.id) < (other.day, other.rank, other.id)
    }

    var text: String { "\(day).\(rank).\(id)" }

    init(day: LocalDate, rank: Int, id: Int64) {
        self.day = day
        self.rank = rank
        self.id = id
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 3, let day = LocalDate(iso: String(parts[0])), let rank = Int(parts[1]),
            let id = Int64(parts[2])
        else { return nil }
        self.init(day: day, rank: rank, id: id)
    }

    /// What of a source with this rank lies before the mark.
    func condition(rank: Int, day column: SQL, id: SQL) -> SQL {
        if rank < self.rank { return "\(column) <= \(day)" }
        if rank > self.rank { return "\(column) < \(day)" }
        return "(\(column), \(id)) < (\(day), \(self.id))"
    }
}

extension CustomerStore {
    /// Everything with a customer, latest first, a page at a time. Purchases and acts come from their own tables,
    /// so the events that merely announced them are left out.
    public func timeline(
        of id: ID<Party>, before: String?, limit: Int, zone: Zone
    ) async throws -> Portion<TimelineEntry> {
        let mark =
            before.flatMap(TimelineMark.init)
            ?? TimelineMark(day: .init(daysSinceEpoch: 1 << 30), rank: 9, id: 0)
        let entries = try await database.read { connection in
            try CustomerStore.purchases(of: id, before: mark, limit: limit + 1, in: connection)
                + CustomerStore.acts(of: id, before: mark, limit: limit + 1, in: connection)
                + AnswerStore.timeline(of: id, before: mark, limit: limit + 1, in: connection)
                + CustomerStore.events(of: id, before: mark, limit: limit + 1, zone: zone, in: connection)
        }
        let latest = entries.sorted { $0.mark > $1.mark }.prefix(limit + 1)
        return Portion(Array(latest), limit: limit) { $0.mark.text }
    }

    private static func purchases(
        of id: ID<Party>, before mark: TimelineMark, limit: Int, in connection: any Connection
    ) throws -> [TimelineEntry] {
        try connection.all(
            """
            SELECT \(Purchase.columns) FROM purchase
            WHERE account_id = \(id) AND \(mark.condition(rank: 0, day: "day", id: "id"))
            ORDER BY day DESC, id DESC LIMIT \(limit)
            """
        ) { row in
            let purchase = try Purchase(row: row)
            return TimelineEntry(day: purchase.day, happening: .purchase(purchase))
        }
    }

    private static func acts(
        of id: ID<Party>, before mark: TimelineMark, limit: Int, in connection: any Connection
    ) throws -> [TimelineEntry] {
        try connection.all(
            """
            SELECT \(AdvocacyAct.columns) FROM advocacy a
            WHERE a.person_id IN (SELECT \(id) UNION SELECT person_id FROM membership WHERE account_id = \(id))
                AND \(mark.condition(rank: 1, day: "a.day", id: "a.id"))
            ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
            """
        ) { row in
            let act = try AdvocacyAct(row: row)
            return TimelineEntry(day: act.day, happening: .act(act))
        }
    }

    private static func events(
        of id: ID<Party>, before mark: TimelineMark, limit: Int, zone: Zone, in connection: any Connection
    ) throws -> [TimelineEntry] {
        let border = zone.instant(of: mark.day + (mark.rank == 2 ? 1 : (mark.rank > 2 ? 1 : 0)))
        let found: [TimelineEntry] = try connection.all(
            """
            SELECT \(Event.columns) FROM event
            WHERE party_id = \(id) AND at < \(border) AND kind NOT IN ('purchase.recorded', 'advocacy.recorded', 'answer.recorded')
            ORDER BY at DESC, id DESC LIMIT \(limit + 50)
            """
        ) { row in
            let event = try Event(row: row)
            return TimelineEntry(day: zone.day(of: event.at), happening: .event(event))
        }
        return Array(found.filter { $0.mark < mark }.prefix(limit))
    }
}
