import Logging
import ServiceLifecycle
import Synchronization

/// Passes on that a session or key was used, once a minute for each.
///
/// While the server runs, a request only leaves a note and goes on: the write behind it may have to wait for a long
/// import, and nobody's page waits with it. Without a server, in a test, the note is written at once.
final class UsageNotes: Service, Sendable {
    private struct State {
        var noted: [AccessUse.Subject: ContinuousClock.Instant] = [:]
        var isRunning = false
    }

    private let state = Mutex(State())
    private let gatekeeper: any Gatekeeper
    private let uses: AsyncStream<AccessUse>
    private let inbox: AsyncStream<AccessUse>.Continuation
    private let logger = Logger(label: "regulars")

    init(gatekeeper: any Gatekeeper) {
        self.gatekeeper = gatekeeper
        (uses, inbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
    }

    func run() async throws {
        state.withLock { $0.isRunning = true }
        await cancelWhenGracefulShutdown { for await use in self.uses { await self.write(use) } }
    }

    func note(_ subject: AccessUse.Subject, from address: RemoteAddress) async {
        guard isDue(subject, at: .now) else { return }
        let use = AccessUse(subject: subject, address: address)
        if state.withLock({ $0.isRunning }) {
            inbox.yield(use)
        } else {
            await write(use)
        }
    }

    private func write(_ use: AccessUse) async {
        do {
            try await gatekeeper.recordUse(use)
        } catch {
            logger.warning("Could not note the use of a session or key", metadata: ["error": "\(error)"])
        }
    }

    private func isDue(_ subject: AccessUse.Subject, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            if let last = state.noted[subject], now - last < .seconds(60) { return false }
            if state.noted.count > 10_000 {
                state.noted = state.noted.filter { now - $0.value < .seconds(60) }
            }
            state.noted[subject] = now
            return true
        }
    }
}
