import Kernel
import Methods

/// What customers said, and whether they told others.
extension FindingRules {
    var voices: [Finding] { [score, masking, willing, unthanked, consent].compactMap(\.self) }

    private var scores: (now: NetPromoterScore, before: NetPromoterScore, change: ScoreChange)? {
        guard let now = facts.voice.now.flatMap({ try? NetPromoterScore($0) }),
            let before = facts.voice.before.flatMap({ try? NetPromoterScore($0) }),
            let change = try? ScoreChange(from: before, to: now), change.isShowable
        else { return nil }
        return (now, before, change)
    }

    private var npsAddress: String {
        guard let window = facts.voice.window else { return "/nps" }
        return "/nps" + ProfilePage.window(window) + "&about=\(facts.voice.about.rawValue)"
    }

    private var score: Finding? {
        guard let (now, before, change) = scores, let chance = change.pValue,
            chance < FindingRules.significance
        else { return nil }
        return Finding(
            kind: .score, variant: change.difference < 0 ? "fell" : "rose",
            size: abs(change.difference) / 100,
            measure: change.difference,
            headline: [
                .init("points", .number(abs(change.difference), decimals: 1)),
                .init("now", .number(now.value, decimals: 1)),
                .init("before", .number(before.value, decimals: 1)),
            ],
            detail: [
                .init("answers", .count(now.counts.total)),
                .init("answersBefore", .count(before.counts.total)),
                .init("chance", .chance(chance)),
            ],
            evidence: npsAddress, table: scoreTable(now, before))
    }

    private func scoreTable(_ now: NetPromoterScore, _ before: NetPromoterScore) -> FindingTable {
        func row(_ key: String, _ one: Int, _ other: Int) -> [FindingValue] {
            [.word("finding.row.\(key)"), .count(one), .count(other)]
        }
        func value(_ score: NetPromoterScore) -> FindingValue {
            .between(score.value, lower: score.interval.lower, upper: score.interval.upper)
        }
        return FindingTable(
            heads: ["what", "now", "then"],
            rows: [
                [.word("finding.row.score"), value(now), value(before)],
                row("promoters", now.counts.promoters, before.counts.promoters),
                row("passives", now.counts.passives, before.counts.passives),
                row("detractors", now.counts.detractors, before.counts.detractors),
            ])
    }

    /// The score rises while those who are not enthusiastic stop buying: it hides them.
    private var masking: Finding? {
        guard let (now, before, change) = scores, let z = change.z, z > 0,
            let rise = change.pValue.map({ $0 / 2 }), rise < FindingRules.significance, let test = unconvinced
        else { return nil }
        let fall = test.test(.less).pValue
        guard fall < FindingRules.significance else { return nil }
        return Finding(
            kind: .masking, variant: "is", size: -test.difference, measure: test.difference,
            headline: [.init("points", .number(change.difference, decimals: 1))],
            detail: [
                .init("now", .share(test.first.share ?? 0)), .init("then", .share(test.second.share ?? 0)),
                .init("answers", .count(test.first.total)), .init("chance", .chance(fall)),
            ],
            evidence: npsAddress, table: maskingTable(now, before, test))
    }

    private func maskingTable(
        _ now: NetPromoterScore, _ before: NetPromoterScore, _ test: ShareComparison
    ) -> FindingTable {
        func share(_ count: ShareCount) -> FindingValue {
            FindingRules.wilson(count.successes, of: count.total) ?? .nothing
        }
        var table = scoreTable(now, before)
        table.rows.append([.word("finding.row.boughtAgain"), share(test.first), share(test.second)])
        table.rows.append([
            .word("finding.row.unconvinced"), .count(test.first.total), .count(test.second.total),
        ])
        return table
    }

    var unconvinced: ShareComparison? {
        guard let now = facts.voice.unconvinced, let before = facts.voice.unconvincedBefore,
            now.total >= FindingRules.fewest, before.total >= FindingRules.fewest
        else { return nil }
        return try? ShareComparison(now, versus: before)
    }

    private var willing: Finding? {
        let voice = facts.voice
        guard voice.willing > 0, let window = voice.window else { return nil }
        return Finding(
            kind: .willing, variant: "is",
            size: Double(voice.willing) / Double(max(voice.promoters, voice.willing)),
            measure: Double(voice.willing),
            headline: [.init("count", .count(voice.willing))],
            detail: [.init("promoters", .count(voice.promoters))],
            evidence: "/findings/behind/willing" + ProfilePage.window(window)
                + "&about=\(voice.about.rawValue)",
            table: FindingTable(
                heads: ["what", "people"],
                rows: [
                    [.word("finding.row.promoters"), .count(voice.promoters)],
                    [.word("finding.row.willing"), .count(voice.willing)],
                ]))
    }

    private var unthanked: Finding? {
        let (due, overdue) = facts.thanks
        guard due > 0 else { return nil }
        return Finding(
            kind: .unthanked, variant: overdue > 0 ? "overdue" : "due", size: Double(overdue) / Double(due),
            measure: Double(due), headline: [.init("count", .count(due))],
            detail: overdue > 0 ? [.init("overdue", .count(overdue))] : [], evidence: "/advocates/thanks",
            table: FindingTable(
                heads: ["what", "count"],
                rows: [
                    [.word("finding.row.acts"), .count(facts.voice.acts)],
                    [.word("finding.row.thanksDue"), .count(due)],
                    [.word("finding.row.thanksOverdue"), .count(overdue)],
                ]))
    }

    private var consent: Finding? {
        guard facts.voice.consentOpen > 0 else { return nil }
        return Finding(
            kind: .consent, variant: "is", size: 0.3, measure: Double(facts.voice.consentOpen),
            headline: [.init("count", .count(facts.voice.consentOpen))],
            evidence: "/findings/behind/consent" + windowQuery,
            table: FindingTable(
                heads: ["what", "count"],
                rows: [
                    [.word("finding.row.acts"), .count(facts.voice.acts)],
                    [.word("finding.row.consentOpen"), .count(facts.voice.consentOpen)],
                ]))
    }
}
