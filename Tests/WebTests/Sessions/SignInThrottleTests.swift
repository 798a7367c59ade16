import Kernel
import Synchronization
import Testing
@testable import Web

/// A clock that moves when it is told to.
final class FakeClock: WallClock {
    private let time = Mutex(Instant(milliseconds: 1_800_000_000_000))
    var now: Instant { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}

@Suite struct `Guessing a password` {
    let clock = FakeClock()
    let throttle: SignInThrottle
    let mallory: RemoteAddress
    let grace: RemoteAddress

    init() throws {
        throttle = SignInThrottle(clock: clock)
        mallory = try #require(RemoteAddress("203.0.113.9"))
        grace = try #require(RemoteAddress("198.51.100.7"))
    }

    /// How many of these tries got as far as the password.
    func tries(_ count: Int, account: String = "grace", from address: RemoteAddress, every: Duration = .zero)
        -> Int
    {
        (0..<count).reduce(0) { done, _ in
            clock.advance(by: every)
            return (try? throttle.attempt(account: account, from: address)) == nil ? done : done + 1
        }
    }

    @Test func `is free a few times, then slower and slower`() throws {
        #expect(tries(100, from: mallory) == 5)
        var waits: [Int] = []
        for _ in 0..<6 {
            do { try throttle.attempt(account: "grace", from: mallory) } catch let refusal as ThrottleRefusal
            {
                waits.append(refusal.seconds)
                clock.advance(by: refusal.wait)
                try throttle.attempt(account: "grace", from: mallory)
            }
        }
        #expect(waits == waits.sorted())
        #expect((waits.last ?? 0) > 10)
    }

    @Test func `goes nowhere in a day`() {
        #expect(tries(86_400, from: mallory, every: .seconds(1)) < 200)
    }

    @Test func `from many networks is held back for the account as a whole`() throws {
        var done = 0
        for network in 0..<5000 {
            clock.advance(by: .seconds(1))
            let address = try #require(RemoteAddress("10.\(network / 250).\(network % 250).1"))
            done += tries(1, from: address)
        }
        #expect(done < 300)
    }

    @Test func `of many accounts from one network is held back too`() {
        let done = (0..<1000).reduce(0) { $0 + tries(1, account: "person\($1)", from: mallory) }
        #expect(done == 30)
    }

    @Test func `never locks the owner out of a device that is known`() throws {
        let device = KnownDevice.fresh(for: "grace", signedWith: TestKey.key)
        for network in 0..<200 {
            _ = tries(20, from: try #require(RemoteAddress("10.0.\(network).1")))
        }
        #expect(throws: ThrottleRefusal.self) { try throttle.attempt(account: "grace", from: grace) }
        try throttle.attempt(account: "grace", from: grace, device: device)
    }

    @Test func `lets the owner in from a new device within half a minute, however long the attack`() throws {
        for network in 0..<200 {
            _ = tries(20, from: try #require(RemoteAddress("10.0.\(network).1")))
        }
        do { try throttle.attempt(account: "grace", from: grace) } catch let refusal as ThrottleRefusal {
            #expect(refusal.wait <= .seconds(30))
            clock.advance(by: refusal.wait)
        }
        try throttle.attempt(account: "grace", from: grace)
    }

    @Test func `is forgotten once it was right`() throws {
        for _ in 0..<40 {
            try throttle.attempt(account: "grace", from: grace)
            throttle.succeed(account: "grace", from: grace)
        }
    }

    @Test func `is forgotten with time`() {
        #expect(tries(10, from: mallory) == 5)
        clock.advance(by: .seconds(3600))
        #expect(tries(10, from: mallory) == 5)
    }

    @Test func `waits no longer when the clock is set back`() throws {
        _ = tries(10, from: mallory)
        clock.advance(by: .seconds(-86_400))
        try throttle.attempt(account: "grace", from: mallory)
    }

    @Test func `cannot fill the memory`() throws {
        let small = SignInThrottle(clock: clock, limit: 100)
        for number in 0..<1000 {
            let address = try #require(RemoteAddress("10.\(number / 250).\(number % 250).1"))
            try small.attempt(account: "person\(number)", from: address)
        }
        #expect(small.size <= 103)
    }
}
