import Foundation
import Methods
import Testing

/// A value of any shape in a case file.
enum CorpusValue: Decodable, Equatable {
    case text(String), number(Int64), flag(Bool), list([CorpusValue]), fields([String: CorpusValue]), nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([CorpusValue].self) {
            self = .list(list)
        } else {
            self = .fields(try container.decode([String: CorpusValue].self))
        }
    }

    subscript(_ key: String) -> CorpusValue {
        guard case .fields(let fields) = self else { return .nothing }
        return fields[key] ?? .nothing
    }

    var list: [CorpusValue] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    func text() throws -> String {
        guard case .text(let text) = self else { throw Missing() }
        return text
    }

    func number() throws -> Int64 {
        guard case .number(let number) = self else { throw Missing() }
        return number
    }

    func moment() throws -> UTCTime { try MethodsTests.moment(text()) }

    struct Missing: Error {}
}

/// One case of another product, with the calendar it states.
struct CorpusCase {
    let value: CorpusValue
    let zone: IANAZone
    let calendar: WorkingCalendar

    init(_ value: CorpusValue) throws {
        self.value = value
        let name = (try? value["tz"].text()) ?? "UTC"
        zone = try Tzdata.system.zone(named: name)
        let letters = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        var weekly: [Weekday: [WorkingInterval]] = [:]
        for (weekday, key) in zip(Weekday.allCases, letters) {
            weekly[weekday] = try value["hours"][key].list.map {
                try interval($0.list[0].text(), $0.list[1].text())
            }
        }
        calendar = try WorkingCalendar(zone: zone, weekly: weekly)
            .closed(on: value["holidays"].list.map { try date($0.text()) })
    }

    func hours(around moment: UTCTime) throws -> OpenHours {
        try calendar.compiled(over: (moment - .days(60))..<(moment + .days(60)))
    }

    func input(_ key: String) throws -> UTCTime { try value["input"][key].moment() }

    /// Whether our answer is theirs; nil when we have no such operation.
    func agrees() throws -> Bool? {
        switch try value["op"].text() {
        case "add_working_seconds", "time_after", "time_before", "sla_deadline": try addsAlike()
        case "working_seconds_between": try countsAlike()
        case "in_working_hours":
            try CorpusValue.flag(hours(around: input("time")).isOpen(at: input("time"))) == value["expected"]
        case "is_working_day":
            CorpusValue.flag(!calendar.intervals(on: try date(value["input"]["date"].text())).isEmpty)
                == value["expected"]
        case "advance_to_working_time":
            try hours(around: input("time")).nextOpening(from: input("time")) == value["expected"].moment()
        case "advance_to_closing_time", "next_working_time", "return_to_working_time": try findsAlike()
        case "periods_after": try listsAlike()
        case "validate_hours": false  // the calendar above was accepted
        case "sla": try promisesAlike()
        case "working_minutes", "destination": try pausesAlike()
        default: nil
        }
    }

    private func addsAlike() throws -> Bool {
        let input = value["input"]
        let elapsed =
            try (try? Elapsed.seconds(input["seconds"].number())) ?? .minutes(input["minutes"].number())
        let start =
            try (try? input["start"].moment()) ?? (try? input["time"].moment())
            ?? moment("2026-01-01T00:00:00Z")
        let hours = try hours(around: start)
        if try value["op"].text() == "time_before" {
            return hours.moment(after: hours.elapsed(until: start) - elapsed)
                == (try value["expected"].moment())
        }
        let expectsError = value["expected"] == .text("error") || value["expected"]["error"] != .nothing
        guard let due = try? hours.add(elapsed, to: start) else { return expectsError }
        return try !expectsError && due == value["expected"].moment()
    }

    private func countsAlike() throws -> Bool {
        let (start, end) = (try input("from"), try input("to"))
        return try hours(around: start).between(start, end) == .seconds(value["expected"].number())
    }

    private func findsAlike() throws -> Bool {
        let now = try input("time")
        let hours = try hours(around: now)
        let stretches = hours.stretches
        let found: UTCTime? =
            switch try value["op"].text() {
            case "advance_to_closing_time": stretches.first { $0.upperBound > now }?.upperBound
            case "next_working_time": stretches.first { $0.lowerBound > now }?.lowerBound
            default: hours.isOpen(at: now) ? now : stretches.last { $0.upperBound <= now }?.upperBound
            }
        return try found == value["expected"].moment()
    }

    private func listsAlike() throws -> Bool {
        let isLocal = value["input"]["local"] == .flag(true)
        func read(_ text: String) throws -> UTCTime {
            isLocal ? zone.resolve(try wallTime(text)).moment : try moment(text)
        }
        let origin = try read(value["input"]["origin"].text())
        let count = Int(try value["input"]["take"].number())
        let periods = try calendar.compiled(over: origin..<(origin + .days(30))).stretches.prefix(count)
        let expected = try value["expected"].list.map {
            try read($0.list[0].text())..<read($0.list[1].text())
        }
        return Array(periods) == expected
    }

    /// Frappe: due times from creation, and time held while waiting for the customer.
    private func promisesAlike() throws -> Bool {
        let created = try value["created"].moment()
        let hours = try hours(around: created)
        let response = Elapsed.minutes(try value["first_response_minutes"].number())
        let solution = Elapsed.minutes(try value["resolution_minutes"].number())
        var clock = try PromiseClock(target: solution, startedAt: created, in: hours)
        if let due = try? value["expected"]["response_by"].moment() {
            guard try hours.add(response, to: created) == due else { return false }
            return try clock.firstPromise == value["expected"]["resolution_by"].moment()
        }
        var isAlike = true
        for step in value["steps"].list {
            let now = try step["at"].moment()
            switch try step["op"].text() {
            case "agent_reply_pause": try clock.pause(at: now)
            case "customer_reopen":
                try clock.resume(at: now)
                let held = try hours.between(created, now) - clock.spent(at: now, in: hours)
                isAlike = try isAlike && held == .seconds(step["expect"]["total_hold_seconds"].number())
            default:
                try clock.finish(at: now)
                let spent = try clock.spent(at: now, in: hours)
                isAlike = try isAlike && spent == .seconds(step["expect"]["resolution_seconds"].number())
            }
        }
        return isAlike
    }

    /// Zammad: states by hours of a day, some of which stop the clock; no calendar.
    private func pausesAlike() throws -> Bool {
        let origin = try moment("2026-01-05T00:00:00Z")
        let hours = try OpenHours.always(over: origin..<(origin + .days(2)))
        func at(_ text: String) throws -> UTCTime {
            let time = try #require(CivilTime(text.replacing("+", with: "")))
            return origin + Elapsed(milliseconds: Int64(time.milliseconds))
        }
        let states = try value["states"].list.map { (try at($0.list[0].text()), try $0.list[1].text()) }
        let target = (try? value["input"]["minutes"].number()) ?? 600
        var clock = try PromiseClock(target: .minutes(target), startedAt: states[0].0, in: hours)
        for (now, state) in states.dropFirst() where state != "open" {
            if state == "closed" { try clock.finish(at: now) } else { try clock.pause(at: now) }
        }
        if try value["op"].text() == "destination" {
            return try clock.due(in: hours) == at(value["expected"].text())
        }
        let (from, to) = (try at(value["input"]["from"].text()), try at(value["input"]["to"].text()))
        let spent = try clock.spent(at: to, in: hours) - clock.spent(at: from, in: hours)
        return try spent == .minutes(value["expected"].number())
    }
}
