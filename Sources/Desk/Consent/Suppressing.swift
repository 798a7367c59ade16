import Kernel
import Storage

/// Addresses somebody wants never to be written to, also where nobody knows yet whose they are.
struct Suppressing: Sendable, Equatable {
    /// So many in one paste.
    static let limit = 10_000

    let keys: [String]
    let purpose: Purpose
    let reason: String

    /// Reads a paste, an address a line. Lines that are none are refused by name, so that none is left out unseen.
    init(pasted text: String, purpose: Purpose, reason: String) throws(ConsentRefusal) {
        let reason = reason.singleLine
        guard !reason.isEmpty else { throw .reasonMissing }
        guard reason.count <= 1_000, reason.utf8.count <= 4_000 else { throw .reasonTooLong }
        let lines = text.split(whereSeparator: { $0.isNewline || $0 == ";" }).map { String($0).singleLine }
            .filter { !$0.isEmpty }
        guard !lines.isEmpty else { throw .noAddress }
        guard lines.count <= Suppressing.limit else { throw .tooManyAddresses }
        let bad = lines.filter { Suppressing.key($0) == nil }
        guard bad.isEmpty else { throw .badAddresses(bad) }
        keys = Array(Set(lines.compactMap(Suppressing.key))).sorted()
        self.purpose = purpose
        self.reason = reason
    }

    /// `Ada@Example.com`, `+49 30 123` or `Instagram: @ada` as addresses are compared; nil where it is none of these.
    static func key(_ text: String) -> String? {
        if let email = EmailAddress(text) { return Address.key(.email, email.text) }
        let isPhone = text.allSatisfy { $0.isNumber || "+-/().".contains($0) || $0.isWhitespace }
        if isPhone {
            let key = Address.key(.phone, text)
            return key.count >= 3 && text.utf8.count <= 60 ? key : nil
        }
        let parts = text.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
        guard parts.count == 2, !parts[0].isEmpty, parts[0].count <= 40,
            parts[1].contains(where: { $0 != "@" }),
            parts[1].count <= 100, text.utf8.count <= 600
        else { return nil }
        return Address.key(.handle, parts[1], network: parts[0])
    }
}

/// A suppressed address as the list shows it.
struct SuppressionRow: Sendable {
    let suppression: Suppression
    let recordedBy: String?
}

/// Every statement on addresses that are not to be written to.
struct SuppressionStore: Sendable {
    let database: any Database

    /// By address; those that begin with what was typed.
    func list(beginning typed: String, after: String?, limit: Int) async throws -> Portion<SuppressionRow> {
        let key = typed.trimmed.lowercased()
        let mark = (after ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        let (purpose, address) = mark.count == 2 ? (mark[0], mark[1]) : ("", "")
        let rows: SQL = """
            SELECT s.address_key, s.purpose, s.reason, s.recorded_at, p.name
            FROM suppression s LEFT JOIN party p ON p.id = s.recorded_by
            WHERE s.address_key >= \(key) AND s.address_key < \(key + "\u{10FFFF}")
                AND (s.address_key, s.purpose) > (\(address), \(purpose))
            ORDER BY s.address_key, s.purpose LIMIT \(limit + 1)
            """
        let items = try await database.read { connection in
            try connection.all(rows) { row in
                SuppressionRow(
                    suppression: Suppression(
                        addressKey: try row.text(0), purpose: try row.word(1), reason: try row.text(2),
                        recordedAt: try row.instant(3)),
                    recordedBy: try row.optionalText(4))
            }
        }
        return Portion(items, limit: limit) {
            "\($0.suppression.purpose.rawValue) \($0.suppression.addressKey)"
        }
    }

    /// Answers how many were not suppressed before.
    func add(_ new: Suppressing, by act: Act) async throws -> Int {
        var added = 0
        for start in stride(from: 0, to: new.keys.count, by: 500) {
            let keys = Array(new.keys[start..<min(start + 500, new.keys.count)])
            added += try await database.write { connection in
                var added = 0
                for key in keys {
                    let isNew = try connection.run(
                        """
                        INSERT INTO suppression (address_key, purpose, reason, recorded_by, recorded_at)
                        VALUES (\(key), \(new.purpose), \(new.reason), \(act.actor), \(act.at))
                        ON CONFLICT (address_key, purpose) DO NOTHING
                        """)
                    guard isNew == 1 else { continue }
                    added += 1
                    try SuppressionStore.note(key, new.purpose, true, new.reason, by: act, in: connection)
                }
                return added
            }
        }
        let count = added
        _ = try await database.write {
            try $0.record("suppression.added", "suppression", 0, by: act, detail: ["addresses": Int64(count)])
        }
        await database.announce("events")
        return added
    }

    /// Lifts one, with the reason why.
    func lift(_ key: String, _ purpose: Purpose, reason: String, by act: Act) async throws {
        let reason = reason.singleLine
        guard !reason.isEmpty else { throw ConsentRefusal.reasonMissing }
        guard reason.count <= 1_000, reason.utf8.count <= 4_000 else { throw ConsentRefusal.reasonTooLong }
        try await database.write { connection in
            let gone = try connection.run(
                "DELETE FROM suppression WHERE address_key = \(key) AND purpose = \(purpose)")
            guard gone == 1 else { throw ConsentRefusal.notSuppressed }
            try SuppressionStore.note(key, purpose, false, reason, by: act, in: connection)
            try connection.record("suppression.lifted", "suppression", 0, by: act)
        }
        await database.announce("events")
    }

    private static func note(
        _ key: String, _ purpose: Purpose, _ isSuppressed: Bool, _ reason: String, by act: Act,
        in connection: any Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO suppression_change (address_key, purpose, suppressed, reason, recorded_by, recorded_at)
            VALUES (\(key), \(purpose), \(isSuppressed), \(reason), \(act.actor), \(act.at))
            """)
    }

    func suppression(_ key: String, _ purpose: Purpose) async throws -> Suppression? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT address_key, purpose, reason, recorded_at FROM suppression
                WHERE address_key = \(key) AND purpose = \(purpose)
                """
            ) { row in
                Suppression(
                    addressKey: try row.text(0), purpose: try row.word(1), reason: try row.text(2),
                    recordedAt: try row.instant(3))
            }
        }
    }
}
