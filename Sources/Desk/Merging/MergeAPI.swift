import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// Merging and suggested duplicates for programs; merging in Freshdesk's words.
struct MergeAPI: Sendable {
    let desk: Desk

    private var merges: MergeStore { MergeStore(desk) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/duplicates", needs: .mergeCustomers, use: duplicates),
            .api(.post, "/api/v2/contacts/merge", needs: .mergeCustomers, use: merge),
            .api(.get, "/api/v2/merges", needs: .mergeCustomers, use: list),
            .api(.get, "/api/v2/merges/:id", needs: .mergeCustomers, use: show),
            .api(.post, "/api/v2/merges/:id/undoing", needs: .mergeCustomers, use: undo),
        ]
    }

    /// Freshdesk's `contact` says what the one who stays is to keep. Here nothing is dropped, so it is read and not needed.
    private struct MergeBody: Decodable {
        let primary: Int64?
        let secondary: [Int64]?
        let strangers: [String]

        private struct Key: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let body = try decoder.container(keyedBy: Key.self)
            primary = try? body.decode(Int64.self, forKey: Key(stringValue: "primary_contact_id"))
            secondary = try? body.decode([Int64].self, forKey: Key(stringValue: "secondary_contact_ids"))
            let known: Set<String> = ["primary_contact_id", "secondary_contact_ids", "contact"]
            strangers = body.allKeys.map(\.stringValue).filter { !known.contains($0) }.sorted()
        }
    }

    @Sendable func merge(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await request.json(as: MergeBody.self)
        if let refusals = Refusals(body.strangers.map { BodyFieldRefusal.unknown(field: $0) }) {
            throw refusals
        }
        guard let primary = body.primary else { throw BodyFieldRefusal.missing(field: "primary_contact_id") }
        guard let secondary = body.secondary, !secondary.isEmpty else {
            throw BodyFieldRefusal.missing(field: "secondary_contact_ids")
        }
        let numbers = try await merges.merge(
            secondary.map { ID($0) }, into: ID(primary), by: desk.act(by: context.person.id))
        var response = Response(status: .noContent)
        response.headers[.location] = "/api/v2/merges/\(numbers.last ?? 0)"
        return response
    }

    @Sendable func duplicates(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await DuplicateStore(desk).list(
            dismissed: false, after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/duplicates" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(MergeAPI.json))).linking(next: next)
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.perPage()
        let found = try await merges.list(
            of: try context.query.id("contact_id", of: Party.self),
            before: try context.query.int("before").map(Int64.init), limit: limit + 1)
        let portion = Portion(found, limit: limit) { "\($0.id)" }
        let next = portion.next.map { "/api/v2/merges" + context.query.with("before", $0) }
        return .json(.list(portion.items.map(MergeAPI.json))).linking(next: next)
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(MergeAPI.json(try await found(context)))
    }

    private func found(_ context: APIContext) async throws -> Merge {
        let id = try context.parameters.id(of: Merge.self)
        guard let merge = try await merges.find(id.value) else { throw NotFound() }
        return merge
    }

    @Sendable func undo(_ request: Request, in context: APIContext) async throws -> Response {
        let merge = try await found(context)
        let left = try await merges.undo(merge.id, by: desk.act(by: context.person.id))
        guard case .object(let fields) = MergeAPI.json(try await found(context)) else { throw NotFound() }
        let kept: JSON = .object([("edited", .int(left.edited)), ("gone", .int(left.gone))])
        return .json(.object(fields + [("left_as_it_is", kept)]))
    }

    static func json(_ merge: Merge) -> JSON {
        .object([
            ("id", .int(merge.id)), ("kind", .text(merge.kind.rawValue)),
            ("primary_contact_id", .int(merge.kept)), ("secondary_contact_id", .int(merge.other)),
            ("primary_name", .text(merge.keptName)), ("secondary_name", .text(merge.otherName)),
            ("created_at", .text(merge.at.iso)), ("agent_id", .int(merge.by)),
            ("undone_at", .text(merge.undoneAt?.iso)), ("undone_by", .int(merge.undoneBy)),
        ])
    }

    static func json(_ pair: DuplicatePair) -> JSON {
        .object([
            ("contacts", .list([pair.one, pair.other].map(json))), ("score", .int(pair.score)),
            ("confidence", .text(pair.confidence.rawValue)),
            ("reasons", .list(pair.reasons.map { .text($0.rawValue) })),
        ])
    }

    private static func json(_ member: DuplicatePair.Member) -> JSON {
        .object([
            ("id", .int(member.id.value)), ("name", .text(member.name)),
            ("kind", .text(member.kind.rawValue)),
            ("email", .text(member.email)),
        ])
    }
}
