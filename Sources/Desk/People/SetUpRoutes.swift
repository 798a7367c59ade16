import Hummingbird
import Kernel
import Markup
import Web

/// The first run. Everything leads here until the desk is founded; afterwards the page is gone.
struct SetUpRoutes: Sendable {
    let desk: Desk
    let entrance: Entrance
    let code: SetUpCode?

    private var people: People { entrance.people }

    var routes: [Route] {
        [
            .visitor(.get, "/setup", use: show),
            .visitor(.post, "/setup", use: found),
            .agent(.get, "/welcome", use: welcome),
        ]
    }

    func show(_ request: Request, in context: VisitorContext) async throws -> Response {
        guard try await !people.setUp.isDone() else { throw NotFound() }
        return .page(SetUpPage(asksForCode: code != nil), in: Shell(for: context))
    }

    func found(_ request: Request, in context: VisitorContext) async throws -> Response {
        guard try await !people.setUp.isDone() else { throw NotFound() }
        do {
            let id = try await found(context.form, in: context)
            return try await entrance.admit(id, in: context, to: "/welcome")
        } catch HouseRefusal.alreadySetUp {
            throw HouseRefusal.alreadySetUp
        } catch let refusal as any Refusal {
            let page = SetUpPage(answers: Answers(context.form, refusal), asksForCode: code != nil)
            return .page(page, in: Shell(for: context), status: .unprocessableContent)
        }
    }

    private func found(_ form: PostedForm, in context: VisitorContext) async throws -> ID<Agent> {
        let answers = SetUp.Answers(
            organisation: form["organisation"] ?? "", zone: form["zone"] ?? "",
            currency: form["currency"] ?? "",
            name: form["name"] ?? "", email: form["email"] ?? "", password: form["password"] ?? "",
            language: context.reader.language.code)
        var refusals = SetUp.refusals(of: answers)
        if let code, !code.accepts(form["code"] ?? "") { refusals.append(AgentRefusal.wrongSetUpCode) }
        if let refusals = Refusals(refusals) { throw refusals }
        return try await people.setUp.run(answers)
    }

    func welcome(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = WelcomePage(
            organisation: try await desk.organisations.required().name, person: context.person)
        return .page(page, in: try await desk.shell(for: context, here: "/welcome"))
    }
}
