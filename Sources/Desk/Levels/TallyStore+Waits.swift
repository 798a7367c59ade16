import Storage

/// How long newcomers waited for their second occasion, in days: ended, and still going on.
struct CohortWaits: Sendable, Equatable {
    var ended: [Int: Int] = [:]
    var left: [Int: Int] = [:]

    var people: Int { ended.values.reduce(0, +) + left.values.reduce(0, +) }
}

extension TallyStore {
    /// The waits of everyone whose first occasion fell on one of these days, watched until `last`. Read from the pairs of
    /// first and second occasion, so its cost grows with days and not with customers.
    static func waits(
        firsts days: ClosedRange<Int>, until last: Int, in connection: any Connection
    ) throws -> CohortWaits {
        var waits = CohortWaits()
        for table in ["tally", "tally_delta"] as [SQL] {
            let ended: SQL = """
                SELECT a - b, CAST(sum(n) AS BIGINT) FROM \(table)
                WHERE family = \(Tally.seconds) AND a BETWEEN \(days.lowerBound) AND \(last)
                    AND b BETWEEN \(days.lowerBound) AND \(days.upperBound) GROUP BY a - b
                """
            try connection.each(ended) { waits.ended[try $0.int(0), default: 0] += try $0.int(1) }
            let left: SQL = """
                SELECT a, CAST(sum(n) AS BIGINT) FROM \(table)
                WHERE family = \(Tally.singles) AND a BETWEEN \(days.lowerBound) AND \(days.upperBound) GROUP BY a
                """
            try connection.each(left) {
                waits.left[max(0, last - (try $0.int(0))), default: 0] += try $0.int(1)
            }
        }
        waits.ended = waits.ended.filter { $0.value > 0 }
        waits.left = waits.left.filter { $0.value > 0 }
        return waits
    }
}
