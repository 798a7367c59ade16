import Kernel
import Storage

/// The organisations a customers file names beside its persons. An organisation is known by the text that stands there,
/// which is its outside id where the same file or another has a row of its own for it.
struct PublishedMemberships {
    private let item: Import
    private let act: Act
    private let staged: SQL

    init(_ item: Import, _ act: Act, _ staged: SQL) {
        self.item = item
        self.act = act
        self.staged = staged
    }

    /// Of a staged customer `c`: belongs to an organisation we did not know them to belong to.
    var isUnknown: SQL {
        """
        c.organisation <> '' AND c.organisation <> c.outside_id AND NOT EXISTS (
            SELECT 1 FROM membership m JOIN party_key k ON k.party_id = m.account_id
            WHERE m.person_id = c.party_id AND k.source = \(item.source) AND k.outside_id = c.organisation)
        """
    }

    func run(in connection: any Connection) throws {
        try makeOrganisations(in: connection)
        try connection.run(
            """
            INSERT INTO membership (person_id, account_id, since, import_id)
            SELECT c.party_id, k.party_id, \(typed: act.at.milliseconds), \(typed: item.id.value)
            FROM import_customer c JOIN party_key k ON k.outside_id = c.organisation
            WHERE \(staged) AND k.source = \(item.source) AND c.organisation <> '' AND k.party_id <> c.party_id
            ON CONFLICT (person_id, account_id) DO NOTHING
            """)
    }

    private func makeOrganisations(in connection: any Connection) throws {
        let last = try connection.number("SELECT max(id) FROM party")
        let made = try connection.run(
            """
            INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at)
            SELECT 'organisation', c.organisation, c.organisation_key, FALSE, \(typed: item.source),
                \(typed: item.id.value), \(typed: act.at.milliseconds)
            FROM import_customer c
            WHERE \(staged) AND c.organisation <> '' AND NOT EXISTS (
                SELECT 1 FROM party_key k WHERE k.source = \(item.source) AND k.outside_id = c.organisation)
            GROUP BY c.organisation, c.organisation_key ORDER BY min(c.n)
            """)
        guard made > 0 else { return }
        try connection.run(
            """
            INSERT INTO party_key (source, outside_id, party_id)
            SELECT \(typed: item.source), name, id FROM party WHERE import_id = \(item.id) AND id > \(last)
            """)
        let names = try connection.all(
            """
            SELECT id, name_key FROM party
            WHERE import_id = \(item.id) AND id > \(last) AND name_key LIKE '% %' ORDER BY id
            """
        ) { (try $0.int64(0), try $0.text(1)) }
        try PartyWords.load(names, in: connection)
    }
}
