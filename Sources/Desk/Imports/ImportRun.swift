public import Kernel
public import Storage
import Tabular

/// Brings imports to where somebody wants them: the worker's and the command line's one way of doing it.
///
/// Everything it has done is on disk between two steps, so that it may be killed at any moment and go on.
public struct ImportRun: Sendable {
    /// The kind of the job that runs imports in the server.
    static let order = "run-import"

    let store: ImportStore
    let step: ImportStep

    /// How many rows become visible to progress and to a resumed run at once.
    var portionRows = 65_536

    public init(_ store: ImportStore, step: @escaping ImportStep = { _ in }) {
        self.store = store
        self.step = step
    }

    var database: any Database { store.database }

    /// Imports a file from the disk, or goes on with it where an earlier run was cut off.
    public func run(
        _ kind: ImportKind, path: String, fileName: String, options: ImportOptions = ImportOptions(),
        isDryRun: Bool = false, by act: Act
    ) async throws -> ImportReport {
        var item: Import
        if !isDryRun, let unfinished = try await resumable(kind, path: path, options, by: act) {
            item = unfinished
        } else {
            try await store.dropAbandoned(kind, path: path, by: act)
            item = try await store.begin(kind, path: path, fileName: fileName, options: options, by: act)
            do {
                _ = try await check(item)
                if !isDryRun { item = try await store.required(item.id) }
            } catch {
                try await stop(item.id, error)
                throw error
            }
        }
        if isDryRun {
            let report = try await store.report(item.id)
            try await store.drop(item.id, by: act)
            return report
        }
        try await finish(item.id, by: act)
        return try await store.report(item.id)
    }

    /// An import of the same file that was cut off. One that would read it another way, or that failed on what the file
    /// held then, makes way.
    private func resumable(
        _ kind: ImportKind, path: String, _ options: ImportOptions, by act: Act
    ) async throws -> Import? {
        guard let item = try await store.unfinished(kind, path: path) else { return nil }
        let isSame = try store.reads(item, like: options)
        if isSame, item.state != .failed || item.problem?.code != Remark(TableProblem.changedWhileRead).code {
            return item
        }
        try await store.fail(item.id, because: item.problem ?? ImportRefusal.takenOver.remark)
        try await store.drop(item.id, by: act)
        return nil
    }

    /// Does what the import's row asks for. Whatever stands in the way is written there.
    func advance(_ id: ID<Import>) async throws {
        do {
            let item = try await store.required(id)
            let act = Act(by: item.startedBy, at: store.clock.now)
            switch (item.wanted, item.state) {
            case (.undo, .undoing): try await undo(item, by: act)
            case (.check, .checking): _ = try await check(item)
            case (.load, .checking):
                _ = try await check(item)
                try await load(try await store.required(id), by: act)
            case (.load, .loading), (.load, .publishing), (.load, .ready): try await load(item, by: act)
            default: break
            }
        } catch {
            try await stop(id, error)
            throw error
        }
    }

    /// Loads and publishes an import whose rows were judged.
    public func finish(_ id: ID<Import>, by act: Act) async throws {
        do {
            try await load(try await store.required(id), by: act)
        } catch {
            try await stop(id, error)
            throw error
        }
    }

    private func load(_ item: Import, by act: Act) async throws {
        var item = item
        if item.state == .ready || item.state == .failed { item = try await store.start(.loading, of: item) }
        if item.state == .loading { item = try await stage(item) }
        guard item.state == .publishing else { throw ImportRefusal.notNow(item.state) }
        try await publish(item, by: act)
    }

    /// Takes a complete import back, whole.
    public func undo(_ id: ID<Import>, by act: Act) async throws {
        var item = try await store.required(id)
        if item.state == .complete { item = try await store.start(.undoing, of: item) }
        guard item.state == .undoing else { throw ImportRefusal.notNow(item.state) }
        try await undo(item, by: act)
    }

    private func undo(_ item: Import, by act: Act) async throws {
        try await step(ImportProgress(item, at: store.clock.now))
        try await database.write { try Undoing(item, act).run(in: $0) }
        await announceResult()
    }

    func announceResult() async {
        await database.announce("imports")
        await database.announce("events")
    }

    /// What people can do something about is kept with the import; everything else only interrupts it.
    private func stop(_ id: ID<Import>, _ error: any Error) async throws {
        switch error {
        case ImportRefusal.takenOver, ImportRefusal.unknownImport, ImportRefusal.notNow: break
        case let refusal as ImportRefusal: try await store.fail(id, because: refusal.remark)
        case let problem as TableProblem: try await store.fail(id, because: Remark(problem))
        case StorageError.diskFull: try? await store.fail(id, because: Remark("diskFull"))
        case let error as StorageError where !error.isWorthRetrying:
            try? await store.fail(id, because: Remark("storage", error.description))
        default: break
        }
    }
}
