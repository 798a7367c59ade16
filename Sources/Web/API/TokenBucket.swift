import Synchronization

/// How many calls are left this minute. It fills evenly, so a burst may use all of it and then goes on at its
/// pace.
struct TokenBucket: Sendable, Equatable {
    let capacity: Double
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant

    init(perMinute: Int, at now: ContinuousClock.Instant) {
        capacity = Double(max(perMinute, 1))
        tokens = capacity
        filledAt = now
    }

    enum Verdict: Sendable, Equatable {
        case granted(remaining: Int)
        case refused(retryAfter: Int)
    }

    mutating func take(at now: ContinuousClock.Instant) -> Verdict {
        let seconds = max(0, (now - filledAt) / .seconds(1))
        tokens = min(capacity, tokens + seconds * capacity / 60)
        filledAt = now
        guard tokens >= 1 else {
            return .refused(retryAfter: Int(((1 - tokens) * 60 / capacity).rounded(.up)))
        }
        tokens -= 1
        return .granted(remaining: Int(tokens))
    }
}

/// One bucket for each caller.
final class CallLimiter: Sendable {
    private let perMinute: Int
    private let buckets = Mutex<[Int64: TokenBucket]>([:])

    init(perMinute: Int) { self.perMinute = perMinute }

    func take(for caller: APICaller, at now: ContinuousClock.Instant = .now) -> TokenBucket.Verdict {
        buckets.withLock { buckets in
            let id = caller.key.map { -$0 } ?? caller.person.id
            return buckets[id, default: TokenBucket(perMinute: perMinute, at: now)].take(at: now)
        }
    }
}
