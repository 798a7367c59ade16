public import Kernel
public import Storage

/// Every statement on answers that is not part of an import.
public struct AnswerStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Puts an answer on record. It changes no level: to be willing is not to have told anybody.
    public func record(_ answer: NewAnswer, today: LocalDate, by author: Act) async throws -> Answer {
        guard answer.day <= today else { throw AnswerRefusal.inTheFuture }
        guard answer.day >= LocalDate.earliest else { throw AnswerRefusal.tooLongAgo }
        guard answer.words.utf8.count <= 20_000 else { throw AnswerRefusal.tooLong(field: "words") }
        guard answer.afterEvent.utf8.count <= 400 else { throw AnswerRefusal.tooLong(field: "after_event") }
        guard answer.source.utf8.count <= 400 else { throw AnswerRefusal.tooLong(field: "source") }
        guard (answer.outsideID ?? "").utf8.count <= 400 else {
            throw AnswerRefusal.tooLong(field: "outside_id")
        }
        let reader = try ScoreReader(answer.question)
        guard let read = reader.read(answer.given) else {
            throw AnswerRefusal.offScale(answer.given, scale: reader.scale.text)
        }
        let recorded = try await database.write {
            try AnswerStore.record(answer, read, by: author, in: $0)
        }
        await database.announce("events")
        return recorded
    }

    private static func record(
        _ answer: NewAnswer, _ read: (score: Int, part: Answer.Part), by author: Act,
        in connection: any Connection
    ) throws -> Answer {
        if let party = answer.party, try CustomerStore.customer(party, in: connection) == nil {
            throw AnswerRefusal.unknownCustomer
        }
        if let outsideID = answer.outsideID,
            let known = try connection.first(
                "SELECT id FROM answer WHERE source = \(answer.source) AND row_key = \("id:" + outsideID)",
                { try $0.int64(0) })
        {
            throw AnswerRefusal.duplicate(known)
        }
        let recorded = try insert(answer, read, by: author, in: connection)
        try AnswerTallyStore.count("a.id = \(recorded.id)", sign: 1, in: connection)
        try connection.record(
            "answer.recorded", "answer", recorded.id, by: author, happenedAt: answer.at,
            party: answer.party?.value)
        return recorded
    }

    private static func insert(
        _ answer: NewAnswer, _ read: (score: Int, part: Answer.Part), by author: Act,
        in connection: any Connection
    ) throws -> Answer {
        let event = answer.afterEvent.singleLine
        let about = event.isEmpty ? Answer.About.us : .event
        let scale = answer.question.scale ?? .standard
        let insert: SQL = """
            INSERT INTO answer AS a (party_id, kind, day, at, given, scale, mapping, score, part, words, after_event,
                about, visits, band, attribute, source, outside_id, row_key, import_id, recorded_at)
            VALUES (\(answer.party), \(Answer.Kind.nps), \(answer.day), \(answer.at), \(answer.given), \(scale.text),
                \(answer.question.storedMapping), \(read.score), \(read.part.rawValue), \(answer.words.trimmed),
                \(event), \(about), \(answer.visits), \(answer.visits.map(VisitBand.start)), '', \(answer.source),
                \(answer.outsideID), \(answer.outsideID.map { "id:" + $0 }), 0, \(author.at))
            RETURNING id, party_id, day, at, given, scale, mapping, score, part, words, after_event, visits, attribute,
                source, outside_id
            """
        guard let recorded = try connection.first(insert, Answer.init) else {
            throw StorageError.broken("an answer was recorded without an id")
        }
        return recorded
    }

    /// The latest answers of one customer.
    public func answers(of id: ID<Party>, limit: Int = 5) async throws -> [Answer] {
        let statement: SQL = """
            SELECT \(Answer.columns) FROM answer a WHERE a.party_id = \(id) ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(statement, Answer.init) }
    }
}
