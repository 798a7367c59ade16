import Kernel
import Storage

/// Where changes wait to be added up.
///
/// What one import changes never stands in `tally_delta`: PostgreSQL keeps the rows a fold has deleted until it cleans
/// up, and every reading would walk over some hundred thousand of them.
enum TallyQueue {
    /// Single changes, which readings add to the counters.
    case delta
    /// The changes of one transaction, written and folded in it, which nobody ever reads.
    case change

    var table: SQL {
        switch self {
        case .delta: "tally_delta"
        case .change: "tally_change"
        }
    }

    /// The same, as a batch names it.
    var name: StaticString {
        switch self {
        case .delta: "tally_delta"
        case .change: "tally_change"
        }
    }
}

/// Reads and folds the counters. Every statement that touches `tally` and `tally_delta` stands here.
enum TallyStore {
    /// Adds up delta rows into their cells, coarser grains included, and removes them. Answers how many there were.
    ///
    /// With `limit`, the oldest so many; the rest waits for the next run.
    @discardableResult
    static func fold(
        _ queue: TallyQueue = .delta, limit: Int = 20_000, in connection: any Connection
    ) throws -> Int {
        let table = queue.table
        let border: SQL = """
            SELECT max(id) FROM (SELECT id FROM \(table) ORDER BY id LIMIT \(limit)) AS oldest
            """
        let last = try connection.number(border)
        guard last > 0 else { return 0 }
        try connection.run(
            """
            INSERT INTO tally (family, a, b, n)
            SELECT family, a, b, CAST(sum(n) AS BIGINT) FROM (
                SELECT family, a, b, n FROM \(table) WHERE id <= \(last)
                UNION ALL SELECT family + 1, a, (b + 40000) / 32, n FROM \(table)
                    WHERE id <= \(last) AND family >= \(Tally.firstPair)
                UNION ALL SELECT family + 2, (a + 40000) / 32, b, n FROM \(table)
                    WHERE id <= \(last) AND family >= \(Tally.firstPair)
                UNION ALL SELECT family + 3, (a + 40000) / 32, (b + 40000) / 32, n FROM \(table)
                    WHERE id <= \(last) AND family >= \(Tally.firstPair)
            ) AS grains
            WHERE TRUE GROUP BY family, a, b
            ON CONFLICT (family, a, b) DO UPDATE SET n = tally.n + excluded.n
            """)
        return try connection.run("DELETE FROM \(table) WHERE id <= \(last)")
    }

    /// The sum of a day family over days.
    static func sum(_ family: Int, _ days: ClosedRange<Int>, in connection: any Connection) throws -> Int {
        try connection.number(
            """
            SELECT CAST(sum(n) AS BIGINT) FROM (
                SELECT n FROM tally WHERE family = \(family) AND a BETWEEN \(days.lowerBound) AND \(days.upperBound)
                UNION ALL
                SELECT n FROM tally_delta
                WHERE family = \(family) AND a BETWEEN \(days.lowerBound) AND \(days.upperBound)
            ) AS cells
            """)
    }

    /// A whole family as `a` → sum over `b`, zeros left out.
    static func byA(_ family: Int, in connection: any Connection) throws -> [Int: Int] {
        var cells: [Int: Int] = [:]
        let sums: SQL = """
            SELECT a, n FROM tally WHERE family = \(family)
            UNION ALL SELECT a, n FROM tally_delta WHERE family = \(family)
            """
        try connection.each(sums) { cells[try $0.int(0), default: 0] += try $0.int(1) }
        return cells.filter { $0.value != 0 }
    }

    /// Sums of a family over days by `b`: amounts by currency.
    static func byB(
        _ family: Int, _ days: ClosedRange<Int>, in connection: any Connection
    ) throws -> [Int: Int] {
        var cells: [Int: Int] = [:]
        let sums: SQL = """
            SELECT b, n FROM tally
            WHERE family = \(family) AND a BETWEEN \(days.lowerBound) AND \(days.upperBound)
            UNION ALL SELECT b, n FROM tally_delta
            WHERE family = \(family) AND a BETWEEN \(days.lowerBound) AND \(days.upperBound)
            """
        try connection.each(sums) { cells[try $0.int(0), default: 0] += try $0.int(1) }
        return cells.filter { $0.value != 0 }
    }

    /// How many pairs of a family have their day in `days` and its predecessor before `border`.
    static func pairs(
        _ family: Int, _ days: ClosedRange<Int>, before border: Int, in connection: any Connection
    ) throws -> Int {
        let cut = PairCut(days: days, before: border)
        var count = try connection.number(
            """
            SELECT CAST(sum(n) AS BIGINT) FROM tally_delta
            WHERE family = \(family) AND a BETWEEN \(days.lowerBound) AND \(days.upperBound) AND b < \(border)
            """)
        for (offset, a) in [(0, cut.edgeDays), (2, cut.blocks)] where !a.isEmpty {
            let fine = try connection.number(
                """
                SELECT CAST(sum(n) AS BIGINT) FROM tally
                WHERE family = \(family + offset) AND a IN (\(list: a))
                    AND b >= \(cut.firstFineDay) AND b < \(border)
                """)
            let coarse = try connection.number(
                """
                SELECT CAST(sum(n) AS BIGINT) FROM tally
                WHERE family = \(family + offset + 1) AND a IN (\(list: a)) AND b < \(cut.borderBlock)
                """)
            count += fine + coarse
        }
        return count
    }
}

/// A window cut at the borders of blocks: whole blocks in the middle, single days at both edges.
struct PairCut: Equatable {
    var edgeDays: [Int] = []
    var blocks: [Int] = []
    /// The block the border falls into; predecessors in earlier blocks are read coarse.
    let borderBlock: Int
    let firstFineDay: Int

    init(days: ClosedRange<Int>, before border: Int) {
        borderBlock = Tally.block(of: border)
        firstFineDay = Tally.firstDay(ofBlock: borderBlock)
        var day = days.lowerBound
        while day <= days.upperBound {
            let block = Tally.block(of: day)
            let end = Tally.firstDay(ofBlock: block + 1) - 1
            if day == Tally.firstDay(ofBlock: block), end <= days.upperBound {
                blocks.append(block)
                day = end + 1
            } else {
                let last = min(end, days.upperBound)
                edgeDays.append(contentsOf: day...last)
                day = last + 1
            }
        }
    }
}
