/// How one language writes numbers, amounts, days and moments. All of it stands in the catalogue's own lines.
struct Formats: Sendable {
    let decimal: String, group: String
    /// The fewest digits a number has before it is grouped: Spanish leaves 1234 as it is.
    let groupsFrom: Int
    let percent: String
    let money: String, negativeMoney: String
    let symbols: [String: String]
    let patterns: [DateStyle: String]
    /// A moment with day and time.
    let moment: String
    let months: [String], shortMonths: [String]
    /// Monday first.
    let weekdays: [String], shortWeekdays: [String]

    init(_ settings: [String: String], language: Language, base: Formats?) {
        func setting(_ key: String, _ inherited: String?, _ last: String) -> String {
            settings[key] ?? inherited ?? last
        }
        func names(_ prefix: String, _ count: Int, _ inherited: [String]?) -> [String] {
            (1...count).map { settings["\(prefix)\($0)"] ?? inherited?[$0 - 1] ?? "\($0)" }
        }
        decimal = setting("format.decimal", base?.decimal, ".")
        group = setting("format.group", base?.group, ",")
        groupsFrom = settings["format.group.from"].flatMap { Int($0) } ?? 4
        percent = setting("format.percent", base?.percent, "{number}%")
        money = setting("format.money", base?.money, "{symbol}{number}")
        negativeMoney = setting("format.money.negative", base?.negativeMoney, "-{symbol}{number}")
        symbols = Formats.symbols(in: settings)
        moment = setting("format.instant", base?.moment, "{date} {time}")
        patterns = Formats.patterns(in: settings, base: base)
        months = names("month.", 12, base?.months)
        shortMonths = names("month.short.", 12, base?.shortMonths)
        weekdays = names("weekday.", 7, base?.weekdays)
        shortWeekdays = names("weekday.short.", 7, base?.shortWeekdays)
    }

    private static func symbols(in settings: [String: String]) -> [String: String] {
        var symbols: [String: String] = [:]
        for (key, text) in settings where key.hasPrefix("currency.") {
            symbols[String(key.dropFirst(9))] = text
        }
        return symbols
    }

    private static func patterns(in settings: [String: String], base: Formats?) -> [DateStyle: String] {
        var patterns = base?.patterns ?? [:]
        for style in DateStyle.allCases {
            patterns[style] = settings["format.\(style.rawValue)"] ?? patterns[style] ?? fallback(style)
        }
        return patterns
    }

    private static func fallback(_ style: DateStyle) -> String {
        switch style {
        case .date, .long, .weekday: "{year}-{month2}-{day2}"
        case .short: "{month2}-{day2}"
        case .month: "{year}-{month2}"
        case .time: "{hour2}:{minute2}"
        }
    }
}

extension Formats {
    func write(_ value: Argument, style: DateStyle?, for reader: Reader) -> String {
        switch value {
        case .text(let text): text
        case .count(let count): whole(count)
        case .number(let number, let decimals): self.number(number, decimals: decimals)
        case .percent(let share, let decimals):
            Formats.fill(percent, ["number": number(share * 100, decimals: decimals)])
        case .money(let minor, let currency): amount(minor, currency)
        case .day(let day): date(DayParts(daysSinceEpoch: day), time: nil, style ?? .date)
        case .instant(let instant): self.instant(instant, style, for: reader)
        }
    }

    func whole(_ number: Int) -> String {
        (number < 0 ? "-" : "") + grouped(String(number.magnitude))
    }

    /// A number that cannot be written is a dash rather than a crash: it is data, not a mistake in a page.
    func number(_ number: Double, decimals: Int) -> String {
        let decimals = min(max(decimals, 0), 9)
        guard number.isFinite, number.magnitude < 9e15 else { return "–" }
        let digits = Numeral.decimal(number, decimals: decimals, trimmed: false)
        let parts = digits.split(separator: ".")
        let isNegative = digits.hasPrefix("-")
        let whole = grouped(String(isNegative ? parts[0].dropFirst() : parts[0]))
        return (isNegative ? "-" : "") + whole + (parts.count > 1 ? decimal + parts[1] : "")
    }

    func grouped(_ digits: String) -> String {
        guard digits.utf8.count >= groupsFrom, digits.utf8.count > 3 else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { text += group }
            text.append(digit)
        }
        return text
    }

    /// Puts values into `{name}` places; names it does not know stay as they are.
    static func fill(_ pattern: String, _ values: [String: String]) -> String {
        var text = ""
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            text += rest[..<open] + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
