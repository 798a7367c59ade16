import Kernel
import Storage

/// How far a page of a filter looks before it hands over what it has.
struct FilterReach: Sendable {
    /// Customers looked at.
    let customers: Int
    let time: Duration?

    /// A page on screen.
    static let page = FilterReach(customers: 20_000, time: .milliseconds(15))
    /// A program's search, which wants to know how many there are.
    static let search = FilterReach(customers: 60_000, time: .milliseconds(40))
    /// A job's portion.
    static let job = FilterReach(customers: 50_000, time: nil)
}

/// Some customers who pass a filter, by id.
struct FilteredIDs: Sendable, Equatable {
    var ids: [Int64] = []
    /// From where to look on; nil where everybody was looked at.
    var next: Int64?
    /// Whether it ends for having looked far enough rather than for being full.
    var isCutShort = false
}

/// Finds the customers who pass a filter, by id, however many customers there are.
///
/// Before anything is read, each condition's index is asked how many it holds, counted to a limit. Where one that must
/// hold has few, those few are read and tried. Otherwise customers are walked by id, along an index where one is in that
/// order, and tried a thousand at a time until the page is full or the reach is used up. Either way the work of a page is
/// bounded, whatever the filter.
struct FilterWalk {
    /// So many ids from an index are taken whole.
    static let few = 5_000
    static let step = 1_000

    let sql: CustomerFilterSQL
    let tree: FilterTree

    init(_ tree: FilterTree, _ context: CustomerFilterContext) {
        self.tree = tree
        sql = CustomerFilterSQL(context: context)
    }

    /// Where candidates come from.
    private enum Drive {
        case few([FilterSource], count: Int)
        case along(FilterSource)
        case everybody
    }

    func page(
        after: Int64, limit: Int, reach: FilterReach, in connection: any Connection
    ) throws -> FilteredIDs {
        switch try drive(tree, in: connection) {
        case .few(let sources, _):
            let all = try Set(sources.flatMap { try $0.all(in: connection) })
            return try page(of: all.filter { $0 > after }.sorted(), limit: limit, in: connection)
        case .along(let source):
            return try walk(after, limit, reach, in: connection) {
                try source.next(after: $0, limit: Self.step, in: connection)
            }
        case .everybody:
            return try walk(after, limit, reach, in: connection) { after in
                try connection.all("SELECT id FROM party WHERE id > \(after) ORDER BY id LIMIT \(Self.step)")
                {
                    try $0.int64(0)
                }
            }
        }
    }

    private func page(
        of candidates: [Int64], limit: Int, in connection: any Connection
    ) throws -> FilteredIDs {
        var found = FilteredIDs()
        var rest = candidates[...]
        while !rest.isEmpty {
            found.ids += try passing(Array(rest.prefix(Self.step)), in: connection)
            rest = rest.dropFirst(Self.step)
            if found.ids.count > limit { break }
        }
        return FilterWalk.cut(found, limit)
    }

    private func walk(
        _ after: Int64, _ limit: Int, _ reach: FilterReach, in connection: any Connection,
        _ candidates: (Int64) throws -> [Int64]
    ) throws -> FilteredIDs {
        let began = ContinuousClock.now
        var found = FilteredIDs()
        var (mark, looked) = (after, 0)
        while true {
            let ids = try candidates(mark)
            guard let last = ids.last else { return FilterWalk.cut(found, limit) }
            found.ids += try passing(ids, in: connection)
            if found.ids.count > limit { return FilterWalk.cut(found, limit) }
            if ids.count < Self.step { return found }
            mark = last
            looked += ids.count
            let isLate = reach.time.map { began.duration(to: .now) >= $0 } ?? false
            guard looked < reach.customers, !isLate else {
                found.next = mark
                found.isCutShort = true
                return found
            }
        }
    }

    private static func cut(_ found: FilteredIDs, _ limit: Int) -> FilteredIDs {
        guard found.ids.count > limit else { return found }
        let ids = Array(found.ids.prefix(limit))
        return FilteredIDs(ids: ids, next: ids.last)
    }

    /// Those of the candidates who pass. The inner LIMIT keeps the engines from any other plan than one look per id.
    func passing(_ candidates: [Int64], in connection: any Connection) throws -> [Int64] {
        let statement: SQL = """
            SELECT p.id FROM (
                SELECT \(CustomerFilterSQL.columns) FROM party c
                WHERE c.id IN (\(list: candidates)) AND NOT c.serves ORDER BY c.id LIMIT \(Self.step)
            ) AS p WHERE \(sql.condition(tree)) ORDER BY p.id
            """
        return try connection.all(statement) { try $0.int64(0) }
    }

    private func drive(_ tree: FilterTree, in connection: any Connection) throws -> Drive {
        switch tree {
        case .condition(let condition):
            guard let source = sql.source(condition) else { return .everybody }
            let count = try source.count(upTo: Self.few + 1, in: connection)
            if count <= Self.few { return .few([source], count: count) }
            return source.isOrdered ? .along(source) : .everybody
        case .all(let parts): return try least(parts, in: connection)
        case .any(let parts):
            var (sources, sum): ([FilterSource], Int) = ([], 0)
            for part in parts {
                guard case .few(let some, let count) = try drive(part, in: connection) else {
                    return .everybody
                }
                sources += some
                sum += count
                guard sum <= Self.few else { return .everybody }
            }
            return .few(sources, count: sum)
        case .not: return .everybody
        }
    }

    /// The part that must hold and has the fewest.
    private func least(_ parts: [FilterTree], in connection: any Connection) throws -> Drive {
        var best = Drive.everybody
        for part in parts {
            let drive = try drive(part, in: connection)
            switch (drive, best) {
            case (.few(_, let count), .few(_, let least)): if count < least { best = drive }
            case (.few, _): best = drive
            case (.along, .everybody): best = drive
            default: break
            }
            if case .few(_, let count) = best, count < 200 { break }
        }
        return best
    }
}
