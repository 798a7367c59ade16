public import Kernel
public import Storage

/// Every statement on parties, their addresses and their keys that is not part of an import.
public struct CustomerStore: Sendable {
    /// The name space of customer ids from files and programs, so that both mean the same customer by the same id.
    public static let keySource = "import"

    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    // MARK: lists

    /// Customers by name, or those found by what was typed, a page at a time.
    public func list(
        finding typed: String?, after: String?, limit: Int, organisation: Organisation
    ) async throws -> Portion<CustomerRow> {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            let found = try CustomerStore.parties(
                finding: typed, after: after, limit: limit + 1, in: connection)
            var portion = Portion(found, limit: limit) { $0.key }
            let window = try LevelStore.currentWindow(organisation, today: today, in: connection)
            try CustomerStore.fill(&portion.items, window: window, in: connection)
            return portion
        }
    }

    private static func parties(
        finding typed: String?, after: String?, limit: Int, in connection: any Connection
    ) throws -> [CustomerRow] {
        let mark = after.flatMap(CustomerFinding.mark)
        guard let finding = typed.flatMap(CustomerFinding.init) else {
            let all: SQL = """
                SELECT \(Party.columns), p.name_key FROM party p
                WHERE NOT p.serves AND (p.name_key, p.id) > (\(mark?.key ?? ""), \(mark?.id ?? 0))
                ORDER BY p.name_key, p.id LIMIT \(limit)
                """
            return try rows(all, .name, in: connection)
        }
        var found: [CustomerRow] = []
        let stages: [CustomerFinding.Stage] = [.name, .word, .address]
        let start = mark.flatMap { stages.firstIndex(of: $0.stage) } ?? 0
        for stage in stages[start...] where found.count < limit {
            let statement = finding.rows(stage, after: mark, limit: limit - found.count)
            found += try rows(statement, stage, in: connection)
        }
        return found
    }

    private static func rows(
        _ statement: SQL, _ stage: CustomerFinding.Stage, in connection: any Connection
    ) throws -> [CustomerRow] {
        try connection.all(statement) { row in
            let party = try Party(row: row)
            let mark = CustomerFinding.Mark(stage: stage, key: try row.text(4), id: party.id.value)
            return CustomerRow(party: party, key: CustomerFinding.text(mark))
        }
    }

    /// Adds level, days and first address to the rows of one page.
    static func fill(
        _ rows: inout [CustomerRow], window: ClosedRange<LocalDate>, in connection: any Connection
    ) throws {
        let ids = rows.map(\.party.id)
        let summaries = try LevelStore.summaries(of: ids.map(\.value), in: connection)
        var emails: [Int64: String] = [:]
        try connection.each(
            """
            SELECT party_id, value FROM address WHERE party_id IN (\(list: ids)) AND kind = 'email' ORDER BY preferred, id DESC
            """
        ) { emails[try $0.int64(0)] = try $0.text(1) }
        for index in rows.indices {
            let id = rows[index].party.id.value
            rows[index].email = emails[id]
            guard let summary = summaries[id] else { continue }
            rows[index].level = summary.level(in: window)
            rows[index].firstDay = summary.firstDay
            rows[index].lastDay = summary.lastDay
            rows[index].occasions = summary.occasions
        }
    }

    // MARK: one customer

    /// A customer, whole. Nil where there is none of that id.
    public func record(_ id: ID<Party>, organisation: Organisation) async throws -> CustomerRecord? {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            guard let party = try CustomerStore.customer(id, in: connection) else { return nil }
            let window = try LevelStore.currentWindow(organisation, today: today, in: connection)
            return try CustomerStore.record(party, window, organisation.levelMonths, in: connection)
        }
    }

    static func party(_ id: ID<Party>, in connection: any Connection) throws -> Party? {
        try connection.first("SELECT \(Party.columns) FROM party p WHERE p.id = \(id)", Party.init)
    }

    /// A party that does not serve here: colleagues are nobody's customers.
    static func customer(_ id: ID<Party>, in connection: any Connection) throws -> Party? {
        try connection.first(
            "SELECT \(Party.columns) FROM party p WHERE p.id = \(id) AND NOT p.serves", Party.init)
    }

    private static func record(
        _ party: Party, _ window: ClosedRange<LocalDate>, _ months: Int, in connection: any Connection
    ) throws -> CustomerRecord {
        let acts = try AdvocacyStore.acts(concerning: party.id, in: connection)
        let evidence = Evidence(
            occasions: try LevelStore.occasionDays(of: party.id.value, in: connection)
                .map(LocalDate.init(daysSinceEpoch:)),
            acts: Set(acts.filter(\.counts).map(\.day)).sorted())
        let standing = evidence.standing(at: window.upperBound, trailing: months)
        let (purchases, totals) = try CustomerStore.totals(of: party, in: connection)
        return CustomerRecord(
            party: party, addresses: try addresses(of: party.id, in: connection),
            outsideIDs: try connection.all(
                "SELECT outside_id FROM party_key WHERE party_id = \(party.id) ORDER BY outside_id LIMIT 20"
            ) { try $0.text(0) },
            evidence: evidence, acts: acts, totals: totals,
            purchases: purchases, level: standing.level, since: standing.since, window: window)
    }

    /// An organisation's purchases are added up as they come; a person's are few.
    private static func totals(
        of party: Party, in connection: any Connection
    ) throws -> (count: Int, sums: [Money]) {
        guard party.kind == .organisation else {
            return try PurchaseStore.totals(of: party.id, in: connection)
        }
        let id = party.id.value
        let volume = try VolumeStore.volumes(of: [id], in: connection)[id] ?? Volume()
        return (volume.purchases, volume.totals)
    }

    static func addresses(of id: ID<Party>, in connection: any Connection) throws -> [Address] {
        try connection.all(
            """
            SELECT \(Address.columns) FROM address a WHERE a.party_id = \(id)
            ORDER BY a.kind, a.preferred DESC, a.id LIMIT 100
            """, Address.init)
    }

    /// The customer an outside id or an address stands for; addresses only where one party alone has it.
    static func find(outsideID: String, in connection: any Connection) throws -> ID<Party>? {
        try connection.first(
            "SELECT party_id FROM party_key WHERE source = \(keySource) AND outside_id = \(outsideID)"
        ) { try $0.id(0) }
    }

    static func find(email: String, in connection: any Connection) throws -> ID<Party>? {
        let found = try connection.all(
            """
            SELECT party_id FROM address WHERE value_key = \(Address.key(.email, email)) AND kind = 'email'
            ORDER BY party_id LIMIT 2
            """
        ) { try $0.id(0, of: Party.self) }
        return found.count == 1 ? found[0] : nil
    }
}
