import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Storage
import Tabular
import Web

/// Imports, as people see and run them.
struct ImportRoutes: Sendable {
    let desk: Desk
    let store: ImportStore

    /// The largest file a browser may send.
    static let uploadLimit: Int64 = 20 << 30

    var all: [Route] {
        [
            .agent(.get, "/imports", needs: .importFiles, use: list),
            .agent(.get, "/imports/new", needs: .importFiles, use: new),
            .upload("/imports", needs: .importFiles, limit: ImportRoutes.uploadLimit, use: add),
            .agent(.get, "/imports/:id", needs: .importFiles, use: show),
            .agent(.post, "/imports/:id/reading", needs: .importFiles, use: readAnew),
            .agent(.post, "/imports/:id/check", needs: .importFiles, use: check),
            .agent(.post, "/imports/:id/start", needs: .importFiles, use: start),
            .agent(.post, "/imports/:id/dropping", needs: .importFiles, use: drop),
            .agent(.get, "/imports/:id/undoing", needs: .undoImports, use: askUndo),
            .agent(.post, "/imports/:id/undoing", needs: .undoImports, use: undo),
            .agent(.get, "/imports/:id/refusals.csv", needs: .importFiles, use: refusals),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let before: ID<Import>? = try context.query.id("before")
        let items = try await store.list(before: before, limit: 51)
        let portion = Portion(items, limit: 50) { $0.id.description }
        return .page(ImportsPage(portion: portion), in: try await desk.shell(for: context, here: "/imports"))
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        let kind = try context.query.choice("kind", as: ImportKind.self)
        return .page(NewImportPage(kind: kind), in: try await desk.shell(for: context, here: "/imports"))
    }

    @Sendable func add(_ upload: Upload, in context: AgentContext) async throws -> Response {
        let kind = try upload.form.choice("kind", as: ImportKind.self) ?? .purchases
        do {
            guard let file = upload.file("file") else { throw ImportRefusal.noFile }
            let path = try store.keepUpload(at: file.path)
            let item = try await begin(kind, path: path, fileName: file.name, context)
            return .redirect(to: "/imports/\(item.id)")
        } catch let refusal as any Refusal {
            let page = NewImportPage(kind: kind, refusal: refusal.phrase)
            let shell = try await desk.shell(for: context, here: "/imports")
            return .page(page, in: shell, status: refusal.status)
        }
    }

    private func begin(
        _ kind: ImportKind, path: String, fileName: String, _ context: AgentContext
    ) async throws -> Import {
        do {
            return try await store.begin(
                kind, path: path, fileName: fileName, by: desk.act(by: context.person.id))
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw ImportRoutes.sayable(error)
        }
    }

    static func sayable(_ error: any Error) -> any Error {
        (error as? TableProblem).map(FileRefusal.init) ?? error
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(of: try await item(context), context)
    }

    func item(_ context: some Facts) async throws -> Import {
        guard let item = try await store.find(try context.parameters.id()) else { throw NotFound() }
        return item
    }

    private func page(
        of item: Import, _ context: AgentContext, refusal: (any Refusal)? = nil
    ) async throws -> Response {
        var page = ImportPage(
            item: item, progress: ImportProgress(item, at: desk.clock.now),
            refusals: try await store.refusals(of: item.id, limit: 20), mayUndo: context.may(.undoImports))
        page.refusal = refusal?.phrase
        if item.canBeMapped {
            page.fields = try await FieldStore(database: desk.database).fields()
                .filter { $0.retiredAt == nil }
            do {
                page.head = try store.head(of: item)
            } catch {
                page.refusal = page.refusal ?? Remark(error as? TableProblem ?? .changedWhileRead).phrase
            }
        }
        let shell = try await desk.shell(for: context, here: "/imports")
        return .page(page, in: shell, status: refusal?.status ?? .ok)
    }
}

/// What people do with an import. Each act is asked for here and done by the worker.
extension ImportRoutes {
    @Sendable func readAnew(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        return try await answering(item, context) {
            let answers = ImportAnswers(form: context.form)
            _ = try await store.readAnew(item.id, options: try answers.options())
        }
    }

    @Sendable func check(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        return try await answering(item, context) {
            let act = desk.act(by: context.person.id)
            let answers = ImportAnswers(form: context.form)
            let options = try answers.options()
            var format = item.format
            options.apply(to: &format)
            guard format.cutsLike(item.format) else {
                _ = try await store.readAnew(item.id, options: options)
                return
            }
            _ = try await store.change(item.id, mapping: try answers.mapping(), options: options)
            try await store.ask(.check, for: item.id, by: act)
        }
    }

    @Sendable func start(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        return try await answering(item, context) {
            try await store.ask(.load, for: item.id, by: desk.act(by: context.person.id))
        }
    }

    @Sendable func drop(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        try await store.drop(item.id, by: desk.act(by: context.person.id))
        return .redirect(to: "/imports", saying: Phrase("imports.dropped", .text(item.fileName)))
    }

    @Sendable func askUndo(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        guard item.canBeUndone else { throw ImportRefusal.notNow(item.state) }
        return .page(UndoImportPage(item: item), in: try await desk.shell(for: context, here: "/imports"))
    }

    @Sendable func undo(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        return try await answering(item, context) {
            try await store.ask(.undo, for: item.id, by: desk.act(by: context.person.id))
        }
    }

    /// Back to the import's page; with what is wrong, where something is.
    private func answering(
        _ item: Import, _ context: AgentContext, _ act: () async throws -> Void
    ) async throws -> Response {
        do {
            try await act()
            return .redirect(to: "/imports/\(item.id)")
        } catch {
            guard let refusal = ImportRoutes.sayable(error) as? any Refusal else { throw error }
            return try await page(of: try await self.item(context), context, refusal: refusal)
        }
    }

    @Sendable func refusals(_ request: Request, in context: AgentContext) async throws -> Response {
        let item = try await item(context)
        let rows = try await store.refusals(of: item.id)
        let name = Phrase("imports.refusals.file", .text(item.id.description)).text
        return .download(
            ResponseBody(byteBuffer: ByteBuffer(string: RefusalTable(rows: rows).csv)), named: name,
            type: "text/csv; charset=utf-8")
    }
}
