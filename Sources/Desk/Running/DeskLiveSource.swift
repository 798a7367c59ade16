import Storage
public import Web

/// The spine of events, as open pages follow it.
public struct DeskLiveSource: LiveSource {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var latest: Int64 {
        get async throws { try await desk.events.lastSequence() }
    }

    public func events(after sequence: Int64, limit: Int) async throws -> [LiveEvent] {
        try await desk.events.after(sequence, limit: limit).map { event in
            let (topic, permission) = DeskLiveSource.topic(of: event.noun)
            return LiveEvent(
                sequence: event.seq ?? sequence, topic: topic, subject: event.party.map(String.init),
                needs: permission)
        }
    }

    /// What pages call it in `data-live`, and who may hear of it.
    private static func topic(of noun: String) -> (String, Permission) {
        switch noun {
        case "party", "purchase", "advocacy", "answer", "list", "figures": ("customers", .seeCustomers)
        case "finding", "desired": ("profile", .seeProfile)
        case "import": ("imports", .importFiles)
        default: ("house", .changeSettings)
        }
    }

    public var wakeUps: AsyncStream<Void> {
        AsyncStream { continuation in
            let listening = Task {
                for await topic in desk.database.announcements() where topic == EventSequencer.topic {
                    continuation.yield()
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in listening.cancel() }
        }
    }
}
