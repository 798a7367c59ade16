public import Kernel
public import Storage

/// Two customers who may be one, as a list shows them.
public struct DuplicatePair: Sendable {
    public struct Member: Sendable {
        public let id: ID<Party>
        public let name: String
        public let kind: Party.Kind
        public var email: String?
    }

    public var one: Member
    public var other: Member
    public let score: Int
    let reasons: [DuplicateReason]
    public let dismissedAt: Instant?
    /// Where the list goes on after this pair.
    var key: String

    var confidence: DuplicateConfidence { DuplicateConfidence(score) }

    static let columns: SQL = """
        d.one_id, a.name, a.kind, d.other_id, b.name, b.kind, d.score, d.reasons, d.dismissed_at
        """
    static let source: SQL = """
        duplicate d JOIN party a ON a.id = d.one_id AND NOT a.serves JOIN party b ON b.id = d.other_id AND NOT b.serves
        """

    init(row: any Row) throws {
        one = Member(id: try row.id(0), name: try row.text(1), kind: try row.word(2))
        other = Member(id: try row.id(3), name: try row.text(4), kind: try row.word(5))
        score = try row.int(6)
        reasons = try row.text(7).split(separator: " ").compactMap { DuplicateReason(rawValue: String($0)) }
        dismissedAt = try row.optionalInstant(8)
        let first = dismissedAt?.milliseconds ?? Int64(score)
        key = "\(first)~\(one.id)~\(other.id)"
    }
}

/// How the last search for duplicates went.
public struct DuplicateRun: Sendable, Equatable {
    public let finishedAt: Instant
    public let customers: Int
    public let pairs: Int
    /// How many groups were too large to compare, and what the largest shares.
    public let crowds: Int
    public let crowd: String
    public let crowdSize: Int
    /// More were found than are kept.
    public let isCut: Bool
}

