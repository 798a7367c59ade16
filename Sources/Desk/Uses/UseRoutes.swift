import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Uses of the service on screen.
struct UseRoutes: Sendable {
    let desk: Desk

    private var store: UseStore { UseStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .agent(.get, "/people/:id/uses", needs: .seeCustomers, use: show),
            .agent(.post, "/people/:id/uses", needs: .recordPurchases, use: record),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await desk.shell(for: context, here: "/people"))
    }

    @Sendable func record(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        do {
            let organisation = try await desk.organisations.required()
            let form = context.form
            var use = NewUse(
                customer: .id(id), what: try form.line("what", limit: 400),
                day: try form.day("day") ?? organisation.zone.day(of: desk.clock.now))
            use.quantity = try form.int("quantity", in: 1...1_000_000) ?? 1
            use.channel = try form.line("channel", limit: 200)
            _ = try await store.record(use, organisation: organisation, by: desk.act(by: context.person.id))
            return .redirect(to: "/people/\(id)", saying: Phrase("relations.uses.saved"))
        } catch PurchaseRefusal.unknownCustomer {
            throw NotFound()
        } catch let refusal as any Refusal {
            let page = try await page(context, Answers(context.form, UseRefusal(refusal)))
            return .page(
                page, in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
        }
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers()) async throws -> UsesPage {
        let organisation = try await desk.organisations.required()
        let id = try context.parameters.id(of: Party.self)
        guard let party = try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        let uses = try await store.list(of: id, before: UseMark(context.query["before"]), limit: 51)
        return UsesPage(
            party: party, portion: Portion(uses, limit: 50) { UseMark($0).text }, query: context.query,
            today: organisation.zone.day(of: desk.clock.now), mayRecord: context.may(.recordPurchases),
            answers: answers)
    }
}

/// A refusal with the fields called as they are on screen.
private struct UseRefusal: Refusal {
    let phrase: Phrase
    let status: HTTPResponse.Status
    let field: String?

    init(_ refusal: any Refusal) {
        phrase = refusal.phrase
        status = refusal.status
        field = ["purchased_at": "day", "product": "what"][refusal.field ?? ""] ?? refusal.field
    }
}
