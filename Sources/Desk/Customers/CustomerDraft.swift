import Kernel
import Storage
import Web

/// What somebody wants known of a customer. What is nil stays as it is.
struct CustomerDraft: Sendable {
    var name: String?
    var kind: Party.Kind?
    /// Added to what is there.
    var email: String?
    var phone: String?
    var outsideID: String?
    var organisation: ID<Party>?
    var preferences: String?
    var care = CareChange()
    var tags: [String]?
    /// By the name of the field, as typed; empty takes away what stands there.
    var fields: [String: String] = [:]
    var addresses = AddressWishes()

    func customer(standing: Party? = nil) -> NewCustomer {
        var customer = NewCustomer(
            name: name ?? standing?.name ?? "", email: email, phone: phone, outsideID: outsideID)
        customer.kind = kind ?? standing?.kind ?? .person
        customer.organisation = organisation
        return customer
    }

    /// What can be told wrong of it without asking the desk, all at once.
    func refusals(standing: Party?, asked: [CustomField]) -> [any Refusal] {
        var refusals: [any Refusal] = []
        func check(_ body: () throws -> Void) {
            do { try body() } catch let refusal as any Refusal { refusals.append(refusal) } catch {}
        }
        let customer = customer(standing: standing)
        check { _ = try customer.checked() }
        check { _ = try Preferences.checked(preferences ?? "") }
        check { _ = try care.checked() }
        check { _ = try Tag.checked(tags ?? []) }
        for name in fields.keys.sorted() {
            check { _ = try value(of: name, asked: asked, kind: customer.kind) }
        }
        return refusals
    }

    private func value(
        of name: String, asked: [CustomField], kind: Party.Kind
    ) throws -> (CustomField, CustomValue?) {
        guard let field = asked.first(where: { $0.name == name && $0.retiredAt == nil }) else {
            throw CustomFieldRefusal.unknown(name)
        }
        let value = try field.read(fields[name] ?? "")
        guard field.isAsked(of: kind) || value == nil else { throw CustomFieldRefusal.notAsked(name, kind) }
        return (field, value)
    }

    /// The values by the field they stand in.
    func values(asked: [CustomField], kind: Party.Kind) throws -> [ID<CustomField>: CustomValue?] {
        var values: [ID<CustomField>: CustomValue?] = [:]
        for name in fields.keys {
            let (field, value) = try value(of: name, asked: asked, kind: kind)
            values[field.id] = .some(value)
        }
        return values
    }
}

extension CustomerStore {
    /// Adds a customer with everything that is known of them, or nothing of it.
    func add(_ draft: CustomerDraft, by act: Act) async throws -> ID<Party> {
        let id = try await database.write { connection in
            let fields = try FieldStore.fields(in: connection)
            if let refusals = Refusals(draft.refusals(standing: nil, asked: fields)) { throw refusals }
            let customer = try draft.customer().checked()
            try CustomerStore.refuseKnown(customer, in: connection)
            let id = try CustomerStore.add(customer, by: act, in: connection)
            try CustomerStore.keep(draft, of: id, customer.kind, fields, by: act, in: connection)
            return id
        }
        await database.announce("events")
        return id
    }

    /// Changes what the draft says and leaves the rest.
    func change(_ id: ID<Party>, to draft: CustomerDraft, by act: Act) async throws {
        try await database.write { connection in
            guard let party = try CustomerStore.customer(id, in: connection) else {
                throw CustomerRefusal.unknown
            }
            let fields = try FieldStore.fields(in: connection)
            if let refusals = Refusals(draft.refusals(standing: party, asked: fields)) { throw refusals }
            let customer = try draft.customer(standing: party).checked()
            try CustomerStore.rewrite(party, as: customer, by: act, in: connection)
            try CustomerStore.keep(draft, of: id, customer.kind, fields, by: act, in: connection)
        }
        await database.announce("events")
    }

