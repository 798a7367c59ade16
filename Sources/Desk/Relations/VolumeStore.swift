import Kernel
import Storage

/// Keeps what organisations bought in step with their purchases: a sum for each month and currency, and one for all.
///
/// A projection. Whatever it says can be counted again from `purchase`, which `CheckVolumes` does.
enum VolumeStore {
    /// The month under which the sum of all months stands.
    static let always = -1

    /// To be called when a purchase's row has been inserted, in its transaction. Persons have no volumes.
    static func purchaseWasRecorded(_ purchase: Purchase, in connection: any Connection) throws {
        let account = purchase.account
        let isOrganisation: SQL = "SELECT 1 FROM party WHERE id = \(account) AND kind = 'organisation'"
        guard try connection.exists(isOrganisation) else { return }
        let (sales, uses) = purchase.kind == .sale ? (1, 0) : (0, 1)
        for month in [purchase.day.monthIndex, always] {
            try connection.run(
                """
                INSERT INTO volume (account_id, month, currency, sales, uses, amount)
                VALUES (\(account), \(month), \(purchase.amount.currency), \(sales), \(uses), \(purchase.amount.minor))
                ON CONFLICT (account_id, month, currency) DO UPDATE SET sales = volume.sales + excluded.sales,
                    uses = volume.uses + excluded.uses, amount = volume.amount + excluded.amount
                """)
        }
    }

    /// Counts the organisations among these parties anew. `parties` selects one column, their ids.
    static func recount(_ parties: SQL, in connection: any Connection) throws {
        try forget(parties, in: connection)
        let organisations: SQL = """
            SELECT id FROM party WHERE kind = 'organisation' AND NOT serves AND id IN (\(parties))
            """
        guard try connection.exists("SELECT 1 FROM party WHERE kind = 'organisation' AND NOT serves LIMIT 1")
        else { return }
        try connection.run(
            """
            INSERT INTO volume (account_id, month, currency, sales, uses, amount)
            SELECT account_id, month, currency, sales, uses, amount FROM (\(counted(organisations))) AS fresh
            """)
        try connection.run(
            """
            INSERT INTO volume (account_id, month, currency, sales, uses, amount)
            SELECT account_id, \(constant: always), currency, CAST(sum(sales) AS BIGINT), CAST(sum(uses) AS BIGINT),
                CAST(sum(amount) AS BIGINT)
            FROM volume WHERE month >= 0 AND account_id IN (\(organisations)) GROUP BY account_id, currency
            """)
    }

    /// Before rows of purchases go or change hands.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        guard try connection.exists("SELECT 1 FROM volume LIMIT 1") else { return }
        try connection.run("DELETE FROM volume WHERE account_id IN (\(parties))")
    }

    /// Rows (account, month, currency, sales, uses, amount) from the purchases of these organisations.
    ///
    /// The month is `LocalDate.monthIndex`, counted in whole numbers as both engines divide them.
    static func counted(_ organisations: SQL) -> SQL {
        """
        SELECT account_id, (era * 400 + yoe) * 12 + (5 * (doe - (365 * yoe + yoe / 4 - yoe / 100)) + 2) / 153 + 2
                AS month,
            currency, count(*) FILTER (WHERE kind = 'sale') AS sales, count(*) FILTER (WHERE kind = 'use') AS uses,
            CAST(sum(amount) AS BIGINT) AS amount
        FROM (
            SELECT account_id, currency, amount, kind, era, doe,
                (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe
            FROM (
                SELECT account_id, currency, amount, kind, (day + 719468) / 146097 AS era,
                    (day + 719468) % 146097 AS doe
                FROM purchase WHERE account_id IN (\(organisations))
            ) AS shifted
        ) AS dated
        GROUP BY account_id,
            (era * 400 + yoe) * 12 + (5 * (doe - (365 * yoe + yoe / 4 - yoe / 100)) + 2) / 153 + 2, currency
        """
    }

    /// What these parties bought so far, by id; only organisations have a volume. Currencies nothing was bought in are
    /// left out.
    static func volumes(of ids: [Int64], in connection: any Connection) throws -> [Int64: Volume] {
        var volumes: [Int64: Volume] = [:]
        try read(
            """
            SELECT account_id, currency, sales, uses, amount FROM volume
            WHERE account_id IN (\(list: ids)) AND month = \(always)
            """, into: &volumes, in: connection)
        let days: SQL = "SELECT party_id, occasions FROM standing WHERE party_id IN (\(list: ids))"
        try connection.each(days) { volumes[try $0.int64(0), default: Volume()].occasions = try $0.int(1) }
        return volumes
    }

    static func read(
        _ rows: SQL, into volumes: inout [Int64: Volume], in connection: any Connection
    ) throws {
        try connection.each(rows) { row in
            let id = try row.int64(0)
            let sales = try row.int(2)
            volumes[id, default: Volume()].purchases += sales
            volumes[id, default: Volume()].uses += try row.int(3)
            guard sales > 0 else { return }
            volumes[id, default: Volume()].amounts[try row.text(1), default: 0] += try row.int64(4)
        }
    }
}

extension SQL.StringInterpolation {
    /// A whole number of our own where an engine wants to see what type it has.
    mutating func appendInterpolation(constant number: Int) {
        appendInterpolation(typed: Int64(number))
    }
}
