import Kernel
import Methods

/// Where the emphasis lies, what the picture cannot carry, and how far it is from the one that is wanted.
extension FindingRules {
    var picture: [Finding] { [history, shortWindow, longCycle, emphasis].compactMap(\.self) }

    private var history: Finding? {
        guard let begins = facts.profile.historyBegins, facts.window.contains(begins),
            facts.levels.total >= facts.profile.shape.rule.minimumTotal
        else { return nil }
        return Finding(
            kind: .history, variant: "is", size: 1, measure: Double(begins.daysSinceEpoch),
            headline: [day("day", begins)], detail: [.init("first", .count(facts.levels.first))],
            evidence: "/profile" + windowQuery,
            table: FindingTable(
                heads: ["what", "day"],
                rows: [
                    [.word("finding.row.windowBegins"), .day(facts.window.lowerBound.daysSinceEpoch)],
                    [.word("finding.row.historyBegins"), .day(begins.daysSinceEpoch)],
                ]))
    }

    private var shortWindow: Finding? {
        guard let median = facts.profile.medianCycleDays else { return nil }
        let days = facts.window.upperBound.daysSinceEpoch - facts.window.lowerBound.daysSinceEpoch + 1
        let factor = facts.profile.shape.rule.shortWindowFactor
        guard Double(days) < factor * median, facts.levels.total >= facts.profile.shape.rule.minimumTotal
        else {
            return nil
        }
        return Finding(
            kind: .shortWindow, variant: "is", size: 1, measure: median,
            headline: [.init("days", .count(days))],
            detail: [
                .init("median", .count(Int(median.rounded()))), .init("factor", .number(factor, decimals: 1)),
            ],
            evidence: "/economics", table: curveTable)
    }

    /// The curve never reaches a half, or later than the window is long: few come back, and are not expected to.
    private var longCycle: Finding? {
        guard facts.profile.shape.verdict.shape == .hourglass else { return nil }
        let days = facts.window.upperBound.daysSinceEpoch - facts.window.lowerBound.daysSinceEpoch + 1
        let median = facts.profile.medianCycleDays
        guard median.map({ $0 > Double(days) }) ?? true else { return nil }
        return Finding(
            kind: .longCycle, variant: "is", size: 0.5, measure: median ?? 0,
            headline: [.init("days", .count(days))],
            detail: [
                .init("advocates", .count(facts.levels.advocate)), .init("first", .count(facts.levels.first)),
            ],
            evidence: "/economics", table: curveTable)
    }

    var curveTable: FindingTable {
        FindingTable(
            heads: ["within", "came"],
            rows: RepeatFigures.days.map { day in
                [.days(day), FindingRules.share(facts.newcomers, by: day) ?? .nothing]
            })
    }

    /// The share that came a second time by a day, with its range; nil where nobody was watched so long.
    static func share(_ waits: CohortWaits, by day: Int) -> FindingValue? {
        guard waits.people >= fewest,
            let curve = try? KaplanMeier(events: waits.ended, censored: waits.left),
            let share = curve.share(by: day)
        else { return nil }
        let range = (try? curve.estimate(at: day))?.range
        return .range(
            share, lower: range.map { 1 - $0.upperBound } ?? share,
            upper: range.map { 1 - $0.lowerBound } ?? share)
    }

    /// A probability, never a certainty.
    static func certainty(_ chance: Double) -> FindingValue {
        if chance > 0.999 { return .word("figure.chance.high") }
        return chance < 0.001 ? .word("figure.chance.low") : .share(chance)
    }

