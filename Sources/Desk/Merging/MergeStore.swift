public import Kernel
public import Storage

/// Making two customers one, one two, and taking either back.
public struct MergeStore: Sendable {
    /// How many may be absorbed in one call of a program.
    public static let most = 20

    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    init(_ desk: Desk) { self.init(database: desk.database, clock: desk.clock) }

    /// Makes all of these one with `kept`, all or none. Answers the numbers of the merges, in order.
    @discardableResult
    public func merge(
        _ going: [ID<Party>], into kept: ID<Party>, choosing choices: MergeChoices = MergeChoices(),
        by act: Act
    ) async throws -> [Int64] {
        guard !going.isEmpty, going.count <= MergeStore.most else { throw MergeRefusal.tooMany }
        guard Set(going).count == going.count else { throw MergeRefusal.sameCustomer }
        let numbers = try await database.write { connection in
            try going.map {
                try Merging(kept: kept.value, going: $0.value, choices: choices, act: act).run(in: connection)
            }
        }
        try await tell(by: act)
        return numbers
    }

    /// Takes chosen things out of a customer. Answers the number of the act and who has them now.
    public func split(
        _ customer: ID<Party>, _ choice: SplitChoice, intoNew name: String, by act: Act
    ) async throws -> (id: Int64, other: ID<Party>) {
        try await split(customer, choice, .new(name: name), by: act)
    }

    public func split(
        _ customer: ID<Party>, _ choice: SplitChoice, into known: ID<Party>, by act: Act
    ) async throws -> (id: Int64, other: ID<Party>) {
        try await split(customer, choice, .known(known.value), by: act)
    }

    private func split(
        _ customer: ID<Party>, _ choice: SplitChoice, _ goal: Splitting.Goal, by act: Act
    ) async throws -> (id: Int64, other: ID<Party>) {
        let done = try await database.write {
            try Splitting(from: customer.value, choice: choice, goal: goal, act: act).run(in: $0)
        }
        try await tell(by: act)
        return (done.id, ID(done.other))
    }

    /// Takes a merge or a split back. Answers what was left as it is, because it changed since.
    @discardableResult
    public func undo(_ id: Int64, by act: Act) async throws -> MergeLeavings {
        let leavings = try await database.write { connection in
            guard let merge = try MergeStore.find(id, in: connection) else { throw MergeRefusal.unknown }
            return try MergeUndoing(merge: merge, act: act).run(in: connection)
        }
        try await tell(by: act)
        return leavings
    }

    /// Levels are right at once; figures and lists are computed again where there are any.
    private func tell(by act: Act) async throws {
        let figures = FigureStore(database: database, clock: clock)
        if try await database.read({
            try $0.exists("SELECT 1 FROM figure_run WHERE state = 'complete' LIMIT 1")
        }) {
            try await figures.ask(by: act)
        }
        await database.announce("events")
    }
}

/// Looking.
extension MergeStore {
    /// Takes what was merged and split among customers who are leaving the desk out of the journal.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        let acts: SQL = "SELECT id FROM merging WHERE kept_id IN (\(parties)) OR other_id IN (\(parties))"
        for table in ["merging_row", "merging_step", "party_redirect"] as [SQL] {
            try connection.run("DELETE FROM \(table) WHERE merging_id IN (\(acts))")
        }
        try connection.run("DELETE FROM merging WHERE id IN (\(acts))")
        try connection.run("DELETE FROM duplicate WHERE one_id IN (\(parties)) OR other_id IN (\(parties))")
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Merge? {
        try connection.first(
            "SELECT \(Merge.columns) FROM \(Merge.source) WHERE m.id = \(id)", Merge.init)
    }

    public func find(_ id: Int64) async throws -> Merge? {
        try await database.read { try MergeStore.find(id, in: $0) }
    }

    /// Merges and splits, latest first; of one customer where one is named.
    public func list(of party: ID<Party>? = nil, before id: Int64?, limit: Int) async throws -> [Merge] {
        let before = id ?? .max
        let whose: SQL =
            party.map {
                """
                 AND m.id IN (SELECT id FROM merging WHERE kept_id = \($0)
                    UNION SELECT id FROM merging WHERE other_id = \($0))
                """
            } ?? ""
        return try await database.read { connection in
            try connection.all(
                """
                SELECT \(Merge.columns) FROM \(Merge.source) WHERE m.id < \(before)\(whose)
                ORDER BY m.id DESC LIMIT \(limit)
                """, Merge.init)
        }
    }

    /// The latest that stands, by which a customer took another in or was split.
    func latest(of party: ID<Party>) async throws -> Merge? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT \(Merge.columns) FROM \(Merge.source) WHERE m.id = (SELECT max(id) FROM merging
                    WHERE kept_id = \(party) AND undone_at IS NULL)
                """, Merge.init)
        }
    }

    /// Where a customer who is gone lives on.
    static func survivor(of id: ID<Party>, in connection: any Connection) throws -> ID<Party>? {
        try connection.first("SELECT into_id FROM party_redirect WHERE party_id = \(id)") { try $0.id(0) }
    }

    public func survivor(of id: ID<Party>) async throws -> ID<Party>? {
        try await database.read { try MergeStore.survivor(of: id, in: $0) }
    }

    /// How many rows of each table changed hands or went.
    func contents(of merge: Merge) async throws -> [(place: String, rows: Int)] {
        let counts: SQL = """
            SELECT place, CAST(sum(row_count) AS BIGINT) FROM merging_step
            WHERE merging_id = \(merge.id) AND act <> 'added' GROUP BY place ORDER BY place
            """
        return try await database.read { connection in
            try connection.all(counts) { (place: try $0.text(0), rows: try $0.int(1)) }
        }
    }

    /// What undoing would say no with, and what it would leave as it is.
    func outlook(of merge: Merge) async throws -> (obstacle: MergeRefusal?, leavings: MergeLeavings) {
        try await database.read { connection in
            guard merge.stands else { return (.alreadyUndone, MergeLeavings()) }
            let shapes = try TableShapes.read(in: connection)
            let steps = try MergeStep.read(merge.id, in: connection)
            var obstacle: MergeRefusal?
            do throws(MergeRefusal) {
                try MergeStore.check(merge, steps, shapes, in: connection)
            } catch {
                obstacle = error
            }
            return (obstacle, try MergeStore.leavings(merge, steps, shapes, in: connection))
        }
    }

    private static func check(
        _ merge: Merge, _ steps: [MergeStep], _ shapes: [String: TableShape], in connection: any Connection
    ) throws(MergeRefusal) {
        do {
            try MergeObstacles(merge: merge, shapes: shapes).check(steps, in: connection)
        } catch let refusal as MergeRefusal {
            throw refusal
        } catch {
            throw .gone
        }
    }

    private static func leavings(
        _ merge: Merge, _ steps: [MergeStep], _ shapes: [String: TableShape], in connection: any Connection
    ) throws -> MergeLeavings {
        var leavings = MergeLeavings()
        for step in steps where step.act == "changed" {
            guard let shape = shapes[step.place] else { continue }
            let here = try shape.condition(step.key, on: shape.rowKey)
            guard let current = try shape.rows(where: here, in: connection).first else {
                leavings.gone += 1
                continue
            }
            leavings.edited += step.after.differs(from: step.before).count { current[$0] != step.after[$0] }
        }
        leavings.since = try connection.number(
            """
            SELECT count(*) FROM (SELECT 1 FROM purchase
                WHERE account_id = \(merge.kept) AND recorded_at > \(merge.at) LIMIT 1000) AS fresh
            """)
        return leavings
    }
}
