import Storage
import Synchronization

/// A write that waits its turn.
struct WaitingWrite: Sendable {
    /// Runs the body and answers how to tell its caller, which happens after the commit and not before.
    let run: @Sendable (SQLiteSession) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
}

/// Lets writes that wait at the same moment share one commit, because the flush to disk is what a write costs.
///
/// A body that throws takes back its own changes and nobody else's. A commit that fails, and a disk that is full,
/// fail everyone who shared it: either each of them is on disk when its caller hears of it, or none.
final class GroupCommit: Sendable {
    private struct State {
        var waiting: [WaitingWrite] = []
        var isDraining = false
    }

    static let largestGroup = 256
    static let longestGroup = Duration.milliseconds(20)

    private let state = Mutex(State())
    private let count: @Sendable (_ writes: Int) -> Void

    /// `count` hears of each commit and how many writes shared it.
    init(count: @escaping @Sendable (_ writes: Int) -> Void) { self.count = count }

    /// Queues a write. True where nobody drains the queue yet, and the caller has to see to it.
    func add(_ write: WaitingWrite) -> Bool {
        state.withLock { state in
            state.waiting.append(write)
            defer { state.isDraining = true }
            return !state.isDraining
        }
    }

    /// Runs on the writer's queue. True where more writes came meanwhile: the caller sees to them in another turn, so
    /// that a checkpoint or the closing of the file gets in between.
    func drain(on session: SQLiteSession) -> Bool {
        var portion = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting[...]
        }
        while !portion.isEmpty { runGroup(&portion, on: session) }
        return state.withLock { state in
            state.isDraining = !state.waiting.isEmpty
            return state.isDraining
        }
    }

    /// Fails everyone who waits.
    func refuse(_ error: StorageError) {
        let refused = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        for write in refused { write.fail(error) }
    }

    private func runGroup(_ waiting: inout ArraySlice<WaitingWrite>, on session: SQLiteSession) {
        var group = Group(session)
        let start = ContinuousClock.now
        while group.size < GroupCommit.largestGroup, let next = waiting.popFirst() {
            group.run(next)
            if ContinuousClock.now - start > GroupCommit.longestGroup { break }
        }
        let writes = group.commit()
        if writes > 0 { count(writes) }
    }
}

/// The writes of one transaction, and how to tell their callers how it ended.
private struct Group {
    private let session: SQLiteSession
    private var kept: [(write: WaitingWrite, succeed: @Sendable () -> Void)] = []

    init(_ session: SQLiteSession) { self.session = session }

    var size: Int { kept.count }

    /// The first write needs no savepoint: where it throws, the transaction holds nothing else.
    mutating func run(_ write: WaitingWrite) {
        let isFirst = kept.isEmpty
        do {
            try session.command(isFirst ? "BEGIN IMMEDIATE" : "SAVEPOINT turn")
            let succeed = try write.run(session)
            if !isFirst { try session.command("RELEASE turn") }
            kept.append((write, succeed))
        } catch {
            takeBack(isFirst: isFirst)
            write.fail(error)
        }
    }

    private mutating func takeBack(isFirst: Bool) {
        guard !isFirst else { return session.rollBack() }
        do {
            try session.command("ROLLBACK TO turn")
            try session.command("RELEASE turn")
        } catch {
            // SQLite has rolled the whole transaction back, as it does when the disk is full.
            failAll(error)
        }
    }

    /// How many writes are on disk now.
    mutating func commit() -> Int {
        guard !kept.isEmpty else { return 0 }
        do {
            try session.command("COMMIT")
            kept.forEach { $0.succeed() }
        } catch {
            failAll(error)
        }
        return kept.count
    }

    private mutating func failAll(_ error: any Error) {
        session.rollBack()
        kept.forEach { $0.write.fail(error) }
        kept = []
    }
}
