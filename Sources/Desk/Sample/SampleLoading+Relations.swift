import Kernel
import Storage

extension SampleLoading {
    /// Departments below the two organisations that bought most, what their people do there, and some uses of the service.
    ///
    /// Uses fall on days on which the same customer bought, so that the story the profile tells stays as it is.
    func addRelations(_ parties: [Int64], _ number: Int64, in connection: any Connection) throws {
        let organisations = biggest.map { parties[$0] }
        guard organisations.count >= 7 else { return }
        let trees: [(parent: Int, departments: [Int])] = [(0, [2, 3, 4]), (1, [5, 6])]
        for tree in trees {
            for department in tree.departments {
                try connection.run(
                    """
                    UPDATE party SET parent_id = \(organisations[tree.parent]) WHERE id = \(organisations[department])
                    """)
            }
        }
        // One lies a level deeper.
        try connection.run(
            "UPDATE party SET parent_id = \(organisations[3]) WHERE id = \(organisations[4])")
        for organisation in organisations { try addRoles(in: organisation, connection) }
        try addUses(of: [organisations[0], organisations[2], organisations[5]], number, in: connection)
    }

    /// Organisations by what they bought in the money of the house, as places in the company's list.
    private var biggest: [Int] {
        var sums: [Int: Int] = [:]
        for purchase in company.purchases where purchase.currency == nil {
            guard company.customers[purchase.customer].isOrganisation else { continue }
            sums[purchase.customer, default: 0] += purchase.amount
        }
        return Array(sums.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key).prefix(7))
    }

    private static let posts: [(title: String, roles: [MembershipRole])] = [
        ("Owner", [.decides, .pays]), ("Head barista", [.buys, .uses]), ("Bookkeeping", [.pays]),
        ("Barista", [.uses]),
    ]

    private func addRoles(in organisation: Int64, _ connection: any Connection) throws {
        let people = try connection.all(
            "SELECT person_id FROM membership WHERE account_id = \(organisation) ORDER BY person_id LIMIT 4"
        ) { try $0.int64(0) }
        for (person, post) in zip(people, SampleLoading.posts) {
            // Whoever is alone does everything.
            let roles = people.count == 1 ? MembershipRole.allCases : post.roles
            try connection.run(
                """
                UPDATE membership SET title = \(post.title), buys = \(roles.contains(.buys)),
                    uses = \(roles.contains(.uses)), decides = \(roles.contains(.decides)),
                    pays = \(roles.contains(.pays))
                WHERE person_id = \(person) AND account_id = \(organisation)
                """)
        }
    }

    private func addUses(
        of organisations: [Int64], _ number: Int64, in connection: any Connection
    ) throws {
        let what = ["Barista course", "Tasting of the new harvest", "Machine check on site"]
        for organisation in organisations {
            let days: SQL = """
                SELECT day FROM purchase WHERE account_id = \(organisation) AND amount >= 0
                GROUP BY day ORDER BY day DESC LIMIT 12
                """
            let found = try connection.all(days) { try $0.int(0) }
            for (place, day) in found.enumerated() where place % 4 == 1 {
                try connection.run(
                    """
                    INSERT INTO purchase (account_id, kind, day, amount, currency, quantity, product, channel, source,
                        import_id, recorded_at)
                    SELECT account_id, 'use', day, 0, currency, 1, \(typed: what[place / 4 % what.count]), 'visit',
                        source, import_id, recorded_at
                    FROM purchase WHERE account_id = \(organisation) AND day = \(day) AND import_id = \(number)
                    ORDER BY id LIMIT 1
                    """)
            }
        }
    }
}
