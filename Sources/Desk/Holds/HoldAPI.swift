import Hummingbird
import Kernel
import Storage
import Web

/// Holds for programs.
struct HoldAPI: Sendable {
    let desk: Desk
    let holds: HoldStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/holds", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/holds", needs: .placeHolds, use: place),
            .api(.post, "/api/v2/holds/check", needs: .seeCustomers, use: check),
            .api(.get, "/api/v2/holds/:id", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/holds/:id", needs: .placeHolds, use: change),
            .api(.post, "/api/v2/holds/:id/lifting", needs: .placeHolds, use: lift),
            .api(.get, "/api/v2/contacts/:id/holds", needs: .seeCustomers, use: concerning),
        ]
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let part = try context.query.choice("show", as: HoldPart.self) ?? .open
        let portion = try await holds.list(
            part, today: organisation.zone.day(of: desk.clock.now), after: context.query["after"],
            limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/holds" + context.query.with("after", $0) }
        return .json(.list(portion.items.map { json($0, organisation) })).linking(next: next)
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await json(try await holds.find(try context.parameters.id(of: Hold.self))))
    }

    private func json(_ hold: Hold?) async throws -> JSON {
        guard let hold, let line = try await holds.lines(of: [hold]).first else { throw NotFound() }
        return json(line, try await desk.organisations.required())
    }

    private static let fields: Set<String> = [
        "customer_id", "with_below", "doings", "contract_id", "product", "over", "currency", "reason",
        "words",
        "owner_id", "starts", "ends",
    ]

    @Sendable func place(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: HoldAPI.fields)
        let organisation = try await desk.organisations.required()
        let new = try HoldAPI.hold(body, organisation)
        let hold = try await holds.place(new, organisation: organisation, by: desk.act(by: context.person.id))
        return .created(try await json(hold), at: "/api/v2/holds/\(hold.id)")
    }

    private static func hold(_ body: Body, _ organisation: Organisation) throws -> NewHold {
        guard let customer = try body.int("customer_id") else {
            throw BodyFieldRefusal.missing(field: "customer_id")
        }
        let id = ID<Party>(Int64(customer))
        let scope = HoldScope(
            try body.bool("with_below") == true ? .below(id) : .only(id),
            Set(try doings(try body.required("doings"))),
            contract: try body.int("contract_id").map(Int64.init), product: try body.text("product") ?? "",
            over: try amount(body, "over", organisation))
        guard let reason = Hold.Reason(rawValue: try body.text("reason") ?? "other") else {
            throw BodyFieldRefusal.mismatch(field: "reason")
        }
        return NewHold(
            scope, reason: reason, words: try body.required("words"),
            owner: try body.int("owner_id").map(Int64.init), firstDay: try body.day("starts"),
            lastDay: try body.day("ends"))
    }

    /// `orders,discounts`.
    private static func doings(_ text: String) throws -> [Doing] {
        try text.split(separator: ",").map { word in
            guard let doing = Doing(rawValue: String(word).trimmed) else {
                throw BodyFieldRefusal.mismatch(field: "doings")
            }
            return doing
        }
    }

    private static func amount(_ body: Body, _ field: String, _ organisation: Organisation) throws -> Money? {
        let code = try body.text("currency") ?? organisation.currency.code
        guard let currency = Currency(code) else { throw PurchaseFieldRefusal.unknownCurrency(code) }
        return try body.money(field, in: currency).map { Money(minor: $0, currency: currency) }
    }

    /// `ends` (a day, or null for "until settled") and `owner_id`, whichever is sent.
    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["ends", "owner_id"])
        let id = try context.parameters.id(of: Hold.self)
        let organisation = try await desk.organisations.required()
        let act = desk.act(by: context.person.id)
        var hold = try await holds.find(id)
        if hold != nil, body.values["ends"] != nil {
            hold = try await holds.prolong(
                id, until: try body.day("ends"), organisation: organisation, by: act)
        }
        if hold != nil, body.values["owner_id"] != nil {
            hold = try await holds.handOver(
                id, to: try body.int("owner_id").map(Int64.init), organisation: organisation, by: act)
        }
        return .json(try await json(hold))
    }

    @Sendable func lift(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["why"])
        let hold = try await holds.lift(
            try context.parameters.id(of: Hold.self), why: try body.required("why"),
            organisation: try await desk.organisations.required(), by: desk.act(by: context.person.id))
        return .json(try await json(hold))
    }

    @Sendable func concerning(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let id = try context.parameters.id(of: Party.self)
        guard try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) != nil else {
            throw NotFound()
        }
        let found = try await holds.concerning(
            id, today: organisation.zone.day(of: desk.clock.now), limit: 100)
        return .json(.list(try await holds.lines(of: found).map { json($0, organisation) }))
    }

    private static let questions: Set<String> = [
        "customer_id", "person_id", "doing", "contract_id", "product", "amount", "currency", "at",
    ]

    /// Whether something about to be done would wait, why, and what goes on all the same.
    @Sendable func check(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: HoldAPI.questions)
        let organisation = try await desk.organisations.required()
        guard let customer = try body.int("customer_id").map({ ID<Party>(Int64($0)) }) else {
            throw BodyFieldRefusal.missing(field: "customer_id")
        }
        guard try await desk.database.read({ try CustomerStore.customer(customer, in: $0) }) != nil else {
            throw HoldRefusal.unknownCustomer
        }
        guard let doing = Doing(rawValue: try body.required("doing")) else {
            throw BodyFieldRefusal.mismatch(field: "doing")
        }
        let moment = try body.moment("at", zone: organisation.zone)
        let at = moment.map { $0.at ?? organisation.zone.instant(of: $0.day) } ?? desk.clock.now
        let found = try await holds.touching(
            doing, for: customer, by: try body.int("person_id").map { ID(Int64($0)) },
            contract: try body.int("contract_id").map(Int64.init), product: try body.text("product") ?? "",
            amount: try HoldAPI.amount(body, "amount", organisation), at: at, zone: organisation.zone)
        return .json(HoldAPI.answer(try await holds.lines(of: found)))
    }

    static func answer(_ lines: [HoldLine]) -> JSON {
        .object([
            ("held", .bool(!lines.isEmpty)), ("why", .list(lines.map(why))),
            (
                "untouched",
                .list(lines.map { .text(HoldWords.text($0.words.untouched)) })
            ),
        ])
    }

    static func why(_ line: HoldLine) -> JSON {
        .object([
            ("hold_id", .int(line.hold.id.value)), ("reason", .text(line.hold.reason.rawValue)),
            ("words", .text(line.hold.words)), ("touches", .text(HoldWords.text(line.words.touches))),
            ("until", .text(line.hold.lastDay?.description)),
        ])
    }

    private func json(_ line: HoldLine, _ organisation: Organisation) -> JSON {
        let hold = line.hold
        let scope = hold.scope
        return .object([
            ("id", .int(hold.id.value)), ("customer_id", .int(scope.whom.party.value)),
            ("customer", .text(line.around.name)), ("with_below", .bool(scope.whom.isWithBelow)),
            (
                "doings",
                .list(Doing.allCases.filter(scope.doings.contains).map { .text($0.rawValue) })
            ),
            ("contract_id", .int(scope.contract)), ("product", .text(scope.product)),
            ("over", .text(scope.over?.decimal)), ("currency", .text(scope.over?.currency.code)),
            ("reason", .text(hold.reason.rawValue)), ("words", .text(hold.words)),
            ("state", .text(hold.state(at: desk.clock.now, in: organisation.zone).rawValue)),
            ("owner_id", .int(hold.owner)), ("owned", .bool(!line.isOwnerless)),
            ("starts_at", .text(hold.start.iso)), ("ends", .text(hold.lastDay?.description)),
            ("placed_by", .int(hold.placedBy)), ("placed_at", .text(hold.placedAt.iso)),
            ("lifted_at", .text(hold.lifting?.at.iso)), ("lifted_by", .int(hold.lifting?.by)),
            ("lifted_why", .text(hold.lifting?.why)),
            ("touches", .text(HoldWords.text(line.words.touches))),
            ("untouched", .text(HoldWords.text(line.words.untouched))),
        ])
    }
}

extension Body {
    /// A day `2026-11-22`.
    func day(_ field: String) throws -> LocalDate? {
        guard let text = try text(field) else { return nil }
        guard let day = LocalDate(iso: text) else { throw BodyFieldRefusal.mismatch(field: field) }
        return day
    }
}
