import Kernel
import Testing

@testable import Desk

private let today = LocalDate(year: 2026, month: 11, day: 22) ?? LocalDate(daysSinceEpoch: 0)

private func day(_ iso: String) -> LocalDate { LocalDate(iso: iso) ?? LocalDate(daysSinceEpoch: 0) }

private func rhythm(_ beat: Rhythm.Beat, from: String = "2020-01-01", lead: Int = 7) -> Rhythm {
    Rhythm(
        id: 1, name: "r", audience: .everyone, beat: beat, what: "", way: .call, purpose: .news,
        leadDays: lead,
        mostOpen: 50, from: day(from), isPaused: false, plannedAt: nil)
}

private func facts(_ first: String, _ last: String, handled: String? = nil, planned: String? = nil)
    -> TouchFacts
{
    TouchFacts(
        firstDay: day(first), lastDay: day(last), handled: handled.map(day), planned: planned.map(day))
}

@Suite struct `A rhythm's day for a customer` {
    @Test func `comes after months of silence, and is known a week ahead`() {
        let six = rhythm(.silence(months: 6))
        #expect(six.occurrence(for: facts("2024-01-01", "2026-05-29"), today: today) == day("2026-11-29"))
        #expect(six.occurrence(for: facts("2024-01-01", "2026-05-30"), today: today) == nil)
        // The 31st of August has no like in February: the month's last day.
        #expect(
            rhythm(.silence(months: 6)).occurrence(
                for: facts("2024-01-01", "2026-08-31"), today: day("2027-02-28"))
                == day("2027-02-28"))
    }

    @Test func `counts silence from the last word of ours, too`() {
        let six = rhythm(.silence(months: 6))
        let written = facts("2024-01-01", "2025-01-01", handled: "2026-08-01", planned: "2026-07-28")
        #expect(six.occurrence(for: written, today: today) == nil)
        #expect(six.occurrence(for: written, today: day("2027-01-26")) == day("2027-02-01"))
    }

    @Test func `is the rhythm's first day for those who were silent long before`() {
        let begun = rhythm(.silence(months: 6), from: "2026-11-22")
        #expect(begun.occurrence(for: facts("2019-01-01", "2020-01-01"), today: today) == day("2026-11-22"))
        #expect(
            begun.occurrence(
                for: facts("2019-01-01", "2020-01-01", planned: "2026-11-22"), today: today + 200)
                == nil)
    }

    @Test func `is a date of the year, over the turn of it and in leap years`() {
        let calendar = rhythm(.date(month: 12, day: 1), lead: 14)
        let customer = facts("2024-01-01", "2026-01-01")
        #expect(calendar.occurrence(for: customer, today: today) == day("2026-12-01"))
        #expect(calendar.occurrence(for: customer, today: day("2026-11-16")) == nil)
        #expect(calendar.occurrence(for: customer, today: day("2026-12-31")) == day("2026-12-01"))
        #expect(calendar.occurrence(for: customer, today: day("2027-01-01")) == nil)
        #expect(
            rhythm(.date(month: 1, day: 3)).occurrence(for: customer, today: day("2026-12-29"))
                == day("2027-01-03"))
        let leap = rhythm(.date(month: 2, day: 29))
        #expect(leap.occurrence(for: customer, today: day("2027-02-25")) == day("2027-02-28"))
        #expect(leap.occurrence(for: customer, today: day("2028-02-25")) == day("2028-02-29"))
    }

    @Test func `comes days after the first or each occasion, and not a month too late`() {
        let first = rhythm(.afterFirst(days: 14))
        #expect(first.occurrence(for: facts("2026-11-10", "2026-11-20"), today: today) == day("2026-11-24"))
        #expect(first.occurrence(for: facts("2026-10-09", "2026-11-20"), today: today) == day("2026-10-23"))
        #expect(first.occurrence(for: facts("2026-10-08", "2026-11-20"), today: today) == nil)
        let each = rhythm(.afterLast(days: 2))
        #expect(each.occurrence(for: facts("2020-01-01", "2026-11-20"), today: today) == day("2026-11-22"))
        #expect(
            each.occurrence(for: facts("2020-01-01", "2026-11-20", planned: "2026-11-22"), today: today)
                == nil)
        #expect(
            each.occurrence(for: facts("2020-01-01", "2026-11-25", planned: "2026-11-22"), today: today)
                == day("2026-11-27"))
    }

    @Test func `is an anniversary, but not on the day itself`() {
        let yearly = rhythm(.anniversary)
        #expect(yearly.occurrence(for: facts("2025-11-25", "2026-11-20"), today: today) == day("2026-11-25"))
        #expect(yearly.occurrence(for: facts("2026-11-25", "2026-11-25"), today: today) == nil)
        #expect(
            yearly.occurrence(for: facts("2024-02-29", "2024-02-29"), today: day("2027-02-26"))
                == day("2027-02-28"))
    }

    @Test func `is nothing before the rhythm began`() {
        let begun = rhythm(.afterFirst(days: 1), from: "2026-11-22")
        #expect(begun.occurrence(for: facts("2026-11-20", "2026-11-20"), today: today) == nil)
        #expect(begun.occurrence(for: facts("2026-11-21", "2026-11-21"), today: today) == day("2026-11-22"))
    }

    @Test func `is overtaken by who came by themselves`() {
        let six = rhythm(.silence(months: 6))
        #expect(six.isOvertaken(day("2026-11-22"), by: facts("2020-01-01", "2026-11-21")))
        #expect(!six.isOvertaken(day("2026-11-22"), by: facts("2020-01-01", "2026-05-22")))
        #expect(
            !rhythm(.date(month: 12, day: 1)).isOvertaken(
                day("2026-12-01"), by: facts("2020-01-01", "2026-11-30")))
    }

    @Test(arguments: [1, 2, 7, 50]) func `leaves the longest due, whatever the order they come in`(limit: Int)
    {
        let all = (1...300).map { number in
            DueFirst.Due(
                party: Int64(number), day: today + (-number * 7919 % 41),
                lastDay: today + (-number * 104_729 % 17))
        }
        var chosen = DueFirst(limit: limit)
        for one in all.shuffled() { chosen.add(one) }

        let wanted = all.sorted {
            ($0.day.daysSinceEpoch, $0.lastDay.daysSinceEpoch, $0.party)
                < ($1.day.daysSinceEpoch, $1.lastDay.daysSinceEpoch, $1.party)
        }
        #expect(chosen.sorted == Array(wanted.prefix(limit)))
    }

    @Test func `needs its number, within bounds`() {
        #expect(Rhythm.Beat(.silence, months: 0, month: nil, day: nil, days: nil) == nil)
        #expect(Rhythm.Beat(.silence, months: 121, month: nil, day: nil, days: nil) == nil)
        #expect(Rhythm.Beat(.date, months: nil, month: 2, day: 30, days: nil) == nil)
        #expect(Rhythm.Beat(.date, months: nil, month: 13, day: 1, days: nil) == nil)
        #expect(Rhythm.Beat(.date, months: nil, month: 2, day: 29, days: nil) == .date(month: 2, day: 29))
        #expect(Rhythm.Beat(.afterLast, months: 3, month: nil, day: nil, days: nil) == nil)
        #expect(Rhythm.Beat(.afterLast, months: nil, month: nil, day: nil, days: Int.max) == nil)
    }
}
