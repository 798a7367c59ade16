import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Organisations for programs, in the words of Freshdesk's companies.
struct CompanyAPI: Sendable {
    let desk: Desk

    private var trees: TreeStore { TreeStore(database: desk.database, clock: desk.clock) }
    private var customers: CustomerStore { CustomerStore(database: desk.database, clock: desk.clock) }

    /// What is known of a company beyond its place in the tree.
    private static let knownFields: Set<String> = [
        "tags", "custom_fields", "preferences", "owner_id", "language", "time_zone", "unique_external_id",
    ]

    var all: [Route] {
        [
            .api(.get, "/api/v2/companies", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/companies", needs: .editCustomers, use: add),
            .api(.get, "/api/v2/companies/:id", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/companies/:id", needs: .editCustomers, use: change),
            .api(.get, "/api/v2/companies/:id/tree", needs: .seeCustomers, use: tree),
        ]
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await trees.list(
            finding: context.query["q"] ?? context.query["name"], after: context.query["after"],
            limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/companies" + context.query.with("after", $0) }
        var companies: [JSON] = []
        for row in portion.items { companies.append(try await json(row)) }
        return .json(.list(companies)).linking(next: next)
    }

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let known: Set<String> = ["name", "parent_id", "internal", "email", "phone"]
        let body = try await Body(of: request, known: known.union(CompanyAPI.knownFields))
        var customer = NewCustomer(
            name: try body.required("name"), email: try body.text("email"), phone: try body.text("phone"),
            outsideID: try body.text("unique_external_id"))
        customer.kind = .organisation
        var draft = try CustomerDraft(body: body)
        (draft.name, draft.kind) = (customer.name, .organisation)
        let asked = try await desk.database.read { try FieldStore.fields(in: $0) }
        if let refusals = Refusals(draft.refusals(standing: nil, asked: asked)) { throw refusals }
        draft.name = nil
        draft.kind = nil
        draft.outsideID = nil
        draft.addresses = AddressWishes()
        do {
            let act = desk.act(by: context.person.id)
            let id = try await trees.add(
                customer, under: try body.int("parent_id").map { ID(Int64($0)) },
                isInternal: try body.bool("internal") ?? false, by: act)
            try await customers.change(id, to: draft, by: act)
            return .created(try await company(id), at: "/api/v2/companies/\(id)")
        } catch RelationRefusal.unknown, RelationRefusal.notAnOrganisation {
            throw CompanyRefusal.unknownParent
        }
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await company(try context.parameters.id()))
    }

    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let treeFields: Set<String> = ["name", "parent_id", "internal"]
        let body = try await Body(of: request, known: treeFields.union(CompanyAPI.knownFields))
        let id: ID<Party> = try context.parameters.id()
        guard try await trees.row(id) != nil else { throw NotFound() }
        var change = TreeStore.Change(isInternal: try body.bool("internal"))
        if body.values["name"] != nil {
            change.name = try NewCustomer(name: try body.text("name") ?? "").checked().name
        }
        if body.values["parent_id"] != nil {
            change.parent = .some(try body.int("parent_id").map { ID(Int64($0)) })
        }
        do {
            let act = desk.act(by: context.person.id)
            if !CompanyAPI.knownFields.isDisjoint(with: body.values.keys) {
                try await customers.change(id, to: try CustomerDraft(body: body), by: act)
            }
            if !treeFields.isDisjoint(with: body.values.keys) { try await trees.change(id, change, by: act) }
        } catch RelationRefusal.unknown {
            throw NotFound()
        } catch CustomerRefusal.unknownOrganisation {
            throw CompanyRefusal.unknownParent
        }
        return .json(try await company(id))
    }

    /// The organisation with everything below it, each with its own sums and those of all below.
    @Sendable func tree(_ request: Request, in context: APIContext) async throws -> Response {
        let id: ID<Party> = try context.parameters.id()
        guard let tree = try await trees.tree(of: id), let root = tree.root else { throw NotFound() }
        var children: [ID<Party>: [OrganisationTree.Node]] = [:]
        for node in tree.nodes where node.depth > 0 {
            if let parent = node.parent { children[parent, default: []].append(node) }
        }
        return .json(CompanyAPI.json(root, children))
    }

    private func company(_ id: ID<Party>) async throws -> JSON {
        guard let row = try await trees.row(id) else { throw NotFound() }
        return try await json(row)
    }

    private func json(_ row: OrganisationRow) async throws -> JSON {
        let known = try await customers.known(of: row.party.id).json(for: .organisation)
        return .object(
            [
                ("id", .int(row.party.id.value)), ("name", .text(row.party.name)),
                ("parent_id", .int(row.parent?.id.value)), ("internal", .bool(row.isInternal)),
                ("departments", .int(row.departments)), ("volume", CompanyAPI.json(row.volume)),
                ("created_at", .text(row.party.createdAt.iso)),
                ("updated_at", .text(row.party.createdAt.iso)),
            ] + known)
    }

    private static func json(
        _ node: OrganisationTree.Node, _ children: [ID<Party>: [OrganisationTree.Node]]
    ) -> JSON {
        .object([
            ("id", .int(node.id.value)), ("name", .text(node.name)), ("internal", .bool(node.isInternal)),
            ("own", json(node.own)), ("total", json(node.total)),
            ("departments", .list(children[node.id, default: []].map { json($0, children) })),
        ])
    }

    private static func json(_ volume: Volume) -> JSON {
        .object([
            ("purchases", .int(volume.purchases)), ("uses", .int(volume.uses)),
            ("occasions", .int(volume.occasions)), ("totals", .list(volume.totals.map(JSON.money))),
        ])
    }
}

/// Why a company a program sent is not taken.
enum CompanyRefusal: Refusal, Equatable {
    case unknownParent

    var phrase: Phrase { Phrase("customer.refused.unknownOrganisation") }
    var field: String? { "parent_id" }
}
