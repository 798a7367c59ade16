import Kernel

/// A time as programs send it: `2026-11-22`, `2026-11-22T09:30`, with seconds or without, with `Z`, `+01:00`, `+01` or
/// `+0100`. No zone means UTC. A day alone stays a day.
struct APIMoment: Equatable {
    let day: LocalDate
    let at: Instant?

    init?(_ text: String) {
        guard let day = LocalDate(iso: String(text.prefix(10))) else { return nil }
        var rest = Substring(text.dropFirst(10))
        if rest.isEmpty {
            self.day = day
            at = nil
            return
        }
        guard let separator = rest.popFirst(), separator == "T" || separator == " " else { return nil }
        let zoneStart = rest.firstIndex { "Zz+-".contains($0) } ?? rest.endIndex
        guard let second = APIMoment.second(rest[..<zoneStart]),
            let offset = APIMoment.offset(rest[zoneStart...])
        else { return nil }
        let local = Int64(day.daysSinceEpoch) * 86_400_000 + second
        self.day = day
        at = Instant(milliseconds: local - offset)
    }

    /// Milliseconds since midnight of `09:30`, `09:30:15` or `09:30:15.250`.
    private static func second(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = number(parts[0], 0...23),
            let minute = number(parts[1], 0...59)
        else { return nil }
        let whole = Int64(hour * 3600 + minute * 60) * 1000
        guard parts.count == 3 else { return whole }
        let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(pieces.count), let second = number(pieces[0], 0...60) else { return nil }
        guard pieces.count == 2 else { return whole + Int64(second) * 1000 }
        guard !pieces[1].isEmpty, pieces[1].allSatisfy(\.isASCIIDigit) else { return nil }
        let fraction = Int64((pieces[1] + "00").prefix(3)) ?? 0
        return whole + Int64(second) * 1000 + fraction
    }

    private static func offset(_ text: Substring) -> Int64? {
        if text.isEmpty || text == "Z" || text == "z" { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.count == 2 || digits.count == 4, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        guard let hours = Int64(digits.prefix(2)),
            let minutes = Int64(digits.count == 4 ? digits.suffix(2) : "0"),
            hours <= 14, minutes < 60
        else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000
    }

    private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
        guard text.count == 2, text.allSatisfy(\.isASCIIDigit), let number = Int(text) else { return nil }
        return range.contains(number) ? number : nil
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
