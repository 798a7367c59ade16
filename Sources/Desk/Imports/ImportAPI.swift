import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Storage
import Tabular
import Web

/// Imports for programs. The file is the body of the request, and what is said about it stands in the query:
/// `curl -u KEY:X --data-binary @purchases.csv '…/api/v2/imports?kind=purchases&currency=EUR'`.
struct ImportAPI: Sendable {
    let desk: Desk
    let store: ImportStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/imports", needs: .importFiles, use: list),
            .api(.post, "/api/v2/imports", needs: .importFiles, takesFiles: true, use: add),
            .api(.get, "/api/v2/imports/:id", needs: .importFiles, use: show),
            .api(.delete, "/api/v2/imports/:id", needs: .undoImports, use: undo),
        ]
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.int("per_page", in: 1...100) ?? 30
        let before: ID<Import>? = try context.query.id("before")
        let portion = Portion(try await store.list(before: before, limit: limit + 1), limit: limit) {
            $0.id.description
        }
        let reports = portion.items.map { ImportReport($0, refusals: []) }
        let next = portion.next.map { "/api/v2/imports" + context.query.with("before", $0) }
        return try Response.json(reports).linking(next: next)
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let item = try await item(context)
        return try .json(ImportReport(item, refusals: try await store.refusals(of: item.id)))
    }

    /// Undoes a complete import, and drops one that is not.
    @Sendable func undo(_ request: Request, in context: APIContext) async throws -> Response {
        let item = try await item(context)
        let act = desk.act(by: context.person.id)
        if item.canBeDropped {
            try await store.drop(item.id, by: act)
        } else {
            try await store.ask(.undo, for: item.id, by: act)
        }
        return .noContent
    }

    private func item(_ context: APIContext) async throws -> Import {
        guard let item = try await store.find(try context.parameters.id()) else { throw NotFound() }
        return item
    }

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let query = context.query
        guard let kind = try query.choice("kind", as: ImportKind.self) else {
            throw FieldRefusal.missing(field: "kind")
        }
        let options = try ImportAPI.options(query)
        let act = desk.act(by: context.person.id)
        let path = try await ArrivingFile.keep(request.body, in: store.uploadFolder)
        do {
            let name = try query.line("name", limit: 200)
            let item = try await store.begin(
                kind, path: path, fileName: name.isEmpty ? "\(kind.rawValue).csv" : name, options: options,
                by: act)
            do {
                try await store.ask(query.flag("dry_run") ? .check : .load, for: item.id, by: act)
            } catch {
                try? await store.drop(item.id, by: act)
                throw error
            }
            return try .created(try await store.report(item.id), at: "/api/v2/imports/\(item.id)")
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw ImportRoutes.sayable(error)
        }
    }

    private static func options(_ query: Query) throws -> ImportOptions {
        var options = ImportOptions(mapping: query["map"], currency: query["currency"])
        options.question = try AnswerQuestion(
            scale: query["scale"], mapping: query["mapping"], day: query["day"])
        options.delimiter = try query.choice("delimiter")
        options.encoding = try query.choice("encoding")
        options.dateOrder = try query.choice("date_order")
        if query.has("header") { options.hasHeader = query.flag("header") }
        if query.has("decimal") { options.decimalComma = query.text("decimal") == "comma" }
        return options
    }
}

/// A file while it comes in as the body of a request.
enum ArrivingFile {
    /// Writes the body to a file of our own and answers its path. Nothing stays of a body that breaks off.
    static func keep(_ body: RequestBody, in folder: String) async throws -> String {
        let path = try ImportStore.freshPath(in: folder)
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw ImportRefusal.noFile }
        do {
            var size: Int64 = 0
            for try await buffer in body {
                size += Int64(buffer.readableBytes)
                guard size <= ImportRoutes.uploadLimit else {
                    throw BodyRefusal.tooLarge(limit: ImportRoutes.uploadLimit)
                }
                try await write(Data(buffer.readableBytesView), to: file)
            }
            try file.close()
            guard size > 0 else { throw ImportRefusal.noFile }
            return path
        } catch {
            try? file.close()
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    /// Waiting for the disk is nothing for the threads that everybody shares.
    private static func write(_ bytes: Data, to file: FileHandle) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try file.write(contentsOf: bytes) })
            }
        }
    }
}