/// Every statement on suggested duplicates.
public struct DuplicateStore: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    init(_ desk: Desk) { self.init(database: desk.database, clock: desk.clock) }

    /// Suggestions, surest first; or those somebody said no to, latest first.
    public func list(dismissed: Bool, after: String?, limit: Int) async throws -> Portion<DuplicatePair> {
        let mark = DuplicateStore.mark(after)
        let order: SQL = dismissed ? "d.dismissed_at" : "d.score"
        let which: SQL = dismissed ? "d.dismissed_at IS NOT NULL" : "d.dismissed_at IS NULL"
        let rows: SQL = """
            SELECT \(DuplicatePair.columns) FROM \(DuplicatePair.source)
            WHERE \(which) AND (\(order), d.one_id, d.other_id) < (\(mark.0), \(mark.1), \(mark.2))
            ORDER BY \(order) DESC, d.one_id DESC, d.other_id DESC LIMIT \(limit + 1)
            """
        return try await database.read { connection in
            var pairs = Portion(try connection.all(rows, DuplicatePair.init), limit: limit) { $0.key }
            try DuplicateStore.addEmails(&pairs.items, in: connection)
            return pairs
        }
    }

    private static func mark(_ text: String?) -> (Int64, Int64, Int64) {
        let parts = (text ?? "").split(separator: "~").map { Int64($0) }
        guard parts.count == 3, let a = parts[0], let b = parts[1], let c = parts[2] else {
            return (.max, .max, .max)
        }
        return (a, b, c)
    }

    private static func addEmails(_ pairs: inout [DuplicatePair], in connection: any Connection) throws {
        let ids: [Int64] = Set(pairs.flatMap { [$0.one.id.value, $0.other.id.value] }).sorted()
        var emails: [Int64: String] = [:]
        try connection.each(
            """
            SELECT party_id, value FROM address WHERE party_id IN (\(list: ids)) AND kind = 'email' ORDER BY id DESC
            """
        ) { emails[try $0.int64(0)] = try $0.text(1) }
        for index in pairs.indices {
            pairs[index].one.email = emails[pairs[index].one.id.value]
            pairs[index].other.email = emails[pairs[index].other.id.value]
        }
    }

    /// Open suggestions that name a customer, surest first. Each side is asked by itself, so that both use their index.
    func pairs(of id: ID<Party>, limit: Int) async throws -> [DuplicatePair] {
        let sides: [SQL] = ["d.one_id = \(id)", "d.other_id = \(id)"]
        let found = try await database.read { connection in
            try sides.flatMap { side in
                try connection.all(
                    """
                    SELECT \(DuplicatePair.columns) FROM \(DuplicatePair.source)
                    WHERE \(side) AND d.dismissed_at IS NULL LIMIT 100
                    """, DuplicatePair.init)
            }
        }
        return Array(found.sorted { ($0.score, $1.key) > ($1.score, $0.key) }.prefix(limit))
    }

    /// Somebody says that the two are two. False where nobody suggested it.
    public func dismiss(_ one: Int64, _ other: Int64, by act: Act) async throws -> Bool {
        try await settle(one, other, to: act.at, "duplicate.dismissed", by: act)
    }

    /// Takes that back.
    public func reopen(_ one: Int64, _ other: Int64, by act: Act) async throws -> Bool {
        try await settle(one, other, to: nil, "duplicate.reopened", by: act)
    }

    private func settle(
        _ one: Int64, _ other: Int64, to moment: Instant?, _ kind: String, by act: Act
    ) async throws -> Bool {
        let (first, second) = (min(one, other), max(one, other))
        let isThere = try await database.write { connection in
            let actor: SQL = moment == nil ? "NULL" : "\(act.actor)"
            let when: SQL = moment.map { "\($0)" } ?? "NULL"
            let which: SQL = moment == nil ? "dismissed_at IS NOT NULL" : "dismissed_at IS NULL"
            let changed = try connection.run(
                """
                UPDATE duplicate SET dismissed_at = \(when), dismissed_by = \(actor)
                WHERE one_id = \(first) AND other_id = \(second) AND \(which)
                """)
            guard changed > 0 else {
                return try connection.exists(
                    "SELECT 1 FROM duplicate WHERE one_id = \(first) AND other_id = \(second)")
            }
            try connection.record(kind, "party", first, by: act, party: first, detail: ["other": second])
            return true
        }
        await database.announce("events")
        return isThere
    }

    func latest() async throws -> DuplicateRun? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT finished_at, customers, pairs, crowds, crowd, crowd_size, is_cut FROM duplicate_run
                WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1
                """
            ) { row in
                DuplicateRun(
                    finishedAt: try row.instant(0), customers: try row.int(1), pairs: try row.int(2),
                    crowds: try row.int(3), crowd: try row.text(4), crowdSize: try row.int(5),
                    isCut: try row.bool(6))
            }
        }
    }
}

extension DuplicateStore {
    /// Pairs of whoever goes: suggestions are put aside, and what somebody said no to holds for whoever stays.
    static func combine(_ moving: inout RowMoving) throws {
        let shape = try moving.journal.shape("duplicate")
        let connection = moving.connection
        let (from, to) = (moving.from, moving.to)
        let pairs =
            try shape.rows(where: "one_id = \(from)", in: connection)
            + shape.rows(where: "other_id = \(from)", in: connection)
        for pair in pairs {
            try moving.journal.remove(shape, pair, in: connection)
            let stranger = pair.int("one_id") == from ? pair.int("other_id") : pair.int("one_id")
            guard pair["dismissed_at"] != nil, let stranger, stranger != to else { continue }
            var said = pair
            said["one_id"] = "\(min(stranger, to))"
            said["other_id"] = "\(max(stranger, to))"
            let there = try shape.rows(where: shape.condition(said, on: shape.rowKey), in: connection).first
            guard let there else {
                try moving.journal.add(shape, said, in: connection)
                continue
            }
            var dismissed = there
            for column in ["dismissed_at", "dismissed_by"] where there["dismissed_at"] == nil {
                dismissed[column] = said[column]
            }
            try moving.journal.change(shape, there, to: dismissed, in: connection)
        }
    }
}
