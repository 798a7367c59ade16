import Kernel
import Methods

/// Makes figures of what was counted. Every formula is one of the library's.
struct EconomicsReckoning: Sendable {
    let count: EconomicsCount
    let spend: SpendCount
    let currency: String
    let rate: Double?
    let discount: Double

    var calendar: EconomicsCalendar { count.calendar }

    func figures(milliseconds: Int) -> EconomicsFigures {
        let retention = retention
        return EconomicsFigures(
            currency: currency, through: LocalDate(daysSinceEpoch: calendar.through),
            earliest: count.earliest.map { LocalDate(daysSinceEpoch: $0) }, customers: count.customers,
            withoutMoney: count.withoutMoney, rate: rate, discount: discount, milliseconds: milliseconds,
            repeats: repeats, cohorts: cohorts, retention: retention, worth: worth(retention.figures),
            acquisition: acquisition(retention.figures), concentration: concentration(retention.figures))
    }

    /// Of a desk without a single purchase.
    static func nothing(currency: String, rate: Double?, discount: Double) -> EconomicsFigures {
        EconomicsFigures(
            currency: currency, through: nil, earliest: nil, customers: 0, withoutMoney: 0, rate: rate,
            discount: discount, milliseconds: 0, repeats: .missing("noPurchases"),
            cohorts: .missing("noPurchases"), retention: .missing("noPurchases"),
            worth: .missing("noPurchases"), acquisition: .missing("noPurchases"),
            concentration: .missing("noPurchases"))
    }

    static func share(_ part: Int, of whole: Int) -> EconomicsFigures.Share? {
        (try? wilson(successes: part, of: whole)).map {
            EconomicsFigures.Share(share: $0.share, lower: $0.lower, upper: $0.upper)
        }
    }
}

extension EconomicsReckoning {
    var repeats: EconomicsFigures.Block<RepeatFigures> {
        guard count.customers >= EconomicsFigures.fewest, let curve = count.all.curve else {
            return .missing("fewCustomers")
        }
        let end = min(365, curve.lastDay ?? 0)
        return .shown(
            RepeatFigures(
                customers: count.customers, returned: count.all.ended.values.reduce(0, +),
                points: EconomicsReckoning.points(RepeatFigures.days, of: curve),
                curve: EconomicsReckoning.points(Array(stride(from: 0, through: end, by: 5)), of: curve),
                quarters: quarters, change: change))
    }

    static func points(_ days: [Int], of curve: KaplanMeier) -> [RepeatFigures.Point] {
        days.map { day in
            guard let share = curve.share(by: day) else { return RepeatFigures.Point(day: day, share: nil) }
            let range = (try? curve.estimate(at: day))?.range
            return RepeatFigures.Point(
                day: day,
                share: EconomicsFigures.Share(
                    share: share, lower: range.map { 1 - $0.upperBound } ?? share,
                    upper: range.map { 1 - $0.lowerBound } ?? share))
        }
    }

    /// The latest twelve quarters with enough first purchases.
    private var quarters: [RepeatFigures.Quarter] {
        let latest = calendar.month(of: calendar.through) / 3
        return (latest - 11...latest).compactMap { quarter in
            guard let waits = count.quarters[quarter], let curve = waits.curve else { return nil }
            let isEnough = waits.people >= EconomicsFigures.fewest
            return RepeatFigures.Quarter(
                year: quarter / 4, quarter: quarter % 4 + 1, customers: waits.people,
                points: isEnough
                    ? EconomicsReckoning.points(RepeatFigures.days, of: curve)
                    : RepeatFigures.days.map { RepeatFigures.Point(day: $0, share: nil) })
        }
    }

    private var change: RepeatFigures.Change? {
        let groups = count.newcomers.compactMap(\.group)
        let people = count.newcomers.map(\.people)
        guard groups.count == 2, people.allSatisfy({ $0 >= EconomicsFigures.fewest }) else { return nil }
        let test = LogRank(groups)
        return RepeatFigures.Change(
            customers: people, observed: test.observed, expected: test.expected, pValue: test.pValue,
            z: test.statistic?.z)
    }

    var cohorts: EconomicsFigures.Block<CohortFigures> {
        guard !count.cohorts.isEmpty else { return .missing("noPurchases") }
        let last = calendar.month(of: calendar.through)
        let kept = count.cohorts.keys.filter { $0 > last - CohortFigures.longest }.sorted()
        return .shown(
            CohortFigures(
                cohorts: kept.map { month in
                    let cells = count.cohorts[month] ?? []
                    return CohortFigures.Cohort(
                        month: month, active: cells.map(\.active), spend: cells.map(\.spend))
                },
                lastMonth: last,
                lastMonthIsUnfinished: LocalDate(daysSinceEpoch: calendar.through + 1).monthIndex == last,
                olderCohorts: count.cohorts.count - kept.count))
    }

    var retention: EconomicsFigures.Block<RetentionFigures> {
        let (before, now) = (calendar.days(ofYear: 1), calendar.days(ofYear: 0))
        guard let earliest = count.earliest, earliest <= before.upperBound else {
            return .missing("noLastYear")
        }
        guard count.years[0].before >= EconomicsFigures.fewest,
            let all = EconomicsReckoning.row(0, count.years[0])
        else { return .missing("fewLastYear") }
        // Of earlier years only those that the records hold whole.
        let years = count.years.indices.filter {
            $0 == 0 || earliest <= calendar.yearStarts[$0 + 1] && count.years[$0].before > 0
        }
        return .shown(
            RetentionFigures(
                before: [before.lowerBound, before.upperBound].map { LocalDate(daysSinceEpoch: $0) },
                now: [now.lowerBound, now.upperBound].map { LocalDate(daysSinceEpoch: $0) },
                lastYearIsCut: earliest > before.lowerBound, all: all,
                ages: count.ages.indices.compactMap { EconomicsReckoning.row($0, count.ages[$0]) },
                years: years.compactMap { EconomicsReckoning.row($0, count.years[$0]) },
                oldestAge: count.ages.count - 1))
    }

    private static func row(_ number: Int, _ returned: EconomicsCount.Returned) -> RetentionFigures.Row? {
        share(returned.again, of: returned.before).map {
            RetentionFigures.Row(number: number, before: returned.before, again: returned.again, share: $0)
        }
    }
}
