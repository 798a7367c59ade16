import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// Who belongs where, on screen.
struct MembershipRoutes: Sendable {
    let desk: Desk

    private var store: MembershipStore { MembershipStore(database: desk.database) }

    var all: [Route] {
        [
            .agent(.get, "/people/:id/memberships", needs: .seeCustomers, use: list),
            .agent(.post, "/people/:id/memberships", needs: .editCustomers, use: add),
            .agent(.get, "/people/:id/memberships/:other", needs: .editCustomers, use: show),
            .agent(.post, "/people/:id/memberships/:other", needs: .editCustomers, use: change),
            .agent(.post, "/people/:id/memberships/:other/ending", needs: .editCustomers, use: end),
            .agent(
                .post, "/people/:id/past-memberships/:past/restoring", needs: .editCustomers, use: restore),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await desk.shell(for: context, here: "/people"))
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers()) async throws -> MembershipsPage
    {
        let organisation = try await desk.organisations.required()
        let party = try await party(context)
        let after = try context.query.int("after") ?? 0
        let found = try await store.list(of: party, after: Int64(after), limit: 51)
        return MembershipsPage(
            party: party, portion: Portion(found, limit: 50) { "\($0.other(than: party.id))" },
            past: try await store.past(of: party, limit: 20), zone: organisation.zone,
            today: organisation.zone.day(of: desk.clock.now), mayEdit: context.may(.editCustomers),
            answers: answers)
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await party(context)
        do {
            let other = try await other(than: party, in: context.form)
            try await set(party.id, other, context)
            return .redirect(to: "/people/\(party.id)", saying: Phrase("relations.added"))
        } catch let refusal as any Refusal {
            var page = try await page(context, Answers(context.form, refusal))
            if case RelationRefusal.severalFound(let typed, _) = refusal,
                case .several(let parties) = try await finding(typed, for: party)
            {
                page.found = parties
            }
            return .page(
                page, in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
        }
    }

    private func finding(_ typed: String, for party: Party) async throws -> PartyFinding.Outcome {
        try await PartyFinding(database: desk.database)
            .find(typed, kind: party.kind == .person ? .organisation : .person)
    }

    /// The one chosen among several; else the one the name or number means.
    private func other(than party: Party, in form: PostedForm) async throws -> ID<Party> {
        if let id = try form.id("with_id", of: Party.self) { return id }
        let typed = try form.required("with", limit: 400)
        switch try await finding(typed, for: party) {
        case .one(let other): return other.id
        case .several: throw RelationRefusal.severalFound(typed, field: "with")
        case .none: throw RelationRefusal.nobodyFound(typed, field: "with")
        }
    }

    private func set(_ id: ID<Party>, _ other: ID<Party>, _ context: AgentContext) async throws {
        let organisation = try await desk.organisations.required()
        let form = context.form
        let roles = Set(MembershipRole.allCases.filter { form.flag($0.rawValue) })
        // The day it stands at already keeps its hour.
        let known = try await store.find(id, other)?.since
        var since = try form.day("since").map { organisation.zone.instant(of: $0) }
        if let day = try form.day("since") {
            guard day >= LocalDate.earliest else { throw FieldRefusal.unreadable(field: "since") }
            if let known, organisation.zone.day(of: known) == day { since = known }
        }
        try await store.set(
            id, other, title: try form.line("title", limit: 200), roles: roles, since: since,
            by: desk.act(by: context.person.id))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await membershipPage(context), in: try await desk.shell(for: context, here: "/people"))
    }

    private func membershipPage(
        _ context: AgentContext, _ answers: Answers = Answers()
    ) async throws -> MembershipPage {
        let organisation = try await desk.organisations.required()
        let party = try await party(context)
        let other = try context.parameters.id("other", of: Party.self)
        let found = try await store.list(of: party, after: other.value - 1, limit: 1)
        guard let membership = found.first, membership.other(than: party.id) == other else {
            throw NotFound()
        }
        return MembershipPage(
            party: party, membership: membership, zone: organisation.zone, answers: answers)
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = try await membershipPage(context)
        do {
            try await set(page.party.id, page.membership.other(than: page.party.id), context)
            return .redirect(to: "/people/\(page.party.id)", saying: Phrase("customer.changed"))
        } catch let refusal as any Refusal {
            let page = try await membershipPage(context, Answers(context.form, refusal))
            return .page(
                page, in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
        }
    }

    @Sendable func end(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await party(context)
        let other = try context.parameters.id("other", of: Party.self)
        do {
            _ = try await store.end(party.id, other, by: desk.act(by: context.person.id))
        } catch RelationRefusal.unknown, RelationRefusal.notAPerson, RelationRefusal.notAnOrganisation,
            RelationRefusal.noMembership
        {
            throw NotFound()
        }
        return .redirect(to: "/people/\(party.id)/memberships", saying: Phrase("relations.ended"))
    }

    @Sendable func restore(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await party(context)
        let past = try context.parameters.id("past", of: Membership.self)
        let address = "/people/\(party.id)/memberships"
        do {
            try await store.restore(past.value, of: party.id, by: desk.act(by: context.person.id))
        } catch RelationRefusal.noMembership {
            throw NotFound()
        } catch let refusal as RelationRefusal {
            return .redirect(to: address, saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: address, saying: Phrase("relations.restored"))
    }

    private func party(_ context: AgentContext) async throws -> Party {
        let id = try context.parameters.id(of: Party.self)
        guard let party = try await desk.database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        return party
    }
}
