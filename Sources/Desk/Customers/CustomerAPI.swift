import Hummingbird
public import Kernel
import Storage
import Web

/// Customers for programs, in the words of Freshdesk's contacts and companies.
struct CustomerAPI: Sendable {
    let desk: Desk
    let customers: CustomerStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/contacts", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/contacts", needs: .editCustomers, use: add),
            .api(
                .get, "/api/v2/contacts/:id", needs: .seeCustomers,
                use: MergedAway(desk: desk).leading({ "/api/v2/contacts/\($0)" }, show)),
            .api(.put, "/api/v2/contacts/:id", needs: .editCustomers, use: change),
        ]
    }

    private static let fields: Set<String> = [
        "name", "email", "other_emails", "phone", "mobile", "twitter_id", "unique_external_id", "language",
        "time_zone",
        "tags", "custom_fields", "preferences", "owner_id",
    ]

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let limit = try context.query.perPage()
        let portion = try await customers.list(
            finding: context.query["q"] ?? context.query["email"], after: context.query["after"],
            limit: limit,
            organisation: organisation)
        let next = portion.next.map { "/api/v2/contacts" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(CustomerAPI.json))).linking(next: next)
    }

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: CustomerAPI.fields.union(["kind", "company_id"]))
        var draft = try CustomerDraft(body: body)
        draft.name = try body.required("name")
        draft.email = try body.text("email")
        draft.addresses.email = nil
        if let kind = try body.text("kind") {
            guard let known = Party.Kind(rawValue: kind) else {
                throw BodyFieldRefusal.mismatch(field: "kind")
            }
            draft.kind = known
        }
        draft.organisation = try body.int("company_id").map { ID(Int64($0)) }
        let ways = ["email", "phone", "mobile", "twitter_id", "unique_external_id"]
        let isReachable = try ways.contains { try body.text($0) != nil }
        guard isReachable || draft.kind == .organisation else { throw CustomerRefusal.unreachable }
        let id = try await customers.add(draft, by: desk.act(by: context.person.id))
        return .created(try await record(id), at: "/api/v2/contacts/\(id)")
    }

    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let party = try await desk.customer(context)
        let body = try await Body(of: request, known: CustomerAPI.fields)
        var draft = try CustomerDraft(body: body)
        if body.has("name") { draft.name = try body.required("name") }
        try await customers.change(party.id, to: draft, by: desk.act(by: context.person.id))
        return .json(try await record(party.id))
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await record(try context.parameters.id()))
    }

    private func record(_ id: ID<Party>) async throws -> JSON {
        let organisation = try await desk.organisations.required()
        guard let record = try await customers.record(id, organisation: organisation) else {
            throw NotFound()
        }
        return CustomerAPI.json(record, try await customers.known(of: id))
    }
}

extension CustomerAPI {
    static func json(_ row: CustomerRow) -> JSON {
        .object([
            ("id", .int(row.party.id.value)), ("name", .text(row.party.name)),
            ("kind", .text(row.party.kind.rawValue)),
            ("email", .text(row.email)), ("level", .text(row.level.rawValue)),
            ("occasions", .int(row.occasions)),
            ("first_day", .text(row.firstDay?.description)), ("last_day", .text(row.lastDay?.description)),
            ("created_at", .text(row.party.createdAt.iso)), ("updated_at", .text(row.party.createdAt.iso)),
        ])
    }

    static func json(_ record: CustomerRecord, _ known: CustomerKnown) -> JSON {
        let emails = record.addresses.filter { $0.kind == .email }.map(\.value)
        return .object(
            [
                ("id", .int(record.party.id.value)), ("name", .text(record.party.name)),
                ("kind", .text(record.party.kind.rawValue)), ("email", .text(emails.first)),
                ("other_emails", .list(emails.dropFirst().map { .text($0) })),
                (
                    "phone",
                    .text(record.addresses.first { $0.kind == .phone && !AddressWishes.isMobile($0) }?.value)
                ),
                ("mobile", .text(record.addresses.first(where: AddressWishes.isMobile)?.value)),
                ("twitter_id", .text(record.addresses.first(where: AddressWishes.isTwitter)?.value)),
                ("unique_external_id", .text(record.outsideIDs.first)),
                (
                    "addresses",
                    .list(record.addresses.map(\.json))
                ),
                ("level", .text(record.level.rawValue)), ("level_since", .text(record.since?.description)),
                (
                    "level_window",
                    .object([
                        ("from", .text(record.window.lowerBound.description)),
                        ("to", .text(record.window.upperBound.description)),
                    ])
                ),
                ("purchases", .int(record.purchases)), ("occasions", .int(record.evidence.occasions.count)),
                ("totals", .list(record.totals.map(JSON.money))),
                ("advocacy", .list(record.acts.map(AdvocacyAPI.json))),
            ] + known.json(for: record.party.kind) + [
                ("created_at", .text(record.party.createdAt.iso)),
                ("updated_at", .text(record.party.createdAt.iso)),
            ])
    }

    static func json(_ entry: TimelineEntry) -> JSON {
        let (kind, content): (String, JSON) =
            switch entry.happening {
            case .purchase(let purchase) where purchase.kind == .use: ("use", UseAPI.json(purchase))
            case .purchase(let purchase): ("purchase", PurchaseAPI.json(purchase))
            case .act(let act): ("advocacy", AdvocacyAPI.json(act))
            case .answer(let answer): ("answer", AnswerAPI.json(answer))
            case .event(let event):
                (
                    "event",
                    .object([
                        ("id", .int(event.id)), ("kind", .text(event.kind)), ("at", .text(event.at.iso)),
                        ("actor_id", .int(event.actor)), ("on_behalf_of_id", .int(event.onBehalfOf)),
                        ("customer_id", .int(event.party)),
                    ])
                )
            }
        return .object([("day", .text(entry.day.description)), ("kind", .text(kind)), (kind, content)])
    }
}

extension JSON {
    /// An amount both exactly, in minor units, and as people write it.
    static func money(_ money: Money) -> JSON {
        .object([
            ("currency", .text(money.currency.code)), ("minor", .int(money.minor)),
            ("amount", .text(money.decimal)),
        ])
    }
}

extension Money {
    /// `-1234.05`, with as many decimals as the currency has.
    public var decimal: String {
        let digits = String(minor.magnitude)
        let sign = minor < 0 ? "-" : ""
        guard currency.exponent > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
        return sign + padded.dropLast(currency.exponent) + "." + padded.suffix(currency.exponent)
    }
}

extension Query {
    /// How many to a page: 30 unless asked otherwise, 100 at most.
    ///
    /// Lists go on by key: the `link` header names the following page. A number of pages to skip is refused, because
    /// answering the first page again would never end.
    func perPage() throws -> Int {
        if let page = try int("page", in: 1...300), page > 1 { throw PagingRefusal() }
        return try int("per_page", in: 1...100) ?? 30
    }
}
