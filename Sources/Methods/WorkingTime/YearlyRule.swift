/// A recurrence rule with FREQ=YEARLY, such as the fourth Thursday of November (RFC 5545, section 3.3.10).
struct YearlyRule: Equatable {
    private var interval = 1
    private var count: Int?
    private var until: CivilDate?
    private var months: [Int] = []
    private var monthDays: [Int] = []
    private var weekdays: [NthWeekday] = []
    private var positions: [Int] = []

    struct NthWeekday: Equatable {
        /// From the start, from the end when negative; nil for every one.
        let ordinal: Int?
        let weekday: Weekday
    }

    /// The part of a rule that cannot be followed.
    struct Fault: Error { let part: String }

    init(_ rule: String) throws(Fault) {
        var isYearly = false
        for part in rule.uppercased().split(separator: ";").prefix(64) {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { throw Fault(part: String(part.prefix(80))) }
            if halves[0] == "FREQ" { isYearly = halves[1] == "YEARLY" }
            guard halves[0] != "FREQ" || isYearly, take(halves[0], halves[1]) else {
                throw Fault(part: String(part.prefix(80)))
            }
        }
        guard isYearly else { throw Fault(part: "a missing FREQ") }
        let hasOrdinals = weekdays.contains { $0.ordinal != nil }
        guard monthDays.isEmpty || !hasOrdinals else { throw Fault(part: "BYDAY with BYMONTHDAY") }
    }

    private mutating func take(_ name: Substring, _ value: Substring) -> Bool {
        switch name {
        case "FREQ": return true
        // Only weekly rules and BYWEEKNO depend on it.
        case "WKST": return true
        case "INTERVAL": return Self.number(value, 1...9999).map { interval = $0 } != nil
        case "COUNT": return Self.number(value, 1...999_999).map { count = $0 } != nil
        case "UNTIL": return CivilDate(compact: value.utf8.prefix(8)).map { until = $0 } != nil
        case "BYMONTH": return Self.numbers(value, 1...12).map { months = $0 } != nil
        case "BYMONTHDAY": return Self.numbers(value, -31...31).map { monthDays = $0 } != nil
        case "BYSETPOS": return Self.numbers(value, -366...366).map { positions = $0 } != nil
        case "BYDAY": return Self.weekdays(value).map { weekdays = $0 } != nil
        default: return false
        }
    }

    private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let isSigned = isNegative || text.utf8.first == UInt8(ascii: "+")
        guard let size = digits(text.utf8.dropFirst(isSigned ? 1 : 0)) else { return nil }
        let number = isNegative ? -size : size
        return range.contains(number) && number != 0 ? number : nil
    }

    /// Numbers between commas, each different and in range, at most 400; nil if any is not.
    private static func numbers(_ text: Substring, _ range: ClosedRange<Int>) -> [Int]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = Set(words.prefix(401).compactMap { number($0, range) })
        return words.count <= 400 && words.count == numbers.count ? numbers.sorted() : nil
    }

    private static func weekdays(_ text: Substring) -> [NthWeekday]? {
        let letters = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        guard words.count <= 100 else { return nil }
        var weekdays: [NthWeekday] = []
        for word in words {
            guard let day = letters.firstIndex(of: String(word.suffix(2))) else { return nil }
            let ordinal = word.dropLast(2)
            let number = Self.number(ordinal, -53...53)
            guard ordinal.isEmpty || number != nil else { return nil }
            weekdays.append(NthWeekday(ordinal: number, weekday: Weekday.allCases[day]))
        }
        return weekdays
    }
}

extension YearlyRule {
    /// The dates of the series before a limit; the start is always the first of them.
    ///
    /// - Parameter steps: how many days may still be looked at; goes below zero when they do not suffice.
    func dates(from start: CivilDate, before limit: CivilDate, steps: inout Int) -> [CivilDate] {
        var dates: [CivilDate] = []
        let everyWeekday = weekdays.count { $0.ordinal == nil } * 53
        let cost = 1 + weekdays.count + everyWeekday + monthDays.count * max(1, months.count)
        var left = count ?? .max
        let last = min(limit.year, 9999)
        guard start.year <= last else { return [] }
        for year in stride(from: start.year, through: last, by: interval) {
            var candidates = days(of: year, like: start).filter { $0 >= start }
            if year == start.year, candidates.first != start { candidates.insert(start, at: 0) }
            steps -= candidates.count + cost
            guard steps >= 0 else { return dates }
            for date in candidates {
                if left == 0 || date >= limit || until.map({ date > $0 }) ?? false { return dates }
                left -= 1
                dates.append(date)
            }
        }
        return dates
    }

    /// The days of one year that the rule names, in order, each once.
    private func days(of year: Int, like start: CivilDate) -> [CivilDate] {
        var numbers: Set<Int> = []
        if weekdays.isEmpty || !monthDays.isEmpty {
            let (_, month, day) = start.yearMonthDay
            let inMonths = !months.isEmpty ? months : monthDays.isEmpty ? [month] : Array(1...12)
            for month in inMonths {
                let length = CivilDate.length(ofMonth: month, year: year)
                for day in monthDays.isEmpty ? [day] : monthDays where abs(day) <= length {
                    let number = CivilDate.dayNumber(year, month, day > 0 ? day : length + 1 + day)
                    if isWanted(number) { numbers.insert(number) }
                }
            }
        } else if months.isEmpty {
            add(
                from: CivilDate.dayNumber(year, 1, 1), length: CivilDate.isLeap(year) ? 366 : 365,
                to: &numbers)
        } else {
            for month in months {
                let length = CivilDate.length(ofMonth: month, year: year)
                add(from: CivilDate.dayNumber(year, month, 1), length: length, to: &numbers)
            }
        }
        return chosen(numbers.sorted())
    }

    /// BYDAY beside BYMONTHDAY narrows: Friday the 13th.
    private func isWanted(_ number: Int) -> Bool {
        weekdays.isEmpty || weekdays.contains { $0.weekday == CivilDate(day: number).weekday }
    }

    /// The wanted weekdays of one month or year.
    private func add(from first: Int, length: Int, to numbers: inout Set<Int>) {
        for wanted in weekdays {
            let toFirst = floorDivision(wanted.weekday.rawValue - CivilDate(day: first).weekday.rawValue, 7)
            let earliest = first + toFirst.remainder
            let count = (first + length - earliest + 6) / 7
            switch wanted.ordinal {
            case nil: numbers.formUnion(stride(from: earliest, to: first + length, by: 7))
            case let ordinal? where abs(ordinal) <= count:
                numbers.insert(earliest + 7 * (ordinal > 0 ? ordinal - 1 : count + ordinal))
            default: break
            }
        }
    }

    /// BYSETPOS: the first, the last … of a year's days.
    private func chosen(_ numbers: [Int]) -> [CivilDate] {
        guard !positions.isEmpty else { return numbers.map(CivilDate.init(day:)) }
        let indices = positions.map { $0 > 0 ? $0 - 1 : numbers.count + $0 }
        return Set(indices).filter(numbers.indices.contains).sorted().map { CivilDate(day: numbers[$0]) }
    }
}
