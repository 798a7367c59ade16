import Hummingbird
import Kernel
import Markup
import NIOCore
import Web

/// The lists on screen, worked off line by line.
struct ListRoutes: Sendable {
    let desk: Desk
    let figures: FigureStore
    let lists: ListStore

    var all: [Route] {
        [
            .agent(.get, "/lists", needs: .seeCustomers, use: overview),
            .agent(.get, "/lists/:list", needs: .seeCustomers, use: show),
            .agent(.get, "/lists/:list/csv", needs: .exportCustomers, use: export),
            .agent(.get, "/lists/:list/customers/:id", needs: .seeCustomers, use: work),
            .agent(.post, "/lists/:list/customers/:id/assignment", needs: .editCustomers, use: assign),
            .agent(.post, "/lists/:list/customers/:id/result", needs: .editCustomers, use: finish),
            .agent(.post, "/lists/:list/customers/:id/reopening", needs: .editCustomers, use: reopen),
        ]
    }

    @Sendable func overview(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = ListsPage(run: try await figures.latest())
        return .page(page, in: try await desk.shell(for: context, here: "/lists"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let list = try list(context)
        guard let run = try await figures.latest() else {
            return .redirect(to: "/lists", type: .normal)
        }
        let part = ListPart(rawValue: context.query["show"] ?? "") ?? .open
        let segment = try await segment(context)
        let portion = try await lists.page(
            list, part, of: context.person.id, run: run.id, in: segment?.id, after: context.query["after"],
            limit: 50)
        var page = ListPage(
            list: list, part: part, portion: portion, run: run,
            names: try await lists.names(portion.items.compactMap(\.assignee)), query: context.query,
            mayWork: context.may(.editCustomers), mayExport: context.may(.exportCustomers))
        page.segment = segment
        page.segments = try await SegmentStore(database: desk.database, clock: desk.clock).all()
        return .page(page, in: try await desk.shell(for: context, here: "/lists"))
    }

    /// The segment whose part of the list is asked for; nil for all of it.
    private func segment(_ context: AgentContext) async throws -> Segment? {
        guard let id = try context.query.segment else { return nil }
        guard let segment = try await SegmentStore(database: desk.database, clock: desk.clock).segment(id)
        else { throw NotFound() }
        return segment
    }

    @Sendable func work(_ request: Request, in context: AgentContext) async throws -> Response {
        try await workPage(context)
    }

    /// One customer's line as a page, once more with what was typed where that may not stand.
    private func workPage(
        _ context: AgentContext, _ refusal: ListRefusal? = nil
    ) async throws -> Response {
        let (list, run, id) = try await place(context)
        guard let item = try await lists.item(list, id, run: run.id) else { throw NotFound() }
        var page = ListWorkPage(
            item: item, run: run, colleagues: try await lists.colleagues(), me: context.person.id,
            mayWork: context.may(.editCustomers), refusal: refusal,
            typed: refusal == nil ? nil : context.form)
        page.preferences = try await PreferenceStore(database: desk.database).preferences(of: id)
        return .page(
            page, in: try await desk.shell(for: context, here: "/lists"),
            status: refusal == nil ? .ok : .unprocessableContent)
    }

    @Sendable func assign(_ request: Request, in context: AgentContext) async throws -> Response {
        let (list, run, id) = try await place(context)
        let typed = context.form.text("colleague")
        let person: Int64? = typed == "me" ? context.person.id : Int64(typed)
        do {
            guard typed.isEmpty || person != nil else { throw ListRefusal.unknownColleague }
            try await lists.assign(
                id, on: list, to: person, run: run.id, onlyIfFree: typed == "me",
                by: desk.act(by: context.person.id))
        } catch let refusal as ListRefusal where [.notOnList, .taken].contains(refusal) {
            return .redirect(to: "/lists/\(list.rawValue)", saying: refusal.phrase)
        } catch let refusal as ListRefusal {
            return try await workPage(context, refusal)
        }
        let said = person == nil ? "lists.released" : "lists.assigned"
        return .redirect(to: "/lists/\(list.rawValue)", saying: Phrase(said))
    }

    @Sendable func finish(_ request: Request, in context: AgentContext) async throws -> Response {
        let (list, run, id) = try await place(context)
        do {
            guard let result = ListResult(rawValue: context.form.text("result")) else {
                throw ListRefusal.noResult
            }
            try await lists.finish(
                id, on: list, result, note: context.form.text("note"), run: run.id,
                by: desk.act(by: context.person.id))
        } catch ListRefusal.notOnList {
            return .redirect(to: "/lists/\(list.rawValue)", saying: ListRefusal.notOnList.phrase)
        } catch let refusal as ListRefusal {
            return try await workPage(context, refusal)
        }
        return .redirect(to: "/lists/\(list.rawValue)", saying: Phrase("lists.finished"))
    }

    @Sendable func reopen(_ request: Request, in context: AgentContext) async throws -> Response {
        let (list, run, id) = try await place(context)
        do {
            try await lists.reopen(id, on: list, run: run.id, by: desk.act(by: context.person.id))
        } catch let refusal as ListRefusal {
            return .redirect(to: "/lists/\(list.rawValue)", saying: refusal.phrase)
        }
        return .redirect(
            to: "/lists/\(list.rawValue)/customers/\(id)", saying: Phrase("lists.reopened"))
    }

    /// Everything open on the list, page by page, so that a long list costs no memory.
    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let list = try list(context)
        guard let run = try await figures.latest() else { throw NotFound() }
        let lists = lists
        let segment = try await segment(context)?.id
        let head = ListTable.head
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head))
            var after: String?
            repeat {
                let portion = try await lists.page(
                    list, .open, of: nil, run: run.id, in: segment, after: after, limit: 500)
                let names = try await lists.names(portion.items.compactMap(\.assignee))
                let table = ListTable(items: portion.items, report: run.report, names: names)
                try await writer.write(ByteBuffer(string: table.lines))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(
            body, named: "\(list.rawValue)-\(run.report.day).csv", type: "text/csv; charset=utf-8")
    }

    private func list(_ context: AgentContext) throws -> CustomerList {
        guard let list = CustomerList(rawValue: try context.parameters.text("list")) else { throw NotFound() }
        return list
    }

    private func place(_ context: AgentContext) async throws -> (CustomerList, CompletedRun, ID<Party>) {
        let list = try list(context)
        let id = try context.parameters.id(of: Party.self)
        guard let run = try await figures.latest() else { throw NotFound() }
        return (list, run, id)
    }
}
