import Kernel

/// From which volume on a customer has earned how much off, in one currency. Exact: amounts in minor units, shares in
/// hundredths of a percent.
struct DiscountSteps: Sendable, Equatable {
    struct Step: Sendable, Equatable {
        /// Minor units bought in the last twelve months.
        let from: Int64
        /// Hundredths of a percent: 250 is 2.5 %.
        let share: Int
    }

    /// The most there may be.
    static let most = 8

    let currency: Currency
    /// By volume, rising; so do the shares.
    let steps: [Step]

    /// What a volume has earned, and how far it is to the next step.
    struct Standing: Sendable, Equatable {
        let volume: Money
        let earned: Step?
        let next: Step?

        /// Minor units that are missing for the next step.
        var missing: Int64? { next.map { $0.from - volume.minor } }
    }

    func standing(at minor: Int64) -> Standing {
        Standing(
            volume: Money(minor: minor, currency: currency), earned: steps.last { $0.from <= minor },
            next: steps.first { $0.from > minor })
    }

    /// `10000.00=2.5; 50000.00=5`, as it is kept among the settings.
    var text: String {
        steps.map { step in
            "\(Money(minor: step.from, currency: currency).decimal)=\(DiscountSteps.percent(step.share))"
        }.joined(separator: "; ")
    }

    init(currency: Currency, steps: [Step]) {
        self.currency = currency
        self.steps = steps.sorted { $0.from < $1.from }
    }

    init(currency: Currency, text: String) {
        let steps = text.split(separator: ";").compactMap { part -> Step? in
            let pair = part.split(separator: "=").map { String($0).trimmed }
            guard pair.count == 2, let from = DecimalText.whole(pair[0], decimals: currency.exponent),
                let share = DecimalText.whole(pair[1], decimals: 2)
            else { return nil }
            return Step(from: from, share: Int(share))
        }
        self.init(currency: currency, steps: steps)
    }

    /// `2.5` of 250.
    static func percent(_ share: Int) -> String {
        let rest = share % 100
        if rest == 0 { return "\(share / 100)" }
        return rest % 10 == 0
            ? "\(share / 100).\(rest / 10)" : "\(share / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}

/// A decimal number read as a whole number of its smallest parts, exactly or not at all.
enum DecimalText {
    /// `12.5` with two decimals is 1250. Digits, one point or comma, no sign, no more decimals than there are; at most
    /// fifteen digits.
    static func whole(_ text: String, decimals: Int) -> Int64? {
        let parts = text.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty, fraction.count <= decimals else { return nil }
        let digits = parts[0] + fraction + String(repeating: "0", count: decimals - fraction.count)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.count <= 15 else { return nil }
        return Int64(digits)
    }
}
