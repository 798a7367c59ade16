import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Holds on screen: placed from a customer's page, listed, lifted, prolonged and handed over.
struct HoldRoutes: Sendable {
    let desk: Desk
    let holds: HoldStore

    var all: [Route] {
        [
            .agent(.get, "/people/:id/holds/new", needs: .placeHolds, use: new),
            .agent(.post, "/people/:id/holds", needs: .placeHolds, use: place),
            .agent(.get, "/holds", needs: .seeCustomers, use: list),
            .agent(.get, "/holds/:id", needs: .seeCustomers, use: show),
            .agent(.post, "/holds/:id/lifting", needs: .placeHolds, use: lift),
            .agent(.post, "/holds/:id/end", needs: .placeHolds, use: prolong),
            .agent(.post, "/holds/:id/owner", needs: .placeHolds, use: handOver),
        ]
    }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/holds")
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let now = desk.clock.now
        let today = organisation.zone.day(of: now)
        let part = HoldPart(rawValue: context.query["show"] ?? "") ?? .open
        let page = HoldsPage(
            part: part,
            portion: try await holds.list(part, today: today, after: context.query["after"], limit: 50),
            query: context.query, today: today, now: now, zone: organisation.zone)
        return .page(page, in: try await shell(context))
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await form(try await party(context), context), in: try await shell(context))
    }

    private func party(_ context: AgentContext) async throws -> Party {
        let id = try context.parameters.id(of: Party.self)
        guard let party = try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        return party
    }

    private func form(_ party: Party, _ context: AgentContext) async throws -> HoldFormPage {
        let organisation = try await desk.organisations.required()
        let contracts = try await ContractStore(database: desk.database)
            .running(of: party.id, today: organisation.zone.day(of: desk.clock.now))
        return HoldFormPage(
            party: party, contracts: contracts.map { Choice("\($0.id.value)", $0.name) },
            colleagues: try await colleagues(), me: context.person.id, currency: organisation.currency,
            today: organisation.zone.day(of: desk.clock.now))
    }

    private func colleagues() async throws -> [Choice] {
        let all = try await ListStore(database: desk.database, clock: desk.clock).colleagues()
        return [Choice("", Phrase("holds.owner.nobody").text)] + all.map { Choice("\($0.id)", $0.name) }
    }

    @Sendable func place(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await party(context)
        let organisation = try await desk.organisations.required()
        do {
            let new = try HoldForm(form: context.form, party: party, currency: organisation.currency).hold()
            let hold = try await holds.place(
                new, organisation: organisation, by: desk.act(by: context.person.id))
            return .redirect(
                to: "/people/\(hold.scope.whom.party)", saying: Phrase("holds.placed"))
        } catch let refusal as any Refusal {
            var page = try await form(party, context)
            page.answers = Answers(context.form, refusal)
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await shell(context))
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers()) async throws -> HoldPage {
        let organisation = try await desk.organisations.required()
        let id = try context.parameters.id(of: Hold.self)
        guard let hold = try await holds.find(id), let line = try await holds.lines(of: [hold]).first else {
            throw NotFound()
        }
        return HoldPage(
            line: line, history: try await holds.history(of: id),
            state: hold.state(at: desk.clock.now, in: organisation.zone),
            colleagues: try await colleagues(), zone: organisation.zone,
            mayChange: context.may(.placeHolds), answers: answers)
    }

    @Sendable func lift(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, "holds.lifted") { id, organisation, act in
            try await holds.lift(id, why: context.form.text("why"), organisation: organisation, by: act)
        }
    }

    @Sendable func prolong(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, "holds.prolonged") { id, organisation, act in
            try await holds.prolong(
                id, until: try context.form.day("ends"), organisation: organisation, by: act)
        }
    }

    @Sendable func handOver(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, "holds.handedOver") { id, organisation, act in
            try await holds.handOver(
                id, to: try context.form.int("owner").map(Int64.init), organisation: organisation, by: act)
        }
    }

    /// Does it and says so; or shows the hold once more with what was typed and what is wrong.
    private func change(
        _ context: AgentContext, _ said: String,
        _ body: (ID<Hold>, Organisation, Act) async throws -> Hold?
    ) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let id = try context.parameters.id(of: Hold.self)
        do {
            guard try await body(id, organisation, desk.act(by: context.person.id)) != nil else {
                throw NotFound()
            }
            return .redirect(to: "/holds/\(id)", saying: Phrase(said))
        } catch let refusal as any Refusal {
            let page = try await page(context, Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }
}
