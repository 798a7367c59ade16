import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("data/cdnow/CDNOW_master.txt") && EconomicsVectors.isHere,
        "shared/data/cdnow or the vectors are not here; set REGULARS_SHARED to check against them"))
struct `Following 23,570 CDNOW customers` {
    typealias Row = (customer: Int, day: Int, amount: Int)

    let vectors: EconomicsVectors

    /// Read once: customer, day from 1970, cents.
    static let rows: [Row] = {
        guard let file = SharedFolder.file("data/cdnow/CDNOW_master.txt"),
            let bytes = try? [UInt8](Data(contentsOf: file))
        else { return [] }
        return bytes.split { $0 == 10 || $0 == 13 }.dropFirst().compactMap { line in
            let fields = line.split(separator: 32).map { field in
                field.reduce(0) { $1 == 46 ? $0 : $0 * 10 + Int($1) - 48 }
            }
            return fields.count == 4 ? (fields[0], dayNumber(fields[1]), fields[3]) : nil
        }
    }()

    static let end = dayNumber(19_980_630)

    /// Days since 1970 for dates in 1997 and 1998.
    static func dayNumber(_ date: Int) -> Int {
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        return 9862 + (date / 10_000 - 1997) * 365 + before[date / 100 % 100 - 1] + date % 100 - 1
    }

    init() throws {
        vectors = try EconomicsVectors.read()
        try #require(Self.rows.count == 69_659)
        try #require(Self.rows.reduce(0) { $0 + $1.amount } == 250_031_563)
    }

    @Test func `finds the published cohorts`() throws {
        let triangle = try CohortTriangle(rows: Self.rows, through: Self.end)

        #expect(triangle.cohorts.count == 3 && !triangle.lastMonthIsUnfinished)
        #expect(triangle.cohorts[0].cells.prefix(4).map(\.active) == [7846, 1157, 964, 810])
        for cohort in triangle.cohorts {
            let expected = try #require(vectors.cdnow_cohorts.rows[cohort.month.description])
            for (column, cell) in cohort.cells.enumerated() {
                #expect(cell.active == expected[String(column)])
            }
        }
        let spend = triangle.cohorts.flatMap(\.cells).reduce(0) { $0 + $1.spend }
        #expect(spend == 250_031_563 && triangle.unplacedRows == 0)
    }

    @Test func `finds the published repeat curve from single waits`() throws {
        var days: [Int: Set<Int>] = [:]
        for row in Self.rows { days[row.customer, default: []].insert(row.day) }
        let waits = days.values.map { bought -> (days: Int, ended: Bool) in
            let sorted = bought.sorted()
            return sorted.count > 1 ? (sorted[1] - sorted[0], true) : (Self.end - sorted[0], false)
        }
        let curve = try KaplanMeier(waits: waits)

        #expect(curve.people == vectors.cdnow_repeat_kaplan_meier.customers)
        #expect(waits.count(where: \.ended) == vectors.cdnow_repeat_kaplan_meier.repeaters)
        try #require(vectors.cdnow_repeat_kaplan_meier.repeat_share_by_days.count == 5)
        for (day, share) in vectors.cdnow_repeat_kaplan_meier.repeat_share_by_days {
            let found = try curve.estimate(at: #require(Int(day)))
            #expect(isNear(found.map { 1 - $0.remaining }, share, to: 1e-12))
        }
        let quarter = try #require(try curve.estimate(at: 90)?.range)
        // No one is out of sight by day 90, so the binomial width is the right one.
        #expect(abs(quarter.upperBound - quarter.lowerBound - 2 * 1.96 * 0.0029621) < 1e-5)
    }

    @Test func `finds the published scores`() throws {
        var found: [Int: (days: Set<Int>, spend: Int)] = [:]
        for row in Self.rows {
            found[row.customer, default: ([], 0)].days.insert(row.day)
            found[row.customer, default: ([], 0)].spend += row.amount
        }
        let customers = found.keys.sorted()
        let summaries = customers.compactMap { customer -> PurchaseSummary? in
            guard let own = found[customer], let last = own.days.max() else { return nil }
            return PurchaseSummary(lastDay: last, purchases: own.days.count, spend: own.spend)
        }

        let scored = try RFM(of: summaries)

        let expected = vectors.cdnow_rfm
        for (counts, file) in [
            (scored.counts(of: \.recency), expected.R_counts),
            (scored.counts(of: \.frequency), expected.F_counts),
            (scored.counts(of: \.monetary), expected.M_counts),
        ] {
            #expect(counts == (1...5).map { file[String($0)] ?? 0 })
        }
        #expect(scored.counts(of: \.frequency)[1] == 0)
        #expect(scored.cells[RFM.Score(recency: 5, frequency: 5, monetary: 5)] == expected.cell_555)
        #expect(scored.cells[RFM.Score(recency: 1, frequency: 1, monetary: 1)] == expected.cell_111)
        #expect(scored.scores.first == RFM.Score(recency: 1, frequency: 1, monetary: 1))
    }
}
