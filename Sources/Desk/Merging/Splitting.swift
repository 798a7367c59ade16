import Kernel
import Storage

/// What may be taken out of a customer, by table: numbers of rows, or for memberships and outside ids what names them.
public struct SplitChoice: Sendable, Equatable {
    public var addresses: [Int64] = []
    public var purchases: [Int64] = []
    /// Purchases by where they came from: the number of an import, 0 for those entered one by one.
    public var purchaseImports: [Int64] = []
    public var acts: [Int64] = []
    public var answers: [Int64] = []
    /// The other side of a membership.
    public var memberships: [Int64] = []
    public var outsideIDs: [OutsideID] = []

    public struct OutsideID: Sendable, Hashable {
        public let source: String
        public let id: String

        public init(source: String, id: String) {
            self.source = source
            self.id = id
        }
    }

    public init() {}

    public var isEmpty: Bool {
        addresses.isEmpty && purchases.isEmpty && purchaseImports.isEmpty && acts.isEmpty && answers.isEmpty
            && memberships.isEmpty && outsideIDs.isEmpty
    }

    /// Which rows of which table, as a condition on that table alone.
    var conditions: [(table: String, condition: SQL)] {
        var all: [(String, SQL)] = []
        if !addresses.isEmpty { all.append(("address", "id IN (\(list: addresses))")) }
        var bought: [SQL] = []
        if !purchases.isEmpty { bought.append("id IN (\(list: purchases))") }
        if !purchaseImports.isEmpty { bought.append("import_id IN (\(list: purchaseImports))") }
        if !bought.isEmpty { all.append(("purchase", "(" + bought.joined(" OR ") + ")")) }
        if !acts.isEmpty { all.append(("advocacy", "id IN (\(list: acts))")) }
        if !answers.isEmpty { all.append(("answer", "id IN (\(list: answers))")) }
        if !memberships.isEmpty {
            all.append(
                (
                    "membership",
                    "(person_id IN (\(list: memberships)) OR account_id IN (\(list: memberships)))"
                ))
        }
        let keys = outsideIDs.map { "(source = \($0.source) AND outside_id = \($0.id))" as SQL }
        if !keys.isEmpty { all.append(("party_key", "(" + keys.joined(" OR ") + ")")) }
        return all
    }
}

/// Takes chosen things out of one customer into another, made for it or there already, in one transaction.
struct Splitting {
    let from: Int64
    let choice: SplitChoice
    let goal: Goal
    let act: Act

    enum Goal: Sendable {
        case new(name: String)
        case known(Int64)
    }

    /// Answers the number of the act and who was split off.
    func run(in connection: any Connection) throws -> (id: Int64, other: Int64) {
        guard !choice.isEmpty else { throw MergeRefusal.nothingChosen }
        let shapes = try TableShapes.read(in: connection)
        let source = try Merging.found(from, in: connection)
        let target = try goal(of: source.kind, like: from, in: connection)
        guard target.id != from else { throw MergeRefusal.sameCustomer }
        let id = try Merging.open(
            .split, kept: (from, source.name), other: (target.id, target.name), made: target.made, by: act,
            in: connection)
        var recount = Merging.recount(from, target.id)
        try recount.countOut(in: connection)
        var moving = RowMoving(from: from, to: target.id, journal: MergeJournal(id, shapes), in: connection)
        if target.made {
            let party = try moving.journal.shape("party")
            let made = StoredRow(["id": "\(target.id)"])
            try moving.journal.noteAdded(party, made, in: connection)
        }
        for (table, condition) in choice.conditions {
            guard let entry = Schema.tables.first(where: { $0.name == table }) else { continue }
            moving.chosen = condition
            try moving.move(entry)
        }
        try recount.countIn(to: .delta, in: connection)
        guard
            try connection.exists(
                "SELECT 1 FROM merging_step WHERE merging_id = \(id) AND act <> 'added' LIMIT 1")
        else { throw MergeRefusal.nothingChosen }
        try connection.run("UPDATE merging SET steps = \(moving.journal.n) WHERE id = \(id)")
        for (party, other) in [(from, target.id), (target.id, from)] {
            try connection.record(
                "party.split", "party", party, by: act, party: party, detail: ["merging": id, "other": other])
        }
        return (id, target.id)
    }

    private func goal(
        of kind: Party.Kind, like from: Int64, in connection: any Connection
    ) throws -> (id: Int64, name: String, made: Bool) {
        switch goal {
        case .known(let id):
            let known = try Merging.found(id, in: connection)
            guard known.kind == kind else { throw MergeRefusal.differentKinds }
            let (isSample, other) = (known.isSample, try Merging.found(from, in: connection).isSample)
            guard isSample == other else { throw MergeRefusal.sample }
            return (id, known.name, false)
        case .new(let typed):
            let name = typed.singleLine
            guard !name.isEmpty else { throw MergeRefusal.nameMissing }
            guard name.utf8.count <= 400 else { throw MergeRefusal.nameTooLong }
            // Of the sample where the customer is, so that it leaves with it.
            let insert: SQL = """
                INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
                SELECT \(typed: kind.rawValue), \(typed: name), \(typed: name.searchKey), FALSE,
                    CASE WHEN s.id IS NULL THEN 'desk' ELSE p.source END, coalesce(s.id, 0),
                    \(typed: act.at.milliseconds)
                FROM party p LEFT JOIN import s ON s.id = p.import_id AND s.sample WHERE p.id = \(from)
                RETURNING id
                """
            guard let id = try connection.first(insert, { try $0.int64(0) }) else {
                throw MergeRefusal.unknown
            }
            try CustomerStore.index(ID(id), name: name, in: connection)
            return (id, name, true)
        }
    }
}
