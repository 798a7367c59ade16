import Kernel
import Storage

/// One search through all customers, some thousand at a time.
struct DuplicateSearch {
    /// More suggestions than anybody will ever look at.
    static let most = 100_000
    private static let step = 5_000

    let database: any Database
    let clock: any WallClock
    /// Asked between steps; throws where the work is somebody else's by now.
    let keepGoing: @Sendable () async throws -> Void

    private struct Progress {
        var run: Int64 = 0
        var customers = 0
        var found = 0
        var crowds = 0
        var crowdSize = 0
        var crowd: [Int64] = []
        var isCut = false
    }

    /// Answers how many pairs were found.
    @discardableResult
    func run() async throws -> Int {
        var progress = Progress()
        progress.run = try await begin()
        let about = try await database.read { try $0.number("SELECT count(*) FROM party WHERE NOT serves") }
        progress.customers = about
        let parts = DuplicateBlocks.parts(customers: about)
        for part in 0..<parts {
            var blocks = DuplicateBlocks(part: part, of: parts)
            var last: Int64 = 0
            while true {
                let candidates = try await candidates(after: last)
                guard let end = candidates.last?.id else { break }
                for candidate in candidates { blocks.add(candidate) }
                last = end
                try await keepGoing()
            }
            try await compare(blocks, &progress)
        }
        try await finish(progress)
        return progress.found
    }

    private func begin() async throws -> Int64 {
        let now = clock.now
        return try await database.write { connection in
            let event = try connection.number("SELECT max(id) FROM event")
            let insert: SQL = """
                INSERT INTO duplicate_run (started_at, event_id, customers, pairs, crowds, crowd, crowd_size, is_cut)
                VALUES (\(now), \(event), 0, 0, 0, '', 0, FALSE) RETURNING id
                """
            return try connection.first(insert) { try $0.int64(0) } ?? 0
        }
    }

    /// Blocks some hundred at a time: their members are read, every pair looked at, what was found written.
    private func compare(_ blocks: DuplicateBlocks, _ progress: inout Progress) async throws {
        var waiting: [(members: [Int64], isByName: Bool)] = []
        var members = 0
        var batches: [[(members: [Int64], isByName: Bool)]] = []
        blocks.each { ids, isByName in
            guard ids.count <= DuplicateBlocks.largest else {
                progress.crowds += 1
                if ids.count > progress.crowdSize {
                    (progress.crowdSize, progress.crowd) = (ids.count, Array(ids.prefix(2)))
                }
                return
            }
            waiting.append((ids, isByName))
            members += ids.count
            guard members >= 2_000 else { return }
            batches.append(waiting)
            (waiting, members) = ([], 0)
        }
        if !waiting.isEmpty { batches.append(waiting) }
        for batch in batches {
            guard progress.found < DuplicateSearch.most else {
                progress.isCut = true
                return
            }
            progress.found += try await compare(batch, run: progress.run)
            try await keepGoing()
        }
    }

    private func compare(
        _ batch: [(members: [Int64], isByName: Bool)], run: Int64
    ) async throws -> Int {
        let known = try await candidates(Set(batch.flatMap(\.members)).sorted())
        var findings: [Pair: DuplicateFinding] = [:]
        for block in batch {
            let members = block.members.compactMap { known[$0] }
            for (place, one) in members.enumerated() {
                for other in members[(place + 1)...] {
                    let isRare = block.isByName && members.count <= 3
                    guard let finding = DuplicateFinding(one, other, isRare: isRare) else { continue }
                    let pair = Pair(one: finding.one, other: finding.other)
                    if finding.score > findings[pair]?.score ?? -1 { findings[pair] = finding }
                }
            }
        }
        return try await keep(findings.values.sorted { ($0.one, $0.other) < ($1.one, $1.other) }, run: run)
    }

    private struct Pair: Hashable {
        let one: Int64
        let other: Int64
    }

    /// Answers how many of them this run had not found before. What somebody said no to stays so.
    private func keep(_ findings: [DuplicateFinding], run: Int64) async throws -> Int {
        guard !findings.isEmpty else { return 0 }
        return try await database.write { connection in
            var new = 0
            for finding in findings {
                let reasons = finding.reasons.map(\.rawValue).joined(separator: " ")
                let isKnown = try connection.exists(
                    """
                    SELECT 1 FROM duplicate WHERE one_id = \(finding.one) AND other_id = \(finding.other)
                        AND (run_id = \(run) OR dismissed_at IS NOT NULL) AND score >= \(finding.score)
                    """)
                if isKnown { continue }
                new += 1
                try connection.run(
                    """
                    INSERT INTO duplicate (one_id, other_id, score, reasons, run_id)
                    VALUES (\(finding.one), \(finding.other), \(finding.score), \(reasons), \(run))
                    ON CONFLICT (one_id, other_id)
                    DO UPDATE SET score = excluded.score, reasons = excluded.reasons, run_id = excluded.run_id
                    """)
            }
            return new
        }
    }

