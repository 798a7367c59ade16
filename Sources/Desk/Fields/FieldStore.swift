import Kernel
import Storage

/// Every statement on fields of the house's own and what stands in them.
struct FieldStore: Sendable {
    let database: any Database

    /// In the order they are asked; retired ones are there too.
    func fields() async throws -> [CustomField] { try await database.read { try FieldStore.fields(in: $0) } }

    static func fields(in connection: any Connection) throws -> [CustomField] {
        try connection.all(
            "SELECT \(CustomField.columns) FROM field f ORDER BY f.place, f.id LIMIT 500", CustomField.init)
    }

    func field(_ id: ID<CustomField>) async throws -> CustomField? {
        try await fields().first { $0.id == id }
    }

    func values(of party: ID<Party>) async throws -> [ID<CustomField>: CustomValue] {
        try await database.read { try FieldStore.values(of: party, in: $0) }
    }

    static func values(
        of party: ID<Party>, in connection: any Connection
    ) throws -> [ID<CustomField>: CustomValue] {
        var values: [ID<CustomField>: CustomValue] = [:]
        try connection.each("SELECT field_id, words, number FROM field_value WHERE party_id = \(party)") {
            row in
            values[try row.id(0)] = CustomValue(words: try row.text(1), number: try row.optionalInt64(2))
        }
        return values
    }

    /// Puts these into a customer's fields; nil takes what stands there away.
    static func keep(
        _ values: [ID<CustomField>: CustomValue?], of party: ID<Party>, by act: Act,
        in connection: any Connection
    ) throws {
        let before = try FieldStore.values(of: party, in: connection)
        var changed: Int64 = 0
        for (field, value) in values.sorted(by: { $0.key < $1.key }) where before[field] != value {
            changed += 1
            try connection.run(
                "DELETE FROM field_value WHERE party_id = \(party) AND field_id = \(field)")
            guard let value else { continue }
            try connection.run(
                """
                INSERT INTO field_value (party_id, field_id, words, words_key, number)
                VALUES (\(party), \(field), \(value.words), \(value.key), \(value.number))
                """)
        }
        guard changed > 0 else { return }
        try connection.record(
            "fields.changed", "party", party.value, by: act, party: party.value, detail: ["fields": changed])
    }

    func add(_ draft: CustomFieldDraft, by act: Act) async throws {
        let draft = try draft.checked()
        try await write { connection in
            let all = try FieldStore.fields(in: connection)
            guard all.filter({ $0.retiredAt == nil }).count < CustomField.limit else {
                throw CustomFieldRefusal.tooMany
            }
            guard !all.contains(where: { $0.name == draft.name }) else {
                throw CustomFieldRefusal.nameTaken(draft.name)
            }
            let insert: SQL = """
                INSERT INTO field (name, label, kind, about, choices, place, created_at)
                VALUES (\(draft.name), \(draft.label), \(draft.kind), \(draft.about),
                    \(draft.choices.joined(separator: "\n")), \((all.map(\.place).max() ?? 0) + 1), \(act.at))
                RETURNING id
                """
            let id = try connection.first(insert) { try $0.int64(0) } ?? 0
            try connection.record("field.added", "field", id, by: act)
        }
    }

    /// Changes what it is called, whom it is about and what may be chosen. Its name and kind stay for ever.
    func change(_ field: CustomField, to draft: CustomFieldDraft, by act: Act) async throws {
        var draft = draft
        draft.kind = field.kind
        let checked = try draft.checked()
        try await write { connection in
            try connection.run(
                """
                UPDATE field SET label = \(checked.label), about = \(checked.about),
                    choices = \(checked.choices.joined(separator: "\n")) WHERE id = \(field.id)
                """)
            try connection.record("field.changed", "field", field.id.value, by: act)
        }
    }

    /// Asked no more, or again. What stands in it stays.
    func retire(_ field: CustomField, _ isRetired: Bool, by act: Act) async throws {
        try await write { connection in
            let asked = try FieldStore.fields(in: connection).filter { $0.retiredAt == nil }
            guard isRetired || asked.count < CustomField.limit else { throw CustomFieldRefusal.tooMany }
            try connection.run(
                "UPDATE field SET retired_at = \(isRetired ? act.at : nil) WHERE id = \(field.id)")
            try connection.record(
                isRetired ? "field.retired" : "field.returned", "field", field.id.value, by: act)
        }
    }

    /// One place up or down among those that are asked.
    func move(_ field: CustomField, up: Bool, by act: Act) async throws {
        try await write { connection in
            let asked = try FieldStore.fields(in: connection).filter { $0.retiredAt == nil }
            guard let index = asked.firstIndex(where: { $0.id == field.id }) else { return }
            let other = up ? index - 1 : index + 1
            guard asked.indices.contains(other) else { return }
            try connection.run("UPDATE field SET place = \(asked[other].place) WHERE id = \(field.id)")
            try connection.run(
                "UPDATE field SET place = \(asked[index].place) WHERE id = \(asked[other].id)")
        }
    }

    private func write(_ body: @escaping @Sendable (any Connection) throws -> Void) async throws {
        try await database.write(body)
        await database.announce("events")
    }
}
