public import Kernel
public import Storage

/// Every statement on offers that a page or a program asks for.
public struct OfferStore: Sendable {
    let database: any Database
    let clock: any WallClock
    let complaint: @Sendable (SQL) -> SQL

    public init(
        database: any Database, clock: any WallClock,
        complaint: @escaping @Sendable (_ party: SQL) -> SQL = { _ in "1 = 0" }
    ) {
        self.database = database
        self.clock = clock
        self.complaint = complaint
    }

    struct Kept: Sendable {
        let report: OfferReport
        let computedAt: Instant
        let marker: String
    }

    /// What the last computation found; nil before the first.
    func latest() async throws -> Kept? {
        let row = try await database.read { connection in
            try connection.first(
                "SELECT document, computed_at, marker FROM offer_report WHERE name = 'current'"
            ) { (try $0.text(0), try $0.instant(1), try $0.text(2)) }
        }
        guard let row else { return nil }
        return Kept(report: try Stored.value(of: row.0), computedAt: row.1, marker: row.2)
    }

    /// Pairs that stand, the surest first.
    public func pairs(after: String?, limit: Int) async throws -> Portion<OfferPair> {
        let (low, id) = OfferStore.mark(after) ?? (.max, .max)
        let rows: SQL = """
            SELECT \(OfferPair.columns) FROM offer_pair x
            JOIN offer_product a ON a.id = x.bought_id JOIN offer_product b ON b.id = x.offered_id
            WHERE x.standing AND (x.low, x.id) < (\(low), \(id)) ORDER BY x.low DESC, x.id DESC LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows) { try OfferPair(row: $0) } }
        return Portion(found, limit: limit) { "\($0.low)~\($0.id)" }
    }

    public func pair(_ id: Int64) async throws -> OfferPair? {
        let row: SQL = """
            SELECT \(OfferPair.columns) FROM offer_pair x
            JOIN offer_product a ON a.id = x.bought_id JOIN offer_product b ON b.id = x.offered_id
            WHERE x.id = \(id)
            """
        return try await database.read { try $0.first(row) { try OfferPair(row: $0) } }
    }

    /// Customers of a pair: who could be offered it, or to whom it was, latest first. Whoever may not be approached by
    /// now is left out.
    public func customers(
        of pair: Int64, _ part: OfferPart, after: String?, limit: Int
    ) async throws -> Portion<OfferedCustomer> {
        let rows =
            part == .open
            ? waiting(pair, after: after.flatMap { Int64($0) } ?? 0, limit: limit + 1)
            : worked(pair, after: OfferStore.mark(after) ?? (.max, .max), limit: limit + 1)
        let found = try await database.read { connection in
            try connection.all(rows) { row in
                let offer = try Offer(row: row, from: 4)
                let party = try Party(row: row)
                let at = try row.optionalInt64(4 + Offer.columnCount) ?? 0
                let key = part == .open ? "\(party.id)" : "\(at)~\(offer.id)"
                return OfferedCustomer(party: party, offer: offer, key: key)
            }
        }
        return Portion(found, limit: limit) { $0.key }
    }

    private static let joined: SQL = """
        SELECT \(Party.columns), \(Offer.columns), e.worked_at FROM offer_entry e
        JOIN party p ON p.id = e.party_id JOIN offer_pair x ON x.id = e.pair_id
        JOIN offer_product a ON a.id = x.bought_id JOIN offer_product b ON b.id = x.offered_id
        """

    private func waiting(_ pair: Int64, after: Int64, limit: Int) -> SQL {
        """
        \(OfferStore.joined)
        WHERE e.pair_id = \(pair) AND e.left_day IS NULL AND e.outcome IS NULL AND NOT e.held AND e.party_id > \(after)
            AND NOT \(OfferBar.isBarred(party: "e.party_id", complaint))
        ORDER BY e.party_id LIMIT \(limit)
        """
    }

    private func worked(_ pair: Int64, after mark: (Int64, Int64), limit: Int) -> SQL {
        """
        \(OfferStore.joined)
        WHERE e.pair_id = \(pair) AND e.outcome IS NOT NULL AND (e.worked_at, e.id) < (\(mark.0), \(mark.1))
        ORDER BY e.worked_at DESC, e.id DESC LIMIT \(limit)
        """
    }

    /// What a customer may be offered now, the surest first: nothing declined, bought since, or refused.
    public func offers(for party: ID<Party>) async throws -> [Offer] {
        let rows: SQL = """
            SELECT \(Offer.columns) FROM offer_entry e JOIN offer_pair x ON x.id = e.pair_id
            JOIN offer_product a ON a.id = x.bought_id JOIN offer_product b ON b.id = x.offered_id
            WHERE e.party_id = \(party) AND e.left_day IS NULL AND NOT e.held
                AND (e.outcome IS NULL OR e.outcome <> 'declined')
                AND NOT \(OfferBar.isBarred(party: "e.party_id", complaint))
            ORDER BY x.low DESC, e.id LIMIT 20
            """
        return try await database.read { connection in
            let offers = try connection.all(rows) { try Offer(row: $0) }
            guard let first = offers.map(\.entered).min() else { return [] }
            let later: SQL = """
                SELECT DISTINCT product FROM purchase
                WHERE account_id = \(party) AND day >= \(first) AND amount >= 0 AND kind = 'sale' LIMIT 1000
                """
            let bought = Set(try connection.all(later) { try $0.text(0).searchKey })
            let left = offers.filter { !bought.contains($0.pair.offered.searchKey) }
            return Array(left.prefix(OfferChoice.most))
        }
    }

    static func mark(_ text: String?) -> (Int64, Int64)? {
        let parts = (text ?? "").split(separator: "~").map { Int64($0) }
        guard parts.count == 2, let first = parts[0], let second = parts[1] else { return nil }
        return (first, second)
    }

    /// Says what a customer said to an offer; it can be said anew.
    public func finish(
        _ entry: Int64, _ outcome: OfferOutcome, note: String, today: LocalDate, by act: Act
    ) async throws {
        guard note.utf8.count <= 2000 else { throw OfferRefusal.noteTooLong }
        let complaint = complaint
        try await database.write { connection in
            let changed = try connection.first(
                """
                UPDATE offer_entry SET outcome = \(outcome), worked_at = \(act.at), worked_by = \(act.actor),
                    worked_day = \(today), note = \(note)
                WHERE id = \(entry) AND left_day IS NULL AND NOT held
                    AND NOT \(OfferBar.isBarred(party: "offer_entry.party_id", complaint))
                RETURNING party_id
                """
            ) { try $0.int64(0) }
            guard let party = changed else { throw OfferRefusal.gone }
            try connection.record("offer.\(outcome.rawValue)", "offer", entry, by: act, party: party)
        }
        await database.announce("events")
    }

    /// Takes an outcome back: the offer is open again.
    public func reopen(_ entry: Int64, by act: Act) async throws {
        try await database.write { connection in
            let changed = try connection.first(
                """
                UPDATE offer_entry SET outcome = NULL, worked_at = NULL, worked_by = NULL, worked_day = NULL
                WHERE id = \(entry) AND left_day IS NULL AND outcome IS NOT NULL RETURNING party_id
                """
            ) { try $0.int64(0) }
            guard let party = changed else { throw OfferRefusal.gone }
            try connection.record("offer.reopened", "offer", entry, by: act, party: party)
        }
        await database.announce("events")
    }

    /// The entry of a customer for a pair, for a program that names both.
    public func entry(of pair: Int64, _ party: ID<Party>) async throws -> Int64? {
        let find: SQL = """
            SELECT e.id FROM offer_entry e
            WHERE e.party_id = \(party) AND e.pair_id = \(pair) AND e.left_day IS NULL AND NOT e.held
            """
        return try await database.read { try $0.first(find) { try $0.int64(0) } }
    }

    func names(_ ids: [Int64]) async throws -> [Int64: String] {
        try await ListStore(database: database, clock: clock).names(ids)
    }

    /// Takes out what is known of customers who go. For the sample.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        guard try connection.exists("SELECT 1 FROM offer_report LIMIT 1") else { return }
        try connection.run("DELETE FROM offer_entry WHERE party_id IN (\(parties))")
        if try connection.exists("SELECT 1 FROM offer_entry LIMIT 1") {
            try connection.run("UPDATE offer_report SET marker = 'asked'")
        } else {
            try connection.run("DELETE FROM offer_pair")
            try connection.run("DELETE FROM offer_product")
            try connection.run("DELETE FROM offer_report")
        }
    }
}
