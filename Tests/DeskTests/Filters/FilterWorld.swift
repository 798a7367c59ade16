import Kernel
import Storage
import StorageTesting
import Web

@testable import Desk

/// Customers of every kind a filter can tell apart, drawn from a seed: some know nothing of themselves, some carry words
/// meant to break something, some came to us in the minute in which a day begins.
struct FilterWorld: Sendable {
    static let names = [
        "Ada", "ada lovelace", "Émile Ørsted", "O'Hara", "'; DROP TABLE party; --", "محمد", "%_\\", "a*b",
        "Straße", "🙂 Smile", "zz",
    ]
    static let tags = ["vip", "O'Hara", "Stamm Gast", "日本", "null"]
    static let channels = ["", "shop", "web"]
    static let products = ["", "Filter Coffee", "filter coffee", "it's"]
    static let zone = Zone("Europe/Berlin") ?? .utc
    static let today = LocalDate(daysSinceEpoch: 20_515)
    static let colleague: Int64 = 1

    let context: CustomerFilterContext
    let fields: FilterFields
    let ids: [Int64]

    /// Days at which clocks change, years begin, and some in between.
    static let days = [20_000, 20_175, 20_176, 20_177, 20_385, 20_386, 20_514, 20_515].map(LocalDate.init)

    static func make(_ seed: UInt64, in connection: any Connection, customers: Int = 80) throws -> FilterWorld
    {
        var random = SampleRandom(seed: seed)
        var ids: [Int64] = []
        let organisations = try (0..<4).map {
            try party("House \($0)", "organisation", &random, in: connection)
        }
        let segment = try SegmentStore.add(
            SegmentContent(name: "Any", filter: "occasions:>1"), isSample: false,
            by: Act(by: nil, at: Instant(milliseconds: 0)), in: connection)
        for tag in tags {
            try connection.run(
                "INSERT INTO tag (name, name_key, created_at) VALUES (\(tag), \(tag.searchKey), 0)")
        }
        for (name, kind) in [("word", "text"), ("count", "number"), ("met", "date"), ("agreed", "tick")] {
            try connection.run(
                """
                INSERT INTO field (name, label, kind, about, choices, place, created_at)
                VALUES (\(name), \(name), \(kind), 'both', '', 0, 0)
                """)
        }
        for _ in 0..<customers {
            let id = try party(names[random.int(0...(names.count - 1))], "person", &random, in: connection)
            ids.append(id)
            if random.chance(0.4) {
                try connection.run(
                    """
                    INSERT INTO membership (person_id, account_id, since, import_id)
                    VALUES (\(id), \(organisations[random.int(0...3)]), 0, 0)
                    """)
            }
            if random.chance(0.3) {
                try connection.run(
                    "INSERT INTO segment_member (segment_id, party_id) VALUES (\(segment), \(id))")
            }
        }
        for id in ids + organisations { try furnish(id, &random, in: connection) }
        guard let organisation = Organisation(settings: World.settings) else { throw NotFound() }
        let fields = FilterFields.customers(
            organisation.currency, custom: try OwnField.all(in: connection))
        return FilterWorld(
            context: CustomerFilterContext(
                window: (today + (-364))...today, zone: zone, run: (id: 1, day: today), me: colleague),
            fields: fields, ids: (ids + organisations).sorted())
    }

    private static func party(
        _ name: String, _ kind: String, _ random: inout SampleRandom, in connection: any Connection
    ) throws -> Int64 {
        let midnight = zone.instant(of: days[random.int(0...7)])
        let made = midnight.milliseconds + Int64(random.int(-1...1))
        let owner: Int64? = random.chance(0.5) ? Int64(random.int(1...2)) : nil
        let insert: SQL = """
            INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at, internal, owner_id, language,
                zone)
            VALUES (\(kind), \(name), \(name.searchKey), FALSE, 'test', 0, \(made), \(random.chance(0.3)), \(owner),
                \(random.chance(0.5) ? "de" : ""), \(random.chance(0.5) ? "Europe/Berlin" : "")) RETURNING id
            """
        return try connection.first(insert) { try $0.int64(0) } ?? 0
    }

    private static func furnish(
        _ id: Int64, _ random: inout SampleRandom, in connection: any Connection
    ) throws {
        func day() -> LocalDate { days[random.int(0...7)] }
        if random.chance(0.7) {
            let both = [day(), day()].sorted()
            try connection.run(
                """
                INSERT INTO standing (party_id, first_day, second_day, last_day, occasions)
                VALUES (\(id), \(both[0]), NULL, \(both[1]), \(random.int(1...4)))
                """)
            try connection.run(
                """
                INSERT INTO purchase (account_id, day, amount, currency, quantity, product, channel, source, import_id,
                    recorded_at)
                VALUES (\(id), \(both[1]), 500, 'EUR', 1, \(products[random.int(0...3)]), \(channels[random.int(0...2)]),
                    'test', 0, 0)
                """)
        }
        if random.chance(0.15) {
            try connection.run(
                """
                INSERT INTO advocacy (person_id, kind, day, words, friend, counts, source, import_id, recorded_at)
                VALUES (\(id), 'review', \(day()), '', '', \(random.chance(0.7)), 'test', 0, 0)
                """)
        }
        for (kind, value) in [
            ("email", "ada\(random.int(1...3))@example.com"), ("phone", "+4930\(random.int(1...3))"),
        ]
        where random.chance(0.5) {
            try connection.run(
                """
                INSERT INTO address (party_id, kind, value, value_key, claimed_at, source, import_id)
                VALUES (\(id), \(kind), \(value), \(value), 0, 'test', 0)
                """)
        }
        for tag in 1...5 where random.chance(0.25) {
            try connection.run("INSERT INTO party_tag (tag_id, party_id) VALUES (\(tag), \(id))")
        }
        for _ in 0..<random.int(0...2) {
            let score = random.int(0...10)
            try connection.run(
                """
                INSERT INTO answer (party_id, kind, day, given, scale, mapping, score, part, words, after_event, about,
                    attribute, source, import_id, recorded_at)
                VALUES (\(id), 'nps', \(day()), \(score), '0-10', '', \(score), \(score > 8 ? 9 : score > 6 ? 7 : 0), '',
                    '', \(random.chance(0.5) ? "us" : "event"), '', 'test', 0, 0)
                """)
        }
        try compute(id, &random, in: connection)
        try custom(id, &random, in: connection)
    }

