import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// The form in which a customer is entered and changed.
struct CustomerFormRoutes: Sendable {
    let desk: Desk
    let customers: CustomerStore

    var all: [Route] {
        [
            .agent(.get, "/people/new", needs: .editCustomers, use: new),
            .agent(.post, "/people", needs: .editCustomers, use: add),
            .agent(.get, "/people/:id/edit", needs: .editCustomers, use: edit),
            .agent(.post, "/people/:id", needs: .editCustomers, use: change),
        ]
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        let kind = Party.Kind(rawValue: context.query.text("kind")) ?? .person
        return try await page(nil, kind, Answers(), .ok, context)
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let id = try await customers.add(
                try draft(in: context.form), by: desk.act(by: context.person.id))
            return .redirect(to: "/people/\(id)", saying: Phrase("customer.added"))
        } catch let refusal as any Refusal {
            let kind = Party.Kind(rawValue: context.form.text("kind")) ?? .person
            return try await page(nil, kind, answers(context, refusal), refusal.status, context)
        }
    }

    @Sendable func edit(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        return try await page(party, party.kind, Answers(), .ok, context)
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await customers.change(
                party.id, to: try draft(in: context.form), by: desk.act(by: context.person.id))
            return .redirect(to: "/people/\(party.id)", saying: Phrase("customer.changed"))
        } catch let refusal as any Refusal where refusal.status != .notFound {
            return try await page(party, party.kind, answers(context, refusal), refusal.status, context)
        }
    }

    /// What was typed and what is wrong with it, at the fields as the form calls them.
    private func answers(_ context: AgentContext, _ refusal: any Refusal) -> Answers {
        let all = (refusal as? Refusals)?.all ?? [refusal]
        let named = all.map { one -> any Refusal in
            one.field == "unique_external_id" ? NamedRefusal(one, field: duplicate(context)) : one
        }
        return Answers(context.form, Refusals(named) ?? refusal)
    }

    /// A duplicate is one of the outside id where one was typed, else of the mail address.
    private func duplicate(_ context: AgentContext) -> String {
        context.form.text("outside_id").isEmpty ? "email" : "outside_id"
    }

    private func page(
        _ party: Party?, _ kind: Party.Kind, _ answers: Answers, _ status: HTTPResponse.Status,
        _ context: AgentContext
    ) async throws -> Response {
        let lists = ListStore(database: desk.database, clock: desk.clock)
        var page = CustomerFormPage(
            party: party, kind: kind, fields: try await FieldStore(database: desk.database).fields(),
            colleagues: try await lists.colleagues().map { Choice("\($0.id)", $0.name) }, answers: answers)
        if let party { page.known = try await customers.known(of: party.id) }
        return .page(page, in: try await desk.shell(for: context, here: "/people"), status: status)
    }

    /// What the form asked. What it did not ask stays as it is.
    private func draft(in form: PostedForm) throws -> CustomerDraft {
        func said(_ name: String) -> String? { form.has(name) ? form.text(name) : nil }
        var draft = CustomerDraft(
            name: form["name"] ?? "", kind: try form.choice("kind", as: Party.Kind.self),
            email: form["email"], phone: form["phone"], outsideID: form["outside_id"],
            preferences: said("preferences"))
        draft.care = CareChange(owner: try owner(form), language: said("language"), zone: said("zone"))
        draft.tags = try said("tags").map { try Tag.words($0) }
        for pair in form.pairs where pair.name.hasPrefix("cf_") { draft.fields[pair.name] = pair.value }
        for name in form.text("ticks").split(separator: " ").map(String.init) where draft.fields[name] == nil
        {
            draft.fields[name] = "false"
        }
        return draft
    }

    private func owner(_ form: PostedForm) throws -> Int64?? {
        guard form.has("owner") else { return nil }
        let typed = form.text("owner")
        guard !typed.isEmpty else { return .some(nil) }
        guard let id = Int64(typed) else { throw CareRefusal.unknownColleague }
        return .some(id)
    }
}
