import Hummingbird
import Kernel
import Markup
public import Web

/// Findings on screen, and the lists behind them.
struct FindingRoutes: Sendable {
    let desk: Desk

    private var store: FindingStore { FindingStore(desk) }

    var all: [Route] {
        [
            .agent(.get, "/findings", needs: .seeProfile, use: list),
            .agent(.post, "/findings/computation", needs: .seeEconomics, use: ask),
            .agent(.get, "/findings/behind/:list", needs: .seeCustomers, use: behind),
            .agent(.get, "/findings/:id", needs: .seeProfile, use: show),
            .agent(.post, "/findings/:id/setting-aside", needs: .setTargets, use: setAside),
            .agent(.post, "/findings/:id/taking-up", needs: .setTargets, use: takeUp),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let sight = FindingSight(context.person)
        let before = try context.query.int("before").map(Int64.init)
        var gone = try await store.gone(before: before, limit: 20)
        gone.items.removeAll { !sight.sees($0.finding) }
        let page = FindingsPage(
            shown: try await FindingsShown.read(store, sight), gone: gone, query: context.query,
            mayAsk: context.may(.seeEconomics))
        return .page(page, in: try await desk.shell(for: context, here: "/findings"))
    }

    @Sendable func ask(_ request: Request, in context: AgentContext) async throws -> Response {
        try await store.ask(at: desk.clock.now)
        return .redirect(to: "/findings", saying: Phrase("finding.asked"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: KeptFinding.self).value
        return try await page(id, Answers(), .ok, context)
    }

    private func page(
        _ id: Int64, _ answers: Answers, _ status: HTTPResponse.Status, _ context: AgentContext
    ) async throws -> Response {
        let sight = FindingSight(context.person)
        guard let kept = try await store.find(id), sight.sees(kept.finding) else { throw NotFound() }
        let parties = sight.seesCustomers ? kept.finding.parties : []
        let setter = [kept.aside?.by].compactMap(\.self)
        let names = try await store.names(parties + setter)
        let page = FindingPage(
            kept: kept, words: FindingWords(names: sight.seesCustomers ? names : [:]), sight: sight,
            asideBy: kept.aside?.by.flatMap { names[$0] }, answers: answers,
            maySetAside: context.may(.setTargets))
        return .page(page, in: try await desk.shell(for: context, here: "/findings"), status: status)
    }

    @Sendable func setAside(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: KeptFinding.self).value
        do {
            let kept = try await store.setAside(
                id, reason: context.form.text("reason"), by: desk.act(by: context.person.id))
            guard kept != nil else { throw NotFound() }
        } catch let refusal as FindingRefusal {
            return try await page(id, Answers(context.form, refusal), refusal.status, context)
        }
        return .redirect(to: "/findings", saying: Phrase("finding.aside.done"))
    }

    @Sendable func takeUp(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: KeptFinding.self).value
        guard try await store.takeUp(id, by: desk.act(by: context.person.id)) != nil else { throw NotFound() }
        return .redirect(to: "/findings/\(id)", saying: Phrase("finding.takenUp"))
    }
}

extension FindingRoutes {
    @Sendable func behind(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let people = FindingPeople(database: desk.database, clock: desk.clock, organisation: organisation)
        guard let list = FindingPeople.List(rawValue: try context.parameters.text("list")) else {
            throw NotFound()
        }
        let window = try ProfileWindow.read(context.query)
        let about = try context.query.choice("about", as: Answer.About.self) ?? .us
        let (days, portion) = try await people.page(
            list, window, about, after: context.query["after"], limit: 50)
        let page = FindingPeoplePage(list: list, window: days, portion: portion, query: context.query)
        return .page(page, in: try await desk.shell(for: context, here: "/findings"))
    }
}

extension FindingRefusal: Refusal {
    public var status: HTTPResponse.Status { self == .gone ? .conflict : .unprocessableContent }

    public var phrase: Phrase {
        switch self {
        case .reasonMissing: Phrase("finding.refused.reasonMissing")
        case .reasonTooLong: Phrase("finding.refused.reasonTooLong", .count(FindingStore.reasonLimit))
        case .gone: Phrase("finding.refused.gone")
        }
    }

    public var field: String? { self == .gone ? nil : "reason" }
}

/// What the data says, and the profile that is wanted.
public struct FindingFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        FindingRoutes(desk: desk).all + FindingAPI(desk: desk).all + DesiredRoutes(desk: desk).all
    }

    public var workers: [any Worker] { [FindFindings(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .know, needs: .seeProfile,
                RailLink(Phrase("finding.rail"), path: "/findings", icon: .findings, isShortcut: true))
        ]
    }
}