    /// Suggestions this search did not find again are gone, some thousand at a time.
    private func finish(_ progress: Progress) async throws {
        let run = progress.run
        var removed = 1
        while removed > 0 {
            removed = try await database.write { connection in
                try connection.run(
                    """
                    DELETE FROM duplicate WHERE dismissed_at IS NULL AND (one_id, other_id) IN (
                        SELECT one_id, other_id FROM duplicate WHERE run_id < \(run) AND dismissed_at IS NULL LIMIT 5000)
                    """)
            }
            try await keepGoing()
        }
        let crowd = try await crowd(progress.crowd)
        let now = clock.now
        try await database.write { connection in
            try connection.run(
                """
                UPDATE duplicate_run SET finished_at = \(now), customers = \(progress.customers),
                    pairs = (SELECT count(*) FROM duplicate WHERE run_id = \(run) AND dismissed_at IS NULL),
                    crowds = \(progress.crowds), crowd = \(crowd), crowd_size = \(progress.crowdSize),
                    is_cut = \(progress.isCut)
                WHERE id = \(run)
                """)
            try connection.run("DELETE FROM duplicate_run WHERE id < \(run)")
        }
        await database.announce("events")
    }

    /// What the members of the largest group share, in the words of one of them.
    private func crowd(_ members: [Int64]) async throws -> String {
        let known = try await candidates(members)
        guard members.count == 2, let one = known[members[0]], let other = known[members[1]] else {
            return ""
        }
        let shared =
            one.emails.intersection(other.emails).sorted().first
            ?? one.phones.intersection(other.phones).sorted().first
            ?? one.domains.intersection(other.domains).sorted().first
        if let shared { return shared }
        return one.name.sorted == other.name.sorted ? one.name.whole : ""
    }
}

/// Reading customers as candidates.
extension DuplicateSearch {
    private func candidates(after last: Int64) async throws -> [DuplicateCandidate] {
        try await database.read { connection in
            var found = try connection.all(
                """
                SELECT p.id, p.kind, p.name, p.parent_id, i.id FROM party p
                LEFT JOIN import i ON i.id = p.import_id AND i.sample
                WHERE p.id > \(last) AND NOT p.serves ORDER BY p.id LIMIT \(DuplicateSearch.step)
                """, DuplicateSearch.candidate)
            guard let first = found.first?.id, let end = found.last?.id else { return [] }
            try DuplicateSearch.fill(&found, "BETWEEN \(first) AND \(end)", in: connection)
            return found
        }
    }

    private func candidates(_ ids: [Int64]) async throws -> [Int64: DuplicateCandidate] {
        guard !ids.isEmpty else { return [:] }
        return try await database.read { connection in
            var found = try connection.all(
                """
                SELECT p.id, p.kind, p.name, p.parent_id, i.id FROM party p
                LEFT JOIN import i ON i.id = p.import_id AND i.sample
                WHERE p.id IN (\(list: ids)) AND NOT p.serves ORDER BY p.id
                """, DuplicateSearch.candidate)
            try DuplicateSearch.fill(&found, "IN (\(list: ids))", in: connection)
            return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
        }
    }

    private static func candidate(_ row: any Row) throws -> DuplicateCandidate {
        DuplicateCandidate(
            id: try row.int64(0), kind: try row.text(1), isSample: !row.isNull(4),
            name: NameKey(try row.text(2)), parent: try row.optionalInt64(3))
    }

    private static func fill(
        _ found: inout [DuplicateCandidate], _ range: SQL, in connection: any Connection
    ) throws {
        let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($0.element.id, $0.offset) })
        try connection.each("SELECT party_id, kind, value_key FROM address WHERE party_id \(range)") { row in
            guard let place = places[try row.int64(0)] else { return }
            let key = try row.text(2)
            switch try row.text(1) {
            case "email": found[place].emails.insert(key)
            case "phone": if let phone = DuplicateCandidate.phone(key) { found[place].phones.insert(phone) }
            default: found[place].handles.insert(key)
            }
        }
        try connection.each("SELECT person_id, account_id FROM membership WHERE person_id \(range)") { row in
            guard let place = places[try row.int64(0)] else { return }
            found[place].companies.insert(try row.int64(1))
        }
    }
}

/// Looks every minute whether a search is due: every night, and after files came in or were taken back.
struct FindDuplicates: Worker {
    /// The hour of the organisation's night after which a new search is made.
    static let nightHour = 3

    let desk: Desk

    var kind: String { "find-duplicates" }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        guard try await isDue(organisation.zone) else { return }
        try await DuplicateSearch(database: desk.database, clock: desk.clock) { try await lease.extend() }
            .run()
    }

    func isDue(_ zone: Zone) async throws -> Bool {
        let now = desk.clock.now
        let night = zone.instant(of: zone.day(of: now), secondOfDay: FindDuplicates.nightHour * 3600)
        return try await desk.database.read { connection in
            let last = try connection.first(
                """
                SELECT started_at, event_id FROM duplicate_run WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1
                """
            ) { (at: try $0.instant(0), event: try $0.int64(1)) }
            guard let last else { return true }
            if last.at < night, now >= night { return true }
            return try connection.exists(
                """
                SELECT 1 FROM event WHERE id > \(last.event) AND kind IN ('import.completed', 'import.undone',
                    'sample.loaded', 'sample.removed') LIMIT 1
                """)
        }
    }
}
