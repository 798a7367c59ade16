/// Reads the rule in a time zone file's last line.
struct PosixRuleParser {
    private let rule: [UInt8]
    private let isExtended: Bool
    private var position = 0

    /// - Parameter isExtended: hours from −167 to 167 in transition times (version 3 and later), not 0 to 24.
    init(_ rule: some Collection<UInt8>, isExtended: Bool) {
        self.rule = Array(rule)
        self.isExtended = isExtended
    }

    mutating func parse() throws(ZoneFileError) -> PosixRule {
        let name = try abbreviation()
        let offset = try -signedTime(hours: 24)
        let standard = ZoneOffset(seconds: offset, isDaylight: false, abbreviation: name)
        guard position < rule.count else { return PosixRule(standard: standard, daylight: nil) }

        let daylightName = try abbreviation()
        let hasOffset = position < rule.count && rule[position] != UInt8(ascii: ",")
        let daylightOffset = hasOffset ? try -signedTime(hours: 24) : offset + 3600
        try expect(",", "a comma and the start of daylight time")
        let start = try moment()
        try expect(",", "a comma and the end of daylight time")
        let end = try moment()
        guard position == rule.count else { throw fault("nothing more") }
        let daylight = ZoneOffset(seconds: daylightOffset, isDaylight: true, abbreviation: daylightName)
        return PosixRule(standard: standard, daylight: .init(offset: daylight, start: start, end: end))
    }

    /// Three or more letters, or letters, digits and signs between angle brackets.
    private mutating func abbreviation() throws(ZoneFileError) -> String {
        let isQuoted = take("<")
        let start = position
        while position < rule.count, isNameCharacter(rule[position], isQuoted: isQuoted) { position += 1 }
        let name = rule[start..<position]
        guard (3...32).contains(name.count) else { throw fault("an abbreviation of 3 to 32 letters") }
        if isQuoted { try expect(">", "the closing >") }
        return String(decoding: name, as: UTF8.self)
    }

    private func isNameCharacter(_ byte: UInt8, isQuoted: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
        default: false
        }
    }

    /// [+-]hh[:mm[:ss]] in seconds.
    private mutating func signedTime(hours limit: Int) throws(ZoneFileError) -> Int {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        var seconds = try number(0...limit, "hours from 0 to \(limit)") * 3600
        if take(":") {
            seconds += try number(0...59, "minutes from 0 to 59") * 60
            if take(":") { seconds += try number(0...59, "seconds from 0 to 59") }
        }
        return isNegative ? -seconds : seconds
    }

    /// date[/time], the time 02:00 if not given.
    private mutating func moment() throws(ZoneFileError) -> YearlyMoment {
        let day = try day()
        guard take("/") else { return YearlyMoment(day: day, time: 7200) }
        if !isExtended, position < rule.count,
            [UInt8(ascii: "-"), UInt8(ascii: "+")].contains(rule[position])
        {
            throw fault("hours without a sign before version 3")
        }
        return YearlyMoment(day: day, time: try signedTime(hours: isExtended ? 167 : 24))
    }

    private mutating func day() throws(ZoneFileError) -> YearlyMoment.Day {
        if take("J") { return .withoutLeapDay(try number(1...365, "a day from 1 to 365")) }
        guard take("M") else { return .dayOfYear(try number(0...365, "a day from 0 to 365, J or M")) }
        let month = try number(1...12, "a month from 1 to 12")
        try expect(".", "a point")
        let week = try number(1...5, "a week from 1 to 5")
        try expect(".", "a point")
        return .weekday(try number(0...6, "a weekday from 0 to 6"), week: week, month: month)
    }

    private mutating func number(_ range: ClosedRange<Int>, _ wanted: String) throws(ZoneFileError) -> Int {
        let start = position
        let zero = UInt8(ascii: "0")
        while position < rule.count, (zero...zero + 9).contains(rule[position]) { position += 1 }
        guard let number = digits(rule[start..<position]), range.contains(number) else {
            position = start
            throw fault(wanted)
        }
        return number
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < rule.count, rule[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar, _ wanted: String) throws(ZoneFileError) {
        guard take(character) else { throw fault(wanted) }
    }

    private func fault(_ wanted: String) -> ZoneFileError {
        .badRule(String(decoding: rule.prefix(256), as: UTF8.self), at: position, expected: wanted)
    }
}
