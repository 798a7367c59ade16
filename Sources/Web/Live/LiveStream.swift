import Hummingbird
import NIOCore
import ServiceLifecycle

/// What one browser is told, from where it left off until it goes or we do.
struct LiveStream: Sendable {
    let hub: LiveHub
    let gatekeeper: any Gatekeeper
    let session: [UInt8]
    let permissions: Set<Permission>
    /// More than this missed, and the page had better load again.
    static let memory = 1000

    /// Where a stream stands.
    private struct Progress {
        var seen: Int64
        var permissions: Set<Permission>
        var beats = 0
        var isOver = false
    }

    @concurrent
    func write(to writer: inout any ResponseBodyWriter, after start: Int64?) async throws {
        let latest = try await hub.source.latest
        var progress = Progress(seen: start ?? latest, permissions: permissions)
        try await send("retry: 2000\nid: \(progress.seen)\ndata: {\"topic\":\"hello\"}\n\n", to: &writer)
        while await hub.isOpen, !progress.isOver, !Task.isCancelled, !Task.isShuttingDownGracefully {
            let listener = try await hub.listen()
            do {
                try await replay(&progress, to: &writer)
                try await follow(listener, &progress, to: &writer)
            } catch {
                await hub.leave(listener.id)
                throw error
            }
            await hub.leave(listener.id)
        }
        try await writer.finish(nil)
    }

    /// What happened while nobody listened.
    @concurrent
    private func replay(_ progress: inout Progress, to writer: inout any ResponseBodyWriter) async throws {
        var count = 0
        while true {
            let events = try await hub.source.events(after: progress.seen, limit: 200)
            guard let newest = events.last?.sequence else { return }
            count += events.count
            if count > LiveStream.memory {
                progress.seen = try await hub.source.latest
                return try await send("id: \(progress.seen)\ndata: {\"topic\":\"reload\"}\n\n", to: &writer)
            }
            for event in events { try await tell(event, &progress, to: &writer) }
            progress.seen = max(progress.seen, newest)
        }
    }

    @concurrent
    private func follow(
        _ listener: LiveHub.Listener, _ progress: inout Progress, to writer: inout any ResponseBodyWriter
    ) async throws {
        try await withGracefulShutdownHandler {
            for await signal in listener.signals {
                switch signal {
                case .event(let event): try await tell(event, &progress, to: &writer)
                case .heartbeat: try await beat(&progress, to: &writer)
                }
                if progress.isOver { return }
            }
        } onGracefulShutdown: {
            listener.stop()
        }
    }

    @concurrent
    private func tell(
        _ event: LiveEvent, _ progress: inout Progress, to writer: inout any ResponseBodyWriter
    ) async throws {
        guard event.sequence > progress.seen else { return }
        progress.seen = event.sequence
        if let needed = event.needs, !progress.permissions.contains(needed) { return }
        try await send("id: \(event.sequence)\ndata: \(event.json)\n\n", to: &writer)
    }

    /// A comment keeps the line open. About once a minute the session is looked at again: it may have ended.
    @concurrent
    private func beat(_ progress: inout Progress, to writer: inout any ResponseBodyWriter) async throws {
        progress.beats += 1
        if progress.beats % 4 == 0 {
            let signedIn = try await gatekeeper.person(forSession: session)
            progress.permissions = signedIn?.person.permissions ?? []
            progress.isOver = signedIn == nil
        }
        try await send(":\n\n", to: &writer)
    }

    @concurrent
    private func send(_ text: String, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: text))
    }
}

extension LiveEvent {
    /// One line of JSON.
    var json: String {
        let fields = ["topic": topic, "subject": subject].compactMapValues(\.self)
        let bytes = (try? APIFormat.encode(fields)).map { Array($0) } ?? []
        return String(decoding: bytes, as: UTF8.self)
    }
}
