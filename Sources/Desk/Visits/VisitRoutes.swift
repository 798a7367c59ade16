import Hummingbird
import Kernel
import Markup
public import Web

/// People who looked and did not buy.
public struct VisitFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] { VisitRoutes(desk: desk).all }
    public var workers: [any Worker] { [CountVisits(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers,
                RailLink(Phrase("visits.rail"), path: "/visits", icon: .looked))
        ]
    }
}

/// Visits on screen and for programs.
struct VisitRoutes: Sendable {
    let desk: Desk

    private var store: VisitStore { VisitStore(database: desk.database) }

    var all: [Route] {
        [
            .agent(.get, "/visits", needs: .seeCustomers, use: overview),
            .agent(.post, "/visits", needs: .editCustomers, use: add),
            .agent(.get, "/visits/all", needs: .seeCustomers, use: list),
            .agent(.get, "/visits/csv", needs: .exportCustomers, use: export),
            .agent(.post, "/visits/:id/settling", needs: .editCustomers, use: settle),
            .agent(.post, "/visits/:id/reopening", needs: .editCustomers, use: reopen),
            .api(.get, "/api/v2/visits", needs: .seeCustomers, use: visits),
            .api(.post, "/api/v2/visits", needs: .editCustomers, use: record),
            .api(.get, "/api/v2/visits/rates", needs: .seeCustomers, use: rates),
            .api(.get, "/api/v2/visits/:id", needs: .seeCustomers, use: one),
            .api(.put, "/api/v2/visits/:id", needs: .editCustomers, use: change),
        ]
    }

    private func today() async throws -> LocalDate {
        try await desk.organisations.required().zone.day(of: desk.clock.now)
    }

    @Sendable func overview(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context)
    }

    private func page(
        _ context: AgentContext, _ answers: Answers = Answers(), settling: Int64? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let page = VisitsPage(
            due: try await store.due(after: context.query["after"], limit: 50),
            report: try await store.latest()?.report,
            channels: try await store.channels(), today: try await today(),
            mayEdit: context.may(.editCustomers),
            answers: answers, settling: settling)
        return .page(page, in: try await desk.shell(for: context, here: "/visits"), status: status)
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let (form, today) = (context.form, try await today())
            let visit = NewVisit(
                day: try form.day("day") ?? today, channel: form.text("channel").singleLine,
                wish: form.text("wish"),
                name: form.text("name").singleLine, reach: form.text("reach").singleLine,
                mayFollow: form.flag("may_follow"))
            _ = try await store.record(visit, today: today, by: desk.act(by: context.person.id))
            return .redirect(to: "/visits", saying: Phrase("visits.recorded"))
        } catch let refusal as any Refusal {
            return try await page(context, Answers(context.form, refusal), status: refusal.status)
        }
    }

    @Sendable func settle(_ request: Request, in context: AgentContext) async throws -> Response {
        let visit = try await find(context.parameters)
        do {
            let state: Visit.State = context.form.text("result") == "skipped" ? .skipped : .done
            try await store.settle(
                visit.id, state, context.form.text("words"), by: desk.act(by: context.person.id))
            return .redirect(to: "/visits", saying: Phrase("visits.settled"))
        } catch let refusal as VisitRefusal {
            return try await page(
                context, Answers(context.form, refusal), settling: visit.id, status: refusal.status)
        }
    }

    @Sendable func reopen(_ request: Request, in context: AgentContext) async throws -> Response {
        let visit = try await find(context.parameters)
        do {
            try await store.settle(visit.id, .open, "", by: desk.act(by: context.person.id))
            return .redirect(to: "/visits", saying: Phrase("visits.reopened"))
        } catch let refusal as VisitRefusal {
            return .redirect(to: "/visits/all", saying: refusal.phrase, tone: .warning)
        }
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let portion = try await store.all(after: context.query["after"], limit: 50)
        let people = portion.items.flatMap { [$0.recordedBy, $0.settledBy].compactMap { $0 } }
        let page = VisitListPage(
            portion: portion, names: try await store.names(people), mayEdit: context.may(.editCustomers),
            mayExport: context.may(.exportCustomers), isFirst: context.query["after"] == nil)
        return .page(page, in: try await desk.shell(for: context, here: "/visits"))
    }

    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let store = store
        return .table(VisitListPage.tableHead, named: "visits.csv") { after in
            let portion = try await store.all(after: after, limit: 500)
            return (portion.items.map(VisitListPage.tableLine).joined(), portion.next)
        }
    }

    private func find(_ parameters: PathParameters) async throws -> Visit {
        let id = try parameters.id(of: Visit.self)
        guard let visit = try await store.find(id.value) else { throw NotFound() }
        return visit
    }

    @Sendable func visits(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.perPage()
        let isDue = context.query["show"] == "due"
        let portion =
            isDue
            ? try await store.due(after: context.query["after"], limit: limit)
            : try await store.all(after: context.query["after"], limit: limit)
        let next = portion.next.map { "/api/v2/visits" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(\.json))).linking(next: next)
    }

    @Sendable func one(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await find(context.parameters).json)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(
            of: request, known: ["day", "channel", "looked_for", "name", "reach", "may_follow_up", "source"])
        let today = try await today()
        let day = try body.text("day").map { text in
            guard let day = LocalDate(iso: text) else { throw BodyFieldRefusal.mismatch(field: "day") }
            return day
        }
        let visit = NewVisit(
            day: day ?? today, channel: try body.required("channel").singleLine,
            wish: try body.required("looked_for"),
            name: try body.text("name")?.singleLine ?? "", reach: try body.text("reach")?.singleLine ?? "",
            mayFollow: try body.bool("may_follow_up") ?? false, source: "api")
        let recorded = try await store.record(visit, today: today, by: desk.act(by: context.person.id))
        return .created(recorded.json, at: "/api/v2/visits/\(recorded.id)")
    }

    /// `state`: `done`, or `skipped` with a `reason`; `open` takes it back.
    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let visit = try await find(context.parameters)
        let body = try await Body(of: request, known: ["state", "reason"])
        guard let state = Visit.State(rawValue: try body.required("state")), state != .none else {
            throw BodyFieldRefusal.mismatch(field: "state")
        }
        try await store.settle(
            visit.id, state, try body.text("reason") ?? "", by: desk.act(by: context.person.id))
        return .json(try await find(context.parameters).json)
    }

    @Sendable func rates(_ request: Request, in context: APIContext) async throws -> Response {
        guard let report = try await store.latest()?.report else { throw NotFound() }
        return .json(report.json)
    }
}
