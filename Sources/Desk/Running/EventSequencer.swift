public import Logging
public import ServiceLifecycle
import Storage

/// Gives committed events their place in the order that live pages and later readers follow.
public struct EventSequencer: Service {
    /// Announced when events were given their numbers.
    static let topic = "stamped"

    let desk: Desk
    let logger: Logger

    public init(desk: Desk, logger: Logger) {
        self.desk = desk
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await onAnnouncement() }
                group.addTask { await onTheHour() }
            }
        }
    }

    private func onAnnouncement() async {
        for await topic in desk.database.announcements() where topic != EventSequencer.topic {
            if Task.isCancelled { return }
            await stamp()
        }
    }

    /// For events whose announcement was lost with the process that should have made it.
    private func onTheHour() async {
        while !Task.isCancelled {
            await stamp()
            do { try await Task.sleep(for: .seconds(3)) } catch { return }
        }
    }

    private func stamp() async {
        do {
            var stamped = 0
            var latest = 1
            while latest > 0 {
                latest = try await desk.events.stamp()
                stamped += latest
            }
            if stamped > 0 { await desk.database.announce(EventSequencer.topic) }
        } catch {
            logger.warning("Events could not be numbered", metadata: ["error": "\(error)"])
        }
    }
}
