import Kernel
import Storage

/// The counters from which the levels of any window are read without touching a customer.
///
/// How many *different* customers did something in a window cannot be summed from days. It can from pairs: a customer
/// is counted on the day that comes first in the window, which is the one whose predecessor lies before the window.
/// So each pair (day, day before it) is counted once, and the answer is the pairs with `from <= day <= to` and
/// `predecessor < from`. Pairs are kept at two grains, days and blocks of 32 days, in all four combinations, so that a
/// window of a year adds up some thousands of cells, however many customers stand behind them.
enum Tally {
    /// Customers by the day of their first occasion.
    static let firsts = 0
    /// Customers with one occasion so far, by its day.
    static let singles = 1
    /// Customers by the days between first and second occasion.
    static let gaps = 2
    /// Purchases by day.
    static let purchases = 3
    /// Minor units by day and currency.
    static let amounts = 4
    /// Pairs of repeat occasions: every occasion but the first, with the repeat occasion before it.
    static let repeats = 8
    /// Pairs of a second occasion and the first.
    static let seconds = 12
    /// Pairs of days on which a person told others.
    static let acts = 16

    /// Families from here on are pairs, each followed by its three coarser grains.
    static let firstPair = 8
    /// Stands for "no day before": earlier than any day a file may hold.
    static let none = -40_000
    static let blockDays = 32

    static func block(of day: Int) -> Int { (day + 40_000) / blockDays }
    static func firstDay(ofBlock block: Int) -> Int { block * blockDays - 40_000 }

    /// A currency code as a number that sorts like it: `EUR` is 0x455552.
    static func number(of currency: String) -> Int { currency.utf8.reduce(0) { $0 << 8 | Int($1) } }

    static func currency(of number: Int) -> String {
        String(decoding: [16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }, as: UTF8.self)
    }
}

/// Changes to the counters on their way to the database, summed where they meet.
struct TallyChanges {
    struct Cell: Hashable {
        let family: Int
        let a: Int
        let b: Int
    }

    private(set) var cells: [Cell: Int] = [:]
    /// The two families with up to a million cells, keyed by both days in one word: the hot loop of a first import.
    private var repeats: [Int: Int] = [:]
    private var seconds: [Int: Int] = [:]

    mutating func add(_ family: Int, _ a: Int, _ b: Int = 0, _ n: Int) {
        switch family {
        case Tally.repeats: repeats[TallyChanges.key(a, b), default: 0] += n
        case Tally.seconds: seconds[TallyChanges.key(a, b), default: 0] += n
        default: cells[Cell(family: family, a: a, b: b), default: 0] += n
        }
    }

    private static func key(_ a: Int, _ b: Int) -> Int { (a + 65_536) << 20 | (b + 65_536) }

    /// Adds (or with `sign` -1 takes away) what a customer with these occasion days, ascending, counts for.
    mutating func count(occasions days: some Collection<Int>, sign: Int) {
        guard let first = days.first else { return }
        add(Tally.firsts, first, 0, sign)
        var previous = Tally.none
        var number = 0
        for day in days {
            number += 1
            if number == 1 { continue }
            if number == 2 {
                add(Tally.gaps, day - first, 0, sign)
                add(Tally.seconds, day, first, sign)
            }
            add(Tally.repeats, day, previous, sign)
            previous = day
        }
        if number == 1 { add(Tally.singles, first, 0, sign) }
    }

    /// What an occasion later than all others changes for a customer with `count` occasions so far.
    mutating func appendOccasion(_ day: Int, first: Int, last: Int, count: Int) {
        if count == 1 {
            add(Tally.singles, first, 0, -1)
            add(Tally.gaps, day - first, 0, 1)
            add(Tally.seconds, day, first, 1)
            add(Tally.repeats, day, Tally.none, 1)
        } else {
            add(Tally.repeats, day, last, 1)
        }
    }

    /// Adds or takes away what the days of a person's advocacy, ascending, count for.
    mutating func count(acts days: some Collection<Int>, sign: Int) {
        var previous = Tally.none
        for day in days {
            add(Tally.acts, day, previous, sign)
            previous = day
        }
    }

    /// Hands over everything that does not cancel out.
    private func each(_ body: (_ family: Int, _ a: Int, _ b: Int, _ n: Int) throws -> Void) rethrows {
        for (cell, n) in cells where n != 0 { try body(cell.family, cell.a, cell.b, n) }
        for (family, pairs) in [(Tally.repeats, repeats), (Tally.seconds, seconds)] {
            for (key, n) in pairs where n != 0 {
                try body(family, (key >> 20) - 65_536, (key & 0xF_FFFF) - 65_536, n)
            }
        }
    }

    /// Writes the changes as delta rows: nobody waits for anybody else's counter.
    func write(to queue: TallyQueue = .delta, in connection: any Connection) throws {
        if cells.count + repeats.count + seconds.count < 64 {
            return try each { family, a, b, n in
                try connection.run(
                    "INSERT INTO \(queue.table) (family, a, b, n) VALUES (\(family), \(a), \(b), \(n))")
            }
        }
        var batch = DeltaBatch(queue: queue)
        try each { family, a, b, n in
            batch.append(family, a, b, n)
            if batch.isFull { try batch.flush(in: connection) }
        }
        try batch.flush(in: connection)
    }
}

/// Delta rows, some ten thousand at a time.
private struct DeltaBatch {
    let queue: TallyQueue
    private var families: [Int64] = []
    private var a: [Int64] = []
    private var b: [Int64] = []
    private var n: [Int64] = []

    var isFull: Bool { n.count >= 50_000 }

    init(queue: TallyQueue) { self.queue = queue }

    mutating func append(_ family: Int, _ a: Int, _ b: Int, _ n: Int) {
        families.append(Int64(family))
        self.a.append(Int64(a))
        self.b.append(Int64(b))
        self.n.append(Int64(n))
    }

    mutating func flush(in connection: any Connection) throws {
        guard !n.isEmpty else { return }
        try connection.load(
            Batch(
                into: queue.name, count: n.count,
                columns: [
                    ("family", .integers(families)), ("a", .integers(a)), ("b", .integers(b)),
                    ("n", .integers(n)),
                ]))
        self = DeltaBatch(queue: queue)
    }
}
