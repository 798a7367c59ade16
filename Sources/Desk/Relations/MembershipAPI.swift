import Hummingbird
import Kernel
import Storage
import Web

/// Who belongs to which organisation, for programs.
struct MembershipAPI: Sendable {
    let desk: Desk

    private var store: MembershipStore { MembershipStore(database: desk.database) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/contacts/:id/memberships", needs: .seeCustomers, use: list),
            .api(.put, "/api/v2/contacts/:id/memberships/:company", needs: .editCustomers, use: set),
            .api(.delete, "/api/v2/contacts/:id/memberships/:company", needs: .editCustomers, use: end),
        ]
    }

    private static let fields: Set<String> = ["title", "buys", "uses", "decides", "pays", "since"]

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let id: ID<Party> = try context.parameters.id()
        guard let party = try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        let limit = try context.query.perPage()
        let after = try context.query.int("after") ?? 0
        let found = try await store.list(of: party, after: Int64(after), limit: limit + 1)
        let portion = Portion(found, limit: limit) { "\($0.other(than: id))" }
        let next = portion.next.map { "/api/v2/contacts/\(id)/memberships" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(MembershipAPI.json))).linking(next: next)
    }

    /// What is not named stays as it is; of a new membership it is empty.
    @Sendable func set(_ request: Request, in context: APIContext) async throws -> Response {
        let (id, company) = try MembershipAPI.sides(context)
        let body = try await Body(of: request, known: MembershipAPI.fields)
        let organisation = try await desk.organisations.required()
        do {
            let known = try await store.find(id, company)
            var roles = known?.roles ?? []
            for role in MembershipRole.allCases {
                guard let isSet = try body.bool(role.rawValue) else { continue }
                if isSet { roles.insert(role) } else { roles.remove(role) }
            }
            let title = body.values["title"] == nil ? known?.title : try body.text("title")
            let moment = try body.moment("since", zone: organisation.zone)
            try await store.set(
                id, company, title: title ?? "", roles: roles,
                since: moment.map { $0.at ?? organisation.zone.instant(of: $0.day) },
                by: desk.act(by: context.person.id))
        } catch RelationRefusal.unknown {
            throw NotFound()
        }
        guard let membership = try await store.find(id, company) else { throw NotFound() }
        return .json(MembershipAPI.json(membership))
    }

    @Sendable func end(_ request: Request, in context: APIContext) async throws -> Response {
        let (id, company) = try MembershipAPI.sides(context)
        do {
            _ = try await store.end(id, company, by: desk.act(by: context.person.id))
        } catch RelationRefusal.unknown, RelationRefusal.noMembership {
            throw NotFound()
        }
        return .noContent
    }

    private static func sides(_ context: APIContext) throws -> (ID<Party>, ID<Party>) {
        (try context.parameters.id(of: Party.self), try context.parameters.id("company", of: Party.self))
    }

    static func json(_ membership: Membership) -> JSON {
        .object(
            [
                ("contact_id", .int(membership.person.value)), ("company_id", .int(membership.account.value)),
                ("title", .text(membership.title)),
            ] + MembershipRole.allCases.map { ($0.rawValue, .bool(membership.roles.contains($0))) }
                + [("since", .text(membership.since.iso))])
    }
}
