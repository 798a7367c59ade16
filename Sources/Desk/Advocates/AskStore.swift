public import Kernel
public import Storage

/// Every statement on askings.
public struct AskStore: Sendable {
    /// Nobody promises to come back later than this.
    static let longestLater = 1826

    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Records that somebody was asked. Whoever asks second is refused, and told since when the first waits.
    public func ask(
        _ person: ID<Party>, for wish: Ask.Wish, note: String = "", today: LocalDate, by act: Act
    ) async throws -> Ask {
        guard note.utf8.count <= 2000 else { throw AskRefusal.noteTooLong }
        let asked = try await database.write { connection in
            if let refusal = try AskStore.refusal(person, today: today, at: act.at, in: connection) {
                throw refusal
            }
            return try AskStore.record(person, wish, note, today, by: act, in: connection)
        }
        await database.announce("events")
        return asked
    }

    /// Why this person is not asked today; nil where they may be.
    static func refusal(
        _ person: ID<Party>, today: LocalDate, at moment: Instant, in connection: any Connection
    ) throws -> AskRefusal? {
        guard let party = try CustomerStore.customer(person, in: connection) else { return .unknownPerson }
        guard party.kind == .person else { return .notAPerson }
        let own: SQL = "\(person)"
        let kept = try connection.first(
            """
            SELECT CASE WHEN \(Consent.isRefused(.advocacy, party: "p.id")) THEN 1
                WHEN \(OpenComplaint.exists(party: "p.id")) THEN 2 ELSE 0 END FROM party p WHERE p.id = \(own)
            """
        ) { try $0.int(0) }
        if kept == 1 { return .refused }
        if kept == 2 { return .complaint }
        let days = try AdvocacySettings.read(at: moment, in: connection).askDays
        return try before(person, in: connection).flatMap { last in
            if last.state == .open { return .waiting(day: last.askedDay.daysSinceEpoch) }
            if last.waits, let later = last.laterDay {
                return later <= today ? nil : .later(day: later.daysSinceEpoch)
            }
            let isLately = today < last.askedDay + days && last.state != .later
            return isLately ? .askedLately(day: last.askedDay.daysSinceEpoch) : nil
        }
    }

    /// The last time this person was asked; an open asking or a promise to come back before any other.
    private static func before(_ person: ID<Party>, in connection: any Connection) throws -> Ask? {
        let asks = try asks(of: person, limit: 50, in: connection)
        return asks.first { $0.state == .open } ?? asks.first { $0.waits } ?? asks.first
    }

    private static func record(
        _ person: ID<Party>, _ wish: Ask.Wish, _ note: String, _ today: LocalDate, by act: Act,
        in connection: any Connection
    ) throws -> Ask {
        try settleLater(of: person, in: connection)
        let id = try connection.first(
            """
            INSERT INTO ask (person_id, wish, asked_by, asked_at, asked_day, state, waits, note)
            VALUES (\(person), \(wish), \(act.actor), \(act.at), \(today), 'open', FALSE, \(note.trimmed)) RETURNING id
            """
        ) { try $0.int64(0) }
        try AdvocacyCount.add(.waiting, 1, in: connection)
        let left = try connection.run(
            """
            DELETE FROM ask_row WHERE party_id = \(person)
                AND run_id = (SELECT max(id) FROM ask_run WHERE state = 'complete')
            """)
        try AdvocacyCount.add(.ready, -left, in: connection)
        try connection.record("ask.made", "ask", id ?? 0, by: act, party: person.value)
        guard let id, let ask = try find(id, in: connection) else {
            throw StorageError.broken("an asking was recorded without an id")
        }
        return ask
    }

    /// We have come back, so no day waits any more.
    private static func settleLater(of person: ID<Party>, in connection: any Connection) throws {
        let days = try connection.all(
            "SELECT later_day FROM ask WHERE person_id = \(person) AND waits"
        ) { try $0.int(0) }
        for day in days { try AdvocacyCount.add(.later, day: day, -1, in: connection) }
        try connection.run("UPDATE ask SET waits = FALSE WHERE person_id = \(person) AND waits")
    }

    /// Puts down what they said. An answer can be corrected only by asking again.
    public func answer(
        _ id: Int64, _ answer: AskAnswer, note: String, today: LocalDate, by act: Act
    ) async throws -> Ask {
        guard note.utf8.count <= 2000 else { throw AskRefusal.noteTooLong }
        if case .later(let day) = answer {
            guard day > today else { throw AskRefusal.dayOver }
            guard day <= today + AskStore.longestLater else { throw AskRefusal.dayTooFar }
        }
        let answered = try await database.write { connection in
            try AskStore.answer(id, answer, note, by: act, in: connection)
        }
        await database.announce("events")
        return answered
    }

    private static func answer(
        _ id: Int64, _ answer: AskAnswer, _ note: String, by act: Act, in connection: any Connection
    ) throws -> Ask {
        guard let ask = try find(id, in: connection) else { throw AskRefusal.unknown }
        guard ask.state == .open else { throw AskRefusal.answered }
        var later: LocalDate?
        if case .later(let day) = answer { later = day }
        let words = [ask.note, note.trimmed].filter { !$0.isEmpty }.joined(separator: "\n")
        try connection.run(
            """
            UPDATE ask SET state = \(answer.state), later_day = \(later), waits = \(later != nil),
                answered_at = \(act.at), answered_by = \(act.actor), note = \(words)
            WHERE id = \(id) AND state = 'open'
            """)
        try AdvocacyCount.add(.waiting, -1, in: connection)
        if let later { try AdvocacyCount.add(.later, day: later.daysSinceEpoch, 1, in: connection) }
        try connection.record("ask.answered", "ask", id, by: act, party: ask.person.value)
        return try find(id, in: connection) ?? ask
    }

    public func find(_ id: Int64) async throws -> Ask? {
        try await database.read { try AskStore.find(id, in: $0) }
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Ask? {
        try connection.first(
            "SELECT \(Ask.columns) FROM ask k JOIN party p ON p.id = k.person_id WHERE k.id = \(id)", Ask.init
        )
    }

    /// How often one person was asked, latest first.
    static func asks(of person: ID<Party>, limit: Int, in connection: any Connection) throws -> [Ask] {
        try connection.all(
            """
            SELECT \(Ask.columns) FROM ask k JOIN party p ON p.id = k.person_id WHERE k.person_id = \(person)
            ORDER BY k.asked_day DESC, k.id DESC LIMIT \(limit)
            """, Ask.init)
    }
}
