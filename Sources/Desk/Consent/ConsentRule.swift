import Kernel

/// What somebody said about being approached for a purpose, at an address of theirs or at all of them.
struct ConsentWord: Sendable, Equatable {
    /// Empty for all addresses.
    let addressKey: String
    let purpose: Purpose
    let isGiven: Bool
    let at: Instant
    let id: Int64
}

/// An address nobody may write to for a purpose, whoever it belongs to.
struct Suppression: Sendable, Equatable {
    let addressKey: String
    let purpose: Purpose
    let reason: String
    let recordedAt: Instant
}

/// Whether one address may be used for a purpose, and why.
enum ReachVerdict: Sendable, Equatable {
    case agreed(since: Instant)
    /// Nobody asked, and nobody refused.
    case unasked
    case refused(Purpose, since: Instant, here: Bool)
    case suppressed(Purpose, reason: String)

    var isAllowed: Bool {
        switch self {
        case .agreed, .unasked: true
        case .refused, .suppressed: false
        }
    }
}

/// Which addresses of a customer may be used for a purpose.
struct Reachability: Sendable {
    let purpose: Purpose
    let addresses: [(address: Address, verdict: ReachVerdict)]
    /// What holds where no address of its own says otherwise.
    let overall: ReachVerdict

    var usable: [Address] { addresses.filter(\.verdict.isAllowed).map(\.address) }

    /// Refused, or every address on record may not be used.
    var isRefused: Bool { !overall.isAllowed || (!addresses.isEmpty && usable.isEmpty) }
}

/// The latest word counts, for each purpose and address by itself. Whoever refused `any` refused all of it, and a refusal
/// for all addresses is not lifted by agreeing at one.
enum ConsentRule {
    static func reachability(
        _ purpose: Purpose, addresses: [Address], words: [ConsentWord], suppressions: [Suppression]
    ) -> Reachability {
        let overall = verdict(purpose, at: "", words)
        return Reachability(
            purpose: purpose,
            addresses: addresses.map { address in
                (address, verdict(purpose, of: address.key, overall, words, suppressions))
            },
            overall: overall)
    }

    private static func verdict(
        _ purpose: Purpose, of key: String, _ overall: ReachVerdict, _ words: [ConsentWord],
        _ suppressions: [Suppression]
    ) -> ReachVerdict {
        let covers = { (one: Purpose) in one == purpose || one == .any }
        if let found = suppressions.first(where: { $0.addressKey == key && covers($0.purpose) }) {
            return .suppressed(found.purpose, reason: found.reason)
        }
        guard overall.isAllowed else { return overall }
        let own = verdict(purpose, at: key, words)
        return own == .unasked ? overall : own
    }

    /// What was last said of this address alone, or of all of them where the key is empty.
    private static func verdict(_ purpose: Purpose, at key: String, _ words: [ConsentWord]) -> ReachVerdict {
        func latest(_ purpose: Purpose) -> ConsentWord? {
            words.filter { $0.purpose == purpose && $0.addressKey == key }
                .max { ($0.at, $0.id) < ($1.at, $1.id) }
        }
        let said = (purpose == .any ? [.any] : [purpose, .any]).compactMap(latest)
        if let refusal = said.filter({ !$0.isGiven }).max(by: { ($0.at, $0.id) < ($1.at, $1.id) }) {
            return .refused(refusal.purpose, since: refusal.at, here: !key.isEmpty)
        }
        return said.first.map { .agreed(since: $0.at) } ?? .unasked
    }
}
