import Kernel
import Storage

/// What the sample company knows of its customers beyond their names.
struct SampleKnown {
    /// Its fields by name; removed with the sample where nobody has used them since.
    static let fields = ["cf_favourite_roast", "cf_coffee_machines"]
    static let tags = ["Oat milk", "Office", "Workshop guest", "Gift buyer", "Early bird"]

    private static let preferences = [
        "Calls, not mail, after 15:00. Save the last cookie.", "Please write, never call at the till.",
        "Whole beans only. Ask about the dog.",
        "Invoice to the office on the second floor, not to reception.",
        "Likes to hear about new harvests from Ethiopia.", "Deliver on Tuesdays before nine.",
        "Speaks up when the grinder is loud: the table by the window.", "Pays cash, wants a paper receipt.",
    ]

    let company: SampleCompany
    let parties: [Int64]
    let act: Act

    func add(in connection: any Connection) throws {
        try addPreferences(in: connection)
        try addTags(in: connection)
        try addFields(in: connection)
    }

    /// Words for every thirtieth, an owner for every organisation and some persons, another language for a few.
    private func addPreferences(in connection: any Connection) throws {
        for (index, party) in parties.enumerated() where index % 30 == 4 {
            let words = SampleKnown.preferences[index / 30 % SampleKnown.preferences.count]
            try connection.run("UPDATE party SET preferences = \(words) WHERE id = \(party)")
        }
        let owned = parties.indices.filter { company.customers[$0].isOrganisation || $0 % 25 == 4 }
        for part in stride(from: 0, to: owned.count, by: 500) {
            let some = owned[part..<min(part + 500, owned.count)].map { parties[$0] }
            try connection.run("UPDATE party SET owner_id = \(act.actor) WHERE id IN (\(list: some))")
        }
        for (index, party) in parties.enumerated() where index % 90 == 4 {
            let (language, zone) = index % 180 == 4 ? ("pt", "Europe/Lisbon") : ("fr", "America/Montreal")
            try connection.run(
                "UPDATE party SET language = \(language), zone = \(zone) WHERE id = \(party)")
        }
    }

    private func addTags(in connection: any Connection) throws {
        var ids: [Int64] = []
        for name in SampleKnown.tags {
            try connection.run(
                """
                INSERT INTO tag (name, name_key, created_at) VALUES (\(name), \(name.searchKey), \(act.at))
                ON CONFLICT (name_key) DO NOTHING
                """)
            ids.append(
                Int64(try connection.number("SELECT id FROM tag WHERE name_key = \(name.searchKey)")))
        }
        let pairs = parties.indices.compactMap { index -> (Int64, Int64)? in
            if company.customers[index].isOrganisation { return (ids[1], parties[index]) }
            return index % 12 == 4 ? (ids[[0, 2, 3, 4][index / 12 % 4]], parties[index]) : nil
        }
        try connection.load(
            Batch(
                into: "party_tag", count: pairs.count,
                columns: [("tag_id", .integers(pairs.map(\.0))), ("party_id", .integers(pairs.map(\.1)))]))
    }

    private func addFields(in connection: any Connection) throws {
        let roasts = ["Light", "Medium", "Dark"]
        guard
            let roast = try addField(
                0, "Favourite roast", .choice, .both, roasts, in: connection),
            let machines = try addField(1, "Coffee machines", .number, .organisation, [], in: connection)
        else { return }
        var rows: [(party: Int64, field: Int64, words: String, number: Int64)] = []
        for (index, party) in parties.enumerated() {
            if index % 12 == 4 { rows.append((party, roast, roasts[index / 12 % 3], Batch.null)) }
            let count = Int64(index % 5 + 1)
            if company.customers[index].isOrganisation {
                rows.append((party, machines, "\(count)", count * 1000))
            }
        }
        try connection.load(
            Batch(
                into: "field_value", count: rows.count,
                columns: [
                    ("party_id", .integers(rows.map(\.party))), ("field_id", .integers(rows.map(\.field))),
                    ("words", .texts(rows.map(\.words))), ("words_key", .texts(rows.map(\.words.searchKey))),
                    ("number", .optionalIntegers(rows.map(\.number))),
                ]))
    }

    /// Nil where the house has a field of that name already.
    private func addField(
        _ index: Int, _ label: String, _ kind: CustomField.Kind, _ about: CustomField.About,
        _ choices: [String],
        in connection: any Connection
    ) throws -> Int64? {
        let place = try connection.number("SELECT max(place) FROM field") + 1
        return try connection.first(
            """
            INSERT INTO field (name, label, kind, about, choices, place, created_at)
            VALUES (\(SampleKnown.fields[index]), \(label), \(kind), \(about), \(choices.joined(separator: "\n")),
                \(place), \(act.at))
            ON CONFLICT (name) DO NOTHING RETURNING id
            """
        ) { try $0.int64(0) }
    }

    /// Takes it out again, with what was recorded on the sample's customers since.
    static func remove(_ parties: SQL, in connection: any Connection) throws {
        try forget(parties, in: connection)
        try connection.run(
            """
            DELETE FROM field WHERE name IN (\(list: fields))
                AND NOT EXISTS (SELECT 1 FROM field_value v WHERE v.field_id = field.id)
            """)
        try connection.run(
            """
            DELETE FROM tag WHERE name IN (\(list: tags))
                AND NOT EXISTS (SELECT 1 FROM party_tag u WHERE u.tag_id = tag.id)
            """)
    }

    /// Removes everything known of these parties beyond name and addresses, so that they themselves can go.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        for table: SQL in ["field_value", "party_tag", "preference", "former_address", "consent"] {
            try connection.run("DELETE FROM \(table) WHERE party_id IN (\(parties))")
        }
    }
}
