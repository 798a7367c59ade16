import Hummingbird
import Kernel
import Storage
import Web

/// Organisations for programs, in the words of Freshdesk's companies. They are contacts as well, under the same id.
struct CompanyAPI: Sendable {
    let desk: Desk
    let customers: CustomerStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/companies", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/companies", needs: .editCustomers, use: add),
            .api(.get, "/api/v2/companies/:id", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/companies/:id", needs: .editCustomers, use: change),
        ]
    }

    private static let fields: Set<String> = [
        "name", "tags", "custom_fields", "preferences", "owner_id", "language", "time_zone",
        "unique_external_id",
    ]

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await customers.organisations(
            after: context.query["after"], limit: try context.query.perPage())
        var companies: [JSON] = []
        for party in portion.items { companies.append(try await json(party)) }
        let next = portion.next.map { "/api/v2/companies" + context.query.with("after", $0) }
        return .json(.list(companies)).linking(next: next)
    }

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: CompanyAPI.fields)
        var draft = try CustomerDraft(body: body)
        draft.name = try body.required("name")
        draft.kind = .organisation
        let id = try await customers.add(draft, by: desk.act(by: context.person.id))
        return .created(try await json(id), at: "/api/v2/companies/\(id)")
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await json(try await company(context)))
    }

    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let party = try await company(context)
        let body = try await Body(of: request, known: CompanyAPI.fields)
        var draft = try CustomerDraft(body: body)
        if body.has("name") { draft.name = try body.required("name") }
        try await customers.change(party.id, to: draft, by: desk.act(by: context.person.id))
        return .json(try await json(party.id))
    }

    private func company(_ context: APIContext) async throws -> Party {
        let party = try await desk.customer(context)
        guard party.kind == .organisation else { throw NotFound() }
        return party
    }

    private func json(_ id: ID<Party>) async throws -> JSON {
        guard let party = try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        return try await json(party)
    }

    private func json(_ party: Party) async throws -> JSON {
        let known = try await customers.known(of: party.id)
        return .object(
            [("id", .int(party.id.value)), ("name", .text(party.name))] + known.json(for: .organisation)
                + [
                    ("created_at", .text(party.createdAt.iso)), ("updated_at", .text(party.createdAt.iso)),
                ])
    }
}
