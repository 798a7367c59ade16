import Hummingbird
import Kernel
import Markup
import Web

/// Lists kept under a name, on screen and for programs.
struct SavedListRoutes: Sendable {
    let desk: Desk
    let figures: FigureStore

    var saved: SavedListStore { SavedListStore(database: desk.database) }

    var all: [Route] {
        [
            .agent(.post, "/lists/:list/saving", needs: .editCustomers, use: save),
            .agent(.get, "/lists/saved", needs: .seeCustomers, use: overview),
            .agent(.get, "/lists/saved/:id", needs: .seeCustomers, use: show),
            .agent(.get, "/lists/saved/:id/csv", needs: .exportCustomers, use: export),
            .agent(.post, "/lists/saved/:id/removal", needs: .editCustomers, use: remove),
            .agent(.post, "/lists/saved/:id/restoring", needs: .editCustomers, use: restore),
            .api(.get, "/api/v2/saved_lists", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/saved_lists", needs: .editCustomers, use: keep),
            .api(.get, "/api/v2/saved_lists/:id", needs: .seeCustomers, use: one),
            .api(.get, "/api/v2/saved_lists/:id/customers", needs: .seeCustomers, use: customers),
        ]
    }

    @Sendable func save(_ request: Request, in context: AgentContext) async throws -> Response {
        guard let list = CustomerList(rawValue: try context.parameters.text("list")),
            let run = try await figures.latest()
        else { throw NotFound() }
        do {
            let id = try await saved.save(
                list, as: context.form.text("name"), run: run, by: desk.act(by: context.person.id))
            try await saved.find(id).asyncMap { try await saved.count($0, against: run) }
            return .redirect(to: "/lists/saved/\(id)", saying: Phrase("lists.saved.done"))
        } catch let refusal as SavedListRefusal {
            let page = SaveListPage(list: list, answers: Answers(context.form, refusal))
            return .page(
                page, in: try await desk.shell(for: context, here: "/lists"), status: refusal.status)
        }
    }

    @Sendable func overview(_ request: Request, in context: AgentContext) async throws -> Response {
        let after = context.query["after"].flatMap { Int64($0) }
        let portion = try await saved.list(after: after, limit: 50)
        let lists = ListStore(database: desk.database, clock: desk.clock)
        let page = SavedListsPage(
            portion: portion, names: try await lists.names(portion.items.compactMap(\.savedBy)))
        return .page(page, in: try await desk.shell(for: context, here: "/lists"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let kept = try await find(context.parameters)
        guard let run = try await figures.latest() else { throw NotFound() }
        let part = SavedPart(rawValue: context.query["show"] ?? "") ?? .all
        let portion = try await saved.lines(
            of: kept, part, run: run.id, after: context.query["after"], limit: 50)
        let page = SavedListPage(
            saved: kept, part: part, portion: portion, query: context.query,
            mayEdit: context.may(.editCustomers),
            mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/lists"))
    }

    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let kept = try await find(context.parameters)
        guard let run = try await figures.latest() else { throw NotFound() }
        let (saved, part) = (saved, SavedPart(rawValue: context.query["show"] ?? "") ?? .all)
        return .table(SavedListPage.tableHead, named: "list-\(kept.day)-\(kept.id).csv") { after in
            let portion = try await saved.lines(of: kept, part, run: run.id, after: after, limit: 500)
            return (portion.items.map { SavedListPage.tableLine($0, kept) }.joined(), portion.next)
        }
    }

    @Sendable func remove(_ request: Request, in context: AgentContext) async throws -> Response {
        let kept = try await find(context.parameters)
        guard try await saved.setRemoved(true, kept.id, by: desk.act(by: context.person.id)) else {
            throw NotFound()
        }
        return .redirect(to: "/lists/saved/\(kept.id)", saying: Phrase("lists.saved.removed"))
    }

    @Sendable func restore(_ request: Request, in context: AgentContext) async throws -> Response {
        let kept = try await find(context.parameters)
        guard try await saved.setRemoved(false, kept.id, by: desk.act(by: context.person.id)) else {
            throw NotFound()
        }
        return .redirect(to: "/lists/saved/\(kept.id)", saying: Phrase("lists.saved.restored"))
    }

    private func find(_ parameters: PathParameters) async throws -> SavedList {
        let id = try parameters.id(of: SavedList.self)
        guard let kept = try await saved.find(id.value) else { throw NotFound() }
        return kept
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let after = context.query["after"].flatMap { Int64($0) }
        let portion = try await saved.list(after: after, limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/saved_lists" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(\.json))).linking(next: next)
    }

    @Sendable func keep(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["list", "name"])
        guard let list = CustomerList(rawValue: try body.required("list")) else {
            throw BodyFieldRefusal.mismatch(field: "list")
        }
        guard let run = try await figures.latest() else { throw SavedListRefusal.nobody }
        let id = try await saved.save(
            list, as: try body.required("name"), run: run, by: desk.act(by: context.person.id))
        guard let kept = try await saved.find(id) else { throw NotFound() }
        try await saved.count(kept, against: run)
        return .created(try await saved.find(id)?.json ?? kept.json, at: "/api/v2/saved_lists/\(id)")
    }

    @Sendable func one(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await find(context.parameters).json)
    }

    @Sendable func customers(_ request: Request, in context: APIContext) async throws -> Response {
        let kept = try await find(context.parameters)
        guard let run = try await figures.latest() else { throw NotFound() }
        let part = try context.query.choice("show", as: SavedPart.self) ?? .all
        let portion = try await saved.lines(
            of: kept, part, run: run.id, after: context.query["after"], limit: try context.query.perPage())
        let address = "/api/v2/saved_lists/\(kept.id)/customers"
        let next = portion.next.map { address + context.query.with("after", $0) }
        return .json(.list(portion.items.map { $0.json(kept) })).linking(next: next)
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap(_ body: (Wrapped) async throws -> Void) async throws {
        if let value = self { try await body(value) }
    }
}

extension SavedList {
    var json: JSON {
        let amount = Currency(currency).map { JSON.money(Money(minor: money, currency: $0)) }
        return .object([
            ("id", .int(id)), ("name", .text(name)), ("list", .text(list.rawValue)),
            ("day", .text(day.description)),
            ("customers", .int(customers)), ("money", amount ?? .null),
            ("money_is", .text(isForecast ? "expected" : "so far")),
            ("months", .int(isForecast ? Int64(months) : nil)),
            ("bought_since", .int(bought)), ("left_since", .int(gone)), ("came_since", .int(came)),
            ("counted_day", .text(countedDay?.description)), ("saved_by", .int(savedBy)),
            ("created_at", .text(savedAt.iso)), ("removed", .bool(isRemoved)),
        ])
    }
}

extension SavedLine {
    fileprivate func json(_ saved: SavedList) -> JSON {
        let amount = Currency(saved.currency).map { JSON.money(Money(minor: money, currency: $0)) }
        return .object([
            ("customer_id", .int(party.id.value)), ("name", .text(party.name)), ("money", amount ?? .null),
            ("on_list", .bool(isOnList)), ("bought_day", .text(boughtDay?.description)),
        ])
    }
}
