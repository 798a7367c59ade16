import Hummingbird
import Kernel
import Storage
import Web

/// Contracts for programs.
struct ContractAPI: Sendable {
    let desk: Desk
    let contracts: ContractStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/contracts", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/contracts", needs: .editCustomers, use: add),
            .api(.get, "/api/v2/contracts/retention", needs: .seeEconomics, use: retention),
            .api(.get, "/api/v2/contracts/:id", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/contracts/:id", needs: .editCustomers, use: change),
            .api(.get, "/api/v2/contracts/:id/leaving", needs: .seeCustomers, use: leaving),
            .api(.get, "/api/v2/contacts/:id/contracts", needs: .seeCustomers, use: ofCustomer),
        ]
    }

    private func today() async throws -> LocalDate {
        try await desk.organisations.required().zone.day(of: desk.clock.now)
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let today = try await today()
        let part = try context.query.choice("show", as: ContractPart.self) ?? .all
        let portion = try await contracts.list(
            part, today: today, after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/contracts" + context.query.with("after", $0) }
        return .json(.list(portion.items.map { ContractAPI.json($0.contract, today) })).linking(next: next)
    }

    @Sendable func ofCustomer(_ request: Request, in context: APIContext) async throws -> Response {
        let today = try await today()
        let id = try context.parameters.id(of: Party.self)
        guard try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) != nil else {
            throw NotFound()
        }
        return .json(.list(try await contracts.contracts(of: id).map { ContractAPI.json($0, today) }))
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(ContractAPI.json(try await contract(context), try await today()))
    }

    private func contract(_ context: APIContext) async throws -> Contract {
        guard let contract = try await contracts.find(try context.parameters.id()) else { throw NotFound() }
        return contract
    }

    private static let fields: Set<String> = [
        "customer_id", "terms", "product", "start", "minimum_months", "renewal_months", "billing_months",
        "price",
        "currency", "promotion", "promotion_ends", "notice", "notice_unit", "penalty", "penalty_amount",
        "penalty_share", "end", "end_reason", "attribute", "source", "outside_id",
    ]

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ContractAPI.fields)
        let organisation = try await desk.organisations.required()
        let today = organisation.zone.day(of: desk.clock.now)
        let new = try ContractBody(body: body, organisation: organisation).contract()
        let contract = try await contracts.add(new, today: today, by: desk.act(by: context.person.id))
        return .created(ContractAPI.json(contract, today), at: "/api/v2/contracts/\(contract.id)")
    }

    /// A new price (`price`, `from`), an end (`end`, `end_reason`), or `end` null: it runs on.
    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["price", "from", "end", "end_reason"])
        let today = try await today()
        let act = desk.act(by: context.person.id)
        var contract: Contract? = try await contract(context)
        if let known = contract, let minor = try body.money("price", in: known.currency) {
            contract = try await contracts.setPrice(
                known.id, minor, from: try body.day("from") ?? today, by: act)
        }
        if let known = contract, let value = body.values["end"] {
            if case .null = value {
                contract = try await contracts.resume(known.id, today: today, by: act)
            } else if let day = try body.day("end") {
                contract = try await contracts.end(
                    known.id, on: day, why: try body.text("end_reason") ?? "", by: act)
            }
        }
        guard let contract else { throw NotFound() }
        return .json(ContractAPI.json(contract, today))
    }

    /// A day one may sensibly ask about.
    static func checked(_ day: LocalDate, _ field: String) throws -> LocalDate {
        guard day >= LocalDate.earliest, day.civil.year <= 2200 else {
            throw ContractRefusal.badDay(field: field)
        }
        return day
    }

    @Sendable func leaving(_ request: Request, in context: APIContext) async throws -> Response {
        let contract = try await contract(context)
        let today = try await today()
        let told = try context.query.day("told").map { try ContractAPI.checked($0, "told") } ?? today
        let on = try context.query.day("on").map { try ContractAPI.checked($0, "on") } ?? told
        return .json(ContractAPI.json(contract.leaving(on: on, told: told), contract, on, told))
    }

    @Sendable func retention(_ request: Request, in context: APIContext) async throws -> Response {
        let store = RetentionStore(database: desk.database, clock: desk.clock)
        guard let kept = try await store.latest() else { throw NotFound() }
        return .json(kept.json)
    }
}

extension ContractAPI {
    private static func json(
        _ leaving: Leaving, _ contract: Contract, _ on: LocalDate, _ told: LocalDate
    ) -> JSON {
        .object([
            ("on", .text(on.description)), ("told", .text(told.description)),
            ("cost", .text(Money(minor: leaving.cost, currency: contract.currency).decimal)),
            ("cost_minor", .int(leaving.cost)), ("currency", .text(contract.currency.code)),
            ("months", .int(leaving.months)), ("free_from", .text(leaving.freeFrom.description)),
            ("notice_by", .text(leaving.noticeBy.description)),
        ])
    }

