import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Organisations and their departments on screen. What concerns one organisation alone stands on its customer's page.
struct OrganisationRoutes: Sendable {
    let desk: Desk

    private var trees: TreeStore { TreeStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .agent(.get, "/organisations", needs: .seeCustomers, use: list),
            .agent(.get, "/organisations/new", needs: .editCustomers, use: new),
            .agent(.post, "/organisations", needs: .editCustomers, use: add),
            .agent(.get, "/organisations/:id/departments", needs: .seeCustomers, use: departments),
            .agent(.get, "/organisations/:id/place", needs: .editCustomers, use: place),
            .agent(.post, "/organisations/:id/place", needs: .editCustomers, use: move),
            .agent(.post, "/organisations/:id/moves/:move/undoing", needs: .editCustomers, use: undo),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let portion = try await trees.list(
            finding: context.query["q"], after: context.query["after"], limit: 50)
        let page = OrganisationsPage(
            portion: portion, query: context.query, mayAdd: context.may(.editCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/organisations"))
    }

    @Sendable func departments(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        guard let tree = try await trees.tree(of: id), let root = tree.root else { throw NotFound() }
        let after = try context.query.id("after", of: Party.self)
        let all = tree.departments(of: id)
        let start = after.flatMap { last in all.firstIndex { $0.id == last } }.map { $0 + 1 } ?? 0
        let rows = Array(all.dropFirst(start).prefix(100))
        let next = start + rows.count < all.count ? start + rows.count : nil
        return .page(
            DepartmentsPage(root: root, rows: rows, next: next),
            in: try await desk.shell(for: context, here: "/organisations"))
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        let parent = try context.query.id("parent", of: Party.self)
        return .page(
            try await newPage(under: parent), in: try await desk.shell(for: context, here: "/organisations"))
    }

    private func newPage(
        under parent: ID<Party>?, _ answers: Answers = Answers()
    ) async throws -> NewOrganisationPage {
        guard let parent else { return NewOrganisationPage(parent: nil, isInternal: false, answers: answers) }
        guard let place = try await trees.place(of: parent) else { throw NotFound() }
        return NewOrganisationPage(
            parent: place.path.last, isInternal: place.isInternal, answers: answers)
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        let form = context.form
        let parent = try form.id("parent_id", of: Party.self)
        do {
            var customer = NewCustomer(
                name: form["name"] ?? "", email: form["email"], phone: form["phone"],
                outsideID: form["outside_id"])
            customer.kind = .organisation
            let id = try await trees.add(
                customer, under: parent, isInternal: form.flag("internal"),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/people/\(id)", saying: Phrase("customer.added"))
        } catch let refusal as any Refusal {
            let answers = Answers(form, OrganisationRefusal(refusal))
            return .page(
                try await newPage(under: parent, answers),
                in: try await desk.shell(for: context, here: "/organisations"), status: refusal.status)
        }
    }

    @Sendable func place(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await placePage(context), in: try await desk.shell(for: context, here: "/organisations"))
    }

    private func placePage(_ context: AgentContext, _ answers: Answers = Answers()) async throws
        -> OrganisationPlacePage
    {
        let id = try context.parameters.id(of: Party.self)
        guard let place = try await trees.place(of: id), let party = place.path.last else { throw NotFound() }
        return OrganisationPlacePage(party: party, place: place, answers: answers)
    }

    @Sendable func move(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = try await placePage(context)
        let act = desk.act(by: context.person.id)
        do {
            let parent = try await parent(in: context.form, standing: page.place.parent)
            let moved = try await trees.move(page.party.id, under: parent, by: act)
            try await trees.mark(page.party.id, isInternal: context.form.flag("internal"), by: act)
            return .redirect(
                to: "/people/\(page.party.id)", saying: Phrase(moved ? "relations.moved" : "customer.changed")
            )
        } catch let refusal as any Refusal {
            var page = try await placePage(context, Answers(context.form, OrganisationRefusal(refusal)))
            if case RelationRefusal.severalFound(let typed, _) = refusal,
                case .several(let parties) = try await finding(typed)
            {
                page.found = parties
            }
            return .page(
                page, in: try await desk.shell(for: context, here: "/organisations"), status: refusal.status)
        }
    }

    private func finding(_ typed: String) async throws -> PartyFinding.Outcome {
        try await PartyFinding(database: desk.database).find(typed, kind: .organisation)
    }

    /// The one chosen among several; else the one the name or number means; nil where the field was emptied.
    private func parent(in form: PostedForm, standing: Party?) async throws -> ID<Party>? {
        if let id = try form.id("parent_id", of: Party.self) { return id }
        let typed = try form.line("parent", limit: 500)
        if typed.isEmpty { return nil }
        // As the form wrote it, where nobody changed it.
        if let standing, typed == "#\(standing.id) \(standing.name)".singleLine { return standing.id }
        switch try await finding(typed) {
        case .one(let party): return party.id
        case .several: throw RelationRefusal.severalFound(typed, field: "parent")
        case .none: throw RelationRefusal.nobodyFound(typed, field: "parent")
        }
    }

    @Sendable func undo(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        let move = try context.parameters.id("move", of: Event.self)
        do {
            try await trees.undo(move.value, of: id, by: desk.act(by: context.person.id))
        } catch RelationRefusal.unknown {
            throw NotFound()
        } catch let refusal as RelationRefusal {
            return .redirect(to: "/people/\(id)", saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: "/people/\(id)", saying: Phrase("relations.moved.undone"))
    }
}

/// A refusal with the fields called as they are on screen.
private struct OrganisationRefusal: Refusal {
    let phrase: Phrase
    let status: HTTPResponse.Status
    let field: String?

    init(_ refusal: any Refusal) {
        phrase = refusal.phrase
        status = refusal.status
        field =
            ["unique_external_id": "outside_id", "parent_id": "parent", "with": "parent"][refusal.field ?? ""]
            ?? refusal.field
    }
}
