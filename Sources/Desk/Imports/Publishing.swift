import Kernel
import Storage
import Tabular

/// Turns what an import has staged into customers, purchases and acts that everybody sees, in one transaction.
struct Publishing {
    let item: Import
    let act: Act
    let staged: Staged

    init(_ item: Import, _ act: Act) {
        self.item = item
        self.act = act
        staged = Staged(item)
    }

    /// Nil where somebody else published it meanwhile. Runs whole or not at all.
    func run(in connection: any Connection) throws -> ImportSummary? {
        guard try connection.exists("SELECT 1 FROM import WHERE id = \(item.id) AND state = 'publishing'")
        else {
            return nil
        }
        let rows = try stagedRows(in: connection)
        let customers = try PublishedCustomers(self).run(in: connection)
        var summary = item.summary
        summary.customersNew = customers.new
        summary.customersByEmail = customers.byEmail > 0 ? customers.byEmail : nil
        summary.ambiguousEmails = customers.ambiguous > 0 ? customers.ambiguous : nil
        var known = 0
        switch item.kind {
        case .customers: known = rows - customers.new - customers.told
        case .purchases, .uses: known = rows - (try publishPurchases(of: customers, in: connection))
        case .advocacy: known = rows - (try publishActs(in: connection))
        case .answers: known = rows - (try publishAnswers(in: connection))
        case .contracts: known = rows - (try publishContracts(in: connection))
        }
        try staged.clear(keepingNamed: true, in: connection)
        try finish(rows: rows, known: known, summary, in: connection)
        return summary
    }

    /// As many as pass one took, or the file is not the same any more.
    private func stagedRows(in connection: any Connection) throws -> Int {
        let rows: Int
        switch item.kind {
        case .customers: return item.rowsAccepted
        case .purchases, .uses:
            rows = try connection.number("SELECT count(*) FROM import_purchase WHERE import_id = \(item.id)")
        case .advocacy:
            rows = try connection.number("SELECT count(*) FROM import_advocacy WHERE import_id = \(item.id)")
        case .answers:
            rows = try connection.number("SELECT count(*) FROM import_answer WHERE import_id = \(item.id)")
        case .contracts:
            rows = try connection.number("SELECT count(*) FROM import_contract WHERE import_id = \(item.id)")
        }
        guard rows == item.rowsAccepted else { throw TableProblem.changedWhileRead }
        return rows
    }

    private func finish(rows: Int, known: Int, _ summary: ImportSummary, in connection: any Connection) throws
    {
        try connection.run(
            """
            UPDATE import SET state = 'complete', wanted = '', rows_known = \(known), finished_at = \(act.at),
                summary = \(Stored.text(of: summary)) WHERE id = \(item.id)
            """)
        let detail = [
            "rows": Int64(rows), "known": Int64(known), "refused": Int64(item.rowsRefused),
            "customers": Int64(summary.customers), "customers_new": Int64(summary.customersNew),
        ]
        try connection.record("import.completed", "import", item.id.value, by: act, detail: detail)
    }
}

extension Publishing {
    /// The customers this file names.
    private var parties: SQL {
        "SELECT party_id AS id FROM import_customer WHERE \(staged.customers) GROUP BY party_id ORDER BY party_id"
    }

    /// How many purchases are new.
    private func publishPurchases(
        of customers: PublishedCustomers.Outcome, in connection: any Connection
    ) throws -> Int {
        let isFirst = try !connection.exists("SELECT 1 FROM purchase LIMIT 1")
        let nobodyActed = try !connection.exists("SELECT 1 FROM advocacy LIMIT 1")
        var recount = Recount(of: parties)
        if !isFirst || !nobodyActed { try recount.countOut(in: connection) }
        let hasIDs = item.mapping[.id] != nil
        let added = try connection.run(
            isFirst && !hasIDs ? allPurchases(from: customers.first) : newPurchases)
        try recount.count(purchasesOf: item.id.value, sign: 1, in: connection)
        try recount.countIn(in: connection)
        return added
    }

    private var insertPurchases: SQL {
        """
        INSERT INTO purchase (account_id, kind, day, at, amount, currency, cost, quantity, product, channel, source,
            outside_id, import_id, recorded_at)
        """
    }

    /// Whether the rows are sales or uses of the service.
    private var kind: SQL { item.kind == .uses ? "'use'" : "'sale'" }

    /// A first import without outside ids holds nothing that could be here already. Where its customers have their ids
    /// in order, nobody needs to be looked up.
    private func allPurchases(from first: Int64?) -> SQL {
        if let first {
            return """
                \(insertPurchases)
                SELECT s.n + \(first), \(kind), s.day, s.at, s.amount, s.currency, s.cost, s.quantity, s.product, s.channel,
                    \(typed: item.source), s.outside_id, \(typed: item.id.value), \(typed: act.at.milliseconds)
                FROM import_purchase s WHERE s.import_id = \(item.id) ORDER BY s.n, s.day, s.line
                """
        }
        return """
            \(insertPurchases)
            SELECT c.party_id, \(kind), s.day, s.at, s.amount, s.currency, s.cost, s.quantity, s.product, s.channel,
                \(typed: item.source), s.outside_id, \(typed: item.id.value), \(typed: act.at.milliseconds)
            FROM import_purchase s CROSS JOIN import_customer c
            WHERE s.import_id = \(item.id) AND c.n = s.n + \(item.firstNumber)
            ORDER BY c.party_id, s.day, s.line
            """
    }

