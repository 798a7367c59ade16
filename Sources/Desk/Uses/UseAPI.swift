import Hummingbird
import Kernel
import Storage
import Web

/// Uses of the service for programs.
struct UseAPI: Sendable {
    let desk: Desk

    private var store: UseStore { UseStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/uses", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/uses", needs: .recordPurchases, use: record),
            .api(.get, "/api/v2/uses/:id", needs: .seeCustomers, use: show),
        ]
    }

    private static let fields: Set<String> = [
        "customer_id", "unique_external_id", "email", "name", "used_at", "what", "quantity", "channel",
        "source",
        "outside_id",
    ]

    /// Everybody's by the order of recording, or one customer's by day.
    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.perPage()
        let portion: Portion<Purchase>
        if let id = try context.query.id("customer_id", of: Party.self) {
            let found = try await store.list(
                of: id, before: UseMark(context.query["before"]), limit: limit + 1)
            portion = Portion(found, limit: limit) { UseMark($0).text }
        } else {
            let before = try context.query.int("before").map(Int64.init)
            portion = Portion(try await store.list(before: before, limit: limit + 1), limit: limit) {
                "\($0.id)"
            }
        }
        let next = portion.next.map { "/api/v2/uses" + context.query.with("before", $0) }
        return .json(.list(portion.items.map(UseAPI.json))).linking(next: next)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: UseAPI.fields)
        let organisation = try await desk.organisations.required()
        let now = desk.clock.now
        let moment =
            try body.moment("used_at", zone: organisation.zone) ?? (organisation.zone.day(of: now), now)
        var use = NewUse(
            customer: try PurchaseAPI.customer(body), what: try body.required("what"), day: moment.day)
        use.at = moment.at
        use.quantity = try body.int("quantity") ?? 1
        use.channel = try body.text("channel") ?? ""
        use.source = try body.text("source") ?? "api"
        use.outsideID = try body.text("outside_id")
        let (recorded, isNew) = try await store.record(
            use, organisation: organisation, by: desk.act(by: context.person.id))
        let json = UseAPI.json(recorded)
        return isNew ? .created(json, at: "/api/v2/uses/\(recorded.id)") : .json(json)
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: Purchase.self)
        guard let use = try await store.use(id.value) else { throw NotFound() }
        return .json(UseAPI.json(use))
    }

    static func json(_ use: Purchase) -> JSON {
        .object([
            ("id", .int(use.id)), ("customer_id", .int(use.account.value)),
            ("day", .text(use.day.description)),
            ("used_at", .text(use.at?.iso)), ("what", .text(use.product)), ("quantity", .int(use.quantity)),
            ("channel", .text(use.channel)), ("source", .text(use.source)),
            ("outside_id", .text(use.outsideID)),
        ])
    }
}
