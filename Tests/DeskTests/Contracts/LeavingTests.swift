import Kernel
import Testing

@testable import Desk

@Suite struct `Leaving a contract` {
    private static func day(_ text: String) -> LocalDate {
        LocalDate(iso: text) ?? LocalDate(daysSinceEpoch: 0)
    }

    private static let year = ContractTerms(
        start: day("2025-01-31"), minimumMonths: 12, renewalMonths: 12, notice: 3, penalty: .rest)

    @Test func `is free at the end of a term when notice is in time`() {
        let prices = [ContractPrice(from: Self.day("2025-01-31"), amount: 1000)]
        let early = Self.year.leaving(
            on: Self.day("2025-06-01"), told: Self.day("2025-06-01"), prices: prices)
        let late = Self.year.leaving(on: Self.day("2025-11-01"), told: Self.day("2025-11-01"), prices: prices)

        #expect(early.freeFrom == Self.day("2026-01-31") && early.noticeBy == Self.day("2025-10-31"))
        // 1 June to 31 January: seven whole months and one begun.
        #expect(early.months == 8 && early.cost == 8000)
        #expect(late.freeFrom == Self.day("2027-01-31") && late.months == 15 && late.cost == 15_000)
        #expect(
            Self.year.leaving(on: early.freeFrom, told: Self.day("2025-06-01"), prices: prices).cost == 0)
    }

    @Test func `counts the price in force in each remaining month and rounds once`() {
        var terms = Self.year
        terms.penalty = .share(333_333)
        terms.billingMonths = 3
        let prices = [
            ContractPrice(from: Self.day("2025-01-31"), amount: 100),
            ContractPrice(from: Self.day("2025-12-01"), amount: 200),
        ]
        let leaving = terms.leaving(on: Self.day("2025-10-31"), told: Self.day("2025-10-31"), prices: prices)

        // Months begin on 31 October and 30 November at 100, on 31 December at 200: 400 for three months of a quarter.
        #expect(leaving.months == 3)
        #expect(leaving.cost == 44)
        #expect(
            prices.price(on: Self.day("2025-11-30")) == 100 && prices.price(on: Self.day("2025-12-01")) == 200
        )
        #expect(prices.price(on: Self.day("2020-01-01")) == 100)
    }

    @Test func `costs what was fixed, nothing, or never more than a number holds`() {
        var terms = Self.year
        let prices = [ContractPrice(from: terms.start, amount: 999_999_999_999_999)]
        let (on, told) = (Self.day("2025-02-01"), Self.day("2025-02-01"))
        terms.penalty = .fixed(5000)
        #expect(terms.leaving(on: on, told: told, prices: prices).cost == 5000)
        terms.penalty = .none
        #expect(terms.leaving(on: on, told: told, prices: prices).cost == 0)
        terms.penalty = .rest
        terms.minimumMonths = 1200
        #expect(terms.leaving(on: on, told: told, prices: prices).cost == 1_199_999_999_999_998_800)
    }

    @Test func `of a contract without terms ends with the notice`() {
        let open = ContractTerms(start: Self.day("2025-01-01"), notice: 14, noticeUnit: .days, penalty: .rest)

        #expect(open.freeEnd(noticeOn: Self.day("2026-03-01")) == Self.day("2026-03-15"))
        #expect(open.nextTermEnd(after: Self.day("2026-03-01")) == nil)
        #expect(!open.hasRunOut(by: Self.day("2099-01-01")))
    }

    @Test func `is no question once it has run out`() {
        let once = ContractTerms(start: Self.day("2024-02-29"), minimumMonths: 12)

        #expect(once.termEnd(0) == Self.day("2025-02-28"))
        #expect(once.hasRunOut(by: Self.day("2025-02-28")) && !once.hasRunOut(by: Self.day("2025-02-27")))
    }

    /// Against counting by hand: every term end in turn, every month in turn.
    @Test func `agrees with counting one by one`() {
        var random = SeededRandom(seed: 14)
        for _ in 0..<2000 {
            let terms = ContractTerms(
                start: LocalDate(daysSinceEpoch: Int.random(in: 18_000...20_000, using: &random)),
                minimumMonths: Int.random(in: 0...30, using: &random),
                renewalMonths: Int.random(in: 1...26, using: &random),
                notice: Int.random(in: 0...100, using: &random), noticeUnit: .days, penalty: .rest)
            let told = terms.start + Int.random(in: -50...3000, using: &random)
            var number = 0
            while terms.termEnd(number) + -terms.notice < max(told, terms.start) { number += 1 }
            let on = told + Int.random(in: 0...400, using: &random)
            let leaving = terms.leaving(
                on: on, told: told, prices: [ContractPrice(from: terms.start, amount: 7)])
            var months = 0
            while on.adding(months: months) < terms.termEnd(number) { months += 1 }

            #expect(leaving.freeFrom == terms.termEnd(number))
            #expect(leaving.months == months && leaving.cost == Int64(months * 7))
        }
    }

    @Test(arguments: [
        ("2026-01-31", "2026-02-28", 1, 1), ("2026-01-31", "2026-03-01", 1, 2),
        ("2026-01-15", "2026-02-15", 1, 1),
        ("2026-05-01", "2026-05-01", 0, 0), ("2026-05-02", "2026-05-01", 0, 0),
        ("2024-02-29", "2025-02-28", 12, 12), ("2026-01-31", "2026-02-27", 0, 1),
    ])
    func `knows whole months and months begun`(from: String, to: String, whole: Int, begun: Int) {
        let (start, end) = (Self.day(from), Self.day(to))

        #expect(LocalDate.wholeMonths(from: start, to: end) == whole)
        #expect(LocalDate.monthsBegun(from: start, to: end) == begun)
    }

    @Test(arguments: [
        ("Month-to-month", Optional(1)), ("One year", 12), ("Two year", 24), ("24 Monate", 24),
        ("2 Jahre", 24),
        ("jährlich", 12), ("Gold", nil), ("0 months", nil), ("999 years", nil),
    ])
    func `reads the months from words`(words: String, months: Int?) {
        #expect(ContractWords.months(in: words) == months)
    }
}
