import Kernel
import Storage

/// Every statement on places, walks and what was found on them.
struct WalkStore: Sendable {
    let database: any Database

    /// Places in use, the one due first at the top.
    func places(after: String?, limit: Int) async throws -> Portion<Place> {
        let (day, id) = OfferStore.mark(after) ?? (.min, .min)
        let rows: SQL = """
            SELECT \(Place.columns) FROM place l \(Place.joins)
            WHERE l.retired_at IS NULL AND (l.next_day, l.id) > (\(day), \(id))
            ORDER BY l.next_day, l.id LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, Place.init) }
        return Portion(found, limit: limit) { "\($0.next.daysSinceEpoch)~\($0.id)" }
    }

    func place(_ id: Int64) async throws -> Place? {
        let row: SQL = "SELECT \(Place.columns) FROM place l \(Place.joins) WHERE l.id = \(id)"
        return try await database.read { try $0.first(row, Place.init) }
    }

    func items(of place: Int64) async throws -> [PlaceItem] {
        try await database.read { try WalkStore.items(of: place, in: $0) }
    }

    private static func items(of place: Int64, in connection: any Connection) throws -> [PlaceItem] {
        try connection.all(
            """
            SELECT id, words FROM place_item WHERE place_id = \(place) AND retired_at IS NULL
            ORDER BY rank, id LIMIT 200
            """
        ) { PlaceItem(id: try $0.int64(0), words: try $0.text(1)) }
    }

    /// Enters a place, or changes the one with that id. Items whose words stay keep their past.
    func save(_ place: NewPlace, as id: Int64? = nil, today: LocalDate, by act: Act) async throws -> Int64 {
        try place.check()
        let saved = try await database.write { connection in
            if let owner = place.owner {
                let isKnown = try connection.exists(
                    "SELECT 1 FROM agent WHERE person_id = \(owner) AND NOT suspended")
                let isKept =
                    try id.map {
                        try connection.exists("SELECT 1 FROM place WHERE id = \($0) AND owner_id = \(owner)")
                    } ?? false
                guard isKnown || isKept else { throw PlaceRefusal.unknownColleague }
            }
            let saved = try WalkStore.put(place, id, today, act, in: connection)
            try WalkStore.putItems(place.items, of: saved, act, in: connection)
            try connection.record(id == nil ? "place.added" : "place.changed", "place", saved, by: act)
            return saved
        }
        await database.announce("events")
        return saved
    }

    private static func put(
        _ place: NewPlace, _ id: Int64?, _ today: LocalDate, _ act: Act, in connection: any Connection
    ) throws -> Int64 {
        let key = place.name.searchKey
        guard let id else {
            let insert: SQL = """
                INSERT INTO place (name, name_key, kind, owner_id, every, unit, next_day, source, created_at)
                VALUES (\(place.name), \(key), \(place.kind), \(place.owner), \(place.rhythm.every),
                    \(place.rhythm.unit), \(place.next ?? today), 'desk', \(act.at))
                RETURNING id
                """
            return try connection.first(insert) { try $0.int64(0) } ?? 0
        }
        let next: SQL = place.next.map { ", next_day = \($0)" } ?? ""
        let changed = try connection.run(
            """
            UPDATE place SET name = \(place.name), name_key = \(key), kind = \(place.kind), owner_id = \(place.owner),
                every = \(place.rhythm.every), unit = \(place.rhythm.unit)\(next)
            WHERE id = \(id)
            """)
        guard changed == 1 else { throw StorageError.broken("place \(id) is gone") }
        return id
    }

    private static func putItems(
        _ words: [String], of place: Int64, _ act: Act, in connection: any Connection
    ) throws {
        var old = Dictionary(
            try items(of: place, in: connection).map { ($0.words, $0.id) },
            uniquingKeysWith: { first, _ in first })
        for (rank, line) in words.enumerated() {
            if let id = old.removeValue(forKey: line) {
                try connection.run("UPDATE place_item SET rank = \(rank) WHERE id = \(id)")
            } else {
                try connection.run(
                    "INSERT INTO place_item (place_id, rank, words) VALUES (\(place), \(rank), \(line))")
            }
        }
        for id in old.values {
            try connection.run("UPDATE place_item SET retired_at = \(act.at) WHERE id = \(id)")
        }
    }

    /// Takes a place out of use, or back into it. Its past stays.
    func setRetired(_ isRetired: Bool, _ id: Int64, by act: Act) async throws {
        let at: Instant? = isRetired ? act.at : nil
        try await database.write { connection in
            let others: SQL = isRetired ? "retired_at IS NULL" : "retired_at IS NOT NULL"
            guard
                try connection.run("UPDATE place SET retired_at = \(at) WHERE id = \(id) AND \(others)") == 1
            else { return }
            try connection.record(isRetired ? "place.retired" : "place.restored", "place", id, by: act)
        }
        await database.announce("events")
    }

    func names(_ ids: [Int64]) async throws -> [Int64: String] {
        let known = Array(Set(ids))
        return try await database.read { connection in
            var names: [Int64: String] = [:]
            try connection.each("SELECT id, name FROM party WHERE id IN (\(list: known))") {
                names[try $0.int64(0)] = try $0.text(1)
            }
            return names
        }
    }
}
