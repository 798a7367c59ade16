import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Asks, referrals, testimonials, thanks and talk for programs.
struct AdvocateAPI: Sendable {
    let desk: Desk
    let talk: TalkStore

    private var asks: AskStore { AskStore(database: desk.database) }
    private var referrals: ReferralStore { ReferralStore(database: desk.database) }
    private var testimonials: TestimonialStore { TestimonialStore(database: desk.database) }
    private var thanks: ThankStore { ThankStore(database: desk.database) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/asks", needs: .seeCustomers, use: listAsks),
            .api(.get, "/api/v2/asks/ready", needs: .seeCustomers, use: listReady),
            .api(.post, "/api/v2/asks", needs: .recordAdvocacy, use: ask),
            .api(.put, "/api/v2/asks/:id", needs: .recordAdvocacy, use: answer),
            .api(.get, "/api/v2/referrals", needs: .seeCustomers, use: listReferrals),
            .api(.put, "/api/v2/referrals/:id", needs: .recordAdvocacy, use: link),
            .api(.get, "/api/v2/testimonials", needs: .seeCustomers, use: listTestimonials),
            .api(.put, "/api/v2/testimonials/:id", needs: .recordAdvocacy, use: change),
            .api(.post, "/api/v2/testimonials/:id/consent", needs: .recordAdvocacy, use: consent),
            .api(.post, "/api/v2/testimonials/:id/withdrawal", needs: .recordAdvocacy, use: withdraw),
            .api(.get, "/api/v2/thanks", needs: .seeCustomers, use: listThanks),
            .api(.put, "/api/v2/thanks/:id", needs: .recordAdvocacy, use: finish),
            .api(.get, "/api/v2/talk", needs: .seeProfile, use: listen),
        ]
    }

    private func id(_ context: APIContext) throws -> Int64 {
        try context.parameters.id(of: AdvocateAPI.self).value
    }

    private func act(_ context: APIContext) -> Act { desk.act(by: context.person.id) }

    private func page<Item>(
        _ path: String, _ context: APIContext, _ portion: Portion<Item>, _ json: (Item) -> JSON
    ) -> Response {
        let next = portion.next.map { path + context.query.with("after", $0) }
        return .json(.list(portion.items.map(json))).linking(next: next)
    }

    @Sendable func listAsks(_ request: Request, in context: APIContext) async throws -> Response {
        let part = try context.query.choice("show", as: AskPart.self) ?? .all
        guard part != .ready else { return try await listReady(request, in: context) }
        let portion = try await asks.page(
            part, after: context.query["after"], limit: try context.query.perPage())
        return page("/api/v2/asks", context, portion, \.json)
    }

    @Sendable func listReady(_ request: Request, in context: APIContext) async throws -> Response {
        guard let run = try await asks.latest() else { return .json(.list([])) }
        let today = try await desk.today()
        let portion = try await asks.ready(
            run: run.id, after: context.query["after"], limit: try context.query.perPage())
        return page("/api/v2/asks/ready", context, portion) { $0.json(today) }
    }

    @Sendable func ask(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["person_id", "wish", "note"])
        guard let person = try body.int("person_id") else {
            throw BodyFieldRefusal.missing(field: "person_id")
        }
        let wish = Ask.Wish(rawValue: try body.required("wish").replacing("_", with: " "))
        guard let wish else { throw BodyFieldRefusal.mismatch(field: "wish") }
        let ask = try await asks.ask(
            ID(Int64(person)), for: wish, note: try body.text("note") ?? "", today: try await desk.today(),
            by: act(context))
        return .created(ask.json, at: "/api/v2/asks/\(ask.id)")
    }

    @Sendable func answer(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["answer", "later", "note"])
        let said: AskAnswer
        switch try body.required("answer").replacing("_", with: " ") {
        case "yes": said = .yes
        case "no": said = .no
        case "no reply": said = .noReply
        case "later":
            guard let day = LocalDate(iso: try body.required("later")) else {
                throw BodyFieldRefusal.mismatch(field: "later")
            }
            said = .later(day)
        default: throw BodyFieldRefusal.mismatch(field: "answer")
        }
        let ask = try await asks.answer(
            try id(context), said, note: try body.text("note") ?? "", today: try await desk.today(),
            by: act(context))
        return .json(ask.json)
    }

    @Sendable func listReferrals(_ request: Request, in context: APIContext) async throws -> Response {
        let state = try context.query.choice("state", as: Referral.State.self) ?? .open
        let portion = try await referrals.page(
            state, after: context.query["after"], limit: try context.query.perPage())
        return page("/api/v2/referrals", context, portion, \.json)
    }

    /// `customer_id` null takes the link back.
    @Sendable func link(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["customer_id"])
        guard body.values.keys.contains("customer_id") else {
            throw BodyFieldRefusal.missing(field: "customer_id")
        }
        guard let customer = try body.int("customer_id") else {
            return .json(try await referrals.unlink(try id(context), by: act(context)).json)
        }
        return .json(
            try await referrals.link(try id(context), to: ID(Int64(customer)), by: act(context)).json)
    }

    @Sendable func listTestimonials(_ request: Request, in context: APIContext) async throws -> Response {
        let state = try context.query.choice("state", as: Testimonial.State.self) ?? .given
        let portion = try await testimonials.page(
            state, after: context.query["after"], limit: try context.query.perPage())
        return page("/api/v2/testimonials", context, portion, \.json)
    }

    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["short", "chosen"])
        let id = try id(context)
        var changed: Testimonial?
        if body.values.keys.contains("short") {
            changed = try await testimonials.shorten(id, to: try body.text("short") ?? "", by: act(context))
        }
        if let chosen = try body.bool("chosen") {
            changed = try await testimonials.pin(id, chosen, by: act(context))
        }
        guard let changed else { throw BodyFieldRefusal.missing(field: "short") }
        return .json(changed.json)
    }

    @Sendable func consent(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(
            of: request, known: ["given", "day", "words", "how", "website", "print", "sales", "name"])
        let today = try await desk.today()
        let day = try body.text("day")
        guard let said = day.map({ LocalDate(iso: $0) }) ?? today else {
            throw BodyFieldRefusal.mismatch(field: "day")
        }
        guard let way = Testimonial.Way(rawValue: try body.required("how")) else {
            throw BodyFieldRefusal.mismatch(field: "how")
        }
        var consent = TestimonialConsent(day: said, words: try body.text("words") ?? "", way: way)
        guard let given = try body.bool("given") else { throw BodyFieldRefusal.missing(field: "given") }
        consent.given = given
        consent.website = try body.bool("website") ?? false
        consent.print = try body.bool("print") ?? false
        consent.sales = try body.bool("sales") ?? false
        if let name = try body.text("name") {
            guard let form = Testimonial.NameForm(rawValue: name) else {
                throw BodyFieldRefusal.mismatch(field: "name")
            }
            consent.nameForm = form
        }
        return .json(
            try await testimonials.consent(try id(context), consent, today: today, by: act(context)).json)
    }

    @Sendable func withdraw(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await testimonials.withdraw(try id(context), by: act(context)).json)
    }

    @Sendable func listThanks(_ request: Request, in context: APIContext) async throws -> Response {
        let part = try context.query.choice("show", as: ThankPart.self) ?? .due
        let portion = try await thanks.page(
            part, of: context.person.id, after: context.query["after"], limit: try context.query.perPage())
        return page("/api/v2/thanks", context, portion, \.json)
    }

    @Sendable func finish(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["state", "how", "cost", "note", "reason"])
        let currency = try await desk.organisations.required().currency
        let outcome: ThankOutcome
        switch Thank.State(rawValue: try body.required("state")) {
        case .thanked:
            guard let way = Thank.Way(rawValue: try body.required("how")) else {
                throw BodyFieldRefusal.mismatch(field: "how")
            }
            let cost = try body.money("cost", in: currency).map { Money(minor: $0, currency: currency) }
            outcome = .thanked(way, cost: cost, note: try body.text("note") ?? "")
        case .skipped: outcome = .skipped(reason: try body.text("reason") ?? "")
        case .due, nil: throw BodyFieldRefusal.mismatch(field: "state")
        }
        return .json(try await thanks.finish(try id(context), outcome, by: act(context)).json)
    }

    @Sendable func listen(_ request: Request, in context: APIContext) async throws -> Response {
        guard let kept = try await talk.latest() else { throw NotFound() }
        let sources = kept.report.languages.flatMap { $0.terms ?? [] }.flatMap(\.quotes)
        let quotes = context.may(.seeCustomers) ? try await talk.quotes(sources) : [:]
        return .json(kept.json(quotes))
    }
}
