#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the present comes from. Rules take their clock; only the executable owns the real one.
public protocol WallClock: Sendable {
    var now: Instant { get }
}

/// The machine's clock.
public struct SystemClock: WallClock {
    public init() {}

    public var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
