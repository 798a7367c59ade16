import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Contracts on screen: entered on the customer's page, listed by what comes next, priced and ended.
struct ContractRoutes: Sendable {
    let desk: Desk
    let contracts: ContractStore

    private var retention: RetentionStore { RetentionStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .agent(.get, "/people/:id/contracts/new", needs: .editCustomers, use: new),
            .agent(.post, "/people/:id/contracts", needs: .editCustomers, use: add),
            .agent(.get, "/contracts", needs: .seeCustomers, use: list),
            .agent(.get, "/contracts/retention", needs: .seeEconomics, use: showRetention),
            .agent(.post, "/contracts/retention/computation", needs: .seeEconomics, use: compute),
            .agent(.get, "/contracts/:id", needs: .seeCustomers, use: show),
            .agent(.post, "/contracts/:id/prices", needs: .editCustomers, use: setPrice),
            .agent(.post, "/contracts/:id/end", needs: .editCustomers, use: end),
            .agent(.post, "/contracts/:id/resumption", needs: .editCustomers, use: resume),
        ]
    }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/contracts")
    }

    private func today() async throws -> LocalDate {
        try await desk.organisations.required().zone.day(of: desk.clock.now)
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let today = try await today()
        let part = ContractPart(rawValue: context.query["show"] ?? "") ?? .all
        let portion = try await contracts.list(
            part, today: today, after: context.query["after"], limit: 50)
        let page = ContractsPage(
            part: part, portion: portion, query: context.query, today: today,
            maySeeRetention: context.may(.seeEconomics), mayImport: context.may(.importFiles))
        return .page(page, in: try await shell(context))
    }

    @Sendable func showRetention(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(RetentionPage(kept: try await retention.latest()), in: try await shell(context))
    }

    @Sendable func compute(_ request: Request, in context: AgentContext) async throws -> Response {
        try await retention.ask(at: desk.clock.now)
        return .redirect(to: "/contracts/retention", saying: Phrase("contracts.retention.asked"))
    }

    private func party(_ id: ID<Party>) async throws -> Party {
        guard let party = try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        return party
    }

    private func form(_ context: AgentContext) async throws -> ContractFormPage {
        let organisation = try await desk.organisations.required()
        return ContractFormPage(
            party: try await party(try context.parameters.id()), currency: organisation.currency,
            today: organisation.zone.day(of: desk.clock.now))
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await form(context), in: try await shell(context))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        var page = try await form(context)
        do {
            let new = try ContractForm(
                form: context.form, party: page.party.id, currency: page.currency
            ).contract()
            _ = try await contracts.add(new, today: page.today, by: desk.act(by: context.person.id))
            return .redirect(to: "/people/\(page.party.id)", saying: Phrase("contracts.added"))
        } catch let refusal as any Refusal {
            page.answers = Answers(context.form, refusal)
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let today = try await today()
            let on = try context.query.day("on").map { try ContractAPI.checked($0, "on") }
            let told = try context.query.day("told").map { try ContractAPI.checked($0, "told") }
            let page = try await page(context, asked: (on ?? told ?? today, told ?? today))
            return .page(page, in: try await shell(context))
        } catch let refusal as any Refusal {
            var page = try await page(context, asked: nil)
            page.answers = Answers(PostedForm(), refusal)
            page.answers.complaint = page.answers.complaint ?? refusal.phrase
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    private func page(
        _ context: AgentContext, asked: (on: LocalDate, told: LocalDate)?, _ answers: Answers = Answers()
    ) async throws -> ContractPage {
        let today = try await today()
        guard let contract = try await contracts.find(try context.parameters.id()) else { throw NotFound() }
        return ContractPage(
            contract: contract, party: try await party(contract.party), today: today,
            asked: asked ?? (today, today), mayEdit: context.may(.editCustomers), answers: answers)
    }

    @Sendable func setPrice(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, "contracts.priced") { contract, act in
            let text = try context.form.required("price", limit: 40)
            guard let minor = TypedAmount.minor(text, in: contract.currency) else {
                throw ContractRefusal.badAmount(field: "price")
            }
            guard let day = try context.form.day("from") else { throw FieldRefusal.missing(field: "from") }
            return try await contracts.setPrice(contract.id, minor, from: day, by: act)
        }
    }

    @Sendable func end(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, "contracts.ended.said") { contract, act in
            guard let day = try context.form.day("end") else { throw FieldRefusal.missing(field: "end") }
            return try await contracts.end(
                contract.id, on: day, why: context.form.text("end_reason"), by: act)
        }
    }

    @Sendable func resume(_ request: Request, in context: AgentContext) async throws -> Response {
        let today = try await today()
        return try await change(context, "contracts.resumed") { contract, act in
            try await contracts.resume(contract.id, today: today, by: act)
        }
    }

    private func change(
        _ context: AgentContext, _ said: String, _ body: (Contract, Act) async throws -> Contract?
    ) async throws -> Response {
        guard let contract = try await contracts.find(try context.parameters.id()) else { throw NotFound() }
        do {
            guard try await body(contract, desk.act(by: context.person.id)) != nil else { throw NotFound() }
            return .redirect(to: "/contracts/\(contract.id)", saying: Phrase(said))
        } catch let refusal as any Refusal {
            let page = try await page(context, asked: nil, Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }
}
