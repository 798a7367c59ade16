import Kernel
import Storage

/// Keeps each customer's occasions and the counters in step with purchases and acts, and reads levels from them.
///
/// `standing` and the tallies are projections: whatever they say can be rebuilt from `purchase` and `advocacy`.
enum LevelStore {
    /// To be called when a purchase's row has been inserted, in its transaction. A use of the service is an occasion and
    /// no purchase.
    static func purchaseWasRecorded(
        _ id: Int64, account: Int64, day: Int, amount: Int64, currency: String, kind: Purchase.Kind = .sale,
        in connection: any Connection
    ) throws {
        var changes = TallyChanges()
        if kind == .sale {
            changes.add(Tally.purchases, day, 0, 1)
            changes.add(Tally.amounts, day, Tally.number(of: currency), Int(amount))
        }
        if amount >= 0 { try occasionWasRecorded(id, account: account, day: day, &changes, in: connection) }
        try changes.write(in: connection)
    }

    private static func occasionWasRecorded(
        _ id: Int64, account: Int64, day: Int, _ changes: inout TallyChanges, in connection: any Connection
    ) throws {
        let found = try connection.first(
            "SELECT first_day, second_day, last_day, occasions FROM standing WHERE party_id = \(account)"
        ) { (first: try $0.int(0), second: try $0.optionalInt(1), last: try $0.int(2), count: try $0.int(3)) }
        guard let found else {
            changes.count(occasions: [day], sign: 1)
            try connection.run(
                """
                INSERT INTO standing (party_id, first_day, second_day, last_day, occasions)
                VALUES (\(account), \(day), NULL, \(day), 1)
                """)
            return
        }
        if day == found.last || day == found.first { return }
        if day > found.last {
            changes.appendOccasion(day, first: found.first, last: found.last, count: found.count)
            try connection.run(
                """
                UPDATE standing SET second_day = \(found.second ?? day), last_day = \(day),
                    occasions = occasions + 1
                WHERE party_id = \(account)
                """)
        } else {
            try insertOccasion(id, account: account, day: day, &changes, in: connection)
        }
    }

    /// A purchase dated back: the customer's days are counted again with it.
    private static func insertOccasion(
        _ id: Int64, account: Int64, day: Int, _ changes: inout TallyChanges, in connection: any Connection
    ) throws {
        var days = try occasionDays(of: account, without: id, in: connection)
        guard !days.contains(day) else { return }
        changes.count(occasions: days, sign: -1)
        days.append(day)
        days.sort()
        changes.count(occasions: days, sign: 1)
        try connection.run(
            """
            UPDATE standing SET first_day = \(days[0]), second_day = \(days[1]), last_day = \(days[days.count - 1]),
                occasions = \(days.count)
            WHERE party_id = \(account)
            """)
    }

    /// Days with a purchase, ascending, found by leaping from day to day, so that many purchases on a day cost what one
    /// does.
    static func occasionDays(of account: Int64, in connection: any Connection) throws -> [Int] {
        try connection.all(
            """
            WITH RECURSIVE leap (day) AS (
                SELECT (SELECT min(day) FROM purchase WHERE account_id = \(account) AND amount >= 0)
                UNION ALL SELECT (
                    SELECT min(p.day) FROM purchase p
                    WHERE p.account_id = \(account) AND p.day > leap.day AND p.amount >= 0)
                FROM leap WHERE leap.day IS NOT NULL
            )
            SELECT day FROM leap WHERE day IS NOT NULL
            """
        ) { try $0.int(0) }
    }

    /// The same, leaving one purchase out.
    static func occasionDays(
        of account: Int64, without id: Int64, in connection: any Connection
    ) throws -> [Int] {
        try connection.all(
            """
            SELECT day FROM purchase WHERE account_id = \(account) AND amount >= 0 AND id <> \(id)
            GROUP BY day ORDER BY day
            """
        ) { try $0.int(0) }
    }

    /// To be called before an act of advocacy that counts is inserted, in its transaction.
    static func actWillBeRecorded(person: Int64, day: Int, in connection: any Connection) throws {
        var days = try actDays(of: person, in: connection)
        guard !days.contains(day) else { return }
        var changes = TallyChanges()
        changes.count(acts: days, sign: -1)
        days.append(day)
        days.sort()
        changes.count(acts: days, sign: 1)
        try changes.write(in: connection)
    }

    static func actDays(of person: Int64, in connection: any Connection) throws -> [Int] {
        try connection.all(
            "SELECT day FROM advocacy WHERE person_id = \(person) AND counts GROUP BY day ORDER BY day"
        ) { try $0.int(0) }
    }
}
