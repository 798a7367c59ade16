import Kernel
import Markup

/// A number, a day or a word of a finding, kept as what it is, so that it can be written in any reader's language.
enum FindingValue: Sendable, Equatable {
    case count(Int)
    /// A length of time in whole days.
    case days(Int)
    case number(Double, decimals: Int)
    /// A share of one.
    case share(Double)
    /// A share with its 95 % range.
    case range(Double, lower: Double, upper: Double)
    /// A number with its 95 % range; no upper end where there is none.
    case between(Double, lower: Double, upper: Double?)
    case money(Int64, String)
    case day(Int)
    /// The probability of a difference as large as this by chance.
    case chance(Double)
    /// What people called something: a channel, a source. Hostile until written.
    case text(String)
    /// A word of ours, by its key.
    case word(String)
    /// A customer, whose name is looked up when it is shown.
    case party(Int64)
    case nothing

    /// As it is written into a sentence.
    func argument(_ names: [Int64: String]) -> Argument {
        switch self {
        case .count(let count): .count(count)
        case .days(let days): .text(Phrase("economics.days", .count(days)).text)
        case .number(let number, let decimals): .number(number, decimals: decimals)
        case .share(let share): .percent(share, decimals: FindingValue.decimals(share))
        case .range(let share, let lower, let upper):
            .text(FindingValue.words(share, lower, upper).text)
        case .between(let number, let lower, let upper):
            .text(FindingValue.words(number, lower, upper).text)
        case .money(let minor, let currency): .money(minor: minor, currency: currency)
        case .day(let day): .day(daysSinceEpoch: day)
        case .chance(let chance): .text(FindingValue.probability(chance))
        case .text(let text): .text(text)
        case .word(let key): .text(Phrase(key).text)
        case .party(let id): .text(names[id] ?? Phrase("finding.someone", .text(String(id))).text)
        case .nothing: .text("–")
        }
    }

    /// Shares near nought and near all need a decimal, the others do not.
    private static func decimals(_ share: Double) -> Int {
        share == 1 || (0.1...0.95).contains(abs(share)) ? 0 : 1
    }

    private static func words(_ share: Double, _ lower: Double, _ upper: Double) -> Phrase {
        Phrase(
            "finding.range", .percent(share, decimals: 1), .percent(lower, decimals: 1),
            .percent(upper, decimals: 1))
    }

    private static func words(_ number: Double, _ lower: Double, _ upper: Double?) -> Phrase {
        let decimals = abs(number) < 100 ? 2 : 0
        guard let upper else {
            return Phrase(
                "finding.between.open", .number(number, decimals: decimals),
                .number(lower, decimals: decimals))
        }
        return Phrase(
            "finding.between", .number(number, decimals: decimals), .number(lower, decimals: decimals),
            .number(upper, decimals: decimals))
    }

    /// "p = 0.032", "p < 0.001".
    private static func probability(_ chance: Double) -> String {
        chance < 0.001
            ? "p < " + Argument.number(0.001, decimals: 3).text
            : "p = " + Argument.number(chance, decimals: 3).text
    }
}

extension FindingValue {
    /// The number by itself and its range by itself, for columns too narrow for both in a line.
    var parts: (number: FindingValue, range: Phrase)? {
        switch self {
        case .range(let share, let lower, let upper):
            (
                .share(share),
                Phrase("economics.range", .percent(lower, decimals: 1), .percent(upper, decimals: 1))
            )
        case .between(let number, let lower, let upper?):
            (
                .number(number, decimals: 1),
                Phrase("economics.range", .number(lower, decimals: 1), .number(upper, decimals: 1))
            )
        default: nil
        }
    }
}

extension FindingValue: Codable {
    /// One shape for all of them, read by its kind: short keys, because every finding holds some dozens.
    private struct Kept: Codable {
        var kind: String
        var a: Double?
        var b: Double?
        var c: Double?
        var n: Int64?
        var t: String?
    }

    init(from decoder: any Decoder) throws {
        let kept = try Kept(from: decoder)
        let whole = kept.n ?? 0
        switch kept.kind {
        case "count": self = .count(Int(whole))
        case "days": self = .days(Int(whole))
        case "number": self = .number(kept.a ?? 0, decimals: Int(whole))
        case "share": self = .share(kept.a ?? 0)
        case "range": self = .range(kept.a ?? 0, lower: kept.b ?? 0, upper: kept.c ?? 0)
        case "between": self = .between(kept.a ?? 0, lower: kept.b ?? 0, upper: kept.c)
        case "money": self = .money(whole, kept.t ?? "")
        case "day": self = .day(Int(whole))
        case "chance": self = .chance(kept.a ?? 0)
        case "text": self = .text(kept.t ?? "")
        case "word": self = .word(kept.t ?? "")
        case "party": self = .party(whole)
        default: self = .nothing
        }
    }

    func encode(to encoder: any Encoder) throws { try kept.encode(to: encoder) }

    private var kept: Kept {
        switch self {
        case .count(let count): Kept(kind: "count", n: Int64(count))
        case .days(let days): Kept(kind: "days", n: Int64(days))
        case .number(let number, let decimals): Kept(kind: "number", a: number, n: Int64(decimals))
        case .share(let share): Kept(kind: "share", a: share)
        case .range(let share, let lower, let upper): Kept(kind: "range", a: share, b: lower, c: upper)
        case .between(let number, let lower, let upper): Kept(kind: "between", a: number, b: lower, c: upper)
        case .money(let minor, let currency): Kept(kind: "money", n: minor, t: currency)
        case .day(let day): Kept(kind: "day", n: Int64(day))
        case .chance(let chance): Kept(kind: "chance", a: chance)
        case .text(let text): Kept(kind: "text", t: text)
        case .word(let key): Kept(kind: "word", t: key)
        case .party(let id): Kept(kind: "party", n: id)
        case .nothing: Kept(kind: "nothing")
        }
    }
}

extension FindingValue {
    /// As a program reads it: numbers as numbers, whatever the reader's language.
    var json: JSON {
        switch self {
        case .count(let count), .days(let count): .int(count)
        case .number(let number, _), .share(let number), .chance(let number): .real(number)
        case .range(let number, let lower, let upper): FindingValue.json(number, lower, upper)
        case .between(let number, let lower, let upper): FindingValue.json(number, lower, upper)
        case .money(let minor, let currency):
            .object([("minor", .int(minor)), ("currency", .text(currency))])
        case .day(let day): .text(LocalDate(daysSinceEpoch: day).description)
        case .text(let text): .text(text)
        case .word(let key): .text(Phrase(key).text)
        case .party(let id): .object([("customer_id", .int(id))])
        case .nothing: .null
        }
    }

    private static func json(_ number: Double, _ lower: Double, _ upper: Double?) -> JSON {
        .object([
            ("value", .real(number)), ("lower", .real(lower)), ("upper", upper.map { .real($0) } ?? .null),
        ])
    }
}