    /// Name, kind, outside id and further addresses.
    private static func rewrite(
        _ party: Party, as customer: NewCustomer, by act: Act, in connection: any Connection
    ) throws {
        let isNamed = customer.name != party.name || customer.kind != party.kind
        guard isNamed || customer.email != nil || customer.phone != nil || customer.outsideID != nil else {
            return
        }
        if isNamed {
            try connection.run(
                """
                UPDATE party SET name = \(customer.name), name_key = \(customer.name.searchKey), kind = \(customer.kind)
                WHERE id = \(party.id)
                """)
            if customer.kind != party.kind {
                try TreeStore.kindChanged(party.id, to: customer.kind, in: connection)
            }
            try index(party.id, name: customer.name, in: connection)
        }
        if let outsideID = customer.outsideID { try call(party.id, outsideID, in: connection) }
        try addAddresses(of: customer, to: party.id, by: act, in: connection)
        try connection.record("party.changed", "party", party.id.value, by: act, party: party.id.value)
    }

    /// One more id by which another system knows the customer.
    private static func call(_ id: ID<Party>, _ outsideID: String, in connection: any Connection) throws {
        let known = try find(outsideID: outsideID, in: connection)
        if known == id { return }
        if let known { throw CustomerRefusal.duplicate(known.value) }
        try connection.run(
            "INSERT INTO party_key (source, outside_id, party_id) VALUES (\(keySource), \(outsideID), \(id))")
    }

    private static func keep(
        _ draft: CustomerDraft, of id: ID<Party>, _ kind: Party.Kind, _ fields: [CustomField], by act: Act,
        in connection: any Connection
    ) throws {
        try draft.addresses.apply(to: id, by: act, in: connection)
        if let words = draft.preferences {
            try PreferenceStore.keep(
                try Preferences.checked(words), of: id, by: act, in: connection)
        }
        try CareStore.keep(draft.care, of: id, by: act, in: connection)
        if let tags = draft.tags { try TagStore.keep(tags, of: id, by: act, in: connection) }
        try FieldStore.keep(
            try draft.values(asked: fields, kind: kind), of: id, by: act, in: connection)
    }

    static func refuseKnown(_ customer: NewCustomer, in connection: any Connection) throws {
        if let outsideID = customer.outsideID,
            let known = try CustomerStore.find(outsideID: outsideID, in: connection)
        {
            throw CustomerRefusal.duplicate(known.value)
        }
        if let email = customer.email, let known = try CustomerStore.find(email: email, in: connection) {
            throw CustomerRefusal.duplicate(known.value)
        }
    }
}

/// Everything the desk knows of a customer besides name, addresses and deeds.
struct CustomerKnown: Sendable {
    let care: Care
    let preferences: String
    let tags: [Tag]
    let fields: [CustomField]
    let values: [ID<CustomField>: CustomValue]
}

extension CustomerStore {
    func known(of id: ID<Party>) async throws -> CustomerKnown {
        try await database.read { connection in
            let words: SQL = "SELECT p.preferences FROM party p WHERE p.id = \(id)"
            return CustomerKnown(
                care: try CareStore.care(of: id, in: connection),
                preferences: try connection.first(words) { try $0.text(0) } ?? "",
                tags: try TagStore.tags(of: id, in: connection),
                fields: try FieldStore.fields(in: connection),
                values: try FieldStore.values(of: id, in: connection))
        }
    }

    /// Organisations by name, a page at a time.
    func organisations(after: String?, limit: Int) async throws -> Portion<Party> {
        let mark = after.flatMap(CustomerFinding.mark)
        let rows: SQL = """
            SELECT \(Party.columns), p.name_key FROM party p
            WHERE p.kind = 'organisation' AND NOT p.serves AND (p.name_key, p.id) > (\(mark?.key ?? ""), \(mark?.id ?? 0))
            ORDER BY p.name_key, p.id LIMIT \(limit + 1)
            """
        let found = try await database.read { connection in
            try connection.all(rows) { (party: try Party(row: $0), key: try $0.text(4)) }
        }
        let keys = Dictionary(uniqueKeysWithValues: found.map { ($0.party.id, $0.key) })
        return Portion(found.map(\.party), limit: limit) { party in
            CustomerFinding.text(
                CustomerFinding.Mark(stage: .name, key: keys[party.id] ?? "", id: party.id.value))
        }
    }
}
