import HTTPTypes
import Kernel
import Markup
import Storage
import Web

/// What a customer prefers, in free words: "calls, not mail, after 15:00; save the last cookie".
enum Preferences {
    /// So many characters, and four times as many bytes.
    static let limit = 2_000

    /// The words as a column of `party p`: every list of people to call asks for it.
    static let column: SQL = "p.preferences"

    /// The words as they are kept, or why not.
    static func checked(_ typed: String) throws(PreferenceRefusal) -> String {
        let words = typed.replacing("\r\n", with: "\n").replacing("\r", with: "\n").trimmed
        guard words.count <= limit, words.utf8.count <= limit * 4 else { throw .tooLong(words.count) }
        guard !words.unicodeScalars.contains("\u{0}") else { throw .unreadable }
        return words
    }
}

enum PreferenceRefusal: Refusal, Equatable {
    case tooLong(Int)
    case unreadable
    case unknown

    var status: HTTPResponse.Status { self == .unknown ? .notFound : .unprocessableContent }

    var phrase: Phrase {
        switch self {
        case .tooLong(let count):
            Phrase("persons.preferences.tooLong", .count(Preferences.limit), .count(count))
        case .unreadable: Phrase("web.field.unreadable")
        case .unknown: Phrase("customer.refused.unknown")
        }
    }

    var field: String? { "preferences" }
}

/// One state the words were in, and who put them so.
struct PreferenceChange: Sendable, Identifiable {
    let id: ID<PreferenceChange>
    let words: String
    let recordedBy: String?
    let recordedAt: Instant
    let erasedAt: Instant?
}

/// Somebody's preferences with whose they are: an organisation's count for its persons.
struct KnownPreferences: Sendable {
    let party: Party
    let words: String
}

/// Every statement on preferences. Each change is kept with the words, until somebody erases them.
struct PreferenceStore: Sendable {
    let database: any Database

    /// The customer's own first, then those of the organisations a person belongs to.
    func preferences(of party: ID<Party>) async throws -> [KnownPreferences] {
        try await database.read { connection in
            let own = try PreferenceStore.words(of: party, in: connection)
            let organisations = try connection.all(
                """
                SELECT \(Party.columns), p.preferences FROM membership m JOIN party p ON p.id = m.account_id
                WHERE m.person_id = \(party) AND p.preferences <> '' ORDER BY m.account_id LIMIT 5
                """
            ) { KnownPreferences(party: try Party(row: $0), words: try $0.text(4)) }
            return own + organisations
        }
    }

    private static func words(
        of party: ID<Party>, in connection: any Connection
    ) throws -> [KnownPreferences] {
        try connection.all(
            "SELECT \(Party.columns), p.preferences FROM party p WHERE p.id = \(party) AND NOT p.serves"
        ) { KnownPreferences(party: try Party(row: $0), words: try $0.text(4)) }
    }

    func change(_ party: ID<Party>, to typed: String, by act: Act) async throws {
        let words = try Preferences.checked(typed)
        try await database.write { try PreferenceStore.keep(words, of: party, by: act, in: $0) }
        await database.announce("events")
    }

    /// Writes the words and what they were. Nothing happens where they are the same.
    static func keep(
        _ words: String, of party: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        guard let known = try PreferenceStore.words(of: party, in: connection).first else {
            throw PreferenceRefusal.unknown
        }
        guard known.words != words else { return }
        let isFirst = try !connection.exists("SELECT 1 FROM preference WHERE party_id = \(party) LIMIT 1")
        if isFirst, !known.words.isEmpty {
            try record(known.words, of: party, by: nil, at: known.party.createdAt, in: connection)
        }
        try record(words, of: party, by: act.actor, at: act.at, in: connection)
        try connection.run("UPDATE party SET preferences = \(words) WHERE id = \(party)")
        try connection.record("preferences.changed", "party", party.value, by: act, party: party.value)
    }

    private static func record(
        _ words: String, of party: ID<Party>, by actor: Int64?, at: Instant, in connection: any Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO preference (party_id, words, recorded_by, recorded_at)
            VALUES (\(party), \(words), \(actor), \(at))
            """)
    }

    /// Every state the words were in, the latest first.
    func history(of party: ID<Party>, before: String?, limit: Int) async throws -> Portion<PreferenceChange> {
        let mark = before.flatMap { Int64($0) } ?? .max
        let rows: SQL = """
            SELECT c.id, c.words, p.name, c.recorded_at, c.erased_at
            FROM preference c LEFT JOIN party p ON p.id = c.recorded_by
            WHERE c.party_id = \(party) AND c.id < \(mark) ORDER BY c.id DESC LIMIT \(limit + 1)
            """
        let items = try await database.read { connection in
            try connection.all(rows) { row in
                PreferenceChange(
                    id: try row.id(0), words: try row.text(1), recordedBy: try row.optionalText(2),
                    recordedAt: try row.instant(3), erasedAt: try row.optionalInstant(4))
            }
        }
        return Portion(items, limit: limit) { $0.id.description }
    }

    /// Says again what was said then, as a change of its own.
    func restore(_ id: ID<PreferenceChange>, of party: ID<Party>, by act: Act) async throws {
        try await database.write { connection in
            let words: SQL = """
                SELECT words FROM preference WHERE id = \(id) AND party_id = \(party) AND erased_at IS NULL
                """
            guard let words = try connection.first(words, { try $0.text(0) }) else {
                throw PreferenceRefusal.unknown
            }
            try PreferenceStore.keep(words, of: party, by: act, in: connection)
        }
        await database.announce("events")
    }

    /// Takes words away for good, wherever they stand: in this state, in others with the same words, and on the page.
    func erase(_ id: ID<PreferenceChange>, of party: ID<Party>, by act: Act) async throws {
        try await database.write { connection in
            let words: SQL = "SELECT words FROM preference WHERE id = \(id) AND party_id = \(party)"
            guard let words = try connection.first(words, { try $0.text(0) }) else {
                throw PreferenceRefusal.unknown
            }
            guard !words.isEmpty else { return }
            try connection.run(
                """
                UPDATE preference SET words = '', erased_at = \(act.at)
                WHERE party_id = \(party) AND words = \(words)
                """)
            try connection.run(
                "UPDATE party SET preferences = '' WHERE id = \(party) AND preferences = \(words)")
            try connection.record("preferences.erased", "party", party.value, by: act, party: party.value)
        }
        await database.announce("events")
    }
}
