public import Kernel
public import Storage

/// Every statement on acts of advocacy that is not part of an import.
public struct AdvocacyStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Puts an act on record. From then on its person is an advocate.
    public func record(_ act: NewAct, today: LocalDate, by author: Act) async throws -> AdvocacyAct {
        guard act.day <= today else { throw AdvocacyRefusal.inTheFuture }
        guard act.day >= LocalDate.earliest else { throw AdvocacyRefusal.tooLongAgo }
        guard act.words.utf8.count <= 20_000, act.friend.utf8.count <= 400 else {
            throw AdvocacyRefusal.wordsTooLong
        }
        guard act.rating.map({ (1...5).contains($0) }) ?? true else { throw AdvocacyRefusal.badRating }
        let recorded = try await database.write { try AdvocacyStore.record(act, by: author, in: $0) }
        await database.announce("events")
        return recorded
    }

    private static func record(_ act: NewAct, by author: Act, in connection: any Connection) throws
        -> AdvocacyAct
    {
        guard let party = try CustomerStore.customer(act.person, in: connection) else {
            throw AdvocacyRefusal.unknownPerson
        }
        guard party.kind == .person else { throw AdvocacyRefusal.notAPerson }
        if let outsideID = act.outsideID,
            let known = try connection.first(
                "SELECT id FROM advocacy WHERE source = \(act.source) AND outside_id = \(outsideID)",
                { try $0.int64(0) })
        {
            throw AdvocacyRefusal.duplicate(known)
        }
        let counts = AdvocacyAct.counts(act.kind, rating: act.rating, consent: act.consent)
        if counts {
            let day = act.day.daysSinceEpoch
            try LevelStore.actWillBeRecorded(person: act.person.value, day: day, in: connection)
        }
        let recorded = try insert(act, counts: counts, by: author, in: connection)
        try AdvocacyLife.actsWereAdded("a.id = \(recorded.id)", by: author, in: connection)
        try connection.record(
            "advocacy.recorded", "advocacy", recorded.id, by: author, happenedAt: act.at,
            party: act.person.value)
        return recorded
    }

    private static func insert(
        _ act: NewAct, counts: Bool, by author: Act, in connection: any Connection
    ) throws -> AdvocacyAct {
        let insert: SQL = """
            INSERT INTO advocacy AS a (person_id, kind, day, at, words, rating, consent, friend, counts, source,
                outside_id, import_id, recorded_at)
            VALUES (\(act.person), \(act.kind), \(act.day), \(act.at), \(act.words.trimmed), \(act.rating),
                \(act.consent), \(act.friend.singleLine), \(counts), \(act.source), \(act.outsideID), 0, \(author.at))
            RETURNING id, person_id, kind, day, at, words, rating, consent, friend, counts
            """
        guard let recorded = try connection.first(insert, AdvocacyAct.init) else {
            throw StorageError.broken("an act was recorded without an id")
        }
        return recorded
    }

    /// Acts of a person, or of an organisation's persons, latest first.
    static func acts(
        concerning id: ID<Party>, in connection: any Connection
    ) throws -> [AdvocacyAct] {
        try connection.all(
            """
            SELECT \(AdvocacyAct.columns) FROM advocacy a
            WHERE a.person_id IN (SELECT \(id) UNION SELECT person_id FROM membership WHERE account_id = \(id))
            ORDER BY a.day DESC, a.id DESC LIMIT 500
            """, AdvocacyAct.init)
    }

    /// Acts of one person, latest first, a page at a time, for the API.
    public func list(person: ID<Party>?, before id: Int64?, limit: Int) async throws -> [AdvocacyAct] {
        var conditions: [SQL] = ["a.id < \(id ?? Int64.max)"]
        if let person { conditions.append("a.person_id = \(person)") }
        let statement: SQL = """
            SELECT \(AdvocacyAct.columns) FROM advocacy a WHERE \(conditions.joined(" AND "))
            ORDER BY a.id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(statement, AdvocacyAct.init) }
    }
}
