public import Kernel
import Methods
public import Storage

/// Reads what customers wrote, and keeps what came out of it.
public struct TalkStore: Sendable {
    /// The latest so many texts are compared: what was said long before is not what is said.
    static let mostTexts = 50_000
    private static let stretch = 20_000

    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    struct Kept: Sendable {
        let report: TalkReport
        let computedAt: Instant
        let marker: String
    }

    /// As it was last read; nil before the first time.
    func latest() async throws -> Kept? {
        let row = try await database.read { connection in
            try connection.first(
                "SELECT document, computed_at, marker FROM talk WHERE name = 'current'"
            ) { (try $0.text(0), try $0.instant(1), try $0.text(2)) }
        }
        guard let row else { return nil }
        return Kept(report: try Stored.value(of: row.0), computedAt: row.1, marker: row.2)
    }

    /// Files brought in or taken back since make it out of date at once; single answers wait for the night.
    func marker() async throws -> String {
        try await database.read { connection in
            let imports = try connection.first(
                """
                SELECT count(*), max(phase_at) FROM import
                WHERE state IN ('complete', 'undone') AND kind IN ('answers', 'advocacy', 'purchases')
                """
            ) { "\(try $0.int(0)).\(try $0.optionalInt64(1) ?? 0)" }
            return imports ?? ""
        }
    }

    @discardableResult
    func compute(
        _ organisation: Organisation, _ keepGoing: @Sendable () async throws -> Void = {}
    ) async throws -> TalkReport {
        let (startedAt, marker) = (clock.now, try await marker())
        var report = TalkReport()
        var rows: [TalkRow] = []
        for isAnswer in [false, true] {
            var before = Int64.max
            while !report.isCut, let (found, last) = try await read(isAnswer, before: before) {
                rows += found.prefix(TalkStore.mostTexts - rows.count)
                report.isCut = rows.count >= TalkStore.mostTexts
                before = last
                try await keepGoing()
            }
        }
        let texts = TalkStore.texts(rows, otherwise: SpokenLanguage(rawValue: organisation.language))
        report.texts = texts.count
        for language in SpokenLanguage.allCases {
            let own = texts.filter { $0.language == language }
            guard !own.isEmpty else { continue }
            report.languages.append(try TalkReading(language: language, texts: own).read())
            try await keepGoing()
        }
        report.languages.sort { $0.advocates + $0.others > $1.advocates + $1.others }
        try await keep(report, at: startedAt, marker)
        return report
    }

    /// A text too short to tell is in its author's language, else in the one most of the others are in.
    private static func texts(_ rows: [TalkRow], otherwise: SpokenLanguage?) -> [TalkText] {
        let spoken = rows.map { SpokenLanguage.of($0.words, fallback: $0.own) }
        let counts = Dictionary(grouping: spoken.compactMap(\.self)) { $0 }.mapValues(\.count)
        let usual = SpokenLanguage.allCases.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
        let fallback = counts.isEmpty ? otherwise : usual
        return zip(rows, spoken).compactMap { row, language in
            (language ?? row.own ?? fallback).map(row.text(in:))
        }
    }

    private func keep(_ report: TalkReport, at moment: Instant, _ marker: String) async throws {
        let document = Stored.text(of: report)
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO talk (name, computed_at, marker, document) VALUES ('current', \(moment), \(marker), \(document))
                ON CONFLICT (name) DO UPDATE SET computed_at = excluded.computed_at, document = excluded.document,
                    marker = excluded.marker
                """)
        }
        await database.announce("events")
    }

    /// The next rows before an id, latest first, and the last id looked at; nil where none is left. Words that may not be
    /// shown are not read.
    private func read(_ isAnswer: Bool, before: Int64) async throws -> ([TalkRow], Int64)? {
        let statement: SQL =
            isAnswer
            ? """
            SELECT a.id, a.party_id, a.part = 9 OR EXISTS (
                    SELECT 1 FROM advocacy v WHERE v.person_id = a.party_id AND v.counts),
                a.day, substr(a.words, 1, 2000), coalesce(p.language, '')
            FROM answer a LEFT JOIN party p ON p.id = a.party_id
            WHERE a.id < \(before) ORDER BY a.id DESC LIMIT \(TalkStore.stretch)
            """
            : """
            SELECT a.id, a.person_id, a.counts, a.day,
                CASE WHEN a.kind IN ('testimonial', 'review', 'recommendation') AND coalesce(a.consent, TRUE)
                    THEN substr(a.words, 1, 2000) ELSE '' END, p.language
            FROM advocacy a JOIN party p ON p.id = a.person_id
            WHERE a.id < \(before) ORDER BY a.id DESC LIMIT \(TalkStore.stretch)
            """
        return try await database.read { connection in
            var rows: [TalkRow] = []
            var last: Int64?
            try connection.each(statement) { row in
                last = try row.int64(0)
                guard !(try row.text(4)).isEmpty else { return }
                rows.append(
                    TalkRow(
                        source: TalkSource(isAnswer: isAnswer, id: try row.int64(0)),
                        party: try row.optionalInt64(1), isAdvocate: try row.bool(2), day: try row.day(3),
                        words: try row.text(4), language: try row.text(5)))
            }
            return last.map { (rows, $0) }
        }
    }
}

/// One row before its language is known.
private struct TalkRow: Sendable {
    let source: TalkSource
    let party: Int64?
    let isAdvocate: Bool
    let day: LocalDate
    let words: String
    let language: String

    /// As it stands in the customer's record.
    var own: SpokenLanguage? { SpokenLanguage(rawValue: String(language.prefix(2))) }

    func text(in spoken: SpokenLanguage) -> TalkText {
        TalkText(
            source: source, customer: party ?? -source.id, isAdvocate: isAdvocate, day: day, words: words,
            language: spoken)
    }
}

/// Words of a customer, as they stand behind a term.
struct TalkQuote: Sendable, Equatable {
    let words: String
    let person: Int64?
    let name: String?
}

extension TalkStore {
    /// The words behind some terms, by where they stand. What was erased or may not be shown any more is missing.
    func quotes(_ sources: [TalkSource]) async throws -> [TalkSource: TalkQuote] {
        let answers = sources.filter(\.isAnswer).map(\.id)
        let acts = sources.filter { !$0.isAnswer }.map(\.id)
        return try await database.read { connection in
            var quotes: [TalkSource: TalkQuote] = [:]
            func add(_ isAnswer: Bool, _ statement: SQL) throws {
                try connection.each(statement) { row in
                    quotes[TalkSource(isAnswer: isAnswer, id: try row.int64(0))] = TalkQuote(
                        words: Excerpt.beginning(of: try row.text(1), upTo: 400),
                        person: try row.optionalInt64(2), name: try row.optionalText(3))
                }
            }
            try add(
                true,
                """
                SELECT a.id, a.words, p.id, p.name FROM answer a LEFT JOIN party p ON p.id = a.party_id
                WHERE a.id IN (\(list: answers)) AND a.words <> ''
                """)
            try add(
                false,
                """
                SELECT a.id, a.words, p.id, p.name FROM advocacy a JOIN party p ON p.id = a.person_id
                WHERE a.id IN (\(list: acts)) AND a.words <> '' AND coalesce(a.consent, TRUE)
                """)
            return quotes
        }
    }
}