    private var emphasis: Finding? {
        let result = facts.profile.shape
        let chances = Shape.allCases.map { shape in
            [
                FindingValue.word("figure.shape.name.\(shape.rawValue)"),
                FindingRules.certainty(result.probabilities[shape]),
            ]
        }
        let table = FindingTable(heads: ["shape", "probability"], rows: chances)
        func finding(_ variant: String, _ headline: [NamedFindingValue], _ chance: Double) -> Finding {
            Finding(
                kind: .emphasis, variant: variant, size: chance, measure: 1, headline: headline,
                detail: [
                    .init("first", .count(facts.levels.first)),
                    .init("repeat", .count(facts.levels.repeating)),
                    .init("advocate", .count(facts.levels.advocate)),
                ],
                evidence: "/profile" + windowQuery, table: table)
        }
        switch result.verdict {
        case .labelled(let shape), .leaning(let shape):
            let chance = result.probabilities[shape]
            return finding(shape.rawValue, [.init("chance", FindingRules.certainty(chance))], chance)
        case .undecided(let one, let other):
            return finding(
                "undecided",
                [
                    .init("one", .word("figure.shape.name.\(one.rawValue)")),
                    .init("oneChance", .share(result.probabilities[one])),
                    .init("other", .word("figure.shape.name.\(other.rawValue)")),
                    .init("otherChance", .share(result.probabilities[other])),
                ], result.probabilities[one])
        case .tooLittle, .historyStartsHere, .advocacyNotMeasured: return nil
        }
    }
}

/// The current profile against the desired one, level by level.
extension FindingRules {
    var drift: [Finding] {
        guard let desired = facts.desired else { return [] }
        return ProfileLevel.allCases.compactMap { drift(of: $0, from: desired) }
    }

    /// Certain where the exact interval of the count leaves the desired number out; the three levels share one in twenty.
    static func drift(_ count: Int, from desired: Int) -> Double? {
        guard let range = try? PoissonCount(count, confidence: 1 - significance / 3) else { return nil }
        let wanted = Double(desired)
        guard wanted < range.lower || wanted > range.upper else { return nil }
        let change = desired == 0 ? 1 : Double(count) / wanted - 1
        return abs(change) >= leastDrift ? change : nil
    }

    private func drift(of level: ProfileLevel, from desired: Levels) -> Finding? {
        if level == .advocate, !facts.profile.advocacyMeasured { return nil }
        let (count, wanted) = (facts.levels.count(of: level), desired.count(of: level))
        guard let change = FindingRules.drift(count, from: wanted),
            let range = try? PoissonCount(count)
        else { return nil }
        let same = facts.earlier.prefix { earlier in
            let then = FindingRules.drift(earlier.levels.count(of: level), from: wanted)
            return then.map { ($0 < 0) == (change < 0) } ?? false
        }
        let isLong = same.count == facts.earlier.count && !same.isEmpty
        let since = same.last?.end ?? facts.window.upperBound
        let variant = (change < 0 ? "below" : "above") + (isLong ? "Long" : "")
        return Finding(
            kind: .drift, subject: level.rawValue, variant: variant, size: abs(change), measure: change,
            headline: [
                .init("count", .count(count)), .init("desired", .count(wanted)),
                .init("level", .word("finding.word.\(level.rawValue)")), .init("change", .share(abs(change))),
            ],
            detail: [
                .init("lower", .count(Int(range.lower.rounded()))),
                .init("upper", .count(Int(range.upper.rounded()))),
                day("since", since),
            ],
            evidence: "/profile/behind/\(level.rawValue)" + windowQuery, table: driftTable(level, wanted))
    }

    private func driftTable(_ level: ProfileLevel, _ wanted: Int) -> FindingTable {
        let windows = [(end: facts.window.upperBound, levels: facts.levels)] + facts.earlier
        return FindingTable(
            heads: ["windowEnds", "current", "desired"],
            rows: windows.map { window in
                let count = window.levels.count(of: level)
                let range = try? PoissonCount(count)
                return [
                    .day(window.end.daysSinceEpoch),
                    range.map { .between(Double(count), lower: $0.lower, upper: $0.upper) } ?? .count(count),
                    .count(wanted),
                ]
            })
    }
}

extension Levels {
    func count(of level: ProfileLevel) -> Int {
        switch level {
        case .first: first
        case .repeating: repeating
        case .advocate: advocate
        }
    }
}
