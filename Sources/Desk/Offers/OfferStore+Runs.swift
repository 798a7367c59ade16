import Kernel
import Storage

/// What a computation of the offers reads and writes.
extension OfferStore {
    /// What the offers depend on beside purchases that come one by one. Different text, other offers.
    func marker() async throws -> String {
        try await database.read { connection in
            let imports = try connection.first(
                """
                SELECT count(*), max(phase_at) FROM import WHERE state IN ('complete', 'undone') AND kind = 'purchases'
                """
            ) { "\(try $0.int(0)).\(try $0.optionalInt64(1) ?? 0)" }
            let settings = try connection.number(
                "SELECT max(id) FROM setting WHERE name IN ('offers.support', 'offers.repeat-days', 'lists.holdout')"
            )
            return "\(imports ?? "").\(settings)"
        }
    }

    /// Writes down products and pairs, and answers their rows. Pairs come into force when everyone's offers are written.
    func publish(_ rules: [OfferRule], _ names: [String]) async throws -> OfferBook {
        let used = Set(rules.flatMap { [$0.bought, $0.offered] }).sorted()
        return try await database.write { connection in
            var book = OfferBook()
            for place in used {
                guard !names[place].isEmpty else {
                    throw StorageError.broken("a product of an offer has no name")
                }
                book.products[place] = try connection.first(
                    """
                    INSERT INTO offer_product (name, name_key) VALUES (\(names[place]), \(names[place].searchKey))
                    ON CONFLICT (name_key) DO UPDATE SET name = excluded.name RETURNING id
                    """
                ) { try $0.int64(0) }
            }
            for rule in rules {
                guard let bought = book.products[rule.bought], let offered = book.products[rule.offered]
                else {
                    throw StorageError.broken("a product of an offer has no row")
                }
                book.pairs.append(try OfferStore.put(rule, bought, offered, in: connection))
            }
            try connection.each("SELECT id, name_key FROM offer_product") { row in
                book.numbers[try row.int64(0)] = ProductNumbers.number(ofKey: try row.text(1))
            }
            return book
        }
    }

    private static func put(
        _ rule: OfferRule, _ bought: Int64, _ offered: Int64, in connection: any Connection
    ) throws -> Int64 {
        let (lift, range) = (rule.lift, rule.range)
        let put: SQL = """
            INSERT INTO offer_pair (bought_id, offered_id, everyone, bought, offered, together, lift, low, high, standing,
                could)
            VALUES (\(bought), \(offered), \(lift.everyone), \(lift.first), \(lift.second), \(lift.both),
                \(OfferPair.millionths(lift.ratio)), \(OfferPair.millionths(range.lowerBound)),
                \(OfferPair.millionths(range.upperBound)), FALSE, 0)
            ON CONFLICT (bought_id, offered_id) DO UPDATE SET everyone = excluded.everyone, bought = excluded.bought,
                offered = excluded.offered, together = excluded.together, lift = excluded.lift, low = excluded.low,
                high = excluded.high
            RETURNING id
            """
        return try connection.first(put) { try $0.int64(0) } ?? 0
    }

    /// Offers of a range of customers that are open, or came up so lately that a purchase still counts.
    func standing(
        _ range: ClosedRange<Int64>, at day: LocalDate, in connection: any Connection
    ) throws -> [Int64: [StandingOffer]] {
        let watched = day + (-OfferReport.days)
        let rows: SQL = """
            SELECT party_id, id, offered_id, pair_id, entered_day, left_day, outcome, worked_day FROM offer_entry
            WHERE party_id >= \(range.lowerBound) AND party_id <= \(range.upperBound)
                AND (left_day IS NULL OR bought_day IS NULL AND entered_day >= \(watched))
            """
        var found: [Int64: [StandingOffer]] = [:]
        try connection.each(rows) { row in
            found[try row.int64(0), default: []].append(
                StandingOffer(
                    id: try row.int64(1), product: try row.int64(2), pair: try row.int64(3),
                    entered: try row.day(4), isOpen: row.isNull(5),
                    outcome: try row.optionalText(6).flatMap(OfferOutcome.init),
                    workedDay: try row.optionalDay(7)))
        }
        return found
    }

    /// Customers of a range whom nothing may be offered to.
    func barred(_ range: ClosedRange<Int64>, in connection: any Connection) throws -> Set<Int64> {
        let rows: SQL = """
            SELECT p.id FROM party p WHERE p.id >= \(range.lowerBound) AND p.id <= \(range.upperBound)
                AND \(OfferBar.isBarred(party: "p.id", complaint))
            """
        return Set(try connection.all(rows) { try $0.int64(0) })
    }

