import Foundation
public import Kernel
public import Storage
import Tabular

/// From one state to the next. Each step is guarded by the state before it, so that two who try are told apart.
extension ImportStore {
    func start(_ phase: ImportState, of item: Import) async throws -> Import {
        let update: SQL = """
            UPDATE import SET state = \(phase), phase_at = \(clock.now), problem = '', finished_at = NULL
            WHERE id = \(item.id) AND state = \(item.state) AND next_offset = \(item.nextOffset)
            RETURNING \(Import.columns)
            """
        return try await moved(update, from: item)
    }

    /// The import stopped for a reason people can read. What was staged stays, to go on from.
    public func fail(_ id: ID<Import>, because remark: Remark) async throws {
        let now = clock.now
        try await database.write { connection in
            _ = try connection.run(
                """
                UPDATE import SET state = CASE WHEN state = 'undoing' THEN 'complete' ELSE 'failed' END, problem = \(remark.stored), wanted = '',
                    finished_at = \(now)
                WHERE id = \(id) AND state IN ('waiting', 'checking', 'ready', 'loading', 'publishing', 'undoing')
                """)
        }
        await database.announce("imports")
    }

    /// Asks the server's worker to check, load or undo. Answers at once.
    public func ask(_ wish: Import.Wish, for id: ID<Import>, by act: Act) async throws {
        let item = try await required(id)
        let isPossible =
            switch wish {
            case .nothing: false
            case .check, .load: item.canGoOn
            case .undo: item.canBeUndone
            }
        guard isPossible else { throw ImportRefusal.notNow(item.state) }
        let next = try NextState(item, wish)
        try await database.write { connection in
            let moved = try connection.run(
                """
                UPDATE import SET wanted = \(wish), state = \(next.state), phase_at = \(act.at), problem = '',
                    started_by = \(act.actor), finished_at = \(wish == .undo ? item.finishedAt : nil)
                WHERE id = \(id) AND state = \(item.state)
                """)
            guard moved == 1 else { throw ImportRefusal.takenOver }
            // No key: the job before may be done and not yet gone, and would swallow this one. The state guards it.
            try connection.enqueue(ImportRun.order, argument: id.value, at: act.at, maximumAttempts: 5)
        }
        await database.announce("imports")
        await database.announce("jobs")
    }

    /// The state an import shows from the moment it was asked for something.
    private struct NextState {
        let state: ImportState

        init(_ item: Import, _ wish: Import.Wish) throws(ImportRefusal) {
            switch wish {
            case .undo: state = .undoing
            case .nothing, .check, .load:
                guard item.mapping[.at] == nil || item.format.dateOrder != nil else { throw .dateOrderOpen }
                for field in ImportField.required(of: item.kind) where item.mapping[field] == nil {
                    throw .missingField(field)
                }
                _ = try item.checkedQuestion()
                state = item.print == nil ? .checking : wish == .check ? .checking : .loading
            }
        }
    }

    /// Gives up an import that is not complete: what was staged goes, and the file where it was an upload.
    public func drop(_ id: ID<Import>, by act: Act) async throws {
        let item = try await required(id)
        guard item.canBeDropped else { throw ImportRefusal.notNow(item.state) }
        try await database.write { connection in
            let moved = try connection.run(
                """
                UPDATE import SET state = \(ImportState.dropped), wanted = '', finished_at = \(act.at)
                WHERE id = \(id) AND state = \(item.state)
                """)
            guard moved == 1 else { throw ImportRefusal.takenOver }
            try Staged(item).clear(in: connection)
            try connection.record("import.dropped", "import", id.value, by: act)
        }
        removeUpload(of: item)
        await database.announce("imports")
    }

    /// Imports of the same file that a command was killed over before it had judged them: nothing of them is staged.
    func dropAbandoned(_ kind: ImportKind, path: String, by act: Act) async throws {
        _ = try await database.write { connection in
            try connection.run(
                """
                UPDATE import SET state = 'dropped', finished_at = \(act.at)
                WHERE kind = \(kind) AND path = \(path) AND state IN ('waiting', 'checking') AND wanted = ''
                """)
        }
    }

    /// An unfinished import of the same file, to go on with instead of beginning anew.
    public func unfinished(_ kind: ImportKind, path: String) async throws -> Import? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT \(Import.columns) FROM import WHERE kind = \(kind) AND path = \(path)
                    AND (state IN ('loading', 'publishing') OR (state = 'failed' AND print <> ''))
                ORDER BY id DESC LIMIT 1
                """, Import.init)
        }
    }

    /// Whether an import reads its file as somebody says now. What they leave to a guess was guessed then.
    func reads(_ item: Import, like options: ImportOptions) throws -> Bool {
        guard item.source == options.source else { return false }
        if let code = options.currency, try currency(options, standard: item.currency) != item.currency {
            return code.isEmpty
        }
        var format = item.format
        options.apply(to: &format)
        if let question = options.question, item.question.changed(by: question) != item.question {
            return false
        }
        guard let words = options.mapping else { return format == item.format }
        let header = try TableHead(path: item.path, options: options).header
        return try format == item.format
            && ImportMapping(words: words, kind: item.kind, header: header) == item.mapping
    }

    /// A folder of our own for files on their way in.
    public var uploadFolder: String { folder + "/imports" }

    /// Files elsewhere belong to whoever named them.
    func removeUpload(of item: Import) {
        guard item.path.hasPrefix(uploadFolder + "/") else { return }
        try? FileManager.default.removeItem(atPath: item.path)
    }
}

extension ImportStore {
    /// Takes an upload from where the site put it, which it empties when it has answered.
    public func keepUpload(at path: String) throws -> String {
        let kept = try ImportStore.freshPath(in: uploadFolder)
        try FileManager.default.moveItem(atPath: path, toPath: kept)
        return kept
    }

    /// Names that people gave their files never name anything here.
    static func freshPath(in folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder + "/import-" + String(UInt64.random(in: 0 ... .max), radix: 36)
    }
}
