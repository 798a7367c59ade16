import Kernel
import Storage

/// Takes everything one import brought in back out again, in one transaction.
///
/// A customer the import made stays where something else by now refers to them.
struct Undoing {
    let item: Import
    private let act: Act
    private let staged: Staged

    init(_ item: Import, _ act: Act) {
        self.item = item
        self.act = act
        staged = Staged(item)
    }

    /// Does nothing where the import is not being undone (any more).
    func run(in connection: any Connection) throws {
        guard try connection.exists("SELECT 1 FROM import WHERE id = \(item.id) AND state = 'undoing'") else {
            return
        }
        let renamed = try takeNamesBack(in: connection)
        try gatherTouched(renamed, in: connection)
        var recount = Recount(of: parties)
        try recount.count(purchasesOf: item.id.value, sign: -1, in: connection)
        try recount.countOut(in: connection)
        let purchases = try removePurchases(in: connection)
        try AdvocacyLife.actsWillGo("a.import_id = \(item.id)", in: connection)
        let acts = try connection.run("DELETE FROM advocacy WHERE import_id = \(item.id)")
        let answers = try removeAnswers(in: connection)
        let contracts = try removeContracts(in: connection)
        try connection.run("DELETE FROM membership WHERE import_id = \(item.id)")
        try connection.run("DELETE FROM address WHERE import_id = \(item.id)")
        try connection.run("DELETE FROM field_value WHERE import_id = \(item.id)")
        try recount.countIn(in: connection)
        let customers = try removeCustomers(in: connection)
        try staged.clear(in: connection)
        try connection.run(
            "UPDATE import SET state = 'undone', wanted = '', finished_at = \(act.at) WHERE id = \(item.id)")
        var detail = ["purchases": Int64(purchases), "acts": Int64(acts), "customers": Int64(customers)]
        if answers > 0 { detail["answers"] = Int64(answers) }
        if contracts > 0 { detail["contracts"] = Int64(contracts) }
        try connection.record("import.undone", "import", item.id.value, by: act, detail: detail)
    }

    private var parties: SQL {
        "SELECT party_id AS id FROM import_customer WHERE \(staged.customers) ORDER BY party_id"
    }

    /// Customers this import gave a name to have their outside id for a name again, unless somebody renamed them since.
    private func takeNamesBack(in connection: any Connection) throws -> [Int64] {
        let named = try connection.all(
            """
            SELECT c.party_id, c.outside_id, c.kind FROM import_customer c JOIN party p ON p.id = c.party_id
            WHERE \(staged.customers) AND c.named AND p.name = c.name ORDER BY c.n
            """
        ) { (party: try $0.int64(0), name: try $0.text(1), kind: try $0.text(2)) }
        for row in named {
            let kind: SQL = row.kind == "organisation" ? "'person'" : "kind"
            try connection.run(
                """
                UPDATE party SET name = \(row.name), name_key = \(row.name.searchKey), kind = \(kind)
                WHERE id = \(row.party)
                """)
            try connection.run("DELETE FROM party_word WHERE party_id = \(row.party)")
        }
        try PartyWords.load(named.map { ($0.party, $0.name.searchKey) }, in: connection)
        try staged.clear(in: connection)
        return named.map(\.party)
    }

    /// Everybody this import concerns, in the place where it once had its customers.
    private func gatherTouched(_ renamed: [Int64], in connection: any Connection) throws {
        try connection.run(
            """
            INSERT INTO import_customer (n, outside_id, name, name_key, email, email_key, phone, phone_key,
                organisation, organisation_key, kind, named, party_id)
            SELECT \(typed: item.firstNumber) + row_number() OVER (ORDER BY id), '', '', '', '', '', '', '', '', '', '',
                FALSE, id
            FROM (
                SELECT account_id AS id FROM purchase WHERE import_id = \(item.id)
                UNION SELECT person_id FROM advocacy WHERE import_id = \(item.id)
                UNION SELECT party_id FROM answer WHERE import_id = \(item.id) AND party_id IS NOT NULL
                UNION SELECT party_id FROM contract WHERE import_id = \(item.id)
                UNION SELECT id FROM party WHERE import_id = \(item.id)
                UNION SELECT party_id FROM address WHERE import_id = \(item.id)
                UNION SELECT party_id FROM field_value WHERE import_id = \(item.id)
                UNION SELECT person_id FROM membership WHERE import_id = \(item.id)
            ) AS touched
            """)
        try addRenamed(renamed, in: connection)
    }

    /// Some thousands at a time: an engine takes only so many values in a statement.
    private func addRenamed(_ renamed: [Int64], in connection: any Connection) throws {
        var next = try connection.number("SELECT max(n) FROM import_customer WHERE \(staged.customers)")
        next = max(next, Int(item.firstNumber))
        for start in stride(from: 0, to: renamed.count, by: 20_000) {
            let chunk = Array(renamed[start..<min(start + 20_000, renamed.count)])
            next += try connection.run(
                """
                INSERT INTO import_customer (n, outside_id, name, name_key, email, email_key, phone, phone_key,
                    organisation, organisation_key, kind, named, party_id)
                SELECT CAST(\(next) AS BIGINT) + row_number() OVER (ORDER BY id), '', '', '', '', '', '', '', '', '',
                    '', FALSE, id
                FROM party WHERE id IN (\(list: chunk))
                    AND id NOT IN (SELECT party_id FROM import_customer WHERE \(staged.customers))
                """)
        }
    }

    /// Where all purchases are this import's, the table is emptied whole.
    private func removePurchases(in connection: any Connection) throws -> Int {
        if try connection.exists("SELECT 1 FROM purchase WHERE import_id <> \(item.id) LIMIT 1") {
            return try connection.run("DELETE FROM purchase WHERE import_id = \(item.id)")
        }
        return try connection.run("DELETE FROM purchase")
    }

    /// Customers who came with this import, or with one that is undone as well, and have nothing left.
    private func removeCustomers(in connection: any Connection) throws -> Int {
        try connection.run(
            """
            UPDATE import_customer SET kind = 'gone'
            WHERE \(staged.customers) AND party_id IN (
                SELECT p.id FROM party p WHERE NOT p.serves
                    AND (p.import_id = \(item.id) OR p.import_id IN (SELECT id FROM import WHERE state = 'undone')))
                AND NOT EXISTS (SELECT 1 FROM purchase x WHERE x.account_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM advocacy x WHERE x.person_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM answer x WHERE x.party_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM contract x WHERE x.party_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM address x WHERE x.party_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM membership x WHERE x.person_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM membership x WHERE x.account_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM party x WHERE x.parent_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM agent x WHERE x.person_id = import_customer.party_id)
                AND NOT EXISTS (SELECT 1 FROM event x WHERE x.party_id = import_customer.party_id)
                AND party_id NOT IN (SELECT x.party_id FROM import_customer x WHERE x.named)
            """)
        let gone: SQL = "SELECT party_id FROM import_customer WHERE \(staged.customers) AND kind = 'gone'"
        try FigureStore.forget(gone, in: connection)
        try AdvocacyLife.forget(gone, in: connection)
        try SampleKnown.forget(gone, in: connection)
        try connection.run("DELETE FROM party_word WHERE party_id IN (\(gone))")
        try connection.run("DELETE FROM party_key WHERE party_id IN (\(gone))")
        return try connection.run("DELETE FROM party WHERE id IN (\(gone))")
    }
}
