import Kernel
import Storage

extension Publishing {
    /// How many rows told something new: contracts nobody knew, ends and prices of known ones.
    func publishContracts(in connection: any Connection) throws -> Int {
        let changed = try connection.number(
            "SELECT count(*) FROM import_contract s CROSS JOIN contract k WHERE \(known) AND (\(hasEnded) OR \(hasNewPrice))"
        )
        try connection.run(
            """
            INSERT INTO contract_price (contract_id, from_day, amount, import_id)
            SELECT k.id, s.seen_day, s.amount, \(typed: item.id.value) FROM import_contract s CROSS JOIN contract k
            WHERE \(known) AND \(hasNewPrice) ON CONFLICT DO NOTHING
            """)
        try connection.run(
            """
            UPDATE contract SET end_day = news.end_day, end_reason = news.end_reason, end_import_id = \(item.id),
                changed_at = \(act.at)
            FROM (
                SELECT k.id, s.end_day, s.end_reason FROM import_contract s CROSS JOIN contract k WHERE \(known) AND \(hasEnded)
            ) AS news WHERE contract.id = news.id
            """)
        try connection.run(
            """
            UPDATE contract SET seen_before = contract.seen_day, seen_day = news.seen_day, seen_import_id = \(item.id)
            FROM (
                SELECT k.id, s.seen_day FROM import_contract s CROSS JOIN contract k
                WHERE \(known) AND k.seen_day < s.seen_day
            ) AS news WHERE contract.id = news.id
            """)
        return changed + (try addContracts(in: connection))
    }

    /// A staged row and the contract it speaks of.
    private var known: SQL {
        "s.import_id = \(item.id) AND k.source = \(typed: item.source) AND k.row_key = s.row_key"
    }

    private var hasEnded: SQL { "(k.end_day IS NULL AND s.end_day IS NOT NULL)" }

    private var hasNewPrice: SQL {
        """
        (k.currency = s.currency AND EXISTS (
            SELECT 1 FROM contract_price q WHERE q.contract_id = k.id AND q.amount <> s.amount AND q.from_day < s.seen_day
                AND NOT EXISTS (
                    SELECT 1 FROM contract_price r WHERE r.contract_id = k.id AND r.from_day > q.from_day)))
        """
    }

    private func addContracts(in connection: any Connection) throws -> Int {
        let added = try connection.run(
            """
            INSERT INTO contract (party_id, terms, terms_key, product, product_key, start_day, minimum_months,
                renewal_months, billing_months, currency, promotion, notice, notice_unit, penalty, penalty_amount,
                penalty_millionths, end_day, end_reason, end_import_id, attribute, seen_day, seen_import_id, due_day,
                source, outside_id, row_key, import_id, recorded_at, changed_at)
            SELECT c.party_id, s.terms, s.terms_key, s.product, s.product_key, s.start_day, s.minimum_months,
                s.renewal_months, 1, s.currency, '', 0, 'months', 'none', 0, 0, s.end_day, s.end_reason, 0, s.attribute,
                s.seen_day, 0, s.due_day, \(typed: item.source), s.outside_id, s.row_key, \(typed: item.id.value),
                \(typed: act.at.milliseconds), \(typed: act.at.milliseconds)
            FROM import_contract s CROSS JOIN import_customer c
            WHERE s.import_id = \(item.id) AND c.n = s.n + \(item.firstNumber)
            ORDER BY c.party_id, s.start_day, s.line
            ON CONFLICT (source, row_key) DO NOTHING
            """)
        try connection.run(
            """
            INSERT INTO contract_price (contract_id, from_day, amount, import_id)
            SELECT k.id, k.start_day, s.amount, \(typed: item.id.value) FROM import_contract s CROSS JOIN contract k
            WHERE \(known) AND k.import_id = \(item.id) ORDER BY k.id, s.line
            ON CONFLICT DO NOTHING
            """)
        return added
    }
}

extension Undoing {
    /// Takes back what an import of contracts brought and what it told of known ones. Answers how many it had brought.
    func removeContracts(in connection: any Connection) throws -> Int {
        let own: SQL = "SELECT id FROM contract WHERE import_id = \(item.id)"
        try connection.run(
            "DELETE FROM contract_price WHERE import_id = \(item.id) OR contract_id IN (\(own))")
        let removed = try connection.run("DELETE FROM contract WHERE import_id = \(item.id)")
        try connection.run(
            """
            UPDATE contract SET end_day = NULL, end_reason = '', end_import_id = 0 WHERE end_import_id = \(item.id)
            """)
        try connection.run(
            """
            UPDATE contract SET seen_day = seen_before, seen_import_id = 0 WHERE seen_import_id = \(item.id)
            """)
        return removed
    }
}

extension Import {
    /// A file of contracts says when each began, or how long it had lasted on a day somebody states.
    func checkContracts() throws(ImportRefusal) {
        guard kind == .contracts, mapping[.at] == nil else { return }
        guard mapping[.tenure] != nil else { throw .missingField(.at) }
        guard question.day != nil else { throw .asOfOpen }
    }
}
