import HTTPTypes
import Hummingbird
import Kernel
import Web

/// Leads from a customer who is part of another now to that other, where a page or a call finds nobody.
struct MergedAway: Sendable {
    let desk: Desk

    private func survivor(_ parameters: PathParameters) async throws -> ID<Party>? {
        try await MergeStore(desk).survivor(of: try parameters.id(of: Party.self))
    }

    /// The same act, which answers with the way on where there is one.
    func leading(_ act: @escaping Route.AgentAct) -> Route.AgentAct {
        { request, context in
            do {
                return try await act(request, context)
            } catch let absence as NotFound {
                guard let id = try await survivor(context.parameters) else { throw absence }
                // Not for good: the merge may be undone, and browsers remember.
                return .redirect(to: "/people/\(id)", type: .normal)
            }
        }
    }

    /// For programs: 301, with the id of whoever has taken this one in.
    func leading(_ path: @escaping @Sendable (ID<Party>) -> String, _ act: @escaping Route.APIAct)
        -> Route.APIAct
    {
        { request, context in
            do {
                return try await act(request, context)
            } catch let absence as NotFound {
                guard let id = try await survivor(context.parameters) else { throw absence }
                var response = Response.json(
                    .object([("id", .int(id.value)), ("merged", .bool(true))]), status: .movedPermanently)
                response.headers[.location] = path(id)
                response.headers[.cacheControl] = "no-store"
                return response
            }
        }
    }
}
