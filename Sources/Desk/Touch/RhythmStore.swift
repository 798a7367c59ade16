public import Kernel
public import Storage

/// Every statement on rhythms.
public struct RhythmStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Everyone of them, by name; there are never many.
    public func all() async throws -> [Rhythm] {
        try await database.read {
            try $0.all("SELECT \(Rhythm.columns) FROM rhythm r ORDER BY r.paused, r.name, r.id LIMIT 200") {
                try Rhythm(row: $0)
            }
        }
    }

    public func find(_ id: Int64) async throws -> Rhythm? {
        try await database.read { try RhythmStore.find(id, in: $0) }
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Rhythm? {
        try connection.first("SELECT \(Rhythm.columns) FROM rhythm r WHERE r.id = \(id)") {
            try Rhythm(row: $0)
        }
    }

    /// Begins a rhythm today. It is planned within a minute.
    public func add(_ rhythm: NewRhythm, today: LocalDate, by act: Act) async throws -> Rhythm {
        let rhythm = try rhythm.checked()
        let added = try await database.write { connection in
            try RhythmStore.check(rhythm.audience, in: connection)
            let id = try connection.number(
                """
                INSERT INTO rhythm (name, audience, segment_id, kind, months, month, day, days, what, way, purpose, lead_days,
                    most_open, from_day, paused, created_at, changed_at)
                VALUES (\(rhythm.name), \(rhythm.audience.word), \(rhythm.audience.segment), \(rhythm.beat.kind),
                    \(rhythm.beat.months), \(rhythm.beat.month), \(rhythm.beat.day), \(rhythm.beat.days), \(rhythm.what),
                    \(rhythm.way), \(rhythm.purpose), \(rhythm.leadDays), \(rhythm.mostOpen), \(today), FALSE, \(act.at),
                    \(act.at))
                RETURNING id
                """)
            try connection.record("rhythm.added", "rhythm", Int64(id), by: act)
            return try RhythmStore.find(Int64(id), in: connection)
        }
        guard let added else { throw StorageError.broken("a rhythm was added without an id") }
        await database.announce("events")
        return added
    }

    /// Changes a rhythm. What it planned and nobody has worked on goes, and is planned anew. False where there is none.
    public func change(_ id: Int64, to rhythm: NewRhythm, by act: Act) async throws -> Bool {
        let rhythm = try rhythm.checked()
        return try await change(id, "changed", by: act) { connection in
            try RhythmStore.check(rhythm.audience, in: connection)
            return try connection.run(
                """
                UPDATE rhythm SET name = \(rhythm.name), audience = \(rhythm.audience.word),
                    segment_id = \(rhythm.audience.segment), kind = \(rhythm.beat.kind), months = \(rhythm.beat.months),
                    month = \(rhythm.beat.month), day = \(rhythm.beat.day), days = \(rhythm.beat.days),
                    what = \(rhythm.what), way = \(rhythm.way), purpose = \(rhythm.purpose),
                    lead_days = \(rhythm.leadDays), most_open = \(rhythm.mostOpen), changed_at = \(act.at),
                    planned_at = NULL
                WHERE id = \(id)
                """)
        }
    }

    /// Stops planning, or goes on. What waits when it is paused is dropped; false where there is no such rhythm.
    public func pause(_ id: Int64, _ paused: Bool, by act: Act) async throws -> Bool {
        try await change(id, paused ? "paused" : "resumed", by: act) { connection in
            try connection.run(
                """
                UPDATE rhythm SET paused = \(paused), changed_at = \(act.at), planned_at = NULL
                WHERE id = \(id) AND paused <> \(paused)
                """)
        }
    }

    /// What waits untouched is deleted rather than dropped: it may be due again under the rhythm as it is now.
    private func change(
        _ id: Int64, _ what: String, by act: Act, _ body: @escaping @Sendable (any Connection) throws -> Int
    ) async throws -> Bool {
        let isDone = try await database.write { connection in
            guard try body(connection) == 1 else { return false }
            try connection.run("DELETE FROM touch WHERE rhythm_id = \(id) AND state = 'open'")
            try connection.record("rhythm.\(what)", "rhythm", id, by: act)
            return true
        }
        if isDone { await database.announce("events") }
        return isDone
    }

    private static func check(_ audience: Rhythm.Audience, in connection: any Connection) throws {
        guard let segment = audience.segment else { return }
        let isKnown = try connection.exists(
            "SELECT 1 FROM segment WHERE id = \(segment) AND archived_at IS NULL")
        guard isKnown else { throw TouchRefusal.unknownSegment }
    }
}
