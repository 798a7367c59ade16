import Kernel
import Methods
import Testing

@testable import Desk

@Suite struct `Judging customers for lists` {
    private static let day = LocalDate(daysSinceEpoch: 20_500)

    /// A curve on which half of the returning are back by day 20, and nine in ten by day 80.
    private static func curve() throws -> RepeatWindow {
        let events = [10: 200, 20: 300, 40: 300, 80: 100, 90: 100]
        return try #require(RepeatWindow(try KaplanMeier(events: events, censored: [200: 1500])))
    }

    private func customer(
        occasions: Int, silent: Int, gap: Double? = nil, alive: Double? = nil, before: Double? = nil
    ) -> CustomerFigures {
        CustomerFigures(
            party: ID(7), firstDay: Self.day + (-400), lastDay: Self.day + (-silent), occasions: occasions,
            worth: 500, usualGap: gap, alive: alive, aliveBefore: before)
    }

    private func list(_ customer: CustomerFigures) throws -> CustomerList? {
        try ListRules(day: Self.day, curve: try Self.curve()).list(for: customer)
    }

    @Test func `reads the days of return off the curve`() throws {
        let curve = try Self.curve()

        #expect(curve.halfDay == 20)
        #expect(curve.lateDay == 80)
        #expect(abs(curve.returning - 0.4) < 1e-9)
        // 100 of the 1,600 who had not come back after 80 days did later.
        #expect(abs(curve.chance(after: 80) - 100.0 / 1600) < 1e-9)
        #expect(curve.chance(after: 5000) == 0)
    }

    @Test func `believes no curve that few people make`() throws {
        #expect(RepeatWindow(try KaplanMeier(events: [5: 3], censored: [9: 20])) == nil)
        #expect(RepeatWindow(try KaplanMeier(events: [:], censored: [9: 2000])) == nil)
    }

    @Test(
        arguments: [
            (0.49, 0.6, CustomerList.atRisk), (0.5, 0.6, nil), (0.9, 0.95, nil), (0.51, 1.0, nil),
            (0.2, nil, .atRisk),
        ] as [(Double, Double?, CustomerList?)])
    func `puts fading regulars at risk`(alive: Double, before: Double?, expected: CustomerList?) throws {
        #expect(
            try list(customer(occasions: 4, silent: 10, gap: 20, alive: alive, before: before)) == expected)
    }

    @Test func `puts regulars late against their own rhythm on the overdue list`() throws {
        #expect(try list(customer(occasions: 3, silent: 31, gap: 20, alive: 0.8)) == .overdue)
        #expect(try list(customer(occasions: 3, silent: 30, gap: 20, alive: 0.8)) == nil)
        #expect(try list(customer(occasions: 2, silent: 90, gap: 20, alive: 0.8)) == nil)
        #expect(try list(customer(occasions: 3, silent: 31, gap: 20)) == .overdue)
    }

    @Test func `divides one-time buyers by what the curve says of their silence`() throws {
        #expect(try list(customer(occasions: 1, silent: 20, alive: 0.1)) == nil)
        #expect(try list(customer(occasions: 1, silent: 21, alive: 0.1)) == .newcomers)
        #expect(try list(customer(occasions: 1, silent: 80, alive: 0.1)) == .newcomers)
        #expect(try list(customer(occasions: 1, silent: 81, alive: 0.1)) == .oneTime)
        #expect(
            try ListRules(day: Self.day, curve: nil).list(for: customer(occasions: 1, silent: 81)) == nil)
    }

    @Test func `leaves alone about the share asked for, the same ones always`() {
        let held = (1...20_000).filter { HoldOut.isHeld(Int64($0), on: .atRisk, share: 0.1) }
        let more = Set((1...20_000).filter { HoldOut.isHeld(Int64($0), on: .atRisk, share: 0.2) })
        let other = (1...20_000).filter { HoldOut.isHeld(Int64($0), on: .overdue, share: 0.1) }

        // Five standard deviations of a fair draw are 212.
        #expect(abs(held.count - 2000) < 212)
        #expect(abs(other.count - 2000) < 212)
        #expect(abs(Set(held).intersection(other).count - 200) < 70)
        #expect(more.isSuperset(of: held))
        #expect(!(1...1000).contains { HoldOut.isHeld(Int64($0), on: .atRisk, share: 0) })
        // Pinned: a change of the draw would mix those called on with those left alone.
        #expect((1...40).filter { HoldOut.isHeld(Int64($0), on: .atRisk, share: 0.1) } == Self.pinned)
    }

    private static let pinned = [6, 7, 10, 13, 29]

    @Test(arguments: [
        ("=1+2", "\"'=1+2\""), ("+49 30", "\"'+49 30\""), ("-5.20", "\"-5.20\""), ("-5", "\"-5\""),
        ("-1+cmd", "\"'-1+cmd\""), ("@x", "\"'@x\""), ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""),
        ("\r\nx", "\"'\r\nx\""), ("a\"b", "\"a\"\"b\""), ("Ada", "\"Ada\""), ("-", "\"'-\""), ("", "\"\""),
    ])
    func `guards a cell that a spreadsheet would take for a formula`(text: String, expected: String) {
        #expect(CSVCell.quoted(text) == expected)
    }

    @Test(
        arguments: [([1, 5, 8, 20], 4.0), ([1, 5], 4), ([3], nil), ([0, 2, 6, 12, 20], 5)]
            as [([Int32], Double?)])
    func `takes the median of the days between`(days: [Int32], gap: Double?) {
        #expect(CustomerFigures.usualGap(of: days) == gap)
    }

    @Test func `never says that anything is certain`() {
        FigureWords.install()

        #expect(FigureCard.chance(1).contains("99"))
        #expect(FigureCard.chance(0.9951).contains("over"))
        #expect(FigureCard.chance(0).contains("under"))
    }
}
