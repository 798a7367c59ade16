import HTTPTypes
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Tabular
import Web

/// The queue of thanks on screen.
struct ThankRoutes: Sendable {
    let desk: Desk
    let thanks: ThankStore

    var all: [Route] {
        [
            .agent(.get, "/advocates/thanks", needs: .seeCustomers, use: list),
            .agent(.get, "/advocates/thanks/csv", needs: .exportCustomers, use: export),
            .agent(.post, "/advocates/thanks/skipping", needs: .undoImports, use: skipMany),
            .agent(.get, "/advocates/thanks/:id", needs: .seeCustomers, use: show),
            .agent(.post, "/advocates/thanks/:id/taking", needs: .recordAdvocacy, use: take),
            .agent(.post, "/advocates/thanks/:id/giving", needs: .recordAdvocacy, use: give),
            .agent(.post, "/advocates/thanks/:id/skipping", needs: .recordAdvocacy, use: skip),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        try await listPage(context)
    }

    private func listPage(_ context: AgentContext, _ refusal: (any Refusal)? = nil) async throws -> Response {
        let part = ThankPart(rawValue: context.query["show"] ?? "") ?? .due
        let (today, now) = (try await desk.today(), desk.clock.now)
        let portion = try await thanks.page(
            part, of: context.person.id, after: context.query["after"], limit: 50)
        let (totals, settings) = try await desk.database.read { connection in
            (
                try AdvocacyTotals.read(today: today.daysSinceEpoch, in: connection),
                try AdvocacySettings.read(at: now, in: connection)
            )
        }
        let ids = portion.items.compactMap { part == .done ? $0.doneBy : $0.owner }
        var page = ThanksPage(
            part: part, portion: portion, totals: totals, names: try await desk.colleagueNames(ids),
            today: today,
            thankDays: settings.thankDays, query: context.query, mayThank: context.may(.recordAdvocacy),
            mayExport: context.may(.exportCustomers), maySkipMany: context.may(.undoImports))
        if let refusal { page.answers = Answers(context.form, refusal) }
        return .page(
            page, in: try await desk.shell(for: context, here: "/advocates"), status: refusal?.status ?? .ok)
    }

    @Sendable func skipMany(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            guard let day = try context.form.day("before") else { throw ThankRefusal.noDay }
            let skipped = try await thanks.skip(
                before: day, reason: context.form.text("reason"), by: desk.act(by: context.person.id))
            return .redirect(to: "/advocates/thanks", saying: Phrase("thank.many.done", .count(skipped)))
        } catch let refusal as any Refusal {
            return try await listPage(context, refusal)
        }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: AgentContext, _ refusal: (any Refusal)? = nil) async throws -> Response {
        let id = try context.parameters.id(of: Thank.self).value
        guard let thank = try await thanks.find(id) else { throw NotFound() }
        let words = try await desk.database.read { connection in
            try connection.first("SELECT words FROM advocacy WHERE id = \(thank.act)") { try $0.text(0) }
        }
        let names = try await desk.colleagueNames(thank.owner.map { [$0] } ?? [])
        var page = ThankPage(
            thank: thank, words: words ?? "", owner: thank.owner.flatMap { names[$0] },
            today: try await desk.today(),
            currency: try await desk.organisations.required().currency, mayThank: context.may(.recordAdvocacy)
        )
        if let refusal { page.answers = Answers(context.form, refusal) }
        return .page(
            page, in: try await desk.shell(for: context, here: "/advocates"), status: refusal?.status ?? .ok)
    }

    @Sendable func take(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Thank.self).value
        do {
            try await thanks.take(id, by: desk.act(by: context.person.id))
        } catch ThankRefusal.unknown {
            throw NotFound()
        } catch let refusal as ThankRefusal {
            return .redirect(to: "/advocates/thanks", saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: "/advocates/thanks", saying: Phrase("thank.taken"))
    }

    @Sendable func give(_ request: Request, in context: AgentContext) async throws -> Response {
        try await finish(context, saying: "thank.saved") { organisation in
            guard let way = Thank.Way(rawValue: context.form.text("how")) else { throw ThankRefusal.noWay }
            return .thanked(
                way, cost: try ThankRoutes.cost(context.form, organisation.currency),
                note: context.form.text("note"))
        }
    }

    @Sendable func skip(_ request: Request, in context: AgentContext) async throws -> Response {
        try await finish(context, saying: "thank.wasSkipped") { _ in
            .skipped(reason: context.form.text("reason"))
        }
    }

    private func finish(
        _ context: AgentContext, saying key: String, _ outcome: (Organisation) throws -> ThankOutcome
    ) async throws -> Response {
        let id = try context.parameters.id(of: Thank.self).value
        do {
            let organisation = try await desk.organisations.required()
            try await thanks.finish(id, try outcome(organisation), by: desk.act(by: context.person.id))
            return .redirect(to: "/advocates/thanks", saying: Phrase(key))
        } catch ThankRefusal.unknown {
            throw NotFound()
        } catch let refusal as any Refusal {
            return try await page(context, refusal)
        }
    }

    /// An amount as people type it, with a point or a comma.
    private static func cost(_ form: PostedForm, _ currency: Currency) throws -> Money? {
        let text = form.text("cost")
        guard !text.isEmpty else { return nil }
        guard text.utf8.count <= 40 else { throw ThankRefusal.badCost }
        var bytes = Array(text.utf8)
        let isComma = SpendAmount.hasDecimalComma(text) ?? false
        let minor = bytes.withUnsafeMutableBufferPointer { bytes in
            try? parseAmount(UnsafeBufferPointer(bytes), exponent: currency.exponent, decimalComma: isComma)
        }
        guard let minor, (0..<Money.limit).contains(minor) else { throw ThankRefusal.badCost }
        return Money(minor: minor, currency: currency)
    }

    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let part = ThankPart(rawValue: context.query["show"] ?? "") ?? .due
        let (thanks, reader, me) = (thanks, context.reader, context.person.id)
        let head = ["id", "who", "for", "day", "due", "how", "cost", "currency", "note"].map {
            CSVCell.quoted(Phrase("thank.csv.\($0)").text(for: reader))
        }
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head.joined(separator: ",") + "\r\n"))
            var after: String?
            repeat {
                let portion = try await thanks.page(part, of: me, after: after, limit: 500)
                let lines = portion.items.map { ThankRoutes.line($0, for: reader) }
                try await writer.write(ByteBuffer(string: lines.joined()))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "thanks-\(part.rawValue).csv", type: "text/csv; charset=utf-8")
    }

    private static func line(_ thank: Thank, for reader: Reader) -> String {
        let cost = thank.cost.flatMap { minor in
            Currency(thank.currency).map { Money(minor: minor, currency: $0).decimal }
        }
        let how = thank.way.map { "thank.way.\($0.rawValue)" } ?? "thank.state.\(thank.state.rawValue)"
        let cells = [
            "\(thank.id)", thank.name, Phrase("act.\(thank.kind.rawValue)").text(for: reader),
            thank.actDay.description, thank.due.description, Phrase(how).text(for: reader), cost ?? "",
            thank.currency, thank.note,
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}
