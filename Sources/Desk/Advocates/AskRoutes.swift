import HTTPTypes
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Web

/// Asking customers to tell others, on screen.
struct AskRoutes: Sendable {
    let desk: Desk
    let asks: AskStore

    var all: [Route] {
        [
            .agent(.get, "/advocates/ask", needs: .seeCustomers, use: list),
            .agent(.get, "/advocates/ask/csv", needs: .exportCustomers, use: export),
            .agent(.get, "/advocates/ask/people/:id", needs: .recordAdvocacy, use: form),
            .agent(.post, "/advocates/ask/people/:id", needs: .recordAdvocacy, use: ask),
            .agent(.get, "/advocates/ask/:id", needs: .seeCustomers, use: show),
            .agent(.post, "/advocates/ask/:id/answer", needs: .recordAdvocacy, use: answer),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let part = AskPart(rawValue: context.query["show"] ?? "") ?? .ready
        let (today, after) = (try await desk.today(), context.query["after"])
        let run = try await asks.latest()
        var items = Portion<AskItem>(items: [], next: nil)
        if part == .ready, let run { items = try await asks.ready(run: run.id, after: after, limit: 50) }
        let found =
            part == .ready
            ? Portion<Ask>(items: [], next: nil) : try await asks.page(part, after: after, limit: 50)
        let now = desk.clock.now
        let (totals, settings) = try await desk.database.read { connection in
            (
                try AdvocacyTotals.read(today: today.daysSinceEpoch, in: connection),
                try AdvocacySettings.read(at: now, in: connection)
            )
        }
        let page = AskPage(
            part: part, run: run, items: items, asks: found, totals: totals,
            names: try await desk.colleagueNames(found.items.compactMap(\.askedBy)),
            askDays: settings.askDays,
            today: today, query: context.query, mayAsk: context.may(.recordAdvocacy),
            mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/advocates"))
    }

    @Sendable func form(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        let wish = Ask.Wish(rawValue: context.query["wish"] ?? "") ?? .referral
        return try await formPage(id, wish, context)
    }

    private func formPage(
        _ id: ID<Party>, _ wish: Ask.Wish, _ context: AgentContext, _ refusal: AskRefusal? = nil
    ) async throws -> Response {
        let (today, now) = (try await desk.today(), desk.clock.now)
        let found = try await desk.database.read { connection -> (Party, [Ask], AskRefusal?)? in
            guard let party = try CustomerStore.customer(id, in: connection) else { return nil }
            return (
                party, try AskStore.asks(of: id, limit: 10, in: connection),
                try AskStore.refusal(id, today: today, at: now, in: connection)
            )
        }
        guard let (party, before, hindrance) = found else { throw NotFound() }
        var page = AskFormPage(party: party, wish: wish, before: before, today: today, hindrance: hindrance)
        if let refusal { page.answers = Answers(context.form, refusal) }
        return .page(
            page, in: try await desk.shell(for: context, here: "/advocates"),
            status: refusal?.status ?? .ok)
    }

    @Sendable func ask(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        do {
            guard let wish = Ask.Wish(rawValue: context.form.text("wish")) else { throw AskRefusal.noWish }
            let ask = try await asks.ask(
                id, for: wish, note: context.form.text("note"), today: try await desk.today(),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/advocates/ask/\(ask.id)", saying: Phrase("ask.saved"))
        } catch AskRefusal.unknownPerson {
            throw NotFound()
        } catch let refusal as AskRefusal {
            return try await formPage(id, .referral, context, refusal)
        }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await answerPage(context)
    }

    private func answerPage(_ context: AgentContext, _ refusal: (any Refusal)? = nil) async throws -> Response
    {
        guard let ask = try await asks.find(try context.parameters.id(of: Ask.self).value) else {
            throw NotFound()
        }
        let names = try await desk.colleagueNames(ask.askedBy.map { [$0] } ?? [])
        var page = AskAnswerPage(
            ask: ask, askedBy: ask.askedBy.flatMap { names[$0] }, today: try await desk.today(),
            mayAnswer: context.may(.recordAdvocacy))
        if let refusal { page.answers = Answers(context.form, refusal) }
        return .page(
            page, in: try await desk.shell(for: context, here: "/advocates"), status: refusal?.status ?? .ok)
    }

    @Sendable func answer(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Ask.self).value
        do {
            let said = try AskRoutes.answer(context.form)
            let ask = try await asks.answer(
                id, said, note: context.form.text("note"), today: try await desk.today(),
                by: desk.act(by: context.person.id))
            // Whoever said yes has something to be put on record, on their own page.
            let next = ask.state == .yes ? "/people/\(ask.person)" : "/advocates/ask?show=waiting"
            return .redirect(
                to: next, saying: Phrase(ask.state == .yes ? "ask.answered.yes" : "ask.answered"))
        } catch AskRefusal.unknown {
            throw NotFound()
        } catch let refusal as any Refusal {
            return try await answerPage(context, refusal)
        }
    }

    private static func answer(_ form: PostedForm) throws -> AskAnswer {
        switch Ask.State(rawValue: form.text("state")) {
        case .yes: return .yes
        case .no: return .no
        case .noReply: return .noReply
        case .later:
            guard let day = try form.day("later") else { throw AskRefusal.noDay }
            return .later(day)
        case .open, nil: throw AskRefusal.noAnswer
        }
    }

    /// Everybody who may be asked, page by page, so that a long list costs no memory.
    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        guard let run = try await asks.latest() else { throw NotFound() }
        let (asks, today, reader) = (asks, try await desk.today(), context.reader)
        let head = ["id", "name", "wish", "why"].map {
            CSVCell.quoted(Phrase("ask.column.\($0)").text(for: reader))
        }
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head.joined(separator: ",") + "\r\n"))
            var after: String?
            repeat {
                let portion = try await asks.ready(run: run.id, after: after, limit: 500)
                let lines = portion.items.map { item in
                    let why = AskReasons(item: item, today: today).phrases.map { $0.text(for: reader) }
                    let cells = [
                        "\(item.party.id)", item.party.name,
                        Phrase("ask.wish.\(item.wish.rawValue)").text(for: reader),
                        why.joined(separator: " "),
                    ]
                    return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
                }
                try await writer.write(ByteBuffer(string: lines.joined()))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "ask-\(run.day).csv", type: "text/csv; charset=utf-8")
    }
}

extension Desk {
    /// The organisation's day.
    func today() async throws -> LocalDate {
        try await organisations.required().zone.day(of: clock.now)
    }

    /// What colleagues are called.
    func colleagueNames(_ ids: [Int64]) async throws -> [Int64: String] {
        guard !ids.isEmpty else { return [:] }
        return try await ListStore(database: database, clock: clock).names(ids)
    }
}
