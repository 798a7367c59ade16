import Synchronization

/// How often a neighbourhood of the network may look at what is published. One bucket for each; where there are too many
/// to remember, all begin anew.
public final class VisitorLimiter: Sendable {
    private static let most = 10_000

    private let perMinute: Int
    private let buckets = Mutex<[String: TokenBucket]>([:])

    public init(perMinute: Int) { self.perMinute = perMinute }

    /// Nil where they may; else how many seconds to wait.
    public func take(for address: RemoteAddress) -> Int? {
        take(for: address, at: .now)
    }

    func take(for address: RemoteAddress, at now: ContinuousClock.Instant) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= VisitorLimiter.most { buckets.removeAll(keepingCapacity: true) }
            let place = address.neighbourhood
            switch buckets[place, default: TokenBucket(perMinute: perMinute, at: now)].take(at: now) {
            case .granted: return nil
            case .refused(let seconds): return seconds
            }
        }
    }
}
