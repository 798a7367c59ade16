import Kernel
import Methods

extension NPSReport {
    /// As the API and `regulars nps --json` say it.
    public var json: JSON {
        .object([
            ("window", JSON.days(window)), ("about", .text(about.rawValue)),
            ("answers", .object(Answer.About.allCases.map { ($0.rawValue, .int(totals[$0] ?? 0)) })),
            ("reading", reading.json), ("scores", .list(scores.map { .int($0) })),
            ("quarters", .list(quarters.map(\.json))), ("sources", .list(sources.map { $0.json($0.value) })),
            ("events", .list(events.map { $0.json($0.value) })),
            ("visits", .list(visits.map { $0.json(VisitBand.name(Int($0.value) ?? 0)) })),
            ("attributes", .list(attributes.map { $0.json($0.value) })),
            ("mapped", .list(mapped.map { $0.json($0.value) })), ("mix", mix.map(\.json) ?? .null),
        ])
    }
}

extension JSON {
    static func days(_ days: ClosedRange<LocalDate>) -> JSON {
        .object([("from", .text(days.lowerBound.description)), ("to", .text(days.upperBound.description))])
    }

    static func interval(_ interval: ScoreInterval) -> JSON {
        .object([("lower", .real(interval.lower)), ("upper", .real(interval.upper))])
    }

    static func parts(_ counts: PromoterCounts) -> [(String, JSON)] {
        [
            ("n", .int(counts.total)), ("promoters", .int(counts.promoters)),
            ("passives", .int(counts.passives)),
            ("detractors", .int(counts.detractors)),
        ]
    }
}

extension NPSReading {
    /// No score under thirty answers.
    var json: JSON {
        .object(
            JSON.parts(counts) + [
                ("score", shown.map { .real($0.value) } ?? .null),
                ("interval", shown.map { JSON.interval($0.interval) } ?? .null),
            ])
    }
}

extension NPSGroup {
    func json(_ name: String) -> JSON { .object([("value", .text(name)), ("reading", reading.json)]) }
}

extension NPSQuarter {
    var json: JSON {
        let difference: JSON =
            change.map { change in
                .object([
                    ("points", .real(change.difference)), ("interval", JSON.interval(change.interval)),
                    ("p", change.pValue.map { .real($0) } ?? .null),
                ])
            } ?? .null
        return .object([("window", JSON.days(days)), ("reading", reading.json), ("change", difference)])
    }
}

extension NPSMix {
    var json: JSON {
        let weighted = (try? weighted()).flatMap { $0.isShowable ? $0 : nil }
        let raw = raw.flatMap { $0.isShowable ? $0 : nil }
        let p: JSON = responses.map { .real($0.test.pValue) } ?? .null
        let rawValue: JSON = raw.map { .real($0.value) } ?? .null
        let weightedValue: JSON = weighted.map { .real($0.value) } ?? .null
        let interval: JSON = weighted.map { JSON.interval($0.interval) } ?? .null
        return .object([
            ("levels", .list(levels.map(\.json))), ("answers", JSON.days(answers)),
            ("level_window", JSON.days(levelWindow)), ("computed_at", .text(computedAt.iso)),
            ("prospects", .int(prospects)), ("p", p), ("raw", rawValue), ("weighted", weightedValue),
            ("weighted_interval", interval),
        ])
    }
}

extension NPSLevel {
    var json: JSON {
        let who: [(String, JSON)] = [("level", .text(level.rawValue)), ("people", .int(people))]
        return .object(who + JSON.parts(counts))
    }
}
