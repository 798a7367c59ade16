import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// The model behind the figures: what it is, how well it foretold, and running it again.
struct ForecastRoutes: Sendable {
    let desk: Desk
    let figures: FigureStore

    var all: [Route] {
        [
            .agent(.get, "/model", needs: .seeProfile, use: show),
            .agent(.post, "/model/runs", needs: .setTargets, use: run),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context)
    }

    private func page(
        _ context: AgentContext, _ answers: Answers = Answers(), _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let page = ForecastPage(
            run: try await figures.latest(), isUnderWay: try await figures.isUnderWay(),
            mayRun: context.may(.setTargets), answers: answers)
        return .page(page, in: try await desk.shell(for: context, here: "/model"), status: status)
    }

    @Sendable func run(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let options = FigureOptions(
                model: try context.form.choice("model", as: ForecastKind.self),
                calibrateUntil: try context.form.day("until"))
            try await figures.ask(options, by: desk.act(by: context.person.id))
            return .redirect(to: "/model", saying: Phrase("figures.asked"))
        } catch let refusal as any Refusal {
            return try await page(context, Answers(context.form, refusal), refusal.status)
        }
    }
}
