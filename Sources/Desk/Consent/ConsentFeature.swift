import Hummingbird
import Kernel
import Markup
import Web

/// What customers agreed to, and addresses that are not to be written to.
struct ConsentFeature: Feature {
    let desk: Desk

    private var consents: ConsentStore { ConsentStore(database: desk.database) }

    var routes: [Route] {
        [
            .agent(.get, "/people/:id/consent", needs: .seeCustomers, use: show),
            .agent(.post, "/people/:id/consent", needs: .editCustomers, use: record),
        ] + SuppressionRoutes(desk: desk).all + ConsentAPI(desk: desk).all
    }

    var places: [RailPlace] {
        [
            RailPlace(
                .settings, needs: .editCustomers,
                RailLink(Phrase("consent.suppression"), path: "/settings/suppression"))
        ]
    }

    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let reach = try await consents.mayReach(customer.party.id)
        let card = ConsentCard(
            party: customer.party.id, reach: reach, mayEdit: person.may(.editCustomers))
        return [CustomerCard(.reach, card.html)]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await desk.shell(for: context, here: "/people"))
    }

    @Sendable func record(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await consents.record(
                try await consent(in: context.form), of: party.id, by: desk.act(by: context.person.id))
            return .redirect(to: "/people/\(party.id)/consent", saying: Phrase("consent.saved"))
        } catch let refusal as any Refusal {
            var page = try await page(context)
            page.answers = Answers(context.form, refusal)
            return .page(
                page, in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
        }
    }

    private func consent(in form: PostedForm) async throws -> NewConsent {
        let zone = try await desk.organisations.required().zone
        guard let purpose = try form.choice("purpose", as: Purpose.self) else {
            throw FieldRefusal.missing(field: "purpose")
        }
        guard ["yes", "no"].contains(form.text("given")) else { throw FieldRefusal.missing(field: "given") }
        let now = desk.clock.now
        let today = zone.day(of: now)
        let day = try form.day("day") ?? today
        return NewConsent(
            purpose: purpose, addressKey: form.text("address"), isGiven: form.text("given") == "yes",
            at: day == today ? now : zone.instant(of: day, secondOfDay: 43_200), how: form.text("how"))
    }

    private func page(_ context: AgentContext) async throws -> ConsentPage {
        let party = try await desk.customer(context)
        let zone = try await desk.organisations.required().zone
        return ConsentPage(
            party: party, reach: try await consents.mayReach(party.id),
            history: try await consents.history(of: party.id, before: context.query["before"], limit: 30),
            query: context.query, today: zone.day(of: desk.clock.now), mayEdit: context.may(.editCustomers))
    }
}

/// The list of addresses that are not to be written to.
struct SuppressionRoutes: Sendable {
    let desk: Desk

    private var store: SuppressionStore { SuppressionStore(database: desk.database) }

    var all: [Route] {
        [
            .agent(.get, "/settings/suppression", needs: .editCustomers, use: list),
            .agent(.post, "/settings/suppression", needs: .editCustomers, use: add),
            .agent(.get, "/settings/suppression/lifting", needs: .changeSettings, use: ask),
            .agent(.post, "/settings/suppression/lifting", needs: .changeSettings, use: lift),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await shell(context))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            guard let purpose = try context.form.choice("purpose", as: Purpose.self) else {
                throw FieldRefusal.missing(field: "purpose")
            }
            let new = try Suppressing(
                pasted: context.form.text("addresses"), purpose: purpose, reason: context.form.text("reason"))
            let count = try await store.add(new, by: desk.act(by: context.person.id))
            return .redirect(
                to: "/settings/suppression", saying: Phrase("consent.suppression.added", .count(count)))
        } catch let refusal as any Refusal {
            var page = try await page(context)
            page.answers = Answers(context.form, refusal)
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    @Sendable func ask(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(LiftingPage(suppression: try await found(context.query)), in: try await shell(context))
    }

    @Sendable func lift(_ request: Request, in context: AgentContext) async throws -> Response {
        let found = try await found(context.form)
        do {
            try await store.lift(
                found.addressKey, found.purpose, reason: context.form.text("reason"),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/settings/suppression", saying: Phrase("consent.suppression.lifted"))
        } catch ConsentRefusal.notSuppressed {
            throw NotFound()
        } catch let refusal as ConsentRefusal {
            let page = LiftingPage(suppression: found, answers: Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    private func found(_ values: some NamedValues) async throws -> Suppression {
        guard let purpose = Purpose(rawValue: values.text("purpose")),
            let found = try await store.suppression(values.text("address"), purpose)
        else { throw NotFound() }
        return found
    }

    private func page(_ context: AgentContext) async throws -> SuppressionPage {
        SuppressionPage(
            portion: try await store.list(
                beginning: context.query.text("q"), after: context.query["after"], limit: 50),
            query: context.query, mayLift: context.may(.changeSettings))
    }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/settings/suppression")
    }
}
