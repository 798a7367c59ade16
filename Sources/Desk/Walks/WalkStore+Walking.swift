import Kernel
import Storage

/// Walks, findings and photographs.
extension WalkStore {
    /// Puts a walk on record: its marks, its pictures, a finding for each item that is not fine, and the next day.
    func record(_ walk: NewWalk, today: LocalDate, by act: Act) async throws -> Int64 {
        let items = try await items(of: walk.place)
        try walk.check(items)
        let id = try await database.write { connection in
            let found = try connection.first(
                "SELECT every, unit, owner_id FROM place WHERE id = \(walk.place) AND retired_at IS NULL"
            ) { (try $0.int(0), try $0.word(1, as: WalkRhythm.Unit.self), try $0.optionalInt64(2)) }
            guard let (every, unit, owner) = found else { throw WalkRefusal.retired }
            let id = try WalkStore.insert(walk, today, act, in: connection)
            for mark in walk.marks {
                try WalkStore.insert(mark, of: id, walk.place, owner, today, act, in: connection)
            }
            let next = try WalkRhythm(every: every, unit: unit).next(after: today)
            try connection.run("UPDATE place SET next_day = \(next) WHERE id = \(walk.place)")
            try connection.record("walk.done", "walk", id, by: act)
            return id
        }
        await database.announce("events")
        return id
    }

    private static func insert(
        _ walk: NewWalk, _ today: LocalDate, _ act: Act, in connection: any Connection
    ) throws -> Int64 {
        func count(_ verdict: WalkMark.Verdict) -> Int { walk.marks.filter { $0.verdict == verdict }.count }
        let insert: SQL = """
            INSERT INTO walk (place_id, day, at, walked_by, words, fine, wrong, apart)
            VALUES (\(walk.place), \(today), \(act.at), \(act.actor), \(walk.words), \(count(.fine)), \(count(.wrong)),
                \(count(.apart)))
            RETURNING id
            """
        return try connection.first(insert) { try $0.int64(0) } ?? 0
    }

