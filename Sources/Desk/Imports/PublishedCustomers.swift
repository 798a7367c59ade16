import Kernel
import Storage

/// Finds the customers a file names among those we know, and makes the others.
struct PublishedCustomers {
    private let item: Import
    private let act: Act
    private let staged: SQL

    init(_ publishing: Publishing) {
        item = publishing.item
        act = publishing.act
        staged = publishing.staged.customers
    }

    struct Outcome {
        /// How many were made.
        var new = 0
        /// How many known ones we were told something new about.
        var told = 0
        /// How many known ones were found by nothing but a mail address.
        var byEmail = 0
        /// How many mail addresses several known customers have, so that the file does not say whom it means.
        var ambiguous = 0
        /// The party of the first, where all are new and their ids run without a gap.
        var first: Int64?
    }

    func run(in connection: any Connection) throws -> Outcome {
        try findKnown(in: connection)
        let (byEmail, ambiguous) = try findByEmail(in: connection)
        let (new, firstNew, isWithoutGaps) = try makeOthers(in: connection)
        if new > 0 { try keepIDs(from: firstNew, in: connection) }
        let memberships = PublishedMemberships(item, act, staged)
        let told = try markNamed(before: firstNew, memberships, in: connection)
        try nameKnown(in: connection)
        try addWords(from: firstNew, in: connection)
        try addAddresses(in: connection)
        if !item.mapping.own.isEmpty { try addValues(in: connection) }
        if item.mapping[.organisation] != nil { try memberships.run(in: connection) }
        return Outcome(
            new: new, told: told, byEmail: byEmail, ambiguous: ambiguous,
            first: isWithoutGaps ? firstNew : nil)
    }

    private func findKnown(in connection: any Connection) throws {
        guard try connection.exists("SELECT 1 FROM party_key WHERE source = \(item.source) LIMIT 1") else {
            return
        }
        try connection.run(
            """
            UPDATE import_customer SET party_id = (
                SELECT k.party_id FROM party_key k
                WHERE k.source = \(item.source) AND k.outside_id = import_customer.outside_id)
            WHERE \(staged)
            """)
    }

    /// Whoever the file names by nothing but a mail address that exactly one customer has is that customer.
    private func findByEmail(in connection: any Connection) throws -> (found: Int, ambiguous: Int) {
        let open: SQL = "\(staged) AND party_id IS NULL AND email <> '' AND email = outside_id"
        guard try connection.exists("SELECT 1 FROM import_customer WHERE \(open) LIMIT 1") else {
            return (0, 0)
        }
        let owners: SQL = """
            FROM address a JOIN party p ON p.id = a.party_id
            WHERE a.value_key = import_customer.email_key AND a.kind = 'email' AND NOT p.serves
            """
        let ambiguous = try connection.number(
            "SELECT count(*) FROM import_customer WHERE \(open) AND (SELECT count(*) \(owners)) > 1")
        let found = try connection.run(
            """
            UPDATE import_customer SET party_id = (SELECT min(a.party_id) \(owners))
            WHERE \(open) AND (SELECT count(*) \(owners)) = 1
            """)
        return (found, ambiguous)
    }

    /// Makes a party of everybody unknown, in order of first appearance. All of them have ids from `first` on, and
    /// nobody known has.
    private func makeOthers(
        in connection: any Connection
    ) throws -> (count: Int, first: Int64, isWithoutGaps: Bool) {
        let count = try connection.run(
            """
            INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
            SELECT CASE WHEN kind = 'organisation' THEN kind ELSE 'person' END,
                CASE WHEN name = '' THEN outside_id ELSE name END, name_key, FALSE, \(typed: item.source),
                \(typed: item.id.value), \(typed: act.at.milliseconds)
            FROM import_customer WHERE \(staged) AND party_id IS NULL ORDER BY n
            """)
        guard count > 0 else { return (0, .max, false) }
        let made = try connection.first("SELECT min(id), max(id) FROM party WHERE import_id = \(item.id)") {
            (first: try $0.int64(0), last: try $0.int64(1))
        }
        guard let made else { throw StorageError.broken("parties were made without ids") }
        let all = try connection.number("SELECT count(*) FROM import_customer WHERE \(staged)")
        let isWithoutGaps = count == all && made.last - made.first + 1 == Int64(count)
        try connection.run(isWithoutGaps ? numberInOrder(from: made.first) : numberByPlace)
        return (count, made.first, isWithoutGaps)
    }

    private func numberInOrder(from first: Int64) -> SQL {
        "UPDATE import_customer SET party_id = n - \(item.firstNumber) + \(first) WHERE \(staged)"
    }

    private var numberByPlace: SQL {
        """
        UPDATE import_customer SET party_id = made.id FROM (
            SELECT unknown.n, fresh.id FROM (
                SELECT n, row_number() OVER (ORDER BY n) AS place FROM import_customer
                WHERE \(staged) AND party_id IS NULL
            ) AS unknown JOIN (
                SELECT id, row_number() OVER (ORDER BY id) AS place FROM party WHERE import_id = \(item.id)
            ) AS fresh ON fresh.place = unknown.place
        ) AS made
        WHERE import_customer.n = made.n
        """
    }

    private func keepIDs(from firstNew: Int64, in connection: any Connection) throws {
        try connection.run(
            """
            INSERT INTO party_key (source, outside_id, party_id)
            SELECT \(typed: item.source), outside_id, party_id FROM import_customer
            WHERE \(staged) AND party_id >= \(firstNew) ORDER BY n
            """)
    }
}

