import Kernel
import Methods

/// Who comes again, who is lost, and whether advocacy grows at their expense.
extension FindingRules {
    var repeats: [Finding] { [repeatRate, shift].compactMap(\.self) }
    var flows: [Finding] { [drain].compactMap(\.self) }

    /// Newcomers of the window against those of the year before: nil where one of them has too few.
    var repeatTest: LogRank? {
        guard let before = facts.newcomersBefore, facts.newcomers.people >= FindingRules.fewest,
            before.people >= FindingRules.fewest
        else { return nil }
        return FindingRules.compare(facts.newcomers, before)
    }

    static func compare(_ one: CohortWaits, _ other: CohortWaits) -> LogRank? {
        guard let one = try? WatchedGroup(events: one.ended, censored: one.left),
            let other = try? WatchedGroup(events: other.ended, censored: other.left)
        else { return nil }
        return LogRank([one, other])
    }

    private var repeatRate: Finding? {
        guard let test = repeatTest, test.pValue < FindingRules.significance, let z = test.statistic?.z,
            let before = facts.newcomersBefore, test.expected[0] > 0
        else { return nil }
        let change = Double(test.observed[0]) / test.expected[0] - 1
        return Finding(
            kind: .repeatRate, variant: z < 0 ? "fell" : "rose", size: abs(change), measure: change,
            headline: [.init("new", .count(facts.newcomers.people)), .init("old", .count(before.people))],
            detail: [
                .init("observed", .count(test.observed[0])),
                .init("expected", .count(Int(test.expected[0].rounded()))),
                .init("chance", .chance(test.pValue)),
            ],
            evidence: "/economics", table: FindingRules.ages(facts.newcomers, before))
    }

    /// Repeat rate by age, now and then.
    static func ages(_ now: CohortWaits, _ then: CohortWaits) -> FindingTable {
        FindingTable(
            heads: ["within", "now", "then"],
            rows: RepeatFigures.days.map { day in
                [.days(day), share(now, by: day) ?? .nothing, share(then, by: day) ?? .nothing]
            } + [[.word("finding.row.people"), .count(now.people), .count(then.people)]])
    }

    /// More tell others while fewer come again, both tested: the dangerous shift.
    private var shift: Finding? {
        guard let before = facts.before, before.advocacyMeasured, facts.profile.advocacyMeasured,
            let repeats = repeatTest, let older = facts.newcomersBefore,
            let advocates = try? RateRatio(
                facts.levels.advocate, per: 1, versus: before.levels.advocate, per: 1),
            let risen = try? advocates.pValue(.greater), let fallen = repeats.statistic?.pValue(.less),
            risen < FindingRules.significance, fallen < FindingRules.significance, repeats.expected[0] > 0
        else { return nil }
        let drop = 1 - Double(repeats.observed[0]) / repeats.expected[0]
        let table = FindingRules.ages(facts.newcomers, older)
        return Finding(
            kind: .shift, variant: "is", size: drop, measure: drop,
            headline: [
                .init("advocates", .count(facts.levels.advocate)),
                .init("before", .count(before.levels.advocate)),
            ],
            detail: [
                .init("observed", .count(repeats.observed[0])),
                .init("expected", .count(Int(repeats.expected[0].rounded()))), .init("risen", .chance(risen)),
                .init("fallen", .chance(fallen)),
            ],
            evidence: "/profile" + windowQuery,
            table: FindingTable(
                heads: table.heads,
                rows: table.rows + [
                    [
                        .word("finding.row.advocates"), .count(facts.levels.advocate),
                        .count(before.levels.advocate),
                    ]
                ]))
    }

    /// New against lost: of whoever has a contract by its end; of the others by the model where one is fitted, else by who
    /// bought last year and not since.
    var renewal: (flow: RenewalRatio, rows: [[FindingValue]])? {
        let contracts = facts.contracts ?? ContractLoss()
        var (lost, rows): (Int, [[FindingValue]])
        func row(_ key: String, _ count: Int) -> [FindingValue] {
            [.word("finding.row.\(key)"), .count(count)]
        }
        if let loss = facts.loss, loss.judged + contracts.under >= FindingRules.fewest {
            lost = loss.lost + contracts.ended
            rows = [row("lostByModel", loss.lost), row("judged", loss.judged)]
        } else if let retention = facts.economics?.retention.figures {
            let silent = retention.all.before - retention.all.again
            lost = silent + contracts.unseen
            rows = [row("lostSilent", silent), row("lastYear", retention.all.before)]
        } else if contracts.under >= FindingRules.fewest {
            (lost, rows) = (contracts.ended, [])
        } else {
            return nil
        }
        if contracts.under > 0 {
            rows += [row("lostContract", contracts.ended), row("underContract", contracts.under)]
        }
        let gone = repeatElement(CustomerStanding.contract(ended: true), count: lost)
        return (try? RenewalRatio(new: facts.levels.first, customers: gone)).map { ($0, rows) }
    }

    private var drain: Finding? {
        guard let (flow, rows) = renewal, let ratio = flow.ratio, let range = flow.range,
            let upper = range.upper, upper < 1,
            !facts.window.contains(facts.profile.historyBegins ?? facts.window.lowerBound)
        else { return nil }
        return Finding(
            kind: .drain, variant: "is", size: 1 - ratio, measure: ratio,
            headline: [.init("new", .count(flow.new)), .init("lost", .count(flow.lost))],
            detail: [
                .init("ratio", .number(ratio, decimals: 2)),
                .init("lower", .number(range.lower, decimals: 2)),
                .init("upper", .number(upper, decimals: 2)),
            ],
            evidence: "/profile/behind/first" + windowQuery,
            table: FindingTable(
                heads: ["what", "customers"],
                rows: [[.word("finding.row.new"), .count(flow.new)]] + rows + [
                    [.word("finding.row.lost"), .count(flow.lost)],
                    [.word("finding.row.ratio"), .between(ratio, lower: range.lower, upper: upper)],
                ]))
    }
}
