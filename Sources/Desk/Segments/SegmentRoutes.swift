import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Segments on screen.
struct SegmentRoutes: Sendable {
    let desk: Desk
    let segments: SegmentStore

    var all: [Route] {
        [
            .agent(.get, "/segments", needs: .seeCustomers, use: list),
            .agent(.get, "/segments/new", needs: .setTargets, use: new),
            .agent(.post, "/segments", needs: .setTargets, use: add),
            .agent(.get, "/segments/:id", needs: .seeCustomers, use: show),
            .agent(.get, "/segments/:id/edit", needs: .setTargets, use: edit),
            .agent(.post, "/segments/:id", needs: .setTargets, use: change),
            .agent(.get, "/segments/:id/members", needs: .seeCustomers, use: members),
            .agent(.get, "/segments/:id/versions", needs: .seeCustomers, use: versions),
            .agent(
                .post, "/segments/:id/versions/:version/restoration", needs: .setTargets, use: restore),
            .agent(.post, "/segments/:id/archiving", needs: .setTargets) { try await archive(true, $0, $1) },
            .agent(.post, "/segments/:id/return", needs: .setTargets) { try await archive(false, $0, $1) },
            .agent(.post, "/segments/:id/counting", needs: .setTargets, use: count),
        ]
    }

    private func page(
        _ page: some Page, _ context: AgentContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        .page(page, in: try await desk.shell(for: context, here: "/segments"), status: status)
    }

    private func segment(_ context: AgentContext) async throws -> Segment {
        let id = try context.parameters.id(of: Party.self).value
        guard let segment = try await segments.segment(id) else { throw NotFound() }
        return segment
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let isArchive = context.query["show"] == "archive"
        return try await page(
            SegmentsPage(
                segments: try await segments.all(archived: isArchive), isArchive: isArchive,
                mayEdit: context.may(.setTargets)), context)
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let segment = try await segment(context)
        let names = try await lists.names([segment.current.changedBy].compactMap(\.self))
        return try await page(
            SegmentPage(
                segment: segment, changedBy: segment.current.changedBy.flatMap { names[$0] },
                mayEdit: context.may(.setTargets), mayExport: context.may(.exportCustomers),
                maySeeProfile: context.may(.seeProfile)), context)
    }

    private var lists: ListStore { ListStore(database: desk.database, clock: desk.clock) }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        let filter = String(context.query.text("filter").prefix(FilterLimits.saved.length))
        return try await page(
            SegmentFormPage(id: nil, content: SegmentContent(name: "", filter: filter)), context)
    }

    @Sendable func edit(_ request: Request, in context: AgentContext) async throws -> Response {
        let segment = try await segment(context)
        return try await page(SegmentFormPage(id: segment.id, content: segment.content), context)
    }

    private func content(_ context: AgentContext) -> SegmentContent {
        let form = context.form
        return SegmentContent(
            name: form.text("name"), need: form.text("need"), valued: form.text("valued"),
            uniqueValue: form.text("unique_value"), filter: form.text("filter"))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        let content = content(context)
        do {
            let id = try await segments.add(
                content, organisation: try await desk.organisations.required(),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/segments/\(id)", saying: Phrase("segment.kept"))
        } catch let refusal as SegmentRefusal {
            let again = SegmentFormPage(id: nil, content: content, refusal: refusal)
            return try await page(again, context, status: refusal.status)
        }
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try await segment(context).id
        let content = content(context)
        do {
            try await segments.change(
                id, to: content, organisation: try await desk.organisations.required(),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/segments/\(id)", saying: Phrase("segment.kept"))
        } catch let refusal as SegmentRefusal {
            let again = SegmentFormPage(id: id, content: content, refusal: refusal)
            return try await page(again, context, status: refusal.status)
        }
    }

    @Sendable func members(_ request: Request, in context: AgentContext) async throws -> Response {
        let segment = try await segment(context)
        let portion = try await segments.page(
            of: segment.id, after: context.query["after"], limit: 50,
            organisation: try await desk.organisations.required())
        return try await page(SegmentMembersPage(segment: segment, portion: portion), context)
    }

    @Sendable func versions(_ request: Request, in context: AgentContext) async throws -> Response {
        let segment = try await segment(context)
        let portion = try await segments.versions(
            of: segment.id, before: context.query["before"], limit: 20)
        let names = try await lists.names(portion.items.compactMap(\.changedBy))
        return try await page(
            SegmentVersionsPage(
                segment: segment, portion: portion, names: names, mayEdit: context.may(.setTargets)), context)
    }

    @Sendable func restore(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try await segment(context).id
        guard let version = Int(try context.parameters.text("version")), version > 0 else { throw NotFound() }
        do {
            try await segments.restore(
                id, version: version, organisation: try await desk.organisations.required(),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/segments/\(id)", saying: Phrase("segment.restored"))
        } catch let refusal as SegmentRefusal {
            return .redirect(to: "/segments/\(id)/versions", saying: refusal.phrase)
        }
    }

    private func archive(
        _ isArchived: Bool, _ request: Request, _ context: AgentContext
    ) async throws -> Response {
        let id = try await segment(context).id
        do {
            try await segments.archive(id, isArchived, by: desk.act(by: context.person.id))
        } catch let refusal as SegmentRefusal {
            return .redirect(to: "/segments/\(id)", saying: refusal.phrase)
        }
        return .redirect(
            to: "/segments/\(id)", saying: Phrase(isArchived ? "segment.archived" : "segment.returned"))
    }

    @Sendable func count(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try await segment(context).id
        do {
            try await segments.ask(id, by: desk.act(by: context.person.id))
        } catch let refusal as SegmentRefusal {
            return .redirect(to: "/segments/\(id)", saying: refusal.phrase)
        }
        return .redirect(to: "/segments/\(id)", saying: Phrase("segment.asked"))
    }
}
