import Kernel
import Methods

/// A list of customers to call on, each with its rule.
public enum CustomerList: String, Sendable, Codable, CaseIterable {
    /// Came at least twice, and are probably gone or quickly fading.
    case atRisk = "at-risk"
    /// Bought once, and half of those who come back would have done so by now; the rest may still be nudged.
    case newcomers
    /// Regulars who are late against their own rhythm, and probably still customers.
    case overdue
    /// Bought once, later ago than nearly everyone who ever came back.
    case oneTime = "one-time"
}

/// Who belongs on which list. Pure: figures in, lists out.
struct ListRules: Sendable {
    /// An overdue regular has this many occasions or more.
    static let leastOccasions = 3
    /// And has stayed away this many usual gaps or longer.
    static let lateFactor = 1.5
    /// Less likely than this to come back: unlikely.
    static let unlikely = 0.5

    let day: LocalDate
    let curve: RepeatWindow?
    let risk: AtRiskRule

    init(day: LocalDate, curve: RepeatWindow?) throws {
        self.day = day
        self.curve = curve
        risk = try AtRiskRule()
    }

    /// Nobody stands on two lists at once.
    func list(for customer: CustomerFigures) throws -> CustomerList? {
        if customer.occasions == 1 { return onceBought(customer) }
        if try isAtRisk(customer) { return .atRisk }
        return isOverdue(customer) ? .overdue : nil
    }

    private func isAtRisk(_ customer: CustomerFigures) throws -> Bool {
        guard let alive = customer.alive else { return false }
        let finding = try risk.judge(
            now: .estimated(alive), before: customer.aliveBefore.map { .estimated($0) },
            residual: Amount(minorUnits: Double(customer.money)))
        return finding != nil
    }

    private func isOverdue(_ customer: CustomerFigures) -> Bool {
        guard customer.occasions >= ListRules.leastOccasions, let gap = customer.usualGap else {
            return false
        }
        return Double(customer.daysSilent(at: day)) > ListRules.lateFactor * gap
    }

    private func onceBought(_ customer: CustomerFigures) -> CustomerList? {
        guard let curve else { return nil }
        let days = customer.daysSilent(at: day)
        if days > curve.lateDay { return .oneTime }
        return days > curve.halfDay && curve.chance(after: days) < ListRules.unlikely ? .newcomers : nil
    }
}

/// Who is left alone, so that the others can be compared with them.
enum HoldOut {
    /// The same answer for a customer and a list, always and everywhere: their place between 0 and 1 is mixed from both,
    /// and the first so many are left alone. With a larger share those held before stay held.
    static func isHeld(_ party: Int64, on list: CustomerList, share: Double) -> Bool {
        isHeld(party, on: list.rawValue, share: share)
    }

    /// The same for anything with a name that customers are approached for.
    static func isHeld(_ party: Int64, on name: String, share: Double) -> Bool {
        var bits: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { bits = (bits ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        bits = mixed(bits ^ mixed(UInt64(bitPattern: party)))
        return Double(bits >> 11) / 9_007_199_254_740_992 < share
    }

    /// Every bit of the answer depends on every bit asked: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    private static func mixed(_ bits: UInt64) -> UInt64 {
        var bits = bits &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
