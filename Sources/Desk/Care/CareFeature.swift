import Hummingbird
import Kernel
import Markup
import Web

/// Who looks after which customers.
struct CareFeature: Feature {
    let desk: Desk

    private var care: CareStore { CareStore(database: desk.database) }

    var routes: [Route] {
        [
            .agent(.get, "/owners", needs: .seeCustomers, use: owners),
            .agent(.get, "/owners/:id", needs: .seeCustomers, use: owned),
            .agent(.post, "/owners/:id/handover", needs: .invitePeople, use: handOver),
        ]
    }

    var places: [RailPlace] {
        [RailPlace(.house, needs: .seeCustomers, RailLink(Phrase("persons.owners"), path: "/owners"))]
    }

    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let card = CareCard(
            party: customer.party.id, care: try await care.care(of: customer.party.id), now: desk.clock.now)
        return [CustomerCard(.facts, card.html)].compactMap { $0 }
    }

    @Sendable func owners(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(
            OwnersPage(owners: try await care.owners()),
            in: try await desk.shell(for: context, here: "/owners"))
    }

    @Sendable func owned(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await desk.shell(for: context, here: "/owners"))
    }

    @Sendable func handOver(_ request: Request, in context: AgentContext) async throws -> Response {
        let owner = try await agent(context)
        do {
            guard let other = try? context.form.id("owner", of: Agent.self) else {
                throw CareRefusal.unknownColleague
            }
            let count = try await care.handOver(
                from: owner.id, to: other, by: desk.act(by: context.person.id))
            return .redirect(to: "/owners/\(other)", saying: Phrase("persons.handOver.done", .count(count)))
        } catch let refusal as CareRefusal {
            var page = try await page(context)
            page.answers = Answers(context.form, refusal)
            return .page(
                page, in: try await desk.shell(for: context, here: "/owners"), status: refusal.status)
        }
    }

    private func page(_ context: AgentContext) async throws -> OwnedPage {
        let owner = try await agent(context)
        let lists = ListStore(database: desk.database, clock: desk.clock)
        return OwnedPage(
            owner: owner,
            customers: try await care.customers(of: owner.id, after: context.query["after"], limit: 50),
            colleagues: try await lists.colleagues().filter { $0.id != owner.id.value }
                .map { Choice("\($0.id)", $0.name) },
            mayHandOver: context.may(.invitePeople))
    }

    private func agent(_ context: AgentContext) async throws -> OwnerRow {
        let id = try context.parameters.id(of: Agent.self)
        guard let owner = try await care.owner(id) else { throw NotFound() }
        return owner
    }
}
