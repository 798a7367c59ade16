import Methods
import Testing

/// A Zammad ticket: three clocks that the same pauses stop.
struct ZammadTicket {
    let hours: OpenHours
    let targets: [String: Elapsed]
    let created: UTCTime
    var waits: [(from: UTCTime, to: UTCTime?)] = []
    var customerWroteAt: UTCTime?
    var answeredAt: [String: UTCTime] = [:]

    init(_ value: CorpusValue) throws {
        created = try value["ticket"]["created_at"].moment()
        hours = try CorpusCase(value).hours(around: created)
        targets = ["first_response": "first_response", "update": "response", "close": "solution"]
            .compactMapValues {
                (try? value["sla_minutes"][$0].number()).map { .minutes($0) }
            }
        if Self.stops(try value["ticket"]["state"].text()) { waits = [(created, nil)] }
    }

    static func stops(_ state: String) -> Bool { state.hasPrefix("pending") || state == "closed" }

    mutating func change(to state: String, at now: UTCTime) {
        let isWaiting = waits.last.map { $0.to == nil } ?? false
        if Self.stops(state) {
            if !isWaiting { waits.append((now, nil)) }
        } else if isWaiting {
            waits[waits.count - 1].to = now
        }
    }

    private func clock(_ name: String) throws -> PromiseClock {
        let start = name == "update" ? customerWroteAt ?? created : created
        var clock = try PromiseClock(target: try #require(targets[name]), startedAt: start, in: hours)
        for wait in waits where wait.from >= start {
            try clock.pause(at: wait.from)
            if let end = wait.to { try clock.resume(at: end) }
        }
        return clock
    }

    /// Whether one expected attribute is what our clocks say.
    func agrees(_ attribute: String, _ expected: CorpusValue) throws -> Bool {
        if expected == .nothing { return true }
        if attribute == "first_response_at" { return try answeredAt["first_response"] == expected.moment() }
        if attribute == "escalation_at" {
            // The earliest of the promises not yet answered.
            let dues = try targets.keys.filter { answeredAt[$0] == nil }.compactMap {
                try clock($0).due(in: hours)
            }
            return try dues.min() == expected.moment()
        }
        for name in ["first_response", "update", "close"] {
            if attribute == name + "_escalation_at" {
                return try clock(name).due(in: hours) == expected.moment()
            }
            guard attribute.hasPrefix(name + "_"), let answered = answeredAt[name] else { continue }
            let whole =
                name == "update"
                ? try hours.between(created, answered) : try clock(name).spent(at: answered, in: hours)
            let left = try #require(targets[name]) - whole
            return try (attribute.hasSuffix("diff_in_min") ? left : whole) == .minutes(expected.number())
        }
        return false
    }
}
