import Kernel
import Storage

extension SampleLoading {
    /// Two customers who were written down a second time, for the search for duplicates to find: a person with the names
    /// the other way round and the same mail address, and an organisation with its legal form and the same telephone.
    func addTwins(_ parties: [Int64], _ number: Int64, in connection: any Connection) throws {
        let person = company.customers.firstIndex {
            !$0.isOrganisation && $0.email != nil && $0.name.split(separator: " ").count == 2
        }
        let organisation = company.customers.firstIndex { $0.isOrganisation && $0.phone != nil }
        for place in [person, organisation].compactMap({ $0 }) {
            let customer = company.customers[place]
            let words = customer.name.split(separator: " ").reversed().joined(separator: " ")
            let name = customer.isOrganisation ? customer.name + " GmbH" : words
            let kind = customer.isOrganisation ? "organisation" : "person"
            let insert: SQL = """
                INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
                VALUES (\(kind), \(name), \(name.searchKey), FALSE, \(SampleLoading.source), \(number), \(act.at))
                RETURNING id
                """
            guard let twin = try connection.first(insert, { try $0.int64(0) }) else { continue }
            try CustomerStore.index(ID(twin), name: name, in: connection)
            let reach = customer.isOrganisation ? customer.phone : customer.email
            try connection.run(
                """
                INSERT INTO address (party_id, kind, value, value_key, claimed_at, source, import_id)
                SELECT CAST(\(twin) AS BIGINT), a.kind, a.value, a.value_key, a.claimed_at, a.source, a.import_id
                FROM address a WHERE a.party_id = \(parties[place]) AND a.value = \(reach)
                """)
        }
    }
}
