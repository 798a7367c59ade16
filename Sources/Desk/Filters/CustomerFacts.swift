import Kernel
import Storage

/// What filters may ask about one customer, read into memory.
struct CustomerFacts: Sendable {
    struct Figures: Sendable {
        var lastDay: LocalDate
        var worth: Int64
        var gapTenths: Int64?
        var aliveMillionths: Int64?
        var expectedWorth: Int64?
    }

    var kind = Party.Kind.person
    var nameKey = ""
    var owner: Int64?
    var language = ""
    var zone = ""
    var isInternal = false
    var createdAt = Instant(milliseconds: 0)
    var standing = StandingSummary()
    var emails: [String] = []
    var phones: [String] = []
    var tags: [String] = []
    var companies: Set<Int64> = []
    /// Of those that were asked about.
    var channels: [String] = []
    var products: [String] = []
    var lists: Set<String> = []
    var figures: Figures?
    var answer: (part: Int, score: Int64)?
    var custom: [Int64: (words: String, number: Int64?)] = [:]
    var segments: Set<Int64> = []
}

extension CustomerFacts {
    /// The facts of some customers that these filters ask about. A bounded number of looks into indexes.
    static func read(
        of ids: [Int64], asking trees: [FilterTree], _ context: CustomerFilterContext,
        in connection: any Connection
    ) throws -> [Int64: CustomerFacts] {
        var facts = try rows(of: ids, in: connection)
        for (id, summary) in try LevelStore.summaries(of: ids, in: connection) {
            facts[id]?.standing = summary
        }
        try readBelongings(of: ids, &facts, in: connection)
        try readPurchases(of: ids, asking: trees, &facts, in: connection)
        try readComputed(of: ids, context, &facts, in: connection)
        return facts
    }

    private static func rows(of ids: [Int64], in connection: any Connection) throws -> [Int64: CustomerFacts]
    {
        var facts: [Int64: CustomerFacts] = [:]
        try connection.each(
            """
            SELECT id, kind, name_key, owner_id, language, zone, internal, created_at FROM party
            WHERE id IN (\(list: ids)) AND NOT serves
            """
        ) { row in
            var one = CustomerFacts()
            one.kind = try row.word(1)
            one.nameKey = try row.text(2)
            one.owner = try row.optionalInt64(3)
            one.language = try row.text(4)
            one.zone = try row.text(5)
            one.isInternal = try row.bool(6)
            one.createdAt = try row.instant(7)
            facts[try row.int64(0)] = one
        }
        return facts
    }

    private static func readBelongings(
        of ids: [Int64], _ facts: inout [Int64: CustomerFacts], in connection: any Connection
    ) throws {
        try connection.each(
            "SELECT party_id, kind, value_key FROM address WHERE party_id IN (\(list: ids)) AND kind <> 'handle'"
        ) { row in
            let (id, key) = (try row.int64(0), try row.text(2))
            if try row.text(1) == "email" {
                facts[id]?.emails.append(key)
            } else {
                facts[id]?.phones.append(key)
            }
        }
        try connection.each(
            """
            SELECT t.party_id, g.name_key FROM party_tag t JOIN tag g ON g.id = t.tag_id
            WHERE t.party_id IN (\(list: ids))
            """
        ) { facts[try $0.int64(0)]?.tags.append(try $0.text(1)) }
        try connection.each("SELECT person_id, account_id FROM membership WHERE person_id IN (\(list: ids))")
        {
            facts[try $0.int64(0)]?.companies.insert(try $0.int64(1))
        }
        try connection.each(
            "SELECT party_id, field_id, words_key, number FROM field_value WHERE party_id IN (\(list: ids))"
        ) { row in
            facts[try row.int64(0)]?.custom[try row.int64(1)] = (
                words: try row.text(2), number: try row.optionalInt64(3)
            )
        }
        try connection.each(
            "SELECT party_id, segment_id FROM segment_member WHERE party_id IN (\(list: ids))"
        ) {
            facts[try $0.int64(0)]?.segments.insert(try $0.int64(1))
        }
    }

    /// Only what is asked about: a customer may have bought a thousand things.
    private static func readPurchases(
        of ids: [Int64], asking trees: [FilterTree], _ facts: inout [Int64: CustomerFacts],
        in connection: any Connection
    ) throws {
        func asked(_ field: CustomerField) -> [String] {
            let conditions = trees.flatMap(\.conditions).filter { $0.field.name == field.rawValue }
            return conditions.compactMap { condition in
                if case .text(let text) = condition.value { return condition.key(text) }
                return nil
            }
        }
        for channel in asked(.channel) {
            let buyers: SQL = """
                SELECT DISTINCT account_id FROM purchase
                WHERE channel = \(channel) AND channel <> '' AND account_id IN (\(list: ids))
                """
            try connection.each(buyers) { facts[try $0.int64(0)]?.channels.append(channel) }
        }
        for product in asked(.product) {
            let buyers: SQL = """
                SELECT DISTINCT account_id FROM purchase
                WHERE product = \(product) AND product <> '' AND account_id IN (\(list: ids))
                """
            try connection.each(buyers) { facts[try $0.int64(0)]?.products.append(product) }
        }
    }

    private static func readComputed(
        of ids: [Int64], _ context: CustomerFilterContext, _ facts: inout [Int64: CustomerFacts],
        in connection: any Connection
    ) throws {
        try connection.each(
            """
            SELECT a.party_id, a.part, a.score FROM answer a WHERE a.party_id IN (\(list: ids)) AND NOT EXISTS (
                SELECT 1 FROM answer b WHERE b.party_id = a.party_id AND (b.day, b.id) > (a.day, a.id))
            """
        ) { facts[try $0.int64(0)]?.answer = (part: try $0.int(1), score: try $0.int64(2)) }
        guard let run = context.run else { return }
        try connection.each(
            """
            SELECT party_id, last_day, worth, gap_tenths, alive_millionths, expected_worth FROM figure
            WHERE run_id = \(run.id) AND party_id IN (\(list: ids))
            """
        ) { row in
            facts[try row.int64(0)]?.figures = Figures(
                lastDay: try row.day(1), worth: try row.int64(2), gapTenths: try row.optionalInt64(3),
                aliveMillionths: try row.optionalInt64(4), expectedWorth: try row.optionalInt64(5))
        }
        try connection.each(
            """
            SELECT party_id, list FROM list_row
            WHERE run_id = \(run.id) AND party_id IN (\(list: ids)) AND NOT held
            """
        ) { facts[try $0.int64(0)]?.lists.insert(try $0.text(1)) }
    }
}