    static func json(_ contract: Contract, _ today: LocalDate) -> JSON {
        let terms = contract.terms
        func decimal(_ minor: Int64?) -> String? {
            minor.map { Money(minor: $0, currency: contract.currency).decimal }
        }
        let prices = contract.prices.map { price -> JSON in
            .object([
                ("from", .text(price.from.description)), ("price", .text(decimal(price.amount))),
                ("price_minor", .int(price.amount)),
            ])
        }
        let isRunning = [.running, .ahead].contains(contract.state(on: today))
        let leaving = isRunning ? contract.leaving(on: today, told: today) : nil
        return .object([
            ("id", .int(contract.id.value)), ("customer_id", .int(contract.party.value)),
            ("terms", .text(contract.words)), ("product", .text(contract.product)),
            ("state", .text(contract.state(on: today).rawValue)), ("start", .text(terms.start.description)),
            ("minimum_months", .int(terms.minimumMonths)), ("renewal_months", .int(terms.renewalMonths)),
            ("billing_months", .int(terms.billingMonths)), ("currency", .text(contract.currency.code)),
            ("price", .text(decimal(contract.prices.price(on: today)))),
            ("price_at_start", .text(decimal(contract.prices.first?.amount))), ("prices", .list(prices)),
            ("promotion", .text(contract.promotion)),
            ("promotion_ends", .text(contract.promotionDay?.description)), ("notice", .int(terms.notice)),
            ("notice_unit", .text(terms.noticeUnit.rawValue)), ("penalty", .text(terms.penalty.word)),
            ("end", .text(contract.end?.description)), ("end_reason", .text(contract.endReason)),
            ("next_renewal", .text(terms.nextTermEnd(after: today)?.description)),
            ("leaving_today", leaving.map { json($0, contract, today, today) } ?? .null),
            ("attribute", .text(contract.attribute)), ("last_seen", .text(contract.seen?.description)),
            ("source", .text(contract.source)), ("outside_id", .text(contract.outsideID)),
        ])
    }
}

/// The body of a call, read as a contract.
struct ContractBody {
    let body: Body
    let organisation: Organisation

    func contract() throws -> NewContract {
        guard let customer = try body.int("customer_id") else {
            throw BodyFieldRefusal.missing(field: "customer_id")
        }
        let code = try body.text("currency") ?? organisation.currency.code
        guard let currency = Currency(code) else { throw ContractRefusal.unknownCurrency }
        guard let price = try body.money("price", in: currency) else {
            throw BodyFieldRefusal.missing(field: "price")
        }
        var contract = NewContract(
            party: ID(Int64(customer)), words: try body.text("terms") ?? "",
            product: try body.text("product") ?? "", terms: try terms(currency),
            price: Money(minor: price, currency: currency))
        contract.promotion = try body.text("promotion")?.singleLine ?? ""
        contract.promotionDay = try body.day("promotion_ends")
        contract.end = try body.day("end")
        contract.endReason = try body.text("end_reason") ?? ""
        contract.attribute = try body.text("attribute")?.singleLine ?? ""
        contract.source = try body.text("source")?.singleLine ?? "api"
        contract.outsideID = try body.text("outside_id")?.singleLine
        return contract
    }

    private func terms(_ currency: Currency) throws -> ContractTerms {
        guard let start = try body.day("start") else { throw BodyFieldRefusal.missing(field: "start") }
        guard
            let unit = ContractTerms.NoticeUnit(rawValue: try body.text("notice_unit") ?? "months")
        else { throw BodyFieldRefusal.mismatch(field: "notice_unit") }
        return ContractTerms(
            start: start, minimumMonths: try body.int("minimum_months") ?? 0,
            renewalMonths: try body.int("renewal_months") ?? 0,
            billingMonths: try body.int("billing_months") ?? 1, notice: try body.int("notice") ?? 0,
            noticeUnit: unit, penalty: try penalty(currency))
    }

    /// `penalty_share` is a share of one: 0.5 is half.
    private func penalty(_ currency: Currency) throws -> ContractTerms.Penalty {
        switch try body.text("penalty") ?? "none" {
        case "none": return .none
        case "rest": return .rest
        case "fixed":
            guard let amount = try body.money("penalty_amount", in: currency) else {
                throw BodyFieldRefusal.missing(field: "penalty_amount")
            }
            return .fixed(amount)
        case "share":
            guard let text = try body.text("penalty_share"), let share = Double(text), (0...1).contains(share)
            else { throw ContractRefusal.badNumber(field: "penalty_share") }
            return .share(Int((share * 1_000_000).rounded()))
        default: throw BodyFieldRefusal.mismatch(field: "penalty")
        }
    }
}

extension RetentionStore.Kept {
    var json: JSON {
        .object([
            ("computed_at", .text(computedAt.iso)),
            ("through", .text(LocalDate(daysSinceEpoch: figures.through).description)),
            ("discount_per_year", .real(figures.discount)), ("groups", .list(figures.groups.map(Self.json))),
        ])
    }

    private static func json(_ group: ContractRetention.Group) -> JSON {
        func real(_ value: Double?) -> JSON { value.map { .real($0) } ?? .null }
        let points = group.points.map { point -> JSON in
            .object([
                ("month", .int(point.month)), ("remaining", .real(point.remaining)),
                ("lower", real(point.lower)), ("upper", real(point.upper)), ("at_risk", .int(point.atRisk)),
            ])
        }
        let model = group.model.map { model -> JSON in
            .object([
                ("alpha", .real(model.alpha)), ("beta", .real(model.beta)), ("largest_gap", .real(model.gap)),
                ("largest_gap_month", .int(model.gapMonth)),
            ])
        }
        return .object([
            ("kind", .text(group.kind.rawValue)), ("name", .text(group.name)),
            ("contracts", .int(group.contracts)), ("ended", .int(group.ended)),
            ("ended_share", .real(group.share)), ("lower", .real(group.lower)), ("upper", .real(group.upper)),
            ("curve", .list(points)), ("model", model ?? .null), ("no_model", .text(group.refusal)),
        ])
    }
}
