public import Kernel
public import Storage

/// Customers who pass a filter.
public struct FilteredCustomers: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// A page of a filter, by id, with whether it ends for having looked far enough.
    public struct Found: Sendable {
        public let portion: Portion<CustomerRow>
        public let isCutShort: Bool
    }

    /// How many a search counts.
    static let countLimit = 1_000

    func fields(_ organisation: Organisation) async throws -> FilterFields {
        try await database.read { try FilterFields.customers(organisation, in: $0) }
    }

    /// Understands what somebody typed.
    public func parse(
        _ text: String, organisation: Organisation, limits: FilterLimits = .saved
    ) async throws -> FilterTree {
        try FilterTree.parse(text, fields: try await fields(organisation), limits: limits)
    }

    public func page(
        _ tree: FilterTree, after: String?, limit: Int, organisation: Organisation, me: Int64?
    ) async throws -> Found {
        let now = clock.now
        let mark = after.flatMap { Int64($0) } ?? 0
        return try await database.read { connection in
            let context = try CustomerFilterContext.read(organisation, at: now, me: me, in: connection)
            let ids = try FilterWalk(tree, context).page(
                after: mark, limit: limit, reach: .page, in: connection)
            let rows = try FilteredCustomers.rows(ids.ids, window: context.window, in: connection)
            return Found(
                portion: Portion(items: rows, next: ids.next.map { "\($0)" }), isCutShort: ids.isCutShort)
        }
    }

    /// A page of a search by its number, and how many there are, counted to a limit.
    func search(
        _ tree: FilterTree, page: Int, size: Int, organisation: Organisation, me: Int64?
    ) async throws -> (total: Int, isExact: Bool, rows: [CustomerRow]) {
        let now = clock.now
        return try await database.read { connection in
            let context = try CustomerFilterContext.read(organisation, at: now, me: me, in: connection)
            let found = try FilterWalk(tree, context).page(
                after: 0, limit: FilteredCustomers.countLimit, reach: .search, in: connection)
            let shown = Array(found.ids.dropFirst((page - 1) * size).prefix(size))
            let rows = try FilteredCustomers.rows(shown, window: context.window, in: connection)
            return (found.ids.count, found.next == nil, rows)
        }
    }

    /// The rows of some customers, in the order of their ids.
    static func rows(
        _ ids: [Int64], window: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> [CustomerRow] {
        guard !ids.isEmpty else { return [] }
        let parties: SQL = "SELECT \(Party.columns) FROM party p WHERE p.id IN (\(list: ids)) ORDER BY p.id"
        var rows = try connection.all(parties) { CustomerRow(party: try Party(row: $0)) }
        try CustomerStore.fill(&rows, window: window, in: connection)
        return rows
    }
}
