import Kernel
import Storage

/// Brings the projections in step with rows that were published or taken back many at once.
///
/// The customers concerned are counted out before the change and in again after it, so what does not change cancels.
struct Recount {
    /// Selects one column named `id`: the parties concerned, each once, ascending.
    let parties: SQL
    private var changes = TallyChanges()

    init(of parties: SQL) { self.parties = parties }

    /// Before the rows change.
    mutating func countOut(in connection: any Connection) throws {
        try count(sign: -1, in: connection) { _, _ in }
        try VolumeStore.forget(parties, in: connection)
        try connection.run("DELETE FROM standing WHERE party_id IN (\(parties))")
    }

    /// After the rows changed. What concerns few customers waits as single changes, so that nobody waits for it.
    mutating func countIn(to queue: TallyQueue = .change, in connection: any Connection) throws {
        var standings = StandingBatch()
        try count(sign: 1, in: connection) { account, days in
            standings.append(account, days)
            if standings.isFull { try standings.flush(in: connection) }
        }
        try standings.flush(in: connection)
        try VolumeStore.recount(parties, in: connection)
        try changes.write(to: queue, in: connection)
        guard queue == .change else { return }
        while try TallyStore.fold(.change, limit: 10_000_000, in: connection) > 0 {}
    }

    /// Purchases by day and their amounts, for the rows of one import; uses of the service are none. `sign` -1 takes them back.
    mutating func count(purchasesOf importID: Int64, sign: Int, in connection: any Connection) throws {
        let sums: SQL = """
            SELECT day, currency, count(*), CAST(sum(amount) AS BIGINT) FROM purchase
            WHERE import_id = \(importID) AND kind = 'sale' GROUP BY day, currency
            """
        try connection.each(sums) { row in
            let day = try row.int(0)
            changes.add(Tally.purchases, day, 0, sign * (try row.int(2)))
            changes.add(Tally.amounts, day, Tally.number(of: try row.text(1)), sign * (try row.int(3)))
        }
    }

    private mutating func count(
        sign: Int, in connection: any Connection, _ each: (Int64, [Int]) throws -> Void
    ) throws {
        let occasions: SQL = """
            SELECT p.account_id, p.day FROM (\(parties)) AS chosen
            JOIN purchase p ON p.account_id = chosen.id WHERE p.amount >= 0 ORDER BY p.account_id, p.day
            """
        let acts: SQL = """
            SELECT a.person_id, a.day FROM (\(parties)) AS chosen
            JOIN advocacy a ON a.person_id = chosen.id WHERE a.counts ORDER BY a.person_id, a.day
            """
        var changes = changes
        try Recount.histories(occasions, in: connection) { account, days in
            changes.count(occasions: days, sign: sign)
            try each(account, days)
        }
        if try connection.exists("SELECT 1 FROM advocacy LIMIT 1") {
            try Recount.histories(acts, in: connection) { _, days in changes.count(acts: days, sign: sign) }
        }
        self.changes = changes
    }

    /// Gathers rows (id, day), ordered, into one array of different days for each id.
    private static func histories(
        _ rows: SQL, in connection: any Connection, _ body: (Int64, [Int]) throws -> Void
    ) throws {
        var current: Int64?
        var days: [Int] = []
        try connection.each(rows) { row in
            let id = try row.int64(0)
            if id != current {
                if let current { try body(current, days) }
                days.removeAll(keepingCapacity: true)
                current = id
            }
            let day = try row.int(1)
            if days.last != day { days.append(day) }
        }
        if let current { try body(current, days) }
    }
}

/// Rows for `standing`, some ten thousand at a time.
private struct StandingBatch {
    private var ids: [Int64] = []
    private var firsts: [Int64] = []
    private var seconds: [Int64] = []
    private var lasts: [Int64] = []
    private var counts: [Int64] = []

    var isFull: Bool { ids.count >= 50_000 }

    mutating func append(_ account: Int64, _ days: [Int]) {
        guard let first = days.first, let last = days.last else { return }
        ids.append(account)
        firsts.append(Int64(first))
        seconds.append(days.count > 1 ? Int64(days[1]) : Batch.null)
        lasts.append(Int64(last))
        counts.append(Int64(days.count))
    }

    mutating func flush(in connection: any Connection) throws {
        guard !ids.isEmpty else { return }
        try connection.load(
            Batch(
                into: "standing", count: ids.count,
                columns: [
                    ("party_id", .integers(ids)), ("first_day", .integers(firsts)),
                    ("second_day", .optionalIntegers(seconds)), ("last_day", .integers(lasts)),
                    ("occasions", .integers(counts)),
                ]))
        self = StandingBatch()
    }
}
