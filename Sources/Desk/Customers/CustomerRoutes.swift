import Hummingbird
import Kernel
import Markup
import Storage
public import Web

/// Customers, as people at the desk see and change them.
struct CustomerRoutes: Sendable {
    let desk: Desk
    let customers: CustomerStore
    let advocacy: AdvocacyStore

    var all: [Route] {
        [
            .agent(.get, "/people", needs: .seeCustomers, use: list),
            .agent(.get, "/people/:id", needs: .seeCustomers, use: MergedAway(desk: desk).leading(show)),
            .agent(.post, "/people/:id/advocacy", needs: .recordAdvocacy, use: recordAct),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        if FilterRoutes.isAsked(context.query) {
            return try await FilterRoutes(desk: desk).show(request, in: context)
        }
        let organisation = try await desk.organisations.required()
        let portion = try await customers.list(
            finding: context.query["q"], after: context.query["after"], limit: 50, organisation: organisation)
        let page = PeoplePage(portion: portion, query: context.query, mayAdd: context.may(.editCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/people"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let record = try await record(context)
        let (timeline, view) = try await TimelineRoutes(desk: desk, customers: customers)
            .page(of: record, for: context)
        var page = CustomerPage(
            record: record, timeline: timeline, timelineView: view,
            today: organisation.zone.day(of: desk.clock.now),
            mayEdit: context.may(.editCustomers), mayRecordActs: context.may(.recordAdvocacy),
            figures: try await FigureCard.card(of: record.party.id, on: desk))
        page.cards = try await desk.cards(of: record, for: context.person)
        page.answers = try await AnswerStore(database: desk.database, clock: desk.clock)
            .answers(of: record.party.id)
        return .page(page, in: try await desk.shell(for: context, here: "/people"))
    }

    @Sendable func recordAct(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let today = organisation.zone.day(of: desk.clock.now)
        let id = try context.parameters.id(of: Party.self)
        guard let kind = try context.form.choice("kind", as: AdvocacyAct.Kind.self) else {
            throw FieldRefusal.missing(field: "kind")
        }
        var act = NewAct(person: id, kind: kind, day: try context.form.day("day") ?? today)
        act.words = context.form.text("words")
        act.friend = try context.form.line("friend", limit: 200)
        act.rating = try context.form.int("rating", in: 1...5)
        act.consent = context.form.text("consent").isEmpty ? nil : context.form.text("consent") == "yes"
        _ = try await advocacy.record(act, today: today, by: desk.act(by: context.person.id))
        return .redirect(to: "/people/\(id)", saying: Phrase("act.saved"))
    }

    private func record(_ context: AgentContext) async throws -> CustomerRecord {
        let organisation = try await desk.organisations.required()
        let id = try context.parameters.id(of: Party.self)
        guard let record = try await customers.record(id, organisation: organisation) else {
            throw NotFound()
        }
        return record
    }
}

/// Customers, what they bought and whom they told: the screens and the API.
public struct CustomerFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let customers = CustomerStore(database: desk.database, clock: desk.clock)
        let advocacy = AdvocacyStore(database: desk.database, clock: desk.clock)
        let purchases = PurchaseStore(database: desk.database, clock: desk.clock)
        return CustomerRoutes(desk: desk, customers: customers, advocacy: advocacy).all
            + CustomerFormRoutes(desk: desk, customers: customers).all
            + CustomerAPI(desk: desk, customers: customers).all
            + TimelineRoutes(desk: desk, customers: customers).all
            + PurchaseAPI(desk: desk, purchases: purchases).all
            + AdvocacyAPI(desk: desk, advocacy: advocacy).all
    }
}
