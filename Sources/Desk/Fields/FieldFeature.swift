import Hummingbird
import Kernel
import Markup
import Web

/// Fields of the house's own: kept in order by who may change settings, shown on every customer.
struct FieldFeature: Feature {
    let desk: Desk

    private var store: FieldStore { FieldStore(database: desk.database) }

    var routes: [Route] {
        [
            .agent(.get, "/settings/fields", needs: .changeSettings, use: list),
            .agent(.post, "/settings/fields", needs: .changeSettings, use: add),
            .agent(.get, "/settings/fields/:id", needs: .changeSettings, use: show),
            .agent(.post, "/settings/fields/:id", needs: .changeSettings, use: change),
            .agent(.post, "/settings/fields/:id/place", needs: .changeSettings, use: move),
            .agent(.post, "/settings/fields/:id/retirement", needs: .changeSettings, use: retire),
            .agent(.post, "/settings/fields/:id/return", needs: .changeSettings, use: bringBack),
            .api(.get, "/api/v2/contact_fields", needs: .seeCustomers) { _, _ in
                .json(
                    .list(try await store.fields().filter { $0.isAsked(of: .person) }.map(FieldFeature.json)))
            },
            .api(.get, "/api/v2/company_fields", needs: .seeCustomers) { _, _ in
                .json(
                    .list(
                        try await store.fields().filter { $0.isAsked(of: .organisation) }.map(
                            FieldFeature.json)))
            },
        ]
    }

    var places: [RailPlace] {
        [
            RailPlace(
                .settings, needs: .changeSettings, RailLink(Phrase("fields.title"), path: "/settings/fields"))
        ]
    }

    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let values = try await store.values(of: customer.party.id)
        guard !values.isEmpty else { return [] }
        let card = FieldCard(fields: try await store.fields(), values: values)
        return [CustomerCard(.fields, card.html)].compactMap { $0 }
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(FieldsPage(fields: try await store.fields()), in: try await shell(context))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            var draft = FieldFeature.draft(context.form)
            guard let kind = try context.form.choice("kind", as: CustomField.Kind.self) else {
                throw FieldRefusal.missing(field: "kind")
            }
            draft.kind = kind
            try await store.add(draft, by: desk.act(by: context.person.id))
            return .redirect(to: "/settings/fields", saying: Phrase("fields.added"))
        } catch let refusal as any Refusal {
            let page = FieldsPage(fields: try await store.fields(), answers: Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(FieldPage(field: try await field(context)), in: try await shell(context))
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let field = try await field(context)
        do {
            try await store.change(
                field, to: FieldFeature.draft(context.form), by: desk.act(by: context.person.id))
            return .redirect(to: "/settings/fields", saying: Phrase("customer.changed"))
        } catch let refusal as CustomFieldRefusal {
            let page = FieldPage(field: field, answers: Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    @Sendable func move(_ request: Request, in context: AgentContext) async throws -> Response {
        try await store.move(
            try await field(context), up: context.form.text("way") == "up",
            by: desk.act(by: context.person.id))
        return .redirect(to: "/settings/fields", type: .normal)
    }

    @Sendable func retire(_ request: Request, in context: AgentContext) async throws -> Response {
        try await store.retire(try await field(context), true, by: desk.act(by: context.person.id))
        return .redirect(to: "/settings/fields", saying: Phrase("fields.wasRetired"))
    }

    @Sendable func bringBack(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            try await store.retire(try await field(context), false, by: desk.act(by: context.person.id))
        } catch let refusal as CustomFieldRefusal {
            return .redirect(to: "/settings/fields", saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: "/settings/fields", saying: Phrase("fields.returned"))
    }

    private static func draft(_ form: PostedForm) -> CustomFieldDraft {
        CustomFieldDraft(
            label: form.text("label"), about: CustomField.About(rawValue: form.text("about")) ?? .both,
            choices: form.text("choices").split(separator: "\n").map(String.init))
    }

    private func field(_ context: AgentContext) async throws -> CustomField {
        guard let field = try await store.field(try context.parameters.id()) else { throw NotFound() }
        return field
    }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/settings/fields")
    }

    /// A field in Freshdesk's words.
    static func json(_ field: CustomField) -> JSON {
        let types: [CustomField.Kind: String] = [
            .text: "custom_text", .number: "custom_number", .date: "custom_date", .choice: "custom_dropdown",
            .tick: "custom_checkbox",
        ]
        return .object([
            ("id", .int(field.id.value)), ("name", .text(field.name)), ("label", .text(field.label)),
            ("type", .text(types[field.kind])), ("default", .bool(false)), ("position", .int(field.place)),
            ("about", .text(field.about.rawValue)), ("choices", .list(field.choices.map { .text($0) })),
        ])
    }
}
