import Hummingbird
import Kernel
import Storage
import Web

/// Economics and acquisition spend for programs.
struct EconomicsAPI: Sendable {
    let desk: Desk

    private var store: EconomicsStore { EconomicsStore(database: desk.database, clock: desk.clock) }
    private var spend: SpendStore { SpendStore(database: desk.database) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/economics", needs: .seeEconomics, use: show),
            .api(.get, "/api/v2/spend", needs: .seeEconomics, use: list),
            .api(.post, "/api/v2/spend", needs: .recordSpend, use: record),
            .api(.delete, "/api/v2/spend/:id", needs: .recordSpend, use: remove),
        ]
    }

    private static let fields: Set<String> = ["from", "to", "source", "campaign", "amount", "currency"]

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        guard let kept = try await store.latest() else { throw NotFound() }
        return .json(kept.json)
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.perPage()
        let found = try await spend.list(after: SpendKey(context.query["after"])?.pair, limit: limit + 1)
        let portion = Portion(found, limit: limit) { SpendKey($0).text }
        let next = portion.next.map { "/api/v2/spend" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(EconomicsAPI.json))).linking(next: next)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: EconomicsAPI.fields)
        let organisation = try await desk.organisations.required()
        let code = try body.text("currency") ?? organisation.currency.code
        guard let currency = Currency(code) else { throw SpendRefusal.unknownCurrency }
        guard let minor = try body.money("amount", in: currency) else {
            throw BodyFieldRefusal.missing(field: "amount")
        }
        let days = try SpendPeriod.days(from: try body.required("from"), to: try body.text("to") ?? "")
        let new = NewSpend(
            days: days, source: try body.required("source"), campaign: try body.text("campaign") ?? "",
            amount: Money(minor: minor, currency: currency))
        let (recorded, isNew) = try await spend.record(
            new, today: organisation.zone.day(of: desk.clock.now), by: desk.act(by: context.person.id))
        let json = EconomicsAPI.json(recorded)
        return isNew ? .created(json, at: "/api/v2/spend") : .json(json)
    }

    @Sendable func remove(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: Spend.self).value
        guard try await spend.remove(id, by: desk.act(by: context.person.id)) else { throw NotFound() }
        return Response(status: .noContent)
    }

    static func json(_ spend: Spend) -> JSON {
        .object([
            ("id", .int(spend.id)), ("from", .text(spend.days.lowerBound.description)),
            ("to", .text(spend.days.upperBound.description)), ("source", .text(spend.source)),
            ("campaign", .text(spend.campaign)), ("amount", .text(spend.amount.decimal)),
            ("amount_minor", .int(spend.amount.minor)), ("currency", .text(spend.amount.currency.code)),
        ])
    }
}
