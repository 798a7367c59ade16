import Foundation
import Methods
import Testing

@Suite struct `Waiting for a second purchase` {
    /// The 6-mercaptopurine arm of Freireich et al. 1963, in every textbook: 21 patients, weeks.
    private func remission() throws -> KaplanMeier {
        try KaplanMeier(
            events: [6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1],
            censored: [6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1])
    }

    @Test func `reproduces the textbook curve`() throws {
        let curve = try remission()
        let expected = [
            0.8571428571, 0.8067226891, 0.7529411765, 0.6901960784, 0.6274509804, 0.5378151261, 0.4481792717,
        ]

        #expect(curve.people == 21)
        #expect(curve.steps.map(\.atRisk) == [21, 17, 15, 12, 11, 7, 6])
        for (step, remaining) in zip(curve.steps, expected) {
            #expect(abs(step.remaining - remaining) < 1e-10)
        }
        #expect(curve.median == 23)
    }

    @Test func `is the plain share when everyone was watched to the end`() throws {
        let curve = try KaplanMeier(events: [1: 2, 5: 3], censored: [10: 5])

        #expect(curve.share(by: 0) == 0)
        #expect(curve.share(by: 1).map { abs($0 - 0.2) < 1e-15 } == true)
        #expect(curve.share(by: 4) == curve.share(by: 1))
        #expect(curve.share(by: 10).map { abs($0 - 0.5) < 1e-15 } == true)
    }

    @Test func `reaches the median exactly at a half despite rounding`() throws {
        // 9/10 × 7/9 × 5/7 comes out as 0.5000000000000001.
        #expect(try KaplanMeier(events: [1: 1, 2: 2, 3: 2], censored: [9: 5]).median == 3)
        #expect(try KaplanMeier(events: [3: 7, 4: 14, 8: 28], censored: [30: 49]).median == 8)
    }

    @Test func `has no median when the curve does not get there`() throws {
        #expect(try KaplanMeier(events: [3: 4], censored: [30: 6]).median == nil)
        #expect(try KaplanMeier(events: [:], censored: [30: 6]).median == nil)
    }

    @Test func `does not guess beyond the last day anyone was watched`() throws {
        let open = try KaplanMeier(events: [3: 4], censored: [30: 6])
        let closed = try KaplanMeier(events: [3: 4, 8: 2], censored: [5: 1])

        #expect(open.share(by: 30) != nil)
        #expect(open.share(by: 31) == nil)
        #expect(closed.share(by: 400) == 1)
    }

    @Test func `keeps people who leave on a day at risk that day`() throws {
        let curve = try KaplanMeier(events: [5: 1], censored: [5: 1])

        #expect(curve.share(by: 5) == 0.5)
    }

    @Test func `knows nothing from nobody`() throws {
        let curve = try KaplanMeier(events: [4: 0], censored: [:])

        #expect(curve.steps.isEmpty && curve.lastDay == nil && curve.median == nil)
        #expect(curve.share(by: 1) == nil)
    }

    @Test func `refuses negative days and counts`() {
        #expect(throws: OutOfRange.self) { try KaplanMeier(events: [-1: 2], censored: [:]) }
        let error = #expect(throws: OutOfRange.self) { try KaplanMeier(events: [:], censored: [3: -2]) }
        #expect(error?.input == "censored on day 3")
    }

    @Test(
        .enabled(
            if: SharedFolder.has("data/cdnow/CDNOW_master.txt"),
            "shared/data/cdnow is not here; set REGULARS_SHARED to check against it"))
    func `finds the published repeat shares of 23,570 CDNOW customers`() throws {
        let file = try #require(SharedFolder.file("data/cdnow/CDNOW_master.txt"))
        let curve = try Self.cdnow(String(contentsOf: file, encoding: .utf8))

        #expect(curve.people == 23_570)
        #expect(curve.steps.map(\.events).reduce(0, +) == 11_516)
        #expect(curve.median == nil)
        // From economics.json, computed customer by customer rather than from grouped days.
        let published = [
            30: 0.1745863385659736, 60: 0.2515485787017393, 90: 0.2921934662706831,
            180: 0.3745014849384818, 365: 0.4586338565973701,
        ]
        for (day, share) in published {
            #expect(abs((curve.share(by: day) ?? -1) - share) < 1e-12)
        }
    }

    /// Days from first to second purchase day, or to the end of the records on 30 June 1998.
    private static func cdnow(_ text: String) throws -> KaplanMeier {
        var days: [Substring: Set<Int>] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: " ")
            guard fields.count == 4, let date = Int(fields[1]) else { continue }
            days[fields[0], default: []].insert(dayNumber(date))
        }
        var events: [Int: Int] = [:]
        var censored: [Int: Int] = [:]
        for bought in days.values.map({ $0.sorted() }) {
            if bought.count > 1 {
                events[bought[1] - bought[0], default: 0] += 1
            } else {
                censored[dayNumber(19_980_630) - bought[0], default: 0] += 1
            }
        }
        return try KaplanMeier(events: events, censored: censored)
    }

    /// Days since the start of 1997 for dates in 1997 and 1998, neither of them a leap year.
    private static func dayNumber(_ date: Int) -> Int {
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        return (date / 10_000 - 1997) * 365 + before[date / 100 % 100 - 1] + date % 100
    }
}
