import Kernel
import Storage

extension TreeStore {
    /// Adds an organisation, as a department where a parent is named.
    func add(
        _ customer: NewCustomer, under parent: ID<Party>?, isInternal: Bool, by act: Act
    ) async throws -> ID<Party> {
        let customer = try customer.checked()
        let id = try await database.write { connection in
            if let outsideID = customer.outsideID,
                let known = try CustomerStore.find(outsideID: outsideID, in: connection)
            {
                throw CustomerRefusal.duplicate(known.value)
            }
            if let email = customer.email, let known = try CustomerStore.find(email: email, in: connection) {
                throw CustomerRefusal.duplicate(known.value)
            }
            let id = try CustomerStore.add(customer, by: act, in: connection)
            if let parent { _ = try TreeStore.move(id, under: parent, by: act, in: connection) }
            if isInternal { _ = try TreeStore.mark(id, isInternal: true, by: act, in: connection) }
            return id
        }
        await database.announce("events")
        return id
    }

    /// What a program wants of an organisation changed; what it does not name stays.
    struct Change: Sendable {
        var name: String?
        /// Set and nil: free again.
        var parent: ID<Party>??
        var isInternal: Bool?
    }

    /// All of it or nothing.
    func change(_ id: ID<Party>, _ change: Change, by act: Act) async throws {
        try await database.write { connection in
            guard let party = try CustomerStore.customer(id, in: connection), party.kind == .organisation
            else {
                throw RelationRefusal.unknown
            }
            if let name = change.name, name != party.name {
                try connection.run(
                    "UPDATE party SET name = \(name), name_key = \(name.searchKey) WHERE id = \(id)")
                try CustomerStore.index(id, name: name, in: connection)
                try connection.record("party.changed", "party", id.value, by: act, party: id.value)
            }
            if let parent = change.parent {
                do {
                    _ = try TreeStore.move(id, under: parent, by: act, in: connection)
                } catch RelationRefusal.unknown, RelationRefusal.notAnOrganisation {
                    throw CustomerRefusal.unknownOrganisation
                }
            }
            if let isInternal = change.isInternal {
                _ = try TreeStore.mark(id, isInternal: isInternal, by: act, in: connection)
            }
        }
        await database.announce("events")
    }
}
