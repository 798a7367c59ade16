public import Kernel
import Storage

/// Which holds touch what is about to be done, and which ones whoever looks at a customer should know of.
extension HoldStore {
    /// The holds that keep an act waiting, oldest first. The customer's place in the tree is read as it is now.
    public func touching(
        _ doing: Doing, for customer: ID<Party>, by person: ID<Party>? = nil, contract: Int64? = nil,
        product: String = "", amount: Money? = nil, at moment: Instant, zone: Zone
    ) async throws -> [Hold] {
        try await database.read { connection in
            let act = IntendedAct(
                doing, for: customer, above: try HoldStore.above(customer, in: connection), by: person,
                contract: contract, product: product, amount: amount, at: moment)
            return try HoldStore.touching(act, zone: zone, in: connection)
        }
    }

    static func touching(
        _ act: IntendedAct, zone: Zone, in connection: any Connection
    ) throws -> [Hold] {
        let parties = Array(Set(act.lineage + [act.person].compactMap(\.self))).sorted()
        let found: SQL = """
            SELECT \(Hold.columns) FROM hold h WHERE h.party_id IN (\(list: parties)) ORDER BY h.id
            """
        return try connection.all(found, Hold.init).filter { $0.touches(act, in: zone) }
    }

    /// The organisations above a department, the nearest first. A circle, should one ever stand there, ends.
    static func above(_ party: ID<Party>, in connection: any Connection) throws -> [ID<Party>] {
        var above: [ID<Party>] = []
        var here = party
        while above.count < 100 {
            let parent: ID<Party>? =
                try connection.first("SELECT parent_id FROM party WHERE id = \(here)") {
                    try $0.optionalID(0, of: Party.self)
                } ?? nil
            guard let parent, parent != party, !above.contains(parent) else { break }
            above.append(parent)
            here = parent
        }
        return above
    }

    /// A department and all below it, at most `limit`.
    static func below(
        _ party: ID<Party>, limit: Int, in connection: any Connection
    ) throws -> Set<Int64> {
        let below: SQL = """
            WITH RECURSIVE down (id) AS (
                SELECT CAST(\(party) AS BIGINT) UNION SELECT p.id FROM down CROSS JOIN party p WHERE p.parent_id = down.id
            )
            SELECT id FROM down LIMIT \(limit)
            """
        return Set(try connection.all(below) { try $0.int64(0) })
    }

    /// The holds that are open or ahead on a customer, above and below it in the tree, on its siblings, and on its persons;
    /// for a person also those on and around the organisations they belong to. Those that end first stand first.
    public func concerning(
        _ party: ID<Party>, today: LocalDate, limit: Int = 20
    ) async throws -> [Hold] {
        try await database.read { connection in
            try connection.all(HoldStore.concerning(party, today, limit), Hold.init)
        }
    }

    private static func concerning(_ party: ID<Party>, _ today: LocalDate, _ limit: Int) -> SQL {
        """
        WITH RECURSIVE anchor (id) AS (
            SELECT CAST(\(party) AS BIGINT) UNION SELECT account_id FROM membership WHERE person_id = \(party)
        ), up (id, parent_id) AS (
            SELECT p.id, p.parent_id FROM anchor CROSS JOIN party p WHERE p.id = anchor.id
            UNION SELECT p.id, p.parent_id FROM up CROSS JOIN party p WHERE p.id = up.parent_id
        ), down (id) AS (
            SELECT CAST(\(party) AS BIGINT) UNION SELECT p.id FROM down CROSS JOIN party p WHERE p.parent_id = down.id
        ), near (id) AS (
            SELECT id FROM up UNION SELECT id FROM down
            UNION SELECT p.id FROM anchor CROSS JOIN party own CROSS JOIN party p
                WHERE own.id = anchor.id AND p.parent_id = own.parent_id
            UNION SELECT person_id FROM membership WHERE account_id = \(party)
        )
        SELECT \(Hold.columns) FROM near CROSS JOIN hold h
        WHERE h.party_id = near.id AND h.lifted_at IS NULL AND h.until_day >= \(today)
        ORDER BY h.until_day, h.id LIMIT \(limit)
        """
    }
}

