public import HTTPTypes
public import Kernel
public import Markup
import Synchronization

/// Slows guessing down without locking anybody out.
///
/// Guesses are counted for an account as seen from one neighbourhood of the network, for the neighbourhood,
/// and for the account from everywhere. Each count lets a few through, then makes the next wait longer and
/// longer. A device on which the account has signed in before has a count of its own: whoever attacks from
/// elsewhere cannot keep its owner out.
public final class SignInThrottle: Sendable {
    private let clock: any WallClock
    private let tries = Mutex<[String: Tries]>([:])
    private let limit: Int

    /// `limit` is how many counts are kept; beyond it those that matter least are forgotten.
    public init(clock: any WallClock, limit: Int = 100_000) {
        self.clock = clock
        self.limit = limit
    }

    /// Call before looking at the password. It counts as a failure until `succeed` says otherwise, so that a
    /// hundred guesses at the same moment are a hundred guesses.
    public func attempt(account: String, from address: RemoteAddress, device: KnownDevice? = nil) throws {
        let now = clock.now
        let names = SignInThrottle.counts(account, address, device)
        let wait = tries.withLock { tries in
            let waits = names.map { name, pace in tries[name, default: Tries()].wait(at: now, pace) }
            let wait = waits.max() ?? .zero
            guard wait == .zero else { return wait }
            for (name, pace) in names { tries[name, default: Tries()].count(at: now, pace) }
            if tries.count > limit { SignInThrottle.forget(&tries, at: now, keeping: limit / 2) }
            return .zero
        }
        guard wait == .zero else { throw ThrottleRefusal(wait: wait) }
    }

    /// The password was right: this account from here starts afresh, and the other counts lose this one try.
    public func succeed(account: String, from address: RemoteAddress, device: KnownDevice? = nil) {
        let names = SignInThrottle.counts(account, address, device)
        tries.withLock { tries in
            if let first = names.first { tries[first.name] = nil }
            for (name, _) in names.dropFirst() { tries[name]?.takeBack() }
        }
    }

    private static func counts(
        _ account: String, _ address: RemoteAddress, _ device: KnownDevice?
    ) -> [(name: String, pace: Tries.Pace)] {
        if let device { return [("device \(device.id)", .device)] }
        return [
            ("pair \(account) \(address.neighbourhood)", .pair),
            ("network \(address.neighbourhood)", .network),
            ("account \(account)", .account),
        ]
    }

    private static func forget(_ tries: inout [String: Tries], at now: Instant, keeping count: Int) {
        let kept = tries.map { ($0.key, $0.value, $0.value.weight(at: now)) }.sorted { $0.2 > $1.2 }.prefix(
            count)
        tries = Dictionary(uniqueKeysWithValues: kept.map { ($0.0, $0.1) })
    }
}

/// How often something was tried lately. A try fades with time.
struct Tries: Sendable, Equatable {
    /// How many tries are free, how fast they fade, and how long the wait grows at most.
    struct Pace: Sendable, Equatable {
        let free: Double
        let fadesIn: Double
        let longestWait: Double

        static let device = Pace(free: 10, fadesIn: 300, longestWait: 60)
        static let pair = Pace(free: 5, fadesIn: 600, longestWait: 900)
        static let network = Pace(free: 30, fadesIn: 60, longestWait: 300)
        /// Never longer than half a minute: from a new device one can always get in, if slowly.
        static let account = Pace(free: 50, fadesIn: 120, longestWait: 30)
    }

    private var weight = 0.0
    private var last = Instant(milliseconds: 0)

    init() {}

    func wait(at now: Instant, _ pace: Pace) -> Duration {
        let excess = faded(at: now, pace) - pace.free
        guard excess >= 0 else { return .zero }
        let seconds = min(pace.longestWait, exp2(excess.rounded(.down)))
        let passed = Double(now.milliseconds - last.milliseconds) / 1000
        // A clock that was set back must not keep anybody waiting for longer than the wait itself.
        return passed >= 0 && passed < seconds ? .seconds(seconds - passed) : .zero
    }

    mutating func count(at now: Instant, _ pace: Pace) {
        weight = faded(at: now, pace) + 1
        last = now
    }

    mutating func takeBack() { weight = max(0, weight - 1) }

    /// For choosing what to forget.
    func weight(at now: Instant) -> Double {
        weight - Double(max(0, now.milliseconds - last.milliseconds)) / 600_000
    }

    private func faded(at now: Instant, _ pace: Pace) -> Double {
        let passed = Double(max(0, now.milliseconds - last.milliseconds)) / 1000
        return max(0, weight - passed / pace.fadesIn)
    }
}

/// Two to the power, capped where it stops mattering.
private func exp2(_ power: Double) -> Double { power >= 20 ? 1_048_576 : Double(1 << Int(max(0, power))) }

/// Wait a little.
public struct ThrottleRefusal: Refusal, Equatable {
    public let wait: Duration

    public var seconds: Int { Int((wait / .seconds(1)).rounded(.up)) }
    public var status: HTTPResponse.Status { .tooManyRequests }
    public var phrase: Phrase { Phrase("web.throttle.wait", .count(max(1, seconds))) }
    public var code: String { "password_lockout" }
}

extension SignInThrottle {
    /// How many counts are kept now.
    var size: Int { tries.withLock { $0.count } }
}
