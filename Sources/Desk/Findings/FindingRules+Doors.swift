import Kernel
import Methods

/// The front door: rushes of newcomers and what became of them, and who of them left a way to be reached.
extension FindingRules {
    var rushes: [Finding] { doors + captures }

    private var doors: [Finding] {
        let tests = facts.rushes.map { rush in
            rush.isRecent || rush.waits.people < FindingRules.fewest
                || rush.waitsBefore.people < FindingRules.fewest
                ? nil : FindingRules.compare(rush.waits, rush.waitsBefore)?.statistic?.pValue(.less)
        }
        let adjusted = (try? benjaminiHochberg(skippingNil: tests)) ?? tests
        return zip(facts.rushes, adjusted).compactMap { door($0, $1) }
    }

    private func door(_ rush: Rush, _ chance: Double?) -> Finding? {
        let days = rush.days.upperBound.daysSinceEpoch - rush.days.lowerBound.daysSinceEpoch + 1
        let times = rush.expected > 0 ? Double(rush.newcomers) / rush.expected : nil
        var rows: [[FindingValue]] = [
            [.word("finding.row.expected"), .number(rush.expected, decimals: 0), .nothing]
        ]
        rows += FindingRules.ages(rush.waits, rush.waitsBefore).rows
        let table = FindingTable(heads: ["within", "rush", "weeksBefore"], rows: rows)
        func finding(_ variant: String, _ size: Double, _ detail: [NamedFindingValue]) -> Finding {
            Finding(
                kind: .frontDoor, subject: rush.days.lowerBound.description, variant: variant, size: size,
                measure: Double(rush.newcomers),
                headline: [
                    .init("newcomers", .count(rush.newcomers)), day("from", rush.days.lowerBound),
                    day("to", rush.days.upperBound), .init("expected", .count(Int(rush.expected.rounded()))),
                ], detail: detail,
                evidence: "/profile/behind/first" + ProfilePage.window(rush.days), table: table)
        }
        if rush.isRecent {
            return finding("recent", 1, [.init("days", .count(Rush.patience))])
        }
        guard let chance, let now = FindingRules.share(rush.waits, by: 90),
            let then = FindingRules.share(rush.waitsBefore, by: 90)
        else { return nil }
        let detail: [NamedFindingValue] = [
            .init("now", now), .init("then", then), .init("chance", .chance(chance)),
        ]
        guard chance < FindingRules.significance else { return finding("alike", 0.1, detail) }
        return finding("fewer", min(1, (times ?? Double(days)) / 10), detail)
    }
}

extension FindingRules {
    private var captures: [Finding] {
        guard facts.hasAddresses else { return [] }
        let tests = captureTests.map { $0.comparison.test(.less).pValue }
        guard let adjusted = try? benjaminiHochberg(tests) else { return [] }
        let weak = zip(captureTests, adjusted).filter { test, chance in
            chance < FindingRules.significance && -test.comparison.difference >= FindingRules.leastCapture
        }
        let ordered = weak.sorted { $0.0.comparison.difference < $1.0.comparison.difference }
        return ordered.prefix(FindingRules.mostChannels).map { capture($0.0.channel, $0.0.comparison, $0.1) }
    }

    /// Each channel against all others together.
    private var captureTests: [(channel: ChannelCount, comparison: ShareComparison)] {
        let people = facts.channels.reduce(0) { $0 + $1.newcomers }
        let reachable = facts.channels.reduce(0) { $0 + $1.reachable }
        return facts.channels.compactMap { channel in
            guard channel.newcomers >= FindingRules.fewest, people - channel.newcomers >= FindingRules.fewest,
                let own = try? ShareCount(channel.reachable, of: channel.newcomers),
                let rest = try? ShareCount(reachable - channel.reachable, of: people - channel.newcomers),
                let comparison = try? ShareComparison(own, versus: rest)
            else { return nil }
            return (channel, comparison)
        }
    }

    private func capture(_ channel: ChannelCount, _ test: ShareComparison, _ chance: Double) -> Finding {
        let name: FindingValue =
            channel.name.isEmpty ? .word("finding.row.noChannel") : .text(channel.name)
        return Finding(
            kind: .capture, subject: channel.name.searchKey, variant: "channel", size: -test.difference,
            measure: test.difference,
            headline: [
                .init("channel", name), .init("share", .share(test.first.share ?? 0)),
                .init("others", .share(test.second.share ?? 0)),
            ],
            detail: [
                .init("reachable", .count(channel.reachable)), .init("newcomers", .count(channel.newcomers)),
                .init("chance", .chance(chance)),
            ], table: captureTable)
    }

    private var captureTable: FindingTable {
        let shown = facts.channels.sorted { ($1.newcomers, $0.name) < ($0.newcomers, $1.name) }.prefix(50)
        return FindingTable(
            heads: ["channel", "newcomers", "reachable", "share"],
            rows: shown.map { channel in
                [
                    channel.name.isEmpty ? .word("finding.row.noChannel") : .text(channel.name),
                    .count(channel.newcomers), .count(channel.reachable),
                    FindingRules.wilson(channel.reachable, of: channel.newcomers) ?? .nothing,
                ]
            })
    }

    static func wilson(_ part: Int, of whole: Int) -> FindingValue? {
        guard whole > 0, let share = try? Methods.wilson(successes: part, of: whole) else { return nil }
        return .range(share.share, lower: share.lower, upper: share.upper)
    }
}
