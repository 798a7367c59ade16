import Foundation
import Methods

/// Fits of repeat-purchase models: CDNOW as in `peers/lifetimes_fit.py`, and drawn bases of growing size.
///
/// - Parameter folder: holds `CDNOW_sample.txt` and `CDNOW_master.txt`.
func customerBaseBench(_ folder: String) throws -> [(name: String, seconds: Double, note: String)] {
    var results: [(name: String, seconds: Double, note: String)] = []
    for (title, file, column) in [("sample", "CDNOW_sample.txt", 2), ("master", "CDNOW_master.txt", 1)] {
        let customers = try readCDNOW(folder + "/" + file, dayColumn: column)
        let grouping = try fastest(of: 5) { try CustomerBase(customers, through: 272, in: Weeks.self) }
        let base = grouping.value
        let note = "\(base.customers) customers, \(base.groups.count) histories"
        results.append(("Grouping, CDNOW \(title)", grouping.seconds, note))
        let better = try fastest(of: 20) { try BGNBD.fit(to: base) }
        results.append(("BG/NBD, grouped, CDNOW \(title)", better.seconds, summary(of: better.value)))
        // As the peer does it: from one row a customer to the fit.
        let histories = customers.compactMap { $0.history(through: 272, in: Weeks.self) }
        let whole = try fastest(of: 20) { try BGNBD.fit(to: CustomerBase(histories)) }
        results.append(("BG/NBD, CDNOW \(title)", whole.seconds, "\(note); \(summary(of: whole.value))"))
        let start = try BGNBD<Weeks>(r: 1, alpha: 3, a: 1, b: 3)
        let single = try fastest(of: 20) { try BGNBD.fit(to: base, from: [start]) }
        results.append(("BG/NBD, one start, CDNOW \(title)", single.seconds, "\(summary(of: single.value))"))
        let modified = try fastest(of: 20) { try MBGNBD.fit(to: base) }
        results.append(("MBG/NBD, CDNOW \(title)", modified.seconds, summary(of: modified.value)))
        let pareto = try fastest(of: 3) { try ParetoNBD.fit(to: base) }
        results.append(("Pareto/NBD, CDNOW \(title)", pareto.seconds, summary(of: pareto.value)))
        let spends = customers.compactMap { $0.spend(through: 272) }
        let spending = try fastest(of: 5) { try GammaGamma.fit(to: spends) }
        results.append(("Gamma-Gamma, CDNOW \(title)", spending.seconds, summary(of: spending.value.fit)))
        let ahead = try fastest(of: 3) {
            try base.groups.reduce(0.0) {
                try $0 + better.value.model.expectedPurchases(of: $1.history, within: 39)
            }
        }
        results.append(
            ("Expecting 39 weeks, CDNOW \(title)", ahead.seconds, "\(base.groups.count) histories"))
    }
    for count in [10_000, 100_000, 1_000_000] {
        for (rhythm, days) in [("weekly", 7.0), ("daily", 1.0)] {
            results += try drawn(count, rhythm: rhythm, days: days)
        }
    }
    return results
}

private func drawn(
    _ count: Int, rhythm: String, days: Double
) throws -> [(name: String, seconds: Double, note: String)] {
    let histories = try population(count, roundedTo: days)
    let grouping = try fastest(of: 3) { try CustomerBase(histories) }
    let base = grouping.value
    let fit = try fastest(of: 5) { try BGNBD.fit(to: base) }
    let note = "\(base.groups.count) histories"
    return [
        ("Grouping, \(count) customers, \(rhythm)", grouping.seconds, note),
        ("BG/NBD, \(count) customers, \(rhythm)", fit.seconds, "\(note); \(summary(of: fit.value))"),
    ]
}

private func summary(of fit: Fit<some Sendable>) -> String {
    let started = fit.starts.reduce(0) { $0 + $1.iterations }
    return
        "LL \(fit.logLikelihood), \(fit.evaluations) evaluations of the whole, \(started) steps from \(fit.starts.count) starts"
}

/// The least time of several runs, after one to warm up.
private func fastest<Value>(
    of runs: Int, _ body: () throws -> Value
) rethrows -> (value: Value, seconds: Double) {
    let clock = ContinuousClock()
    var value = try body()
    var seconds = Double.infinity
    for _ in 0..<runs {
        let start = clock.now
        value = try body()
        let parts = (clock.now - start).components
        seconds = min(seconds, Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
    }
    return (value, seconds)
}

private func readCDNOW(_ path: String, dayColumn: Int) throws -> [PurchaseDays] {
    var customers: [Substring: [(day: Int, amount: Amount)]] = [:]
    let starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline) {
        let fields = line.split(separator: " ")
        guard fields.count > dayColumn, let stamp = Int(fields[dayColumn]),
            let dollars = Double(fields[fields.count - 1])
        else { continue }
        let day = (stamp / 10_000 - 1997) * 365 + starts[stamp / 100 % 100 - 1] + stamp % 100 - 1
        customers[fields[0], default: []].append((day: day, amount: Amount(minorUnits: 100 * dollars)))
    }
    return try customers.values.map { try PurchaseDays(purchases: $0) }
}

/// Customers as BG/NBD describes them, won over 39 weeks and watched for 40 to 78, times rounded.
private func population(_ count: Int, roundedTo days: Double) throws -> [PurchaseHistory<Weeks>] {
    var generator = SplitMix(state: 1997)
    func rounded(_ value: Double) -> Double { (value / days).rounded(.down) * days / 7 }
    return try (0..<count).map { _ in
        let rate = generator.gamma(0.24) / 31
        let (leaving, staying) = (generator.gamma(0.8), generator.gamma(2.4))
        let observed = 280 + 273 * generator.share()
        var (last, repeats) = (0.0, 0)
        while repeats < 500 {
            let next = last - log(generator.share()) / rate
            guard next < observed else { break }
            (last, repeats) = (next, repeats + 1)
            if generator.share() * (leaving + staying) < leaving { break }
        }
        return try PurchaseHistory(
            repeats: repeats, last: Time(rounded(last)), observed: Time(rounded(observed)))
    }
}

private struct SplitMix {
    var state: UInt64

    /// Above 0 and below 1.
    mutating func share() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
    }

    /// Marsaglia and Tsang 2000, with the power for shapes below 1.
    mutating func gamma(_ shape: Double) -> Double {
        let power = shape < 1 ? pow(share(), 1 / shape) : 1
        let lift = (shape < 1 ? shape + 1 : shape) - 1 / 3.0
        while true {
            let normal = (-2 * log(share())).squareRoot() * cos(2 * Double.pi * share())
            let root = 1 + normal / (9 * lift).squareRoot()
            let cube = root * root * root
            guard cube > 0 else { continue }
            if log(share()) < 0.5 * normal * normal + lift * (1 - cube + log(cube)) {
                return lift * cube * power
            }
        }
    }
}
