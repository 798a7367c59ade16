import ArgumentParser
import Desk
import Foundation
import Kernel

/// Segments with their sizes, and their members as of the last run.
struct SegmentsCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "segments",
        abstract: "List the segments, compute them, or list who is in one.",
        discussion: """
            Sizes are those of the last run, which the server makes every night, after a change and after imports; \
            --compute makes one now.

            Example: regulars segments --data /var/lib/regulars --compute --json
            """)

    @OptionGroup var place: PlaceOptions
    @Flag(help: "Compute every segment that is not up to date first.") var compute = false
    @Option(help: "List the ids of this segment's members, one a line.") var members: Int64?
    @Flag(help: "Print JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let desk = open.desk
        if compute { try await desk.computeSegments() }
        let store = SegmentStore(database: desk.database, clock: desk.clock)
        if let members { return try await list(members, store, terminal) }
        let segments = try await store.all()
        if json { return terminal.out(JSON.list(segments.map(\.json)).prettyText) }
        for segment in segments {
            let size = segment.computedAt == nil ? "not computed yet" : "\(segment.members)"
            terminal.out("\(segment.id)  \(segment.content.name): \(size)")
            terminal.out("    \(segment.content.filter)")
        }
    }

    private func list(_ id: Int64, _ store: SegmentStore, _ terminal: Terminal) async throws {
        guard try await store.segment(id) != nil else {
            throw Failure("there is no segment \(id)", code: Failure.wrongWords)
        }
        var after: Int64 = 0
        while true {
            let ids = try await store.members(of: id, after: after, limit: 5_000)
            guard let last = ids.last else { return }
            terminal.out(ids.map { "\($0)" }.joined(separator: "\n"))
            after = last
        }
    }
}
