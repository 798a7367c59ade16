import Logging
import Synchronization

/// Passes on that a session or key was used, once a minute for each, so that reading a page is rarely a
/// write.
final class UsageNotes: Sendable {
    private let noted = Mutex<[AccessUse.Subject: ContinuousClock.Instant]>([:])

    func note(
        _ subject: AccessUse.Subject, from address: RemoteAddress, with gatekeeper: any Gatekeeper,
        logger: Logger
    ) async {
        guard isDue(subject, at: .now) else { return }
        do {
            try await gatekeeper.recordUse(AccessUse(subject: subject, address: address))
        } catch {
            logger.warning("Could not note the use of a session or key", metadata: ["error": "\(error)"])
        }
    }

    private func isDue(_ subject: AccessUse.Subject, at now: ContinuousClock.Instant) -> Bool {
        noted.withLock { noted in
            if let last = noted[subject], now - last < .seconds(60) { return false }
            if noted.count > 10_000 { noted = noted.filter { now - $0.value < .seconds(60) } }
            noted[subject] = now
            return true
        }
    }
}
