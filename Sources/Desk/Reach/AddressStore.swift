import Kernel
import Storage

/// The ways to reach customers: every statement that changes one. What is taken off is kept, to be put back.
struct AddressStore: Sendable {
    let database: any Database

    func address(_ id: ID<Address>, of party: ID<Party>) async throws -> Address? {
        try await database.read { try AddressStore.address(id, of: party, in: $0) }
    }

    func add(_ address: NewAddress, to party: ID<Party>, by act: Act) async throws {
        try await write { try AddressStore.add(address, to: party, by: act, in: $0) }
    }

    func change(_ id: ID<Address>, of party: ID<Party>, to address: NewAddress, by act: Act) async throws {
        try await write { try AddressStore.change(id, of: party, to: address, by: act, in: $0) }
    }

    func remove(_ id: ID<Address>, of party: ID<Party>, by act: Act) async throws {
        try await write { try AddressStore.remove(id, of: party, by: act, in: $0) }
    }

    /// The one to take of its kind from now on.
    func prefer(_ id: ID<Address>, of party: ID<Party>, by act: Act) async throws {
        try await write { connection in
            guard let address = try AddressStore.address(id, of: party, in: connection) else {
                throw AddressRefusal.unknown
            }
            try AddressStore.prefer(id, address.kind, of: party, in: connection)
            try connection.record("address.changed", "address", id.value, by: act, party: party.value)
        }
    }

    /// The latest that were taken off or changed, for putting back.
    func former(of party: ID<Party>) async throws -> [FormerAddress] {
        try await database.read { connection in
            try connection.all(
                """
                SELECT f.id, f.kind, f.value, f.network, f.label, f.removed_at FROM former_address f
                WHERE f.party_id = \(party) ORDER BY f.id DESC LIMIT 10
                """, FormerAddress.init)
        }
    }

    func putBack(_ id: ID<FormerAddress>, of party: ID<Party>, by act: Act) async throws {
        try await write { try AddressStore.putBack(id, of: party, by: act, in: $0) }
    }

    private func write(_ body: @escaping @Sendable (any Connection) throws -> Void) async throws {
        try await database.write(body)
        await database.announce("events")
    }
}

extension AddressStore {
    static func address(
        _ id: ID<Address>, of party: ID<Party>, in connection: any Connection
    ) throws -> Address? {
        try connection.first(
            "SELECT \(Address.columns) FROM address a WHERE a.id = \(id) AND a.party_id = \(party)",
            Address.init)
    }

    static func add(
        _ address: NewAddress, to party: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        let address = try address.checked()
        guard try CustomerStore.customer(party, in: connection) != nil else { throw AddressRefusal.unknown }
        let known = try CustomerStore.addresses(of: party, in: connection)
        guard known.count < NewAddress.limit else { throw AddressRefusal.tooMany }
        guard !known.contains(where: { $0.kind == address.kind && $0.key == address.key }) else {
            throw AddressRefusal.hereAlready
        }
        try checkProof(address, of: party, in: connection)
        let insert: SQL = """
            INSERT INTO address (party_id, kind, value, value_key, verified_at, claimed_at, source, import_id, network,
                label, preferred)
            VALUES (\(party), \(address.kind), \(address.value), \(address.key),
                \(address.isVerified ? act.at : nil), \(act.at), 'desk', 0, \(address.network), \(address.label), FALSE)
            RETURNING id
            """
        guard let id = try connection.first(insert, { try $0.id(0, of: Address.self) }) else { return }
        if address.isPreferred { try prefer(id, address.kind, of: party, in: connection) }
        try connection.record("address.added", "address", id.value, by: act, party: party.value)
    }

