import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// Tags: on customers, as lists, and as words to be kept in order.
struct TagFeature: Feature {
    let desk: Desk

    private var tags: TagStore { TagStore(database: desk.database) }

    var routes: [Route] {
        [
            .agent(.get, "/people/:id/tags", needs: .editCustomers, use: choose),
            .agent(.post, "/people/:id/tags", needs: .editCustomers, use: add),
            .agent(.post, "/people/:id/tags/:tag/removal", needs: .editCustomers, use: remove),
            .agent(.get, "/tags/:id", needs: .seeCustomers, use: customers),
            .agent(.get, "/settings/tags", needs: .seeCustomers, use: list),
            .agent(.get, "/settings/tags/:id", needs: .changeSettings, use: show),
            .agent(.post, "/settings/tags/:id", needs: .changeSettings, use: rename),
            .agent(.post, "/settings/tags/:id/merge", needs: .changeSettings, use: merge),
            .agent(.post, "/settings/tags/:id/deletion", needs: .changeSettings, use: delete),
        ]
    }

    var places: [RailPlace] {
        [RailPlace(.settings, needs: .seeCustomers, RailLink(Phrase("tags.title"), path: "/settings/tags"))]
    }

    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let card = TagCard(
            party: customer.party.id, tags: try await tags.tags(of: customer.party.id),
            mayEdit: person.may(.editCustomers))
        return [CustomerCard(.preferences, card.html)].compactMap { $0 }
    }

    @Sendable func choose(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(
            try await choice(context, nil), in: try await desk.shell(for: context, here: "/people"))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await tags.add(context.form.text("tag"), to: party.id, by: desk.act(by: context.person.id))
        } catch let refusal as TagRefusal {
            return .page(
                try await choice(context, refusal.phrase),
                in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
        }
        return .redirect(to: "/people/\(party.id)/tags", saying: Phrase("tags.added"))
    }

    @Sendable func remove(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await tags.remove(
                try context.parameters.id("tag"), from: party.id, by: desk.act(by: context.person.id))
        } catch TagRefusal.unknown {
            throw NotFound()
        }
        return .redirect(to: "/people/\(party.id)/tags", saying: Phrase("tags.removed"))
    }

    private func choice(_ context: AgentContext, _ complaint: Phrase?) async throws -> CustomerTagsPage {
        let party = try await desk.customer(context)
        return CustomerTagsPage(
            party: party, tags: try await tags.tags(of: party.id),
            found: try await tags.tags(beginning: context.query.text("q"), after: nil, limit: 30),
            query: context.query, complaint: complaint)
    }

    @Sendable func customers(_ request: Request, in context: AgentContext) async throws -> Response {
        guard let tag = try await tags.tag(try context.parameters.id()) else { throw NotFound() }
        let portion = try await tags.customers(with: tag.id, after: context.query["after"], limit: 50)
        return .page(
            TaggedPage(tag: tag, customers: portion),
            in: try await desk.shell(for: context, here: "/settings/tags"))
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let portion = try await tags.tags(
            beginning: context.query.text("q"), after: context.query["after"], limit: 50)
        let counts = try await tags.counts(of: portion.items)
        let page = TagsPage(
            rows: portion.items.map { TagRow(tag: $0, customers: counts[$0.id] ?? 0) }, next: portion.next,
            query: context.query, mayChange: context.may(.changeSettings))
        return .page(page, in: try await desk.shell(for: context, here: "/settings/tags"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(
            TagPage(row: try await row(context)),
            in: try await desk.shell(for: context, here: "/settings/tags"))
    }

    @Sendable func rename(_ request: Request, in context: AgentContext) async throws -> Response {
        try await trying(context) { tag in
            try await tags.rename(tag.id, to: context.form.text("name"), by: desk.act(by: context.person.id))
            return Phrase("tags.renamed", .text(context.form.text("name")))
        }
    }

    @Sendable func merge(_ request: Request, in context: AgentContext) async throws -> Response {
        try await trying(context) { tag in
            let name = context.form.text("into")
            guard let other = try await tags.find(named: name) else { throw TagRefusal.noSuchTag(name) }
            try await tags.merge(tag.id, into: other.id, by: desk.act(by: context.person.id))
            return Phrase("tags.merged", .text(other.name))
        }
    }

    @Sendable func delete(_ request: Request, in context: AgentContext) async throws -> Response {
        try await trying(context) { tag in
            try await tags.delete(tag.id, by: desk.act(by: context.person.id))
            return Phrase("tags.deleted", .text(tag.name))
        }
    }

    private func trying(
        _ context: AgentContext, _ body: (Tag) async throws -> Phrase
    ) async throws -> Response {
        let row = try await row(context)
        do {
            return .redirect(to: "/settings/tags", saying: try await body(row.tag))
        } catch let refusal as TagRefusal where refusal != .unknown {
            // The name is asked for here, and not among others.
            let named =
                refusal.field == "tags" ? NamedRefusal(refusal, field: "name") : refusal as any Refusal
            let page = TagPage(row: row, answers: Answers(context.form, named))
            return .page(
                page, in: try await desk.shell(for: context, here: "/settings/tags"), status: refusal.status)
        }
    }

    private func row(_ context: AgentContext) async throws -> TagRow {
        guard let tag = try await tags.tag(try context.parameters.id()) else { throw NotFound() }
        return TagRow(tag: tag, customers: try await tags.counts(of: [tag])[tag.id] ?? 0)
    }
}

/// The same refusal at another field of the form.
struct NamedRefusal: Refusal {
    let refusal: any Refusal
    let field: String?

    init(_ refusal: any Refusal, field: String) {
        self.refusal = refusal
        self.field = field
    }

    var status: HTTPResponse.Status { refusal.status }
    var phrase: Phrase { refusal.phrase }
    var code: String { refusal.code }
}