    private static func insert(
        _ mark: NewWalk.Mark, of walk: Int64, _ place: Int64, _ owner: Int64?, _ today: LocalDate, _ act: Act,
        in connection: any Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO walk_mark (walk_id, item_id, verdict, words)
            VALUES (\(walk), \(mark.item), \(mark.verdict), \(mark.words))
            """)
        for photo in mark.photos {
            try connection.run(
                """
                INSERT INTO walk_photo (walk_id, item_id, name, digest, added_at)
                VALUES (\(walk), \(mark.item), \(photo.name), \(photo.digest), \(act.at))
                """)
        }
        guard mark.verdict == .wrong else { return }
        let insert: SQL = """
            INSERT INTO walk_finding (place_id, item_id, walk_id, words, owner_id, due_day, found_day, found_by, mended_words)
            VALUES (\(place), \(mark.item), \(walk), \(mark.words), \(owner), \(today + WalkFinding.usualDays), \(today),
                \(act.actor), '')
            RETURNING id
            """
        let finding = try connection.first(insert) { try $0.int64(0) } ?? 0
        try connection.record("walk.found", "walk_finding", finding, by: act)
    }

    /// Walks of a place, latest first.
    func walks(of place: Int64, before id: Int64?, limit: Int) async throws -> Portion<Walk> {
        let rows: SQL = """
            SELECT \(Walk.columns) FROM walk w WHERE w.place_id = \(place) AND w.id < \(id ?? .max)
            ORDER BY w.id DESC LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, Walk.init) }
        return Portion(found, limit: limit) { "\($0.id)" }
    }

    func walk(_ id: Int64) async throws -> Walk? {
        try await database.read {
            try $0.first("SELECT \(Walk.columns) FROM walk w WHERE w.id = \(id)", Walk.init)
        }
    }

    /// What was said of each item on a walk, in the order of the list.
    func marks(of walk: Int64) async throws -> [WalkMark] {
        let photos = try await photos(of: walk)
        let rows: SQL = """
            SELECT i.id, i.words, m.verdict, m.words FROM walk_mark m JOIN place_item i ON i.id = m.item_id
            WHERE m.walk_id = \(walk) ORDER BY i.rank, i.id
            """
        return try await database.read { connection in
            try connection.all(rows) { row in
                let item = PlaceItem(id: try row.int64(0), words: try row.text(1))
                return WalkMark(
                    item: item, verdict: try row.word(2), words: try row.text(3),
                    photos: photos[item.id] ?? [])
            }
        }
    }

    func photos(of walk: Int64) async throws -> [Int64: [WalkPhoto]] {
        try await database.read { connection in
            var photos: [Int64: [WalkPhoto]] = [:]
            try connection.each(
                "SELECT item_id, id, name FROM walk_photo WHERE walk_id = \(walk) ORDER BY id"
            ) {
                photos[try $0.int64(0), default: []].append(
                    WalkPhoto(id: try $0.int64(1), name: try $0.text(2)))
            }
            return photos
        }
    }

    /// What a photograph is kept under and called.
    func photo(_ id: Int64) async throws -> (digest: String, name: String)? {
        try await database.read { connection in
            try connection.first("SELECT digest, name FROM walk_photo WHERE id = \(id)") {
                (try $0.text(0), try $0.text(1))
            }
        }
    }

    /// Findings that are open, the one due first at the top.
    func open(after: String?, limit: Int) async throws -> Portion<WalkFinding> {
        let (day, id) = OfferStore.mark(after) ?? (.min, .min)
        let rows: SQL = """
            SELECT \(WalkFinding.columns) FROM walk_finding f \(WalkFinding.joins)
            WHERE f.mended_day IS NULL AND (f.due_day, f.id) > (\(day), \(id))
            ORDER BY f.due_day, f.id LIMIT \(limit + 1)
            """
        let found = try await database.read { try $0.all(rows, WalkFinding.init) }
        return Portion(found, limit: limit) { "\($0.due.daysSinceEpoch)~\($0.id)" }
    }

    /// Findings of a place, latest first.
    func findings(of place: Int64, limit: Int) async throws -> [WalkFinding] {
        let rows: SQL = """
            SELECT \(WalkFinding.columns) FROM walk_finding f \(WalkFinding.joins)
            WHERE f.place_id = \(place) ORDER BY f.id DESC LIMIT \(limit)
            """
        return try await database.read { try $0.all(rows, WalkFinding.init) }
    }

    func finding(_ id: Int64) async throws -> WalkFinding? {
        let row: SQL =
            "SELECT \(WalkFinding.columns) FROM walk_finding f \(WalkFinding.joins) WHERE f.id = \(id)"
        return try await database.read { try $0.first(row, WalkFinding.init) }
    }

    /// Says what was done about a finding. Nil takes that back: it is open again.
    func mend(_ id: Int64, _ words: String?, today: LocalDate, by act: Act) async throws {
        if let words {
            guard !words.isEmpty else { throw WalkRefusal.noWords }
            guard words.utf8.count <= 4000 else { throw WalkRefusal.wordsTooLong }
        }
        let (day, actor) = words == nil ? (LocalDate?.none, Int64?.none) : (today, act.actor)
        try await database.write { connection in
            let before: SQL = words == nil ? "mended_day IS NOT NULL" : "mended_day IS NULL"
            let changed = try connection.run(
                """
                UPDATE walk_finding SET mended_day = \(day), mended_by = \(actor), mended_words = \(words ?? "")
                WHERE id = \(id) AND \(before)
                """)
            guard changed == 1 else { return }
            try connection.record(words == nil ? "walk.reopened" : "walk.mended", "walk_finding", id, by: act)
        }
        await database.announce("events")
    }

    /// Gives a finding to somebody, due on a day.
    func give(_ id: Int64, to owner: Int64?, due: LocalDate, by act: Act) async throws {
        guard due >= LocalDate.earliest, due.civil.year <= 2200 else { throw WalkRefusal.badDay }
        try await database.write { connection in
            if let owner {
                let isKnown = try connection.exists(
                    "SELECT 1 FROM agent WHERE person_id = \(owner) AND NOT suspended")
                let isKept = try connection.exists(
                    "SELECT 1 FROM walk_finding WHERE id = \(id) AND owner_id = \(owner)")
                guard isKnown || isKept else { throw PlaceRefusal.unknownColleague }
            }
            try connection.run(
                "UPDATE walk_finding SET owner_id = \(owner), due_day = \(due) WHERE id = \(id)")
            try connection.record("walk.given", "walk_finding", id, by: act)
        }
        await database.announce("events")
    }
}
