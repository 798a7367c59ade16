public import Kernel
import Synchronization

/// A clock that stands still until a test moves it. Starts on Monday 2026-03-02 at nine in the morning, UTC.
public final class FakeClock: WallClock {
    private let time: Mutex<Instant>

    public init(at start: Instant = Instant(milliseconds: 1_772_442_000_000)) { time = Mutex(start) }

    public var now: Instant { time.withLock { $0 } }

    public func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }

    public func set(to instant: Instant) { time.withLock { $0 = instant } }
}
