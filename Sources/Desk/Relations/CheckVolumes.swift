import Kernel
import Storage

/// Counts every organisation's purchases again, once a day, and puts right what differs. A difference is a fault of
/// ours, so it is recorded.
struct CheckVolumes: Worker {
    static let kind = "check-volumes"

    let desk: Desk
    /// Organisations counted in one transaction.
    var stretch = 500

    var kind: String { CheckVolumes.kind }
    var rhythm: Duration? { .seconds(24 * 3600) }

    func run(_ job: Job, holding lease: Lease) async throws {
        _ = try await check { try await lease.extend() }
    }

    /// Answers how many organisations were counted wrongly.
    func check(between: () async throws -> Void = {}) async throws -> Int {
        var last = (key: "", id: Int64(0))
        var mended = 0
        while true {
            let found = try await organisations(after: last)
            guard let end = found.last else { return mended }
            let ids = found.map(\.id)
            let wrong = try await desk.database.read { try CheckVolumes.differing(ids, in: $0) }
            if !wrong.isEmpty {
                let act = desk.act(by: nil)
                try await desk.database.write { connection in
                    try VolumeStore.recount(
                        "SELECT id FROM party WHERE id IN (\(list: wrong))", in: connection)
                    let detail = ["organisations": Int64(wrong.count)]
                    try connection.record("volumes.mended", "organisation", wrong[0], by: act, detail: detail)
                }
                mended += wrong.count
            }
            last = end
            try await between()
        }
    }

    private func organisations(after last: (key: String, id: Int64)) async throws -> [(
        key: String, id: Int64
    )] {
        let next: SQL = """
            SELECT name_key, id FROM party WHERE kind = 'organisation' AND NOT serves
                AND (name_key, id) > (\(last.key), \(last.id))
            ORDER BY name_key, id LIMIT \(stretch)
            """
        return try await desk.database.read {
            try $0.all(next) { (key: try $0.text(0), id: try $0.int64(1)) }
        }
    }

    /// Those whose sums are not what their purchases come to.
    static func differing(_ ids: [Int64], in connection: any Connection) throws -> [Int64] {
        let organisations: SQL = "SELECT id FROM party WHERE kind = 'organisation' AND id IN (\(list: ids))"
        let fresh = try lines(VolumeStore.counted(organisations), in: connection)
        let kept = try lines(
            """
            SELECT account_id, month, currency, sales, uses, amount FROM volume
            WHERE account_id IN (\(list: ids)) AND month >= 0
            """, in: connection)
        let sums = try lines(
            """
            SELECT account_id, \(constant: VolumeStore.always), currency, CAST(sum(sales) AS BIGINT),
                CAST(sum(uses) AS BIGINT), CAST(sum(amount) AS BIGINT)
            FROM volume WHERE account_id IN (\(list: ids)) AND month >= 0 GROUP BY account_id, currency
            """, in: connection)
        let all = try lines(
            """
            SELECT account_id, month, currency, sales, uses, amount FROM volume
            WHERE account_id IN (\(list: ids)) AND month = \(VolumeStore.always)
            """, in: connection)
        let differing = fresh.symmetricDifference(kept).union(sums.symmetricDifference(all))
        return Set(differing.map { $0[0] }).sorted()
    }

    private static func lines(_ rows: SQL, in connection: any Connection) throws -> Set<[Int64]> {
        Set(
            try connection.all(rows) { row in
                [
                    try row.int64(0), try row.int64(1), Int64(Tally.number(of: try row.text(2))),
                    try row.int64(3), try row.int64(4), try row.int64(5),
                ]
            })
    }
}
