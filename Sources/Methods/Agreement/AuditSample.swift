/// One case that could be audited: who handled it, how it came in, and whether the customer left unhappy.
public struct AuditCandidate<ID: Hashable & Comparable & Sendable>: Sendable, Hashable {
    /// What the contact is known by.
    public let id: ID
    /// Who handled it, and how it came in.
    public let agent, channel: String
    /// Whether it ended in a detractor's answer; see `AuditSample.detractors`.
    public let isDetractor: Bool

    /// One contact that may be drawn.
    public init(id: ID, agent: String, channel: String, isDetractor: Bool = false) {
        self.id = id
        self.agent = agent
        self.channel = channel
        self.isDetractor = isDetractor
    }
}

/// How the cases to read are shared out over agents and channels.
public enum AuditAllocation: Sendable, Equatable {
    /// By the number of cases, with at least `minimum` (or all there are) from every agent and channel.
    case proportional(minimum: Int)
    /// As equally as the numbers of cases allow: for judging agents rather than the whole.
    case equal
}

/// The cases drawn for one agent in one channel.
public struct AuditStratum<ID: Hashable & Comparable & Sendable>: Sendable, Equatable {
    /// Who handled it, and how it came in.
    public let agent, channel: String
    /// How many cases there were.
    public let size: Int
    /// The cases drawn, in the order they were drawn.
    public let drawn: [ID]

    /// How many cases each one drawn stands for; nil when none was drawn.
    public var weight: Double? { drawn.isEmpty ? nil : Double(size) / Double(drawn.count) }
}

/// A random sample of cases to audit, and the detractors to read beside it.
public struct AuditSample<ID: Hashable & Comparable & Sendable>: Sendable, Equatable {
    /// The random sample, by agent and then channel. Drawn from all cases, detractors too: leaving them out
    /// would flatter the result.
    public let strata: [AuditStratum<ID>]
    /// The detractors that were not drawn, in order. Not random: read them to learn, keep them out of every
    /// rate. `share(of:)` does.
    public let detractors: [ID]

    /// The share of all cases that would be found defective, from those drawn: Σ N(h) p(h) / Σ N(h).
    ///
    /// Weighted by stratum, so it is unbiased however the sample was shared out; strata of which nothing was
    /// drawn are left out (see `coverage`), detractors read beside the sample count for nothing.
    ///
    /// - Parameter defective: the cases found defective; others than those drawn are ignored.
    /// - Returns: 0…1; nil when nothing was drawn.
    public func share(of defective: Set<ID>) -> Double? {
        var found = 0.0
        var standing = 0.0
        for stratum in strata {
            guard let weight = stratum.weight else { continue }
            found += weight * Double(stratum.drawn.count { defective.contains($0) })
            standing += Double(stratum.size)
        }
        return standing > 0 ? found / standing : nil
    }

    /// The share of all cases that lie in strata of which something was drawn, 0…1.
    public var coverage: Double {
        let all = strata.reduce(0) { $0 + $1.size }
        let covered = strata.reduce(0) { $0 + ($1.drawn.isEmpty ? 0 : $1.size) }
        return all > 0 ? Double(covered) / Double(all) : 0
    }
}

/// Why no audit sample was drawn.
public enum AuditRefusal: Error, Equatable {
    /// The same case appears twice; it would be twice as likely to be read.
    case repeatedCase
    /// `size` or `minimum` cannot be met: which, and what it may be.
    case outOfRange(OutOfRange)
}

/// Draws cases to audit at random, stratified by agent and channel: no cherry-picking, and anyone with the
/// seed can draw the same sample again.
///
/// The cases may come in any order. Each stratum draws from a stream of its own (seeded by `seed` and the
/// names): drawing more from it only adds to what it gave, whatever other agents' cases do. O(n log n).
///
/// - Parameters:
///   - candidates: every case of the period, each once.
///   - size: how many to draw, 0 or more; all of them when there are fewer.
///   - allocation: how they are shared out.
///   - seed: chosen before looking, and printed in the report.
/// - Throws: `AuditRefusal`: `repeatedCase`, or `outOfRange` naming `size` (negative, or too small for the
///   minimum) or `minimum`.
public func auditSample<ID>(
    from candidates: some Sequence<AuditCandidate<ID>>, size: Int,
    allocation: AuditAllocation = .proportional(minimum: 1), seed: UInt64
) throws(AuditRefusal) -> AuditSample<ID> {
    let frame = try AuditFrame(candidates)
    let shares = try frame.allocate(size, by: allocation)
    var drawn = Set<ID>()
    var strata: [AuditStratum<ID>] = []
    for ((key, cases), share) in zip(frame.strata, shares) {
        let chosen = key.draw(share, of: cases, seed: seed)
        drawn.formUnion(chosen)
        strata.append(
            AuditStratum(agent: key.agent, channel: key.channel, size: cases.count, drawn: chosen))
    }
    return AuditSample(strata: strata, detractors: frame.detractors.filter { !drawn.contains($0) })
}
