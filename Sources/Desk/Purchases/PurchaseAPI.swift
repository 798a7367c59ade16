import Hummingbird
import Kernel
import Storage
import Web

/// Purchases for programs.
struct PurchaseAPI: Sendable {
    let desk: Desk
    let purchases: PurchaseStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/purchases", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/purchases", needs: .recordPurchases, use: record),
            .api(.get, "/api/v2/purchases/:id", needs: .seeCustomers, use: show),
        ]
    }

    private static let fields: Set<String> = [
        "customer_id", "unique_external_id", "email", "name", "purchased_at", "amount", "currency", "cost",
        "quantity",
        "product", "channel", "source", "outside_id",
    ]

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.perPage()
        let found = try await purchases.list(
            account: try context.query.id("customer_id"),
            before: try context.query.int("before").map(Int64.init),
            limit: limit + 1)
        let portion = Portion(found, limit: limit) { "\($0.id)" }
        let next = portion.next.map { "/api/v2/purchases" + context.query.with("before", $0) }
        return .json(.list(portion.items.map(PurchaseAPI.json))).linking(next: next)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: PurchaseAPI.fields)
        let organisation = try await desk.organisations.required()
        let purchase = try PurchaseAPI.purchase(body, organisation, now: desk.clock.now)
        let (recorded, isNew) = try await purchases.record(
            purchase, today: organisation.zone.day(of: desk.clock.now), by: desk.act(by: context.person.id))
        let json = try await naming(recorded, organisation.zone)
        return isNew ? .created(json, at: "/api/v2/purchases/\(recorded.id)") : .json(json)
    }

    /// What happened is never refused for a hold; the answer names the holds that would have kept it waiting.
    private func naming(_ purchase: Purchase, _ zone: Zone) async throws -> JSON {
        let holds = HoldStore(database: desk.database)
        let isToday = purchase.day == zone.day(of: desk.clock.now)
        let day = isToday ? desk.clock.now : zone.instant(of: purchase.day)
        let found = try await holds.touching(
            .orders, for: purchase.account, product: purchase.product, amount: purchase.amount,
            at: purchase.at ?? day, zone: zone)
        guard !found.isEmpty, case .object(let pairs) = PurchaseAPI.json(purchase) else {
            return PurchaseAPI.json(purchase)
        }
        return .object(pairs + [("holds", .list(try await holds.lines(of: found).map(HoldAPI.why)))])
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: Purchase.self)
        guard let purchase = try await purchases.purchase(id.value), purchase.kind == .sale else {
            throw NotFound()
        }
        return .json(PurchaseAPI.json(purchase))
    }

    private static func purchase(_ body: Body, _ organisation: Organisation, now: Instant) throws
        -> NewPurchase
    {
        let code = try body.text("currency") ?? organisation.currency.code
        guard let currency = Currency(code) else { throw PurchaseFieldRefusal.unknownCurrency(code) }
        guard let minor = try body.money("amount", in: currency) else {
            throw BodyFieldRefusal.missing(field: "amount")
        }
        let moment =
            try body.moment("purchased_at", zone: organisation.zone) ?? (organisation.zone.day(of: now), now)
        var purchase = NewPurchase(
            customer: try customer(body), day: moment.day, amount: Money(minor: minor, currency: currency))
        purchase.at = moment.at
        purchase.cost = try body.money("cost", in: currency)
        purchase.quantity = try body.int("quantity") ?? 1
        purchase.product = try body.text("product") ?? ""
        purchase.channel = try body.text("channel") ?? ""
        purchase.source = try body.text("source") ?? "api"
        purchase.outsideID = try body.text("outside_id")
        return purchase
    }

    static func customer(_ body: Body) throws -> NewPurchase.Customer {
        if let id = try body.int("customer_id") { return .id(ID(Int64(id))) }
        if let outsideID = try body.text("unique_external_id") {
            return .outsideID(outsideID, name: try body.text("name"))
        }
        if let email = try body.text("email") { return .email(email) }
        throw BodyFieldRefusal.missing(field: "customer_id")
    }

    static func json(_ purchase: Purchase) -> JSON {
        let cost = purchase.cost.map { Money(minor: $0, currency: purchase.amount.currency).decimal }
        return .object([
            ("id", .int(purchase.id)), ("customer_id", .int(purchase.account.value)),
            ("day", .text(purchase.day.description)), ("purchased_at", .text(purchase.at?.iso)),
            ("amount", .text(purchase.amount.decimal)), ("amount_minor", .int(purchase.amount.minor)),
            ("currency", .text(purchase.amount.currency.code)), ("cost", .text(cost)),
            ("quantity", .int(purchase.quantity)), ("product", .text(purchase.product)),
            ("channel", .text(purchase.channel)), ("source", .text(purchase.source)),
            ("outside_id", .text(purchase.outsideID)),
        ])
    }
}
