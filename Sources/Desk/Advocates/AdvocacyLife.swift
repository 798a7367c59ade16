import Kernel
import Storage

/// Gives every act what it leads to, and takes it away again with the act.
///
/// Whoever adds acts or removes them, one or many, calls this in the same transaction. `acts` is a condition on
/// `advocacy a`.
enum AdvocacyLife {
    /// Where the act stands that says a referred friend has bought; it leads to no referral of its own.
    static let purchaseSource = "referral"

    static func actsWereAdded(_ acts: SQL, by act: Act, in connection: any Connection) throws {
        let settings = try AdvocacySettings.read(at: act.at, in: connection)
        let due = try today(at: act.at, in: connection) + settings.thankDays
        let thanks = try connection.run(
            """
            INSERT INTO thank (act_id, person_id, act_day, owner_id, due_day, state, how, currency, note)
            SELECT a.id, a.person_id, a.day, p.owner_id, CAST(\(due) AS BIGINT), 'due', '', '', ''
            FROM advocacy a JOIN party p ON p.id = a.person_id
            WHERE a.counts AND (\(acts)) AND NOT EXISTS (SELECT 1 FROM thank x WHERE x.act_id = a.id) ORDER BY a.id
            """)
        try AdvocacyCount.add(.thank, day: due, thanks, in: connection)
        let referrals = try connection.run(
            """
            INSERT INTO referral (act_id, person_id, day, state, linked_how, suggested_why, looked_at)
            SELECT a.id, a.person_id, a.day, 'open', '', '', 0 FROM advocacy a
            WHERE a.kind = 'referral' AND a.source <> \(purchaseSource) AND (\(acts))
                AND NOT EXISTS (SELECT 1 FROM referral x WHERE x.act_id = a.id) ORDER BY a.id
            """)
        try AdvocacyCount.add(.referralOpen, referrals, in: connection)
        let testimonials = try connection.run(
            """
            INSERT INTO testimonial (act_id, person_id, day, state, short, website, print, sales, name_form, shown_name,
                pinned, changed_at)
            SELECT a.id, a.person_id, a.day, 'open', '', FALSE, FALSE, FALSE, 'none', '', 0, CAST(\(act.at) AS BIGINT)
            FROM advocacy a WHERE a.kind = 'testimonial' AND a.words <> '' AND (\(acts))
                AND NOT EXISTS (SELECT 1 FROM testimonial x WHERE x.act_id = a.id) ORDER BY a.id
            """)
        try AdvocacyCount.add(.testimonialOpen, testimonials, in: connection)
    }

    /// Before the acts are deleted. What a referral led to, the act of its purchase, goes as well; whoever counts levels
    /// counts the persons of these acts out before and in afterwards.
    static func actsWillGo(_ acts: SQL, in connection: any Connection) throws {
        let gone: SQL = "SELECT a.id FROM advocacy a WHERE (\(acts))"
        let purchases: SQL = """
            SELECT b.id FROM referral r JOIN advocacy b
                ON b.source = \(purchaseSource) AND b.outside_id = CAST(r.act_id AS TEXT)
            WHERE r.act_id IN (\(gone))
            """
        for part in [gone, purchases] { try forgetThanks("act_id IN (\(part))", in: connection) }
        try connection.run("DELETE FROM advocacy WHERE id IN (\(purchases))")
        try countOut("referral", "act_id IN (\(gone))", in: connection)
        try connection.run("DELETE FROM referral WHERE act_id IN (\(gone))")
        try countOut("testimonial", "act_id IN (\(gone))", in: connection)
        let shown: SQL = "SELECT id FROM testimonial WHERE act_id IN (\(gone))"
        try connection.run("DELETE FROM testimonial_consent WHERE testimonial_id IN (\(shown))")
        try connection.run("DELETE FROM testimonial WHERE act_id IN (\(gone))")
    }

    /// Takes customers who are leaving the desk off every list. Their acts are gone before.
    static func forget(_ parties: SQL, in connection: any Connection) throws {
        let theirs: SQL = "person_id IN (\(parties))"
        let open = try connection.number("SELECT count(*) FROM ask WHERE state = 'open' AND \(theirs)")
        try AdvocacyCount.add(.waiting, -open, in: connection)
        try connection.run(
            """
            INSERT INTO advocacy_count_delta (family, day, n)
            SELECT 'later', later_day, -count(*) FROM ask WHERE waits AND \(theirs) GROUP BY later_day
            """)
        try connection.run("DELETE FROM ask WHERE \(theirs)")
        try connection.run("DELETE FROM ask_row WHERE party_id IN (\(parties))")
        // Where a friend leaves, the job that keeps referrals sees that there is nobody to be linked to.
        try connection.run(
            "UPDATE referral SET suggested_id = NULL, suggested_why = '' WHERE suggested_id IN (\(parties))")
    }

    /// The sample's customers leave: with them whatever the lists and counters held of them.
    static func sampleGoes(_ parties: SQL, in connection: any Connection) throws {
        try forget(parties, in: connection)
        // Quotes and places on lists are made anew; what is left of them points at nobody.
        try connection.run("DELETE FROM talk")
        try connection.run("DELETE FROM ask_row")
        try connection.run("DELETE FROM ask_run")
        try AdvocacyCount.set(.ready, to: 0, in: connection)
        try AdvocacyCount.foldAll(in: connection)
        try connection.run("DELETE FROM advocacy_count WHERE n = 0")
    }

    /// An act that came to count or ceased to: it is thanked for, or no longer waits to be.
    static func countsChanged(_ id: Int64, counts: Bool, by act: Act, in connection: any Connection) throws {
        if counts {
            try actsWereAdded("a.id = \(id)", by: act, in: connection)
        } else {
            try forgetThanks("act_id = \(id) AND state = 'due'", in: connection)
        }
    }

    private static func forgetThanks(_ condition: SQL, in connection: any Connection) throws {
        try connection.run(
            """
            INSERT INTO advocacy_count_delta (family, day, n)
            SELECT 'thank', due_day, -count(*) FROM thank WHERE state = 'due' AND \(condition) GROUP BY due_day
            """)
        try connection.run("DELETE FROM thank WHERE \(condition)")
    }

    /// Both tables count by state, under names that begin with their own.
    private static func countOut(_ table: SQL, _ condition: SQL, in connection: any Connection) throws {
        let states = try connection.all(
            "SELECT state, count(*) FROM \(table) WHERE \(condition) GROUP BY state"
        ) { (try $0.text(0), try $0.int(1)) }
        for (state, count) in states {
            guard let family = AdvocacyCount.Family(rawValue: "\(table.text) \(state)") else { continue }
            try AdvocacyCount.add(family, -count, in: connection)
        }
    }

    /// The organisation's day, inside a transaction.
    static func today(at moment: Instant, in connection: any Connection) throws -> Int {
        let zone = try connection.first(
            """
            SELECT value FROM setting WHERE name = \(SettingName.zone.rawValue) AND from_at <= \(moment)
            ORDER BY from_at DESC, id DESC LIMIT 1
            """
        ) { try $0.text(0) }
        return (zone.flatMap(Zone.init) ?? .utc).day(of: moment).daysSinceEpoch
    }
}
