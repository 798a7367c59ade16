public import Kernel
public import Storage

/// A customer somebody enters or a program sends.
public struct NewCustomer: Sendable, Equatable {
    public var kind = Party.Kind.person
    public var name: String
    public var email: String?
    public var phone: String?
    public var outsideID: String?
    /// The organisation a person belongs to.
    public var organisation: ID<Party>?

    public init(name: String, email: String? = nil, phone: String? = nil, outsideID: String? = nil) {
        self.name = name
        self.email = email
        self.phone = phone
        self.outsideID = outsideID
    }

    /// The same without blanks, or the reason why it may not be.
    func checked() throws(CustomerRefusal) -> NewCustomer {
        var checked = self
        checked.name = name.singleLine
        checked.email = email.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        checked.phone = phone.map(\.singleLine).flatMap { $0.isEmpty ? nil : $0 }
        checked.outsideID = outsideID.map(\.singleLine).flatMap { $0.isEmpty ? nil : $0 }
        guard !checked.name.isEmpty else { throw .nameMissing }
        guard checked.name.utf8.count <= 400, (checked.outsideID?.utf8.count ?? 0) <= 400 else {
            throw .nameTooLong
        }
        if let email = checked.email, EmailAddress(email) == nil { throw .badEmail(email) }
        if let phone = checked.phone, Address.key(.phone, phone).count < 3 || phone.count > 60 {
            throw .badPhone(phone)
        }
        return checked
    }
}

extension CustomerStore {
    /// Adds a customer. An outside id or address that is known already is refused with the id of who has it.
    public func add(_ customer: NewCustomer, by act: Act) async throws -> ID<Party> {
        let customer = try customer.checked()
        let id = try await database.write { connection in
            try CustomerStore.refuseKnown(customer, in: connection)
            return try CustomerStore.add(customer, by: act, in: connection)
        }
        await database.announce("events")
        return id
    }

    static func add(_ customer: NewCustomer, by act: Act, in connection: any Connection) throws -> ID<Party> {
        let insert: SQL = """
            INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
            VALUES (\(customer.kind), \(customer.name), \(customer.name.searchKey), FALSE, 'desk', 0, \(act.at))
            RETURNING id
            """
        guard let id = try connection.first(insert, { try $0.id(0, of: Party.self) }) else {
            throw StorageError.broken("a party was added without an id")
        }
        try index(id, name: customer.name, in: connection)
        if let outsideID = customer.outsideID {
            try connection.run(
                "INSERT INTO party_key (source, outside_id, party_id) VALUES (\(keySource), \(outsideID), \(id))"
            )
        }
        try addAddresses(of: customer, to: id, by: act, in: connection)
        if let organisation = customer.organisation {
            guard try CustomerStore.customer(organisation, in: connection)?.kind == .organisation else {
                throw CustomerRefusal.unknownOrganisation
            }
            try connection.run(
                """
                INSERT INTO membership (person_id, account_id, since, import_id)
                VALUES (\(id), \(organisation), \(act.at), 0) ON CONFLICT DO NOTHING
                """)
        }
        try connection.record("party.added", "party", id.value, by: act, party: id.value)
        return id
    }

    /// The words by which a name is found besides its beginning.
    static func index(_ id: ID<Party>, name: String, in connection: any Connection) throws {
        try connection.run("DELETE FROM party_word WHERE party_id = \(id)")
        for word in Set(name.searchWords.dropFirst()) {
            try connection.run("INSERT INTO party_word (word, party_id) VALUES (\(word), \(id))")
        }
    }

    static func addAddresses(
        of customer: NewCustomer, to id: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        for (kind, value) in [(Address.Kind.email, customer.email), (.phone, customer.phone)] {
            guard let value else { continue }
            try connection.run(
                """
                INSERT INTO address (party_id, kind, value, value_key, verified_at, claimed_at, source, import_id)
                VALUES (\(id), \(kind), \(value), \(Address.key(kind, value)), NULL, \(act.at), 'desk', 0)
                ON CONFLICT DO NOTHING
                """)
        }
    }
}