    private static func compute(
        _ id: Int64, _ random: inout SampleRandom, in connection: any Connection
    ) throws {
        guard random.chance(0.6) else { return }
        let gap: Int? = random.chance(0.5) ? random.int(10...900) : nil
        let alive: Int? = random.chance(0.5) ? random.int(0...1_000_000) : nil
        let expected: Int? = random.chance(0.5) ? random.int(0...900) : nil
        try connection.run(
            """
            INSERT INTO figure (run_id, party_id, first_day, last_day, occasions, worth, gap_tenths, alive_millionths,
                expected_worth)
            VALUES (1, \(id), \(days[0]), \(days[random.int(0...7)]), 1, \(random.int(-500...5000)), \(gap), \(alive),
                \(expected))
            """)
        guard random.chance(0.5) else { return }
        let list = CustomerList.allCases[random.int(0...3)].rawValue
        try connection.run(
            """
            INSERT INTO list_row (run_id, party_id, list, money, since_day, held)
            VALUES (1, \(id), \(list), 5, 20000, \(random.chance(0.3)))
            """)
    }

    private static func custom(
        _ id: Int64, _ random: inout SampleRandom, in connection: any Connection
    ) throws {
        let values: [(Int, String, Int?)] = [
            (1, names[random.int(0...(names.count - 1))], nil), (2, "", random.int(-3...3) * 500),
            (3, "", days[random.int(0...7)].daysSinceEpoch), (4, "", random.int(0...1)),
        ]
        for (field, words, number) in values where random.chance(0.5) {
            try connection.run(
                """
                INSERT INTO field_value (party_id, field_id, words, words_key, number)
                VALUES (\(id), \(field), \(words), \(words.searchKey), \(number))
                """)
        }
    }
}

extension FilterWorld {
    /// A filter of any shape over any field, with values that some customers have.
    func tree(_ random: inout SampleRandom, depth: Int = 0) -> FilterTree {
        if depth < 3, random.chance(0.55) {
            let parts = (0..<random.int(2...3)).map { _ in tree(&random, depth: depth + 1) }
            switch random.int(0...2) {
            case 0: return .all(parts)
            case 1: return .any(parts)
            default: return .not(parts[0])
            }
        }
        return .condition(condition(&random))
    }

    private func condition(_ random: inout SampleRandom) -> FilterCondition {
        let field = fields.all[random.int(0...(fields.all.count - 1))]
        if field.mayBeNull, random.chance(0.2) { return FilterCondition(field, .equal, .null) }
        let comparisons: [FilterComparison] = field.isOrdered ? [.equal, .atLeast, .atMost] : [.equal]
        return FilterCondition(
            field, comparisons[random.int(0...(comparisons.count - 1))], value(of: field, &random))
    }

    private func value(of field: FilterField, _ random: inout SampleRandom) -> FilterValue {
        switch field.kind {
        case .text(let prefix): return text(of: field, prefix: prefix, &random)
        case .choice(let choices): return .choice(choices[random.int(0...(choices.count - 1))])
        case .number(let decimals):
            let scale = decimals == 6 ? 1_000_000 : 1
            if field.name == CustomerField.occasions.rawValue { return .number(Int64(random.int(-1...4))) }
            return .number(Int64(random.int(-600...600) * scale / (decimals == 6 ? 500 : 1)))
        case .day: return .day(FilterWorld.days[random.int(0...7)])
        case .truth: return .truth(random.chance(0.5))
        case .reference(let me):
            return me && random.chance(0.3) ? .me : .reference(Int64(random.int(1...4)))
        }
    }

    private func text(of field: FilterField, prefix: Bool, _ random: inout SampleRandom) -> FilterValue {
        let words: [String] =
            switch CustomerField(rawValue: field.name) {
            case .email: ["ada1@example.com", "ADA2@example.com", "a", "zz"]
            case .phone: ["+49 301", "+49302", "+"]
            case .tag: FilterWorld.tags
            case .language: ["de", "en"]
            case .zone: ["Europe/Berlin", "UTC"]
            case .channel: ["shop", "web", "Shop"]
            case .product: ["Filter Coffee", "filter coffee", "it's", "tea"]
            default: FilterWorld.names
            }
        let word = words[random.int(0...(words.count - 1))]
        return prefix && random.chance(0.4) ? .prefix(String(word.prefix(2))) : .text(word)
    }
}