/// What stands round the customer a hold was placed on: needed to say what it does not touch.
struct HoldSurroundings: Sendable, Equatable {
    var name = ""
    var isOrganisation = true
    /// Departments below the customer.
    var below = 0
    /// Names of departments the hold leaves alone, the nearest first, and how many more there are.
    var untouched: [String] = []
    var more = 0
    /// Where the counting stopped, so that `below` and `more` are at least that many.
    var isCut = false
    /// Organisations a held person belongs to.
    var organisations: [String] = []
    /// The product or terms of the contract it is limited to.
    var contract: String?

    /// Departments are counted up to here.
    static let most = 2000
}

extension HoldStore {
    func surroundings(of hold: Hold) async throws -> HoldSurroundings {
        try await database.read { try HoldStore.surroundings(of: hold, in: $0) }
    }

    static func surroundings(
        of hold: Hold, in connection: any Connection
    ) throws -> HoldSurroundings {
        var around = HoldSurroundings()
        let party = hold.scope.whom.party
        guard let customer = try CustomerStore.party(party, in: connection) else { return around }
        around.name = customer.name
        around.isOrganisation = customer.kind == .organisation
        if let contract = hold.scope.contract {
            around.contract =
                try connection.first("SELECT product, terms FROM contract WHERE id = \(contract)") { row in
                    [try row.text(0), try row.text(1)].first { !$0.isEmpty } ?? ""
                } ?? ""
        }
        if around.isOrganisation {
            try addDepartments(hold, to: &around, in: connection)
        } else {
            around.organisations = try connection.all(
                """
                SELECT p.name FROM membership m JOIN party p ON p.id = m.account_id
                WHERE m.person_id = \(party) ORDER BY p.name_key, p.id LIMIT 2
                """
            ) { try $0.text(0) }
        }
        return around
    }

    private static func addDepartments(
        _ hold: Hold, to around: inout HoldSurroundings, in connection: any Connection
    ) throws {
        let party = hold.scope.whom.party
        let limit = HoldSurroundings.most + 1
        let above = try above(party, in: connection)
        let below = try below(party, limit: limit, in: connection)
        let tree = try above.last.map { try self.below($0, limit: limit, in: connection) } ?? below
        let touched = hold.scope.whom.isWithBelow ? below : [party.value]
        let alone = tree.subtracting(touched)
        around.below = below.count - 1
        around.isCut = tree.count == limit || below.count == limit
        let names = try nearest(party, leaving: alone, in: connection)
        around.untouched = Array(names.prefix(2))
        // The organisation itself is no department; it is named only where nothing else is left alone.
        let departments = alone.subtracting([above.last?.value ?? 0])
        around.more = max(0, departments.count - around.untouched.count)
    }

    /// Departments beside the customer, then those below it, then the one above: the first two that are left alone.
    private static func nearest(
        _ party: ID<Party>, leaving alone: Set<Int64>, in connection: any Connection
    ) throws -> [String] {
        let siblings: SQL = """
            SELECT p.id, p.name FROM party own CROSS JOIN party p
            WHERE own.id = \(party) AND p.parent_id = own.parent_id ORDER BY p.name_key, p.id LIMIT 4
            """
        let children: SQL = """
            SELECT id, name FROM party WHERE parent_id = \(party) ORDER BY name_key, id LIMIT 3
            """
        let parent: SQL = """
            SELECT p.id, p.name FROM party own CROSS JOIN party p WHERE own.id = \(party) AND p.id = own.parent_id
            """
        return try [siblings, children, parent].flatMap { statement in
            try connection.all(statement) { (id: try $0.int64(0), name: try $0.text(1)) }
        }.filter { alone.contains($0.id) }.map(\.name)
    }
}
