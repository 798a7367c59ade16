import Methods
import Testing

@Suite struct `Resolving a local time` {
    @Test func `takes the offset before a gap`() throws {
        let newYork = try IANAZone(name: "New York", rule: "EST5EDT,M3.2.0,M11.1.0")

        let skipped = newYork.resolve(try wallTime("2026-03-08T02:30"))

        #expect(skipped.moment == (try moment("2026-03-08T07:30:00Z")))
        #expect(skipped.occurrence == .gap(.hours(1)))
        #expect(newYork.local(at: skipped.moment) == (try wallTime("2026-03-08T03:30")))
        #expect(newYork.resolve(try wallTime("2026-03-08T02:00")).occurrence == .gap(.hours(1)))
        #expect(newYork.resolve(try wallTime("2026-03-08T03:00")).occurrence == .unique)
        #expect(newYork.resolve(try wallTime("2026-03-08T01:59:59")).occurrence == .unique)
    }

    @Test func `takes the first of two occurrences`() throws {
        let newYork = try IANAZone(name: "New York", rule: "EST5EDT,M3.2.0,M11.1.0")

        let repeated = newYork.resolve(try wallTime("2026-11-01T01:30"))

        #expect(repeated.moment == (try moment("2026-11-01T05:30:00Z")))
        #expect(repeated.occurrence == .fold(second: try moment("2026-11-01T06:30:00Z")))
        #expect(newYork.resolve(try wallTime("2026-11-01T01:00")).occurrence != .unique)
        #expect(newYork.resolve(try wallTime("2026-11-01T02:00")).occurrence == .unique)
        #expect(newYork.resolve(try wallTime("2026-11-01T00:59:59")).occurrence == .unique)
    }

    @Test func `reads the half hour of Lord Howe`() throws {
        let island = try IANAZone(name: "Lord Howe", rule: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")

        let skipped = island.resolve(try wallTime("2026-10-04T02:15"))
        let repeated = island.resolve(try wallTime("2026-04-05T01:45"))

        #expect(skipped.occurrence == .gap(.minutes(30)))
        #expect(skipped.moment == (try moment("2026-10-03T15:45:00Z")))
        #expect(repeated.occurrence == .fold(second: try moment("2026-04-04T15:15:00Z")))
        #expect(repeated.moment == (try moment("2026-04-04T14:45:00Z")))
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `reads the day Samoa never had as one gap`() throws {
        let apia = try Tzdata.system.zone(named: "Pacific/Apia")

        let noon = apia.resolve(try wallTime("2011-12-30T12:00"))

        #expect(noon.occurrence == .gap(.hours(24)))
        #expect(noon.moment == (try moment("2011-12-30T22:00:00Z")))
        #expect(apia.local(at: noon.moment) == (try wallTime("2011-12-31T12:00")))
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `starts a day without a midnight when the clocks start it`() throws {
        let saoPaulo = try Tzdata.system.zone(named: "America/Sao_Paulo")

        let start = saoPaulo.startOfDay(try date("2018-11-04"))

        #expect(start == (try moment("2018-11-04T03:00:00Z")))
        #expect(saoPaulo.local(at: start) == (try wallTime("2018-11-04T01:00")))
    }

    /// Against every offset a zone could have: a reading is right if some moment shows it.
    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `agrees with trying every offset round the clock changes of all kinds of places`() throws {
        let names = [
            "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu",
            "Europe/Dublin", "Africa/Casablanca", "Asia/Gaza", "America/Nuuk", "Antarctica/Troll",
            "Pacific/Kwajalein", "Asia/Manila", "America/St_Johns", "Europe/London", "Africa/Monrovia",
        ]
        var generator = SeededGenerator(state: 30)
        for name in names {
            let zone = try Tzdata.system.zone(named: name)
            let all = try zone.changes(in: UTCTime(seconds: -4_000_000_000)..<UTCTime(seconds: 3_000_000_000))
            let offsets = Set(
                all.map(\.offset.seconds) + [zone.offset(at: UTCTime(seconds: -4_000_000_000)).seconds])
            for change in all.shuffled(using: &generator).prefix(12) {
                for _ in 0..<6 {
                    let near = change.moment + .minutes(.random(in: -200...200, using: &generator))
                    let reading = zone.local(at: near + .hours(.random(in: -26...26, using: &generator)))
                    try check(reading, in: zone, offsets)
                }
            }
        }
    }

    private func check(_ reading: CivilDateTime, in zone: IANAZone, _ offsets: Set<Int>) throws {
        let shown = IANAZone.utc.resolve(reading).moment
        let moments = offsets.map { shown - .seconds(Int64($0)) }.filter { zone.local(at: $0) == reading }
        let resolved = zone.resolve(reading)

        #expect(moments.min() == resolved.moment, "\(zone.name) \(reading)")
        switch resolved.occurrence {
        case .unique: #expect(moments.count == 1, "\(zone.name) \(reading)")
        case .fold(let second):
            #expect(moments.max() == second && moments.count == 2, "\(zone.name) \(reading)")
        case .gap: Issue.record("\(zone.name) shows \(reading), yet it is called a gap")
        }
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `calls a gap what no moment shows, and shifts it by the gap`() throws {
        for name in ["America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Monrovia"] {
            let zone = try Tzdata.system.zone(named: name)
            let span = UTCTime(seconds: -2_000_000_000)..<UTCTime(seconds: 2_000_000_000)
            for change in try zone.changes(in: span) {
                let before = zone.offset(at: change.moment - .seconds(1))
                let length = Int64(change.offset.seconds - before.seconds)
                guard length > 0 else { continue }
                let lost = IANAZone.utc.local(at: change.moment + .seconds(Int64(before.seconds)))
                let resolved = zone.resolve(lost)

                #expect(resolved.occurrence == .gap(.seconds(length)), "\(name) \(lost)")
                #expect(resolved.moment == change.moment, "\(name) \(lost)")
            }
        }
    }
}
