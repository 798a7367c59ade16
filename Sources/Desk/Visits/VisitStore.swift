import Kernel
import Storage

/// Every statement on visits.
struct VisitStore: Sendable {
    let database: any Database

    func record(_ visit: NewVisit, today: LocalDate, by act: Act) async throws -> Visit {
        try visit.check(today: today)
        let hasWay = !visit.reach.isEmpty
        let isOpen = hasWay && visit.mayFollow
        let due: LocalDate? = isOpen ? visit.day + Visit.followDays : nil
        let key = visit.reachKey
        let recorded = try await database.write { connection in
            let party = try VisitStore.party(key, in: connection)
            let insert: SQL = """
                INSERT INTO visit AS v (day, at, channel, channel_key, name, wish, reach, reach_key, left_way, may_follow,
                    party_id, due_day, state, settled_words, source, recorded_by, recorded_at)
                VALUES (\(visit.day), \(act.at), \(visit.channel), \(visit.channel.searchKey), \(visit.name),
                    \(visit.wish), \(visit.reach), \(key), \(hasWay), \(visit.mayFollow), \(party), \(due),
                    \(isOpen ? Visit.State.open : .none), '', \(visit.source), \(act.actor), \(act.at))
                RETURNING id
                """
            let id = try connection.first(insert) { try $0.int64(0) } ?? 0
            try connection.record("visit.recorded", "visit", id, by: act, party: party)
            guard let visit = try VisitStore.find(id, in: connection) else {
                throw StorageError.broken("a visit was recorded without a row")
            }
            return visit
        }
        await database.announce("events")
        return recorded
    }

    /// The one customer with that address; nil where there is none, or more than one.
    private static func party(_ key: String, in connection: any Connection) throws -> Int64? {
        guard !key.isEmpty else { return nil }
        let found = try connection.all(
            """
            SELECT DISTINCT a.party_id FROM address a JOIN party p ON p.id = a.party_id
            WHERE a.value_key = \(key) AND NOT p.serves LIMIT 2
            """
        ) { try $0.int64(0) }
        return found.count == 1 ? found[0] : nil
    }

    private static func find(_ id: Int64, in connection: any Connection) throws -> Visit? {
        try connection.first("SELECT \(Visit.columns) FROM visit v WHERE v.id = \(id)", Visit.init)
    }

    func find(_ id: Int64) async throws -> Visit? {
        try await database.read { try VisitStore.find(id, in: $0) }
    }

    /// Who is to be thanked and asked again, the one due first at the top. Whoever refused by now is not.
    func due(after: String?, limit: Int) async throws -> Portion<Visit> {
        let (day, id) = OfferStore.mark(after) ?? (.min, .min)
        let rows: SQL = """
            SELECT \(Visit.columns) FROM visit v
            WHERE v.state = 'open' AND (v.due_day, v.id) > (\(day), \(id))
                AND (v.party_id IS NULL OR NOT \(Consent.isRefused(.offers, party: "v.party_id")))
                AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.address_key = v.reach_key
                    AND s.purpose IN ('any', 'offers'))
            ORDER BY v.due_day, v.id LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, Visit.init) }
        return Portion(found, limit: limit) { "\($0.due?.daysSinceEpoch ?? 0)~\($0.id)" }
    }

    /// Everyone who looked, latest day first.
    func all(after: String?, limit: Int) async throws -> Portion<Visit> {
        let (day, id) = OfferStore.mark(after) ?? (.max, .max)
        let rows: SQL = """
            SELECT \(Visit.columns) FROM visit v WHERE (v.day, v.id) < (\(day), \(id))
            ORDER BY v.day DESC, v.id DESC LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, Visit.init) }
        return Portion(found, limit: limit) { "\($0.day.daysSinceEpoch)~\($0.id)" }
    }

    /// Followed up, or left for a reason.
    func settle(_ id: Int64, _ state: Visit.State, _ words: String, by act: Act) async throws {
        guard words.utf8.count <= 2000 else { throw VisitRefusal.tooLong(field: "words") }
        guard state != .skipped || !words.isEmpty else { throw VisitRefusal.noReason }
        let isOpen = state == .open
        let (at, actor) = isOpen ? (Instant?.none, Int64?.none) : (act.at, act.actor)
        try await database.write { connection in
            let before: SQL = isOpen ? "state IN ('done', 'skipped')" : "state = 'open'"
            let changed = try connection.first(
                """
                UPDATE visit SET state = \(state), settled_at = \(at), settled_by = \(actor), settled_words = \(words)
                WHERE id = \(id) AND \(before) RETURNING coalesce(party_id, 0)
                """
            ) { try $0.int64(0) }
            guard let party = changed else { throw VisitRefusal.settled }
            let kind = isOpen ? "visit.reopened" : state == .done ? "visit.followed" : "visit.skipped"
            try connection.record(kind, "visit", id, by: act, party: party == 0 ? nil : party)
        }
        await database.announce("events")
    }

    /// Where people looked lately, for a form to offer.
    func channels() async throws -> [String] {
        let names: SQL = """
            SELECT channel FROM (SELECT channel, day, id FROM visit ORDER BY day DESC, id DESC LIMIT 200) AS latest
            GROUP BY channel ORDER BY channel
            """
        return try await database.read { try $0.all(names) { try $0.text(0) } }
    }

    func names(_ ids: [Int64]) async throws -> [Int64: String] {
        try await WalkStore(database: database).names(ids)
    }
}
