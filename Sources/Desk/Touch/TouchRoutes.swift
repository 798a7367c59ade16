import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Web

/// The due list on screen, worked off line by line.
struct TouchRoutes: Sendable {
    let desk: Desk
    let touches: TouchStore
    let rhythms: RhythmStore

    var all: [Route] {
        [
            .agent(.get, "/touch", needs: .seeCustomers, use: list),
            .agent(.get, "/touch.csv", needs: .exportCustomers, use: export),
            .agent(.get, "/touch/:id", needs: .seeCustomers, use: show),
            .agent(.post, "/touch/:id/done", needs: .editCustomers, use: done),
            .agent(.post, "/touch/:id/skipping", needs: .editCustomers, use: skip),
            .agent(.post, "/touch/:id/postponement", needs: .editCustomers, use: postpone),
            .agent(.post, "/touch/:id/assignment", needs: .editCustomers, use: assign),
            .agent(.post, "/touch/:id/reopening", needs: .editCustomers, use: reopen),
        ]
    }

    private func today() async throws -> LocalDate {
        try await desk.organisations.required().zone.day(of: desk.clock.now)
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let part = try context.query.choice("show", as: TouchPart.self) ?? .due
        let rhythm = try context.query.int("rhythm").map(Int64.init)
        let portion = try await touches.page(
            part, of: context.person.id, rhythm: rhythm, after: context.query["after"], limit: 50)
        let lists = ListStore(database: desk.database, clock: desk.clock)
        let page = TouchesPage(
            part: part, portion: portion, rhythm: rhythm, rhythms: try await rhythms.all(),
            names: try await lists.names(portion.items.compactMap { $0.assignee ?? $0.handledBy }),
            query: context.query, today: try await today(), me: context.person.id,
            mayWork: context.may(.editCustomers), mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/touch"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers(), at fault: String = "")
        async throws
        -> Response
    {
        let touch = try await touch(context)
        let lists = ListStore(database: desk.database, clock: desk.clock)
        let addresses = try await desk.database.read {
            try CustomerStore.addresses(of: touch.party.id, in: $0)
        }
        let page = TouchPage(
            touch: touch, addresses: addresses, colleagues: try await lists.colleagues(),
            today: try await today(), mayWork: context.may(.editCustomers), answers: answers, fault: fault)
        return .page(
            page, in: try await desk.shell(for: context, here: "/touch"),
            status: fault.isEmpty ? .ok : .unprocessableContent)
    }

    private func touch(_ context: AgentContext) async throws -> Touch {
        guard let touch = try await touches.find(try context.parameters.id(of: Touch.self).value) else {
            throw NotFound()
        }
        return touch
    }

    @Sendable func done(_ request: Request, in context: AgentContext) async throws -> Response {
        try await act(context, "done", saying: "touch.said.done") { touch, act in
            try await touches.handle(
                touch.id, .done, note: context.form.text("note"), today: try await today(), by: act)
        }
    }

    @Sendable func skip(_ request: Request, in context: AgentContext) async throws -> Response {
        try await act(context, "skip", saying: "touch.said.skipped") { touch, act in
            try await touches.handle(
                touch.id, .skipped, note: context.form.text("note"), today: try await today(), by: act)
        }
    }

    @Sendable func postpone(_ request: Request, in context: AgentContext) async throws -> Response {
        try await act(context, "postpone", saying: "touch.said.postponed") { touch, act in
            guard let day = try context.form.day("due") else { throw FieldRefusal.missing(field: "due") }
            try await touches.postpone(touch.id, to: day, today: try await today(), by: act)
        }
    }

    @Sendable func assign(_ request: Request, in context: AgentContext) async throws -> Response {
        let typed = context.form.text("colleague")
        let person: Int64? = typed == "me" ? context.person.id : Int64(typed)
        return try await act(context, "assign", saying: person == nil ? "lists.released" : "lists.assigned") {
            touch, act in
            guard typed.isEmpty || person != nil else { throw TouchRefusal.unknownColleague }
            try await touches.assign(touch.id, to: person, onlyIfFree: typed == "me", by: act)
        }
    }

    @Sendable func reopen(_ request: Request, in context: AgentContext) async throws -> Response {
        let touch = try await touch(context)
        do {
            try await touches.reopen(touch.id, by: desk.act(by: context.person.id))
        } catch let refusal as TouchRefusal {
            return .redirect(to: "/touch", saying: refusal.phrase)
        }
        return .redirect(to: "/touch/\(touch.id)", saying: Phrase("touch.said.reopened"))
    }

    /// Back to the list; or the form again, with what was typed.
    private func act(
        _ context: AgentContext, _ form: String, saying said: String,
        _ body: (Touch, Act) async throws -> Void
    ) async throws -> Response {
        let touch = try await touch(context)
        do {
            try await body(touch, desk.act(by: context.person.id))
        } catch let refusal as TouchRefusal where [.notOpen, .taken].contains(refusal) {
            return .redirect(to: "/touch", saying: refusal.phrase)
        } catch let refusal as any Refusal {
            return try await page(context, Answers(context.form, refusal), at: form)
        }
        return .redirect(to: "/touch", saying: Phrase(said, .text(touch.party.name)))
    }

    /// Everything that waits, page by page, so that a long list costs no memory.
    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let (touches, day) = (touches, try await today())
        let lists = ListStore(database: desk.database, clock: desk.clock)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: TouchTable.head))
            var after: String?
            repeat {
                let portion = try await touches.page(.due, of: 0, rhythm: nil, after: after, limit: 500)
                let names = try await lists.names(portion.items.compactMap(\.assignee))
                try await writer.write(
                    ByteBuffer(string: TouchTable(touches: portion.items, names: names).lines))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "touch-\(day).csv", type: "text/csv; charset=utf-8")
    }
}
