import Methods

/// What working time costs: one addition, a year and ten years of a calendar, and reading a zone.
///
/// The calendar is a helpdesk's in New York: weekdays 09:00-12:30 and 13:15-17:30, eleven holidays a year and
/// a half day, so clock changes, lunch and holidays are all in it.
func workingTimeBench() throws -> [(name: String, seconds: Double, note: String)] {
    let zone = try IANAZone(name: "America/New_York", rule: "EST5EDT,M3.2.0,M11.1.0")
    let calendar = try helpdesk(in: zone)
    let hours = try calendar.compiled(over: day(2026)..<day(2036))
    var results = try additions(hours)
    results.append(
        (
            "working time, compile 1 year",
            try best(of: 20, repeating: 20) {
                try calendar.compiled(over: day(2026)..<day(2027)).stretches.count
            }, "500 shifts"
        ))
    results.append(
        (
            "working time, compile 10 years",
            try best(of: 20, repeating: 2) {
                try calendar.compiled(over: day(2026)..<day(2036)).stretches.count
            }, "5,000 shifts"
        ))
    let directory = TimeZoneDirectory()
    if directory.folder(of: "America/New_York") != nil {
        results.append(
            (
                "time zone, read file",
                try best(of: 20, repeating: 20) {
                    try directory.zone(named: "America/New_York").offset(at: UTCTime(seconds: 0)).seconds
                }, "America/New_York from \(directory.version ?? "unknown") files"
            ))
    }
    results.append(
        (
            "time zone, resolve a local time",
            try best(of: 20, repeating: 2000) { index in
                let date = try CivilDate(daysSince1970: 20_000 + index)
                return Int(truncatingIfNeeded: zone.startOfDay(date).milliseconds)
            }, "by rule"
        ))
    return results
}

/// Random starts and lengths over ten years, and the same in the order of their starts.
private func additions(_ hours: OpenHours) throws -> [(name: String, seconds: Double, note: String)] {
    var state: UInt64 = 7
    func random(below limit: UInt64) -> Int64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int64((state >> 33) % limit)
    }
    let start = hours.horizon.lowerBound
    let cases = (0..<100_000).map { _ in
        (
            start: start + .seconds(random(below: 9 * 31_536_000)),
            length: Elapsed.minutes(1 + random(below: 4800))
        )
    }
    func measure(_ cases: [(start: UTCTime, length: Elapsed)]) throws -> Double {
        try best(of: 7, repeating: 1) {
            var sum: Int64 = 0
            for each in cases { sum &+= try hours.add(each.length, to: each.start).milliseconds }
            return Int(truncatingIfNeeded: sum)
        } / Double(cases.count)
    }
    let sorted = cases.sorted { $0.start < $1.start }
    return [
        ("working time, add", try measure(cases), "random starts over 10 years, up to 80 h"),
        ("working time, add in order", try measure(sorted), "the same, by start"),
    ]
}

private func helpdesk(in zone: IANAZone) throws -> WorkingCalendar {
    let hours = [try WorkingInterval(minutes: 540, 750), try WorkingInterval(minutes: 795, 1050)]
    var exceptions: [CivilDate: [WorkingInterval]] = [:]
    for year in 2026..<2036 {
        for (month, day) in [
            (1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 3), (9, 7), (10, 12), (11, 11), (11, 26),
            (12, 25),
        ] { exceptions[try CivilDate(year: year, month: month, day: day)] = [] }
        exceptions[try CivilDate(year: year, month: 12, day: 24)] = [hours[0]]
    }
    let weekdays = Weekday.allCases.prefix(5)
    return try WorkingCalendar(
        zone: zone, weekly: Dictionary(uniqueKeysWithValues: weekdays.map { ($0, hours) }),
        exceptions: exceptions)
}

private func day(_ year: Int) throws -> CivilDate { try CivilDate(year: year, month: 1, day: 1) }

/// The least time of several rounds, per call.
private func best(of rounds: Int, repeating count: Int, _ body: (Int) throws -> Int) throws -> Double {
    let clock = ContinuousClock()
    var least = Duration.seconds(1_000_000)
    var consumed = 0
    for _ in 0..<rounds {
        let taken = try clock.measure { for index in 0..<count { consumed &+= try body(index) } }
        least = min(least, taken)
    }
    precondition(consumed != 1, "the results are used, so that nothing is optimised away")
    let (seconds, attoseconds) = least.components
    return (Double(seconds) + Double(attoseconds) * 1e-18) / Double(count)
}

private func best(of rounds: Int, repeating count: Int, _ body: () throws -> Int) throws -> Double {
    try best(of: rounds, repeating: count) { _ in try body() }
}
