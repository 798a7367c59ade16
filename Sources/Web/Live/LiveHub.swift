public import Logging
public import ServiceLifecycle

/// Reads new events once and passes them to every open page of this process.
///
/// Each listener has room for a few hundred. One who does not keep up is let go, and reads what it missed
/// from the source, at its own pace.
public actor LiveHub: Service {
    static let room = 256

    let source: any LiveSource
    private let heartbeat: Duration
    private let logger: Logger
    private var listeners: [Int: AsyncStream<Signal>.Continuation] = [:]
    private var nextListener = 0
    private var last: Int64?
    private var isClosed = false

    enum Signal: Sendable, Equatable {
        case event(LiveEvent)
        case heartbeat
    }

    /// One open page's place.
    struct Listener: Sendable {
        let id: Int
        let signals: AsyncStream<Signal>
        /// Ends the signals at once, from anywhere.
        let stop: @Sendable () -> Void
    }

    public init(source: any LiveSource, heartbeat: Duration = .seconds(15), logger: Logger) {
        self.source = source
        self.heartbeat = heartbeat
        self.logger = logger
    }

    /// Runs until told to stop; then every stream ends, and browsers connect again elsewhere.
    public func run() async throws {
        defer { close() }
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.beat() }
                group.addTask { await self.follow() }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private func beat() async throws {
        while !Task.isCancelled {
            do { try await Task.sleep(for: heartbeat) } catch { return }
            for listener in listeners.values { listener.yield(.heartbeat) }
            await pass()
        }
    }

    private func follow() async {
        await pass()
        for await _ in source.wakeUps { await pass() }
    }

    /// Sends on whatever is new. Trouble with the source is logged and tried again at the next wake-up or
    /// beat.
    private func pass() async {
        do {
            var seen = try await position()
            while true {
                let events = try await source.events(after: seen, limit: 500)
                // Another pass may have run meanwhile; listeners skip what they have seen.
                for event in events { tell(event) }
                guard let newest = events.last?.sequence else { break }
                seen = newest
                last = max(last ?? 0, newest)
            }
        } catch {
            logger.warning("Live events could not be read", metadata: ["error": "\(error)"])
        }
    }

    /// Where the hub stands. It begins with the newest event, before anybody listens, so that nobody who
    /// listens can miss one.
    private func position() async throws -> Int64 {
        if let last { return last }
        let latest = try await source.latest
        let position = last ?? latest
        last = position
        return position
    }

    private func tell(_ event: LiveEvent) {
        for (id, listener) in listeners {
            if case .dropped = listener.yield(.event(event)) {
                listener.finish()
                listeners[id] = nil
            }
        }
    }

    /// A stream of what happens from now on. It ends when the listener falls behind or the hub closes.
    func listen() async throws -> Listener {
        _ = try await position()
        let (signals, continuation) = AsyncStream.makeStream(
            of: Signal.self, bufferingPolicy: .bufferingOldest(LiveHub.room))
        if isClosed { continuation.finish() }
        nextListener += 1
        listeners[nextListener] = continuation
        return Listener(id: nextListener, signals: signals, stop: { continuation.finish() })
    }

    func leave(_ id: Int) { listeners.removeValue(forKey: id)?.finish() }

    var isOpen: Bool { !isClosed }

    func listens(_ id: Int) -> Bool { listeners[id] != nil }

    private func close() {
        isClosed = true
        for listener in listeners.values { listener.finish() }
        listeners = [:]
    }
}
