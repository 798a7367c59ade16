import Hummingbird
import Kernel
import Storage
import Web

/// Segments for programs.
struct SegmentAPI: Sendable {
    let desk: Desk
    let segments: SegmentStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/segments", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/segments", needs: .setTargets, use: add),
            .api(.get, "/api/v2/segments/:id", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/segments/:id", needs: .setTargets, use: change),
            .api(.delete, "/api/v2/segments/:id", needs: .setTargets, use: archive),
            .api(.put, "/api/v2/segments/:id/restore", needs: .setTargets, use: takeOut),
            .api(.get, "/api/v2/segments/:id/members", needs: .seeCustomers, use: members),
            .api(.get, "/api/v2/segments/:id/versions", needs: .seeCustomers, use: versions),
            .api(.post, "/api/v2/segments/:id/counting", needs: .setTargets, use: count),
        ]
    }

    private static let fields: Set<String> = ["name", "need", "valued", "unique_value", "filter"]

    private func segment(_ context: APIContext) async throws -> Segment {
        let id: ID<Party> = try context.parameters.id()
        guard let segment = try await segments.segment(id.value) else { throw NotFound() }
        return segment
    }

    /// There are at most some hundred, so they are not paged.
    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let isArchive = context.query["state"] == "archived"
        return .json(.list(try await segments.all(archived: isArchive).map(\.json)))
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await segment(context).json)
    }

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: SegmentAPI.fields)
        let content = SegmentContent(
            name: try body.required("name"), need: try body.text("need") ?? "",
            valued: try body.text("valued") ?? "", uniqueValue: try body.text("unique_value") ?? "",
            filter: try body.required("filter"))
        let id = try await segments.add(
            content, organisation: try await desk.organisations.required(),
            by: desk.act(by: context.person.id))
        guard let added = try await segments.segment(id) else { throw NotFound() }
        return .created(added.json, at: "/api/v2/segments/\(id)")
    }

    /// What is left out stays as it is.
    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let segment = try await segment(context)
        let body = try await Body(of: request, known: SegmentAPI.fields)
        func words(_ field: String, _ old: String) throws -> String {
            body.values[field] == nil ? old : try body.text(field) ?? ""
        }
        let old = segment.content
        let content = SegmentContent(
            name: try words("name", old.name), need: try words("need", old.need),
            valued: try words("valued", old.valued), uniqueValue: try words("unique_value", old.uniqueValue),
            filter: try words("filter", old.filter))
        try await segments.change(
            segment.id, to: content, organisation: try await desk.organisations.required(),
            by: desk.act(by: context.person.id))
        return .json(try await self.segment(context).json)
    }

    @Sendable func archive(_ request: Request, in context: APIContext) async throws -> Response {
        try await segments.archive(try await segment(context).id, true, by: desk.act(by: context.person.id))
        return Response(status: .noContent)
    }

    @Sendable func takeOut(_ request: Request, in context: APIContext) async throws -> Response {
        try await segments.archive(try await segment(context).id, false, by: desk.act(by: context.person.id))
        return Response(status: .noContent)
    }

    @Sendable func count(_ request: Request, in context: APIContext) async throws -> Response {
        try await segments.ask(try await segment(context).id, by: desk.act(by: context.person.id))
        return Response(status: .noContent)
    }

    @Sendable func members(_ request: Request, in context: APIContext) async throws -> Response {
        let segment = try await segment(context)
        let portion = try await segments.page(
            of: segment.id, after: context.query["after"], limit: try context.query.perPage(),
            organisation: try await desk.organisations.required())
        let next = portion.next.map {
            "/api/v2/segments/\(segment.id)/members" + context.query.with("after", $0)
        }
        return .json(.list(portion.items.map(CustomerAPI.json))).linking(next: next)
    }

    @Sendable func versions(_ request: Request, in context: APIContext) async throws -> Response {
        let segment = try await segment(context)
        let portion = try await segments.versions(
            of: segment.id, before: context.query["before"], limit: try context.query.perPage())
        let next = portion.next.map {
            "/api/v2/segments/\(segment.id)/versions" + context.query.with("before", $0)
        }
        return .json(.list(portion.items.map { .object($0.pairs) })).linking(next: next)
    }
}

extension SegmentVersion {
    fileprivate var pairs: [(String, JSON)] {
        [
            ("version", .int(version)), ("name", .text(content.name)), ("need", .text(content.need)),
            ("valued", .text(content.valued)), ("unique_value", .text(content.uniqueValue)),
            ("filter", .text(content.filter)), ("changed_by", .int(changedBy)),
            ("changed_at", .text(changedAt.iso)),
        ]
    }
}

extension Segment {
    /// As the API and `regulars segments --json` say it.
    public var json: JSON {
        .object(
            [("id", .int(id))] + current.pairs + [
                ("archived", .bool(isArchived)), ("members", computedAt == nil ? .null : .int(members)),
                ("computed_at", .text(computedAt?.iso)),
                ("computed_version", computedVersion.map { .int($0) } ?? .null),
                ("is_behind", .bool(isBehind)), ("created_at", .text(createdAt.iso)),
                ("updated_at", .text(current.changedAt.iso)),
            ])
    }
}