    func write(_ change: OfferChange, at day: LocalDate) async throws {
        guard !change.isEmpty else { return }
        try await database.write { connection in
            for ids in change.gone.portions {
                try connection.run(
                    "UPDATE offer_entry SET left_day = \(day) WHERE id IN (\(list: ids)) AND left_day IS NULL"
                )
            }
            for (bought, all) in change.bought {
                for ids in all.portions {
                    try connection.run(
                        """
                        UPDATE offer_entry SET bought_day = \(bought), left_day = coalesce(left_day, \(day))
                        WHERE id IN (\(list: ids))
                        """)
                }
            }
            for (pair, all) in change.moved {
                for ids in all.portions {
                    try connection.run("UPDATE offer_entry SET pair_id = \(pair) WHERE id IN (\(list: ids))")
                }
            }
            for isHeld in [true, false] {
                let new = change.new.filter { $0.isHeld == isHeld }
                if !new.isEmpty { try connection.load(OfferStore.batch(new, isHeld, day)) }
            }
        }
    }

    private static func batch(_ new: [OfferChange.New], _ isHeld: Bool, _ day: LocalDate) -> Batch {
        Batch(
            into: "offer_entry", count: new.count,
            columns: [
                ("party_id", .integers(new.map(\.party))), ("offered_id", .integers(new.map(\.product))),
                ("pair_id", .integers(new.map(\.pair))),
                ("entered_day", .constant(.integer(Int64(day.daysSinceEpoch)))),
                ("held", .constant(isHeld.sqlValue)), ("note", .constant(.text(""))),
            ])
    }

    /// Brings pairs into force and counts who could be offered what, and what came of it.
    func settle(_ book: OfferBook, at day: LocalDate, _ report: inout OfferReport) async throws {
        try await database.write { connection in
            try connection.run(
                "UPDATE offer_pair SET standing = FALSE, could = 0 WHERE standing OR could > 0")
            for ids in book.pairs.portions {
                try connection.run("UPDATE offer_pair SET standing = TRUE WHERE id IN (\(list: ids))")
            }
            let counts: SQL = """
                SELECT pair_id, count(*) FROM offer_entry WHERE left_day IS NULL AND outcome IS NULL AND NOT held
                GROUP BY pair_id
                """
            for (pair, could) in try connection.all(counts, { (try $0.int64(0), try $0.int64(1)) }) {
                try connection.run("UPDATE offer_pair SET could = \(could) WHERE id = \(pair)")
            }
        }
        let found = try await database.read { try OfferStore.outcomes(at: day, in: $0) }
        (report.open, report.held, report.made, report.notMade) = (
            found.open, found.held, found.made, found.notMade
        )
        (report.accepted, report.declined, report.offers) = (found.accepted, found.declined, found.offers)
        try await database.refreshStatistics(of: ["offer_entry", "offer_pair"])
    }

    /// Everybody to whom an offer came up long enough ago counts, made or not: comparing only those to whom it was made
    /// would count colleagues' choice of whom to ask as an effect of asking.
    private static func outcomes(at day: LocalDate, in connection: any Connection) throws -> OfferReport {
        var report = OfferReport()
        let border = day + (-OfferReport.days)
        let counts: SQL = """
            SELECT held, coalesce(outcome, ''), count(*), count(*) FILTER (WHERE bought_day IS NOT NULL
                AND bought_day <= entered_day + \(OfferReport.days))
            FROM offer_entry WHERE entered_day <= \(border) GROUP BY held, coalesce(outcome, '')
            """
        try connection.each(counts) { row in
            let side = OfferReport.Side(customers: try row.int(2), bought: try row.int(3))
            if try row.bool(0) { return report.held += side }
            report.open += side
            let outcome = OfferOutcome(rawValue: try row.text(1))
            if outcome == nil { report.notMade += side } else { report.made += side }
            if outcome == .accepted { report.accepted += side.customers }
            if outcome == .declined { report.declined += side.customers }
        }
        report.offers = try connection.number(
            "SELECT count(*) FROM offer_entry WHERE left_day IS NULL AND outcome IS NULL AND NOT held")
        return report
    }

    func keep(_ report: OfferReport, _ marker: String, at now: Instant) async throws {
        let document = Stored.text(of: report)
        try await database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO offer_report (name, computed_at, marker, document)
                VALUES ('current', \(now), \(marker), \(document))
                ON CONFLICT (name) DO UPDATE SET computed_at = excluded.computed_at, document = excluded.document,
                    marker = excluded.marker
                """)
        }
        await database.announce("events")
    }
}

extension OfferReport.Side {
    static func += (one: inout Self, other: Self) {
        one.customers += other.customers
        one.bought += other.bought
    }
}

extension [Int64] {
    /// Parts short enough to be named one by one in a statement.
    var portions: [[Int64]] {
        stride(from: 0, to: count, by: 500).map { Array(self[$0..<Swift.min($0 + 500, count)]) }
    }
}
