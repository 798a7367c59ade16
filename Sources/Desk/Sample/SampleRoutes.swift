public import HTTPTypes
import Hummingbird
import Kernel
public import Markup
import Storage
public import Web

/// In and out in one step each.
struct SampleRoutes: Sendable {
    let desk: Desk
    let sample: SampleStore

    var routes: [Route] {
        [
            .agent(.post, "/sample", needs: .manageSample, use: load),
            .agent(.get, "/sample/removal", needs: .manageSample, use: confirm),
            .agent(.post, "/sample/removal", needs: .manageSample, use: remove),
        ]
    }

    func load(_ request: Request, in context: AgentContext) async throws -> Response {
        let content = try await sample.load(by: desk.act(by: context.person.id))
        return .redirect(to: "/profile", saying: Phrase("sample.loaded", .count(content.customers)))
    }

    func confirm(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = SampleRemovalPage(content: try await sample.content())
        return .page(page, in: try await desk.shell(for: context, here: "/sample/removal"))
    }

    func remove(_ request: Request, in context: AgentContext) async throws -> Response {
        let content = try await sample.remove(by: desk.act(by: context.person.id))
        return .redirect(to: "/profile", saying: Phrase("sample.removed", .count(content.customers)))
    }
}

extension SampleRefusal: Refusal {
    public var status: HTTPResponse.Status { .conflict }

    public var phrase: Phrase {
        switch self {
        case .alreadyHere: Phrase("sample.refused.alreadyHere")
        case .notHere: Phrase("sample.refused.notHere")
        }
    }
}
