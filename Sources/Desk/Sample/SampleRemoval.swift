import Kernel
import Storage

/// Takes everything of the sample out in one transaction: what it brought and what was recorded on its customers since.
struct SampleRemoval {
    let act: Act

    private static let imports: SQL = "SELECT id FROM import WHERE sample"
    private static let parties: SQL = "SELECT id FROM party WHERE import_id IN (\(imports)) AND NOT serves"
    private static let purchases: SQL = "import_id IN (\(imports)) OR account_id IN (\(parties))"
    private static let acts: SQL = "import_id IN (\(imports)) OR person_id IN (\(parties))"

    static func content(in connection: any Connection) throws -> SampleContent {
        func count(_ statement: SQL) throws -> Int {
            try connection.number("SELECT count(*) FROM \(statement)")
        }
        let purchasesOfSample = try count("purchase WHERE import_id IN (\(imports)) AND kind = 'sale'")
        let actsOfSample = try count("advocacy WHERE import_id IN (\(imports))")
        let allPurchases = try count("purchase WHERE (\(purchases)) AND kind = 'sale'")
        let allActs = try count("advocacy WHERE \(acts)")
        return SampleContent(
            customers: try count("party WHERE import_id IN (\(imports)) AND NOT serves"),
            purchases: allPurchases,
            acts: allActs, added: allPurchases + allActs - purchasesOfSample - actsOfSample)
    }

    func run(in connection: any Connection) throws -> SampleContent {
        guard let number = try connection.first("\(Self.imports) ORDER BY id LIMIT 1", { try $0.int64(0) })
        else {
            throw SampleRefusal.notHere
        }
        let content = try SampleRemoval.content(in: connection)
        let others = try realCustomersConcerned(in: connection)
        var recount = Recount(
            of: """
                SELECT id FROM party WHERE import_id IN (\(Self.imports)) OR id IN (\(list: others)) ORDER BY id
                """)
        try countPurchasesOut(in: connection)
        try recount.countOut(in: connection)
        try connection.run("DELETE FROM purchase WHERE \(Self.purchases)")
        try AdvocacyLife.actsWillGo("\(Self.acts)", in: connection)
        try connection.run("DELETE FROM advocacy WHERE \(Self.acts)")
        try AdvocacyLife.sampleGoes(Self.parties, in: connection)
        try removeAnswers(in: connection)
        try connection.run("DELETE FROM spend WHERE import_id IN (\(Self.imports))")
        let hadFigures = try connection.exists("SELECT 1 FROM figure_run WHERE state = 'complete' LIMIT 1")
        try FigureStore.forget(Self.parties, in: connection)
        try removeContracts(parties: Self.parties, in: connection)
        try SegmentStore.forget(Self.parties, in: connection)
        try SegmentStore.forgetSample(in: connection)
        try OfferStore.forget(Self.parties, in: connection)
        try SavedListStore.forget(Self.parties, in: connection)
        try SampleWalks.remove(Self.parties, in: connection)
        try removeParties(in: connection)
        try recount.countIn(in: connection)
        // Customers of our own are left: what is said of them was fitted to the sample as well.
        if hadFigures, try connection.exists("SELECT 1 FROM standing LIMIT 1") {
            try FigureStore.ask(by: act, in: connection)
        }
        if try !connection.exists("SELECT 1 FROM standing LIMIT 1") {
            try FindingStore.forget(in: connection)
        }
        // What single changes left waiting too: only then are the cells of the sample empty.
        while try TallyStore.fold(in: connection) > 0 {}
        try connection.run("DELETE FROM tally WHERE n = 0")
        try removeImports(in: connection)
        try connection.record("sample.removed", "import", number, by: act, detail: content.detail)
        return content
    }

    /// Customers of our own whom a sample file gave purchases or acts. The company from a seed has none.
    private func realCustomersConcerned(in connection: any Connection) throws -> [Int64] {
        let concerned: SQL = """
            SELECT id FROM party WHERE import_id NOT IN (\(Self.imports)) AND id IN (
                SELECT account_id FROM purchase WHERE import_id IN (\(Self.imports))
                UNION SELECT person_id FROM advocacy WHERE import_id IN (\(Self.imports)))
            """
        return try connection.all(concerned) { try $0.int64(0) }
    }

    /// Purchases by day and their amounts. The customers' own days are counted by `Recount`.
    private func countPurchasesOut(in connection: any Connection) throws {
        var changes = TallyChanges()
        let sums: SQL = """
            SELECT day, currency, count(*), CAST(sum(amount) AS BIGINT) FROM purchase
            WHERE (\(Self.purchases)) AND kind = 'sale' GROUP BY day, currency
            """
        try connection.each(sums) { row in
            changes.add(Tally.purchases, try row.int(0), 0, -(try row.int(2)))
            changes.add(Tally.amounts, try row.int(0), Tally.number(of: try row.text(1)), -(try row.int(3)))
        }
        try changes.write(to: .change, in: connection)
    }

    private func removeAnswers(in connection: any Connection) throws {
        let answers: SQL = "import_id IN (\(Self.imports)) OR party_id IN (\(Self.parties))"
        try AnswerTallyStore.count("(\(answers))", sign: -1, in: connection)
        try connection.run("DELETE FROM answer WHERE \(answers)")
        while try AnswerTallyStore.fold(limit: 10_000_000, in: connection) > 0 {}
        try connection.run("DELETE FROM answer_tally WHERE n = 0")
    }

    private func removeParties(in connection: any Connection) throws {
        let (imports, parties) = (Self.imports, Self.parties)
        try connection.run(
            """
            DELETE FROM membership WHERE import_id IN (\(imports))
                OR person_id IN (\(parties)) OR account_id IN (\(parties))
            """)
        try connection.run(
            "DELETE FROM membership_past WHERE person_id IN (\(parties)) OR account_id IN (\(parties))")
        try connection.run("UPDATE party SET parent_id = NULL WHERE parent_id IN (\(parties))")
        try connection.run("DELETE FROM address WHERE import_id IN (\(imports)) OR party_id IN (\(parties))")
        try SampleKnown.remove(parties, in: connection)
        try connection.run("DELETE FROM party_word WHERE party_id IN (\(parties))")
        try connection.run("DELETE FROM party_key WHERE party_id IN (\(parties))")
        try connection.run("DELETE FROM import_customer WHERE party_id IN (\(parties))")
        try MergeStore.forget(parties, in: connection)
        try connection.run("DELETE FROM party WHERE import_id IN (\(imports)) AND NOT serves")
        // Somebody of the sample who was given a seat at the desk stays, as a colleague like any other.
        try connection.run("UPDATE party SET import_id = 0 WHERE import_id IN (\(imports))")
    }

    private func removeImports(in connection: any Connection) throws {
        let imports = Self.imports
        try connection.run("DELETE FROM import_refusal WHERE import_id IN (\(imports))")
        try connection.run("DELETE FROM import WHERE sample")
    }
}
