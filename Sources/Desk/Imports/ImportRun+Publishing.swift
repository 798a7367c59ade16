import Kernel
import Storage

extension ImportRun {
    /// Makes everything staged visible, in one step.
    func publish(_ item: Import, by act: Act) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        try await step(ImportProgress(item, at: store.clock.now))
        let published = try await database.write { try Publishing(item, act).run(in: $0) }
        guard let published else { throw ImportRefusal.takenOver }
        var summary = published
        summary.publishSeconds += start.duration(to: clock.now).seconds
        let text = Stored.text(of: summary)
        _ = try await database.write {
            try $0.run("UPDATE import SET summary = \(text) WHERE id = \(item.id)")
        }
        store.removeUpload(of: item)
        try await database.refreshStatistics(of: ["tally", "standing", "purchase", "party", "answer"])
        await announceResult()
    }
}