    static func change(
        _ id: ID<Address>, of party: ID<Party>, to new: NewAddress, by act: Act,
        in connection: any Connection
    ) throws {
        let new = try new.checked()
        guard let old = try address(id, of: party, in: connection) else { throw AddressRefusal.unknown }
        let same: SQL = """
            SELECT 1 FROM address WHERE party_id = \(party) AND kind = \(new.kind) AND value_key = \(new.key)
                AND id <> \(id)
            """
        if try connection.exists(same) { throw AddressRefusal.hereAlready }
        try checkProof(new, of: party, in: connection)
        let isOther = old.kind != new.kind || old.key != new.key
        if isOther { try keepFormer(id, by: act, in: connection) }
        // What was proved of one address is not proved of another.
        let proof = new.isVerified ? (isOther ? act.at : old.verifiedAt ?? act.at) : nil
        try connection.run(
            """
            UPDATE address SET kind = \(new.kind), value = \(new.value), value_key = \(new.key),
                network = \(new.network), label = \(new.label), verified_at = \(proof), preferred = FALSE
            WHERE id = \(id)
            """)
        if new.isPreferred { try prefer(id, new.kind, of: party, in: connection) }
        try connection.record("address.changed", "address", id.value, by: act, party: party.value)
    }

    static func remove(
        _ id: ID<Address>, of party: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        guard try address(id, of: party, in: connection) != nil else { throw AddressRefusal.unknown }
        try keepFormer(id, by: act, in: connection)
        try connection.run("DELETE FROM address WHERE id = \(id)")
        try connection.record("address.removed", "address", id.value, by: act, party: party.value)
    }

    static func prefer(
        _ id: ID<Address>, _ kind: Address.Kind, of party: ID<Party>, in connection: any Connection
    ) throws {
        try connection.run(
            "UPDATE address SET preferred = (id = \(id)) WHERE party_id = \(party) AND kind = \(kind)")
    }

    private static func keepFormer(
        _ id: ID<Address>, by act: Act, in connection: any Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO former_address (party_id, kind, value, value_key, network, label, preferred, verified_at,
                claimed_at, source, removed_by, removed_at)
            SELECT party_id, kind, value, value_key, network, label, preferred, verified_at, claimed_at, source,
                CAST(\(act.actor) AS BIGINT), \(typed: act.at.milliseconds)
            FROM address WHERE id = \(id)
            """)
    }

    static func putBack(
        _ id: ID<FormerAddress>, of party: ID<Party>, by act: Act, in connection: any Connection
    ) throws {
        let found = try connection.first(
            """
            SELECT kind, value, network, label, preferred, verified_at FROM former_address
            WHERE id = \(id) AND party_id = \(party)
            """
        ) { row in
            NewAddress(
                kind: try row.word(0), value: try row.text(1), network: try row.text(2),
                label: try row.text(3), isPreferred: try row.bool(4), isVerified: !row.isNull(5))
        }
        guard var address = found else { throw AddressRefusal.unknown }
        if try owner(ofVerified: address, in: connection) != nil { address.isVerified = false }
        try add(address, to: party, by: act, in: connection)
        try connection.run("DELETE FROM former_address WHERE id = \(id)")
    }

    private static func checkProof(
        _ address: NewAddress, of party: ID<Party>, in connection: any Connection
    ) throws {
        guard address.isVerified, let other = try owner(ofVerified: address, in: connection),
            other != party.value
        else { return }
        throw AddressRefusal.verifiedElsewhere(other)
    }

    private static func owner(
        ofVerified address: NewAddress, in connection: any Connection
    ) throws -> Int64? {
        try connection.first(
            """
            SELECT party_id FROM address
            WHERE value_key = \(address.key) AND kind = \(address.kind) AND verified_at IS NOT NULL LIMIT 1
            """
        ) { try $0.int64(0) }
    }
}

/// An address that was taken off a customer or changed to another.
struct FormerAddress: Sendable, Identifiable {
    let id: ID<FormerAddress>
    let kind: Address.Kind
    let value: String
    let network: String
    let label: String
    let removedAt: Instant

    init(row: any Row) throws {
        id = try row.id(0)
        kind = try row.word(1)
        value = try row.text(2)
        network = try row.text(3)
        label = try row.text(4)
        removedAt = try row.instant(5)
    }
}