    /// By outside id the first row of each that is not here; else, of identical rows, those beyond as many as are here.
    private var newPurchases: SQL {
        """
        \(insertPurchases)
        SELECT x.party_id, \(kind), x.day, x.at, x.amount, x.currency, x.cost, x.quantity, x.product, x.channel,
            \(typed: item.source), x.outside_id, \(typed: item.id.value), \(typed: act.at.milliseconds)
        FROM (
            SELECT c.party_id, s.line, s.day, s.at, s.amount, s.currency, s.cost, s.quantity, s.product, s.channel,
                s.outside_id, row_number() OVER (
                    PARTITION BY c.party_id, s.day, s.at, s.amount, s.currency, s.cost, s.quantity,
                        s.product, s.channel ORDER BY s.line) AS place
            FROM import_purchase s CROSS JOIN import_customer c
            WHERE s.import_id = \(item.id) AND c.n = s.n + \(item.firstNumber) AND s.outside_id IS NULL
            UNION ALL
            SELECT c.party_id, s.line, s.day, s.at, s.amount, s.currency, s.cost, s.quantity, s.product, s.channel,
                s.outside_id, row_number() OVER (PARTITION BY s.outside_id ORDER BY s.line) AS place
            FROM import_purchase s CROSS JOIN import_customer c
            WHERE s.import_id = \(item.id) AND c.n = s.n + \(item.firstNumber) AND s.outside_id IS NOT NULL
        ) AS x
        WHERE (x.outside_id IS NOT NULL AND x.place = 1 AND NOT EXISTS (
                SELECT 1 FROM purchase p WHERE p.source = \(typed: item.source) AND p.outside_id = x.outside_id))
            OR (x.outside_id IS NULL AND x.place > (
                SELECT count(*) FROM purchase p
                WHERE p.account_id = x.party_id AND p.day = x.day AND p.amount = x.amount AND p.kind = \(kind)
                    AND p.currency = x.currency AND p.quantity = x.quantity AND p.product = x.product
                    AND p.channel = x.channel AND p.at IS NOT DISTINCT FROM x.at
                    AND p.cost IS NOT DISTINCT FROM x.cost AND p.outside_id IS NULL))
        ORDER BY x.party_id, x.day, x.line
        """
    }

    /// How many acts are new.
    private func publishActs(in connection: any Connection) throws -> Int {
        var recount = Recount(of: parties)
        try recount.countOut(in: connection)
        let added = try connection.run(newActs)
        try AdvocacyLife.actsWereAdded("a.import_id = \(item.id)", by: act, in: connection)
        try recount.countIn(in: connection)
        return added
    }

    private var newActs: SQL {
        """
        INSERT INTO advocacy (person_id, kind, day, at, words, rating, consent, friend, counts, source, outside_id,
            import_id, recorded_at)
        SELECT x.party_id, x.kind, x.day, x.at, x.words, x.rating, x.consent, x.friend, x.counts,
            \(typed: item.source), x.outside_id, \(typed: item.id.value), \(typed: act.at.milliseconds)
        FROM (
            SELECT c.party_id, s.line, s.kind, s.day, s.at, s.words, s.rating, s.consent, s.friend, s.counts,
                s.outside_id, CASE WHEN s.outside_id IS NULL
                    THEN row_number() OVER (PARTITION BY c.party_id, s.outside_id, s.kind, s.day, s.at, s.words,
                        s.rating, s.consent, s.friend ORDER BY s.line)
                    ELSE row_number() OVER (PARTITION BY s.outside_id ORDER BY s.line) END AS place
            FROM import_advocacy s JOIN import_customer c ON c.n = s.n + \(item.firstNumber)
            WHERE s.import_id = \(item.id)
        ) AS x
        WHERE (x.outside_id IS NOT NULL AND x.place = 1 AND NOT EXISTS (
                SELECT 1 FROM advocacy a WHERE a.source = \(typed: item.source) AND a.outside_id = x.outside_id))
            OR (x.outside_id IS NULL AND x.place > (
                SELECT count(*) FROM advocacy a
                WHERE a.person_id = x.party_id AND a.day = x.day AND a.kind = x.kind AND a.words = x.words
                    AND a.friend = x.friend AND a.at IS NOT DISTINCT FROM x.at
                    AND a.rating IS NOT DISTINCT FROM x.rating AND a.consent IS NOT DISTINCT FROM x.consent
                    AND a.outside_id IS NULL))
        ORDER BY x.line
        """
    }
}

extension SQL.StringInterpolation {
    /// A value in a place where PostgreSQL cannot tell its type from what stands round it.
    mutating func appendInterpolation(typed text: String) {
        appendLiteral("CAST(")
        appendInterpolation(text)
        appendLiteral(" AS TEXT)")
    }

    mutating func appendInterpolation(typed number: Int64) {
        appendLiteral("CAST(")
        appendInterpolation(number)
        appendLiteral(" AS BIGINT)")
    }
}
