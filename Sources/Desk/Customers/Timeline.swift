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

    /// Entries of a day stand in this order from the latest: answers, events by their moment, acts, purchases; each by id.
    var mark: TimelineMark {
        switch happening {
        case .purchase(let purchase): TimelineMark(day: day, rank: 0, id: purchase.id)
        case .act(let act): TimelineMark(day: day, rank: 1, id: act.id)
        case .event(let event): TimelineMark(day: day, rank: 2, at: event.at.milliseconds, id: event.id)
        case .answer(let answer): TimelineMark(day: day, rank: 3, id: answer.id)
        }
    }

    /// Whose it is: on an organisation's timeline also one of its persons or departments.
    var party: Int64? {
        switch happening {
        case .purchase(let purchase): purchase.account.value
        case .act(let act): act.person.value
        case .event(let event): event.party
        case .answer(let answer): answer.party?.value
        }
    }

    /// The moment, where it is known.
    var at: Instant? {
        switch happening {
        case .purchase(let purchase): purchase.at
        case .act(let act): act.at
        case .event(let event): event.at
        case .answer(let answer): answer.at
        }
    }
}

/// A place on a timeline, from which it goes on into the past.
struct TimelineMark: Sendable, Comparable {
    let day: LocalDate
    let rank: Int
    /// The moment of an event, which comes before its id in the order; 0 for everything that has only a day.
    var at: Int64 = 0
    let id: Int64

    static func < (one: TimelineMark, other: TimelineMark) -> Bool {
        (one.day, one.rank, one.at, one.id) < (other.day, other.rank, other.at, other.id)
    }

    var text: String { "\(day).\(rank).\(id)" + (at == 0 ? "" : ".\(at)") }

    init(day: LocalDate, rank: Int, at: Int64 = 0, id: Int64) {
        self.day = day
        self.rank = rank
        self.at = at
        self.id = id
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 3 || parts.count == 4, let day = LocalDate(iso: String(parts[0])),
            let rank = Int(parts[1]), let id = Int64(parts[2])
        else { return nil }
        self.init(day: day, rank: rank, at: parts.count == 4 ? Int64(parts[3]) ?? 0 : 0, id: id)
    }

    /// Behind everything that happened up to a day, that day included.
    init(after day: LocalDate) { self.init(day: day, rank: .max, id: 0) }

    /// After all days.
    static let newest = TimelineMark(after: LocalDate(daysSinceEpoch: 1 << 30))

    /// What of a source with this rank lies before the mark.
    func condition(rank: Int, day column: SQL, id: SQL) -> SQL {
        if rank < self.rank { return "\(column) <= \(day)" }
        if rank > self.rank { return "\(column) < \(day)" }
        return "(\(column), \(id)) < (\(day), \(self.id))"
    }

    /// What of the events lies before the mark. They stand by their moment, so the page begins exactly where the last one
    /// ended, however many there are on a day.
    func events(in zone: Zone) -> SQL {
        if rank == 2 { return "(at, id) < (\(at), \(id))" }
        return "at < \(zone.instant(of: rank > 2 ? day + 1 : day))"
    }
}
