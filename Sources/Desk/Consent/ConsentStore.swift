import HTTPTypes
import Kernel
import Markup
import Storage
import Web

/// A word somebody puts on record.
struct NewConsent: Sendable, Equatable {
    var purpose: Purpose
    /// The key of one of their addresses; empty for all.
    var addressKey = ""
    var isGiven: Bool
    var at: Instant
    /// How they said it, in words: a mail, a tick on the form, on the phone.
    var how: String

    func checked(now: Instant) throws(ConsentRefusal) -> NewConsent {
        var checked = self
        checked.how = how.replacing("\r\n", with: "\n").trimmed
        guard !checked.how.isEmpty else { throw .howMissing }
        guard checked.how.count <= 1_000, checked.how.utf8.count <= 4_000 else { throw .howTooLong }
        guard at <= now else { throw .inTheFuture }
        guard at.milliseconds >= Int64(LocalDate.earliest.daysSinceEpoch) * 86_400_000 else {
            throw .tooLongAgo
        }
        return checked
    }
}

enum ConsentRefusal: Refusal, Equatable {
    case unknownCustomer
    case unknownAddress
    case howMissing, howTooLong, inTheFuture, tooLongAgo
    case reasonMissing, reasonTooLong
    case badAddresses([String])
    case noAddress
    case tooManyAddresses
    case notSuppressed

    var status: HTTPResponse.Status {
        switch self {
        case .unknownCustomer, .notSuppressed: .notFound
        default: .unprocessableContent
        }
    }

    var phrase: Phrase {
        switch self {
        case .unknownCustomer: Phrase("customer.refused.unknown")
        case .unknownAddress: Phrase("consent.refused.unknownAddress")
        case .howMissing: Phrase("consent.refused.howMissing")
        case .howTooLong, .reasonTooLong: Phrase("consent.refused.tooLong", .count(1_000))
        case .inTheFuture: Phrase("act.refused.inTheFuture")
        case .tooLongAgo: Phrase("purchase.refused.tooLongAgo")
        case .reasonMissing: Phrase("consent.refused.reasonMissing")
        case .badAddresses(let lines):
            Phrase(
                "consent.refused.badAddresses", .count(lines.count),
                .text(lines.prefix(5).map { String($0.prefix(60)) }.joined(separator: " · ")))
        case .noAddress: Phrase("consent.refused.noAddress")
        case .tooManyAddresses: Phrase("consent.refused.tooManyAddresses", .count(Suppressing.limit))
        case .notSuppressed: Phrase("consent.refused.notSuppressed")
        }
    }

    var field: String? {
        switch self {
        case .unknownCustomer, .notSuppressed: nil
        case .unknownAddress: "address"
        case .howMissing, .howTooLong: "how"
        case .inTheFuture, .tooLongAgo: "day"
        case .reasonMissing, .reasonTooLong: "reason"
        case .badAddresses, .noAddress, .tooManyAddresses: "addresses"
        }
    }
}

/// A word on record, with who wrote it down.
struct ConsentEntry: Sendable {
    let word: ConsentWord
    let how: String
    let recordedBy: String?
    let recordedAt: Instant
}

/// Every statement on what customers agreed to.
struct ConsentStore: Sendable {
    let database: any Database

    func record(_ new: NewConsent, of party: ID<Party>, by act: Act) async throws {
        let new = try new.checked(now: act.at)
        try await database.write { connection in
            guard try CustomerStore.customer(party, in: connection) != nil else {
                throw ConsentRefusal.unknownCustomer
            }
            let addresses = try CustomerStore.addresses(of: party, in: connection)
            guard new.addressKey.isEmpty || addresses.contains(where: { $0.key == new.addressKey }) else {
                throw ConsentRefusal.unknownAddress
            }
            let insert: SQL = """
                INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_by, recorded_at)
                VALUES (\(party), \(new.addressKey), \(new.purpose), \(new.isGiven), \(new.at), \(new.how), \(act.actor),
                    \(act.at)) RETURNING id
                """
            let id = try connection.first(insert) { try $0.int64(0) } ?? 0
            try connection.record(
                new.isGiven ? "consent.given" : "consent.refused", "consent", id, by: act,
                happenedAt: new.at, party: party.value)
        }
        await database.announce("events")
    }

    /// Which addresses may be used for this, and why the others may not.
    func mayReach(_ party: ID<Party>, _ purpose: Purpose) async throws -> Reachability {
        try await database.read { connection in
            try ConsentStore.reachabilities(of: party, for: [purpose], in: connection)[0]
        }
    }

    /// The same for every purpose.
    func mayReach(_ party: ID<Party>) async throws -> [Reachability] {
        try await database.read {
            try ConsentStore.reachabilities(of: party, for: Purpose.allCases, in: $0)
        }
    }

    private static func reachabilities(
        of party: ID<Party>, for purposes: [Purpose], in connection: any Connection
    ) throws -> [Reachability] {
        let addresses = try CustomerStore.addresses(of: party, in: connection)
        let suppressions = try suppressions(of: addresses.map(\.key), in: connection)
        return try purposes.map { purpose in
            let words = try words(of: party, purpose, in: connection)
            return ConsentRule.reachability(
                purpose, addresses: addresses, words: words, suppressions: suppressions)
        }
    }

    private static func words(
        of party: ID<Party>, _ purpose: Purpose, in connection: any Connection
    ) throws -> [ConsentWord] {
        try connection.all(
            """
            SELECT c.address_key, c.purpose, c.given, c.at, c.id FROM consent c
            WHERE c.party_id = \(party) AND c.purpose IN (\(purpose), \(Purpose.any))
                AND NOT EXISTS (SELECT 1 FROM consent d WHERE d.party_id = c.party_id AND d.purpose = c.purpose
                    AND d.address_key = c.address_key AND (d.at, d.id) > (c.at, c.id))
            """, ConsentWord.init)
    }

    private static func suppressions(
        of keys: [String], in connection: any Connection
    ) throws -> [Suppression] {
        try connection.all(
            """
            SELECT address_key, purpose, reason, recorded_at FROM suppression WHERE address_key IN (\(list: keys))
            """
        ) { row in
            Suppression(
                addressKey: try row.text(0), purpose: try row.word(1), reason: try row.text(2),
                recordedAt: try row.instant(3))
        }
    }

    /// Every word on record, the latest recorded first.
    func history(of party: ID<Party>, before: String?, limit: Int) async throws -> Portion<ConsentEntry> {
        let mark = before.flatMap { Int64($0) } ?? .max
        let rows: SQL = """
            SELECT c.address_key, c.purpose, c.given, c.at, c.id, c.how, p.name, c.recorded_at
            FROM consent c LEFT JOIN party p ON p.id = c.recorded_by
            WHERE c.party_id = \(party) AND c.id < \(mark) ORDER BY c.id DESC LIMIT \(limit + 1)
            """
        let items = try await database.read { connection in
            try connection.all(rows) { row in
                ConsentEntry(
                    word: try ConsentWord(row: row), how: try row.text(5),
                    recordedBy: try row.optionalText(6), recordedAt: try row.instant(7))
            }
        }
        return Portion(items, limit: limit) { "\($0.word.id)" }
    }
}

extension ConsentWord {
    init(row: any Row) throws {
        self.init(
            addressKey: try row.text(0), purpose: try row.word(1), isGiven: try row.bool(2),
            at: try row.instant(3), id: try row.int64(4))
    }
}