/// What a file tells us about customers we know.
extension PublishedCustomers {
    /// A name replaces only a name that was no more than the outside id. Answers how many known customers the file
    /// says anything new about.
    private func markNamed(
        before firstNew: Int64, _ memberships: PublishedMemberships, in connection: any Connection
    ) throws -> Int {
        guard
            try connection.exists(
                "SELECT 1 FROM import_customer WHERE \(staged) AND party_id < \(firstNew) LIMIT 1")
        else { return 0 }
        try connection.run(
            """
            UPDATE import_customer SET named = TRUE
            WHERE \(staged) AND party_id < \(firstNew) AND name <> '' AND name <> outside_id AND EXISTS (
                SELECT 1 FROM party p WHERE p.id = import_customer.party_id AND p.name = import_customer.outside_id)
            """)
        guard item.kind == .customers else { return 0 }
        return try connection.number(
            """
            SELECT count(*) FROM import_customer c
            WHERE \(staged) AND party_id < \(firstNew) AND (named
                OR (c.email <> '' AND NOT EXISTS (SELECT 1 FROM address a
                    WHERE a.party_id = c.party_id AND a.kind = 'email' AND a.value_key = c.email_key))
                OR (c.phone <> '' AND NOT EXISTS (SELECT 1 FROM address a
                    WHERE a.party_id = c.party_id AND a.kind = 'phone' AND a.value_key = c.phone_key))
                OR EXISTS (SELECT 1 FROM import_field_value s WHERE s.n = c.n AND NOT EXISTS (
                    SELECT 1 FROM field_value v WHERE v.party_id = c.party_id AND v.field_id = s.field_id))
                OR (\(memberships.isUnknown)))
            """)
    }

    private func nameKnown(in connection: any Connection) throws {
        guard try connection.exists("SELECT 1 FROM import_customer WHERE \(staged) AND named LIMIT 1") else {
            return
        }
        try connection.run(
            """
            UPDATE party SET name = c.name, name_key = c.name_key,
                kind = CASE WHEN c.kind = 'organisation' THEN c.kind ELSE party.kind END
            FROM import_customer c WHERE \(staged) AND c.named AND party.id = c.party_id
            """)
        try connection.run(
            "DELETE FROM party_word WHERE party_id IN (SELECT party_id FROM import_customer WHERE \(staged) AND named)"
        )
        // Those who turned out to be organisations have volumes from now on.
        if try connection.exists(
            "SELECT 1 FROM import_customer WHERE \(staged) AND named AND kind = 'organisation' LIMIT 1")
        {
            try VolumeStore.recount(
                """
                SELECT party_id FROM import_customer
                WHERE \(staged) AND named AND kind = 'organisation'
                """, in: connection)
        }
    }

    /// The words of names behind their first, by which people are found as well.
    private func addWords(from firstNew: Int64, in connection: any Connection) throws {
        var last = item.firstNumber - 1
        while true {
            let names = try connection.all(
                """
                SELECT n, party_id, name_key FROM import_customer
                WHERE n > \(last) AND n <= \(item.lastNumber) AND (party_id >= \(firstNew) OR named)
                    AND name_key LIKE '% %'
                ORDER BY n LIMIT 20000
                """
            ) { (n: try $0.int64(0), party: try $0.int64(1), key: try $0.text(2)) }
            guard let end = names.last else { return }
            try PartyWords.load(names.map { ($0.party, $0.key) }, in: connection)
            last = end.n
        }
    }

    /// Addresses from a file are what somebody wrote down: claimed, not verified.
    private func addAddresses(in connection: any Connection) throws {
        for (field, kind) in [(ImportField.email, "email"), (.phone, "phone")]
        where item.mapping[field] != nil || field == .email {
            let value: SQL = field == .email ? "email" : "phone"
            let key: SQL = field == .email ? "email_key" : "phone_key"
            try connection.run(
                """
                INSERT INTO address (party_id, kind, value, value_key, verified_at, claimed_at, source, import_id)
                SELECT party_id, \(typed: kind), \(value), \(key), NULL, \(typed: act.at.milliseconds),
                    \(typed: item.source), \(typed: item.id.value)
                FROM import_customer WHERE \(staged) AND \(value) <> '' ORDER BY n
                ON CONFLICT (party_id, kind, value_key) DO NOTHING
                """)
        }
    }
}

extension PublishedCustomers {
    /// Fields of the house's own. A file fills what is empty and overwrites nothing, so that undoing it takes back no
    /// more than it brought.
    fileprivate func addValues(in connection: any Connection) throws {
        try connection.run(
            """
            INSERT INTO field_value (party_id, field_id, words, words_key, number, import_id)
            SELECT c.party_id, s.field_id, s.words, s.words_key, s.number, \(typed: item.id.value)
            FROM import_field_value s JOIN import_customer c ON c.n = s.n JOIN party p ON p.id = c.party_id
                JOIN field f ON f.id = s.field_id
            WHERE s.n BETWEEN \(item.firstNumber) AND \(item.lastNumber) AND (f.about = 'both' OR f.about = p.kind)
            ORDER BY s.n
            ON CONFLICT (party_id, field_id) DO NOTHING
            """)
    }
}

/// The index of names by their words.
enum PartyWords {
    static func load(_ names: [(party: Int64, key: String)], in connection: any Connection) throws {
        var words: [String] = []
        var parties: [Int64] = []
        for name in names {
            var seen: Set<Substring> = []
            for word in name.key.split(whereSeparator: { !($0.isLetter || $0.isNumber) }).dropFirst()
            where seen.insert(word).inserted {
                words.append(String(word))
                parties.append(name.party)
            }
        }
        try connection.load(
            Batch(
                into: "party_word", count: words.count,
                columns: [("word", .texts(words)), ("party_id", .integers(parties))]))
    }
}
