import Kernel
import Methods
import Storage

extension Publishing {
    /// How many answers are new. A row's key says which it is: its own id, or its content and the how-manieth of its like.
    func publishAnswers(in connection: any Connection) throws -> Int {
        let added = try connection.run(newAnswers)
        try AnswerTallyStore.count("a.import_id = \(item.id)", sign: 1, in: connection)
        while try AnswerTallyStore.fold(limit: 10_000_000, in: connection) > 0 {}
        return added
    }

    private var newAnswers: SQL {
        let scale = (item.question.scale ?? .standard).text
        return """
            INSERT INTO answer (party_id, kind, day, at, given, scale, mapping, score, part, words, after_event, about,
                visits, band, attribute, source, outside_id, row_key, import_id, recorded_at)
            SELECT c.party_id, 'nps', s.day, s.at, s.given, \(typed: scale), \(typed: item.question.storedMapping),
                s.score, s.part, s.words, s.after_event, CASE WHEN s.after_event = '' THEN 'us' ELSE 'event' END,
                s.visits, s.band, s.attribute, \(typed: item.source), s.outside_id,
                CASE WHEN s.outside_id IS NULL THEN s.row_key || '#' || CAST(s.place AS TEXT) ELSE s.row_key END,
                \(typed: item.id.value), \(typed: act.at.milliseconds)
            FROM (
                SELECT line, n, day, at, given, score, part, words, after_event, visits, band, attribute, outside_id,
                    row_key, row_number() OVER (PARTITION BY row_key ORDER BY line) AS place
                FROM import_answer WHERE import_id = \(item.id)
            ) AS s LEFT JOIN import_customer c ON c.n = s.n + \(item.firstNumber)
            WHERE s.outside_id IS NULL OR s.place = 1
            ORDER BY s.day, s.line
            ON CONFLICT (source, row_key) DO NOTHING
            """
    }
}

extension Undoing {
    /// How many answers the import had brought.
    func removeAnswers(in connection: any Connection) throws -> Int {
        try AnswerTallyStore.count("a.import_id = \(item.id)", sign: -1, in: connection)
        let removed = try connection.run("DELETE FROM answer WHERE import_id = \(item.id)")
        while try AnswerTallyStore.fold(limit: 10_000_000, in: connection) > 0 {}
        return removed
    }
}

extension Import {
    /// How the scores of this file are read; nil for files of another kind.
    func checkedQuestion() throws(ImportRefusal) -> ScoreReader? {
        try checkContracts()
        guard kind == .answers else { return nil }
        guard mapping[.at] != nil || question.day != nil else { throw .dayOpen }
        do throws(AnswerRefusal) {
            return try ScoreReader(question)
        } catch {
            switch error {
            case .mappingMissing(let scale): throw .mappingOpen(scale: scale)
            default: throw .mappingDoesNotFit(scale: (question.scale ?? .standard).text)
            }
        }
    }

    /// Whether nobody chose the lowest score though the one above was chosen: the scale may begin a step higher.
    var doubtsScale: Bool {
        guard kind == .answers, let counts = summary.scores,
            let tally = try? ScoreTally(counts: counts, scale: (question.scale ?? .standard).range)
        else { return false }
        return tally.doubtsScale
    }
}
