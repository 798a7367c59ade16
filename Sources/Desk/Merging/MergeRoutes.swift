import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Merging on screen: finding the other one, looking at both, making them one, and undoing it.
struct MergeRoutes: Sendable {
    let desk: Desk

    private var merges: MergeStore { MergeStore(desk) }
    private var customers: CustomerStore { CustomerStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .agent(.get, "/people/:id/merge", needs: .mergeCustomers, use: prepare),
            .agent(.post, "/people/:id/merging", needs: .mergeCustomers, use: merge),
            .agent(.get, "/merges", needs: .mergeCustomers, use: list),
            .agent(.get, "/merges/:id", needs: .mergeCustomers, use: show),
            .agent(.post, "/merges/:id/undoing", needs: .mergeCustomers, use: undo),
        ]
    }

    @Sendable func prepare(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        guard let other = context.query["with"].flatMap({ ID<Party>($0) }) else {
            return try await find(id, context)
        }
        return try await preview(id, other, context, refusal: nil)
    }

    /// Nobody chosen yet: the other one is looked for.
    private func find(_ id: ID<Party>, _ context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        guard let record = try await customers.record(id, organisation: organisation) else {
            throw NotFound()
        }
        var found: [CustomerRow] = []
        let typed = context.query.text("q")
        if !typed.isEmpty {
            found = try await customers.list(
                finding: typed, after: nil, limit: 30, organisation: organisation
            ).items.filter { $0.party.id != id && $0.party.kind == record.party.kind }
        }
        let page = MergeFinderPage(
            party: record.party, typed: typed, found: found,
            pairs: try await DuplicateStore(desk).pairs(of: id, limit: 10))
        return .page(page, in: try await desk.shell(for: context, here: "/people"))
    }

    private func preview(
        _ id: ID<Party>, _ other: ID<Party>, _ context: AgentContext, refusal: MergeRefusal?
    ) async throws -> Response {
        let organisation = try await desk.organisations.required()
        guard
            let preview = try await merges.preview(
                keeping: id, absorbing: other, organisation: organisation)
        else { throw NotFound() }
        let page = MergePage(
            preview: preview, refusal: refusal ?? preview.refusal, typed: refusal == nil ? nil : context.form)
        return .page(
            page, in: try await desk.shell(for: context, here: "/people"),
            status: refusal == nil ? .ok : refusal?.status ?? .ok)
    }

    @Sendable func merge(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        guard let other = try context.form.id("with", of: Party.self) else {
            return .redirect(to: "/people/\(id)/merge", type: .normal)
        }
        var choices = MergeChoices()
        for field in MergeChoices.fields {
            choices[field] = MergeChoices.Side(rawValue: context.form.text(field))
        }
        do {
            let number = try await merges.merge(
                [other], into: id, choosing: choices, by: desk.act(by: context.person.id))[0]
            let name = try await merges.find(number)?.otherName ?? ""
            return .redirect(
                to: "/people/\(id)", saying: Phrase("merging.merged", .text(name)),
                undo: LocalPath("/merges/\(number)"))
        } catch MergeRefusal.unknown {
            throw NotFound()
        } catch let refusal as MergeRefusal {
            return try await preview(id, other, context, refusal: refusal)
        }
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let before = context.query["before"].flatMap { Int64($0) }
        let portion = Portion(try await merges.list(before: before, limit: 51), limit: 50) { "\($0.id)" }
        let page = MergesPage(portion: portion)
        return .page(page, in: try await desk.shell(for: context, here: "/duplicates"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context, refusal: nil)
    }

    private func page(_ context: AgentContext, refusal: MergeRefusal?) async throws -> Response {
        let id = try context.parameters.id(of: Merge.self)
        guard let merge = try await merges.find(id.value) else { throw NotFound() }
        let outlook = try await merges.outlook(of: merge)
        let page = MergeActPage(
            merge: merge, contents: try await merges.contents(of: merge), outlook: outlook, refusal: refusal)
        return .page(
            page, in: try await desk.shell(for: context, here: "/duplicates"),
            status: refusal?.status ?? .ok)
    }

    @Sendable func undo(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Merge.self)
        do {
            try await merges.undo(id.value, by: desk.act(by: context.person.id))
        } catch MergeRefusal.unknown {
            throw NotFound()
        } catch let refusal as MergeRefusal {
            return try await page(context, refusal: refusal)
        }
        let merge = try await merges.find(id.value)
        return .redirect(to: "/people/\(merge?.kept ?? 0)", saying: Phrase("merging.undone"))
    }
}
