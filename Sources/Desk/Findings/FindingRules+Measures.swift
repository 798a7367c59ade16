import Kernel
import Methods

/// The three columns under the profile: a few numbers of each level, now and a year before.
extension FindingRules {
    var measures: [LevelMeasure] { firstMeasures + repeatMeasures + advocateMeasures }

    private func count(_ level: ProfileLevel) -> LevelMeasure {
        let isKnown = level != .advocate || facts.profile.advocacyMeasured
        let before = facts.before.flatMap { level != .advocate || $0.advocacyMeasured ? $0 : nil }
        return LevelMeasure(
            key: level.rawValue, level: level.rawValue,
            now: isKnown ? .count(facts.levels.count(of: level)) : .nothing,
            then: before.map { .count($0.levels.count(of: level)) } ?? .nothing,
            link: "/profile/behind/\(level.rawValue)" + windowQuery)
    }

    private var firstMeasures: [LevelMeasure] {
        let reachable = facts.channels.reduce(0) { $0 + $1.reachable }
        let people = facts.channels.reduce(0) { $0 + $1.newcomers }
        let left = facts.economics?.acquisition.figures?.all.left
        return [
            count(.first),
            LevelMeasure(
                key: "cost", level: "first", now: cost(facts.spend, facts.levels.first),
                then: cost(facts.spendBefore, facts.before?.levels.first), link: "/economics",
                isEconomic: true),
            LevelMeasure(
                key: "left", level: "first", now: left.map(amount) ?? .nothing, link: "/economics",
                isEconomic: true),
            LevelMeasure(
                key: "reachable", level: "first",
                now: facts.hasAddresses ? FindingRules.wilson(reachable, of: people) ?? .nothing : .nothing),
            LevelMeasure(
                key: "looked", level: "first",
                now: facts.looked.flatMap { FindingRules.wilson($0.successes, of: $0.total) } ?? .nothing,
                link: "/visits"),
        ]
    }

    private func cost(_ spend: Int?, _ won: Int?) -> FindingValue {
        guard let spend, let won,
            let cost = try? AcquisitionCost<Months>(spend: [Amount(minorUnits: Double(spend))], won: [won])
                .overall
        else { return .nothing }
        return amount(cost.minorUnits)
    }

    private var repeatMeasures: [LevelMeasure] {
        let retention = facts.economics?.retention.figures
        func lost(_ row: RetentionFigures.Row?) -> FindingValue {
            guard let share = row?.share else { return .nothing }
            return .range(1 - share.share, lower: 1 - share.upper, upper: 1 - share.lower)
        }
        let few = facts.economics?.concentration.figures
        let value = few.flatMap { $0.customers > 0 ? amount(Double($0.revenue) / Double($0.customers)) : nil }
        return [
            count(.repeating),
            LevelMeasure(
                key: "again", level: "repeat", now: FindingRules.share(facts.newcomers, by: 90) ?? .nothing,
                then: facts.newcomersBefore.flatMap { FindingRules.share($0, by: 90) } ?? .nothing,
                link: "/economics"),
            LevelMeasure(
                key: "lost", level: "repeat", now: lost(retention?.all),
                then: lost(retention.flatMap { $0.years.count > 1 ? $0.years[1] : nil }), link: "/economics"),
            LevelMeasure(
                key: "value", level: "repeat", now: value ?? .nothing, link: "/economics", isEconomic: true),
        ]
    }

    private var advocateMeasures: [LevelMeasure] {
        func score(_ counts: PromoterCounts?) -> FindingValue {
            guard let score = counts.flatMap({ try? NetPromoterScore($0) }), score.isShowable else {
                return .nothing
            }
            return .between(score.value, lower: score.interval.lower, upper: score.interval.upper)
        }
        let voice = facts.voice
        return [
            count(.advocate),
            LevelMeasure(
                key: "score", level: "advocate", now: score(voice.now), then: score(voice.before),
                link: "/nps"),
            LevelMeasure(
                key: "promoters", level: "advocate",
                now: voice.window == nil ? .nothing : .count(voice.promoters)),
            LevelMeasure(
                key: "willing", level: "advocate",
                now: voice.window == nil ? .nothing : .count(voice.willing),
                link: voice.window.map {
                    "/findings/behind/willing" + ProfilePage.window($0) + "&about=\(voice.about.rawValue)"
                } ?? ""),
        ]
    }
}
