import Kernel
import Storage

/// What the sample company did about its advocates: most were thanked, some wait, some agreed to be shown, some were
/// asked. By the day and the row's number, so the same company is always treated alike.
struct SampleAdvocacy {
    let end: LocalDate
    let `import`: Int64
    let act: Act

    func run(in connection: any Connection) throws {
        try AdvocacyLife.actsWereAdded("a.import_id = \(`import`)", by: act, in: connection)
        try thank(in: connection)
        try agree(in: connection)
        try ask(in: connection)
        try link(in: connection)
        try AdvocacyCount.foldAll(in: connection)
    }

    /// Acts older than five weeks were thanked; of the others the thanks are due a week after the act.
    private func thank(in connection: any Connection) throws {
        let (border, own) = (end + -35, mine("thank"))
        try connection.run("UPDATE thank SET due_day = act_day + 7 WHERE \(own)")
        try connection.run(
            """
            UPDATE thank SET state = 'thanked', done_at = \(act.at), note = '',
                how = CASE WHEN act_id % 5 = 0 THEN 'gift' WHEN act_id % 3 = 0 THEN 'letter' ELSE 'call' END,
                cost = CASE WHEN act_id % 5 = 0 THEN 1200 ELSE NULL END,
                currency = CASE WHEN act_id % 5 = 0 THEN \(try currency(in: connection)) ELSE '' END
            WHERE \(own) AND act_day < \(border)
            """)
        try connection.run("DELETE FROM advocacy_count_delta WHERE family = 'thank'")
        try connection.run("DELETE FROM advocacy_count WHERE family = 'thank'")
        try connection.run(
            """
            INSERT INTO advocacy_count_delta (family, day, n)
            SELECT 'thank', due_day, count(*) FROM thank WHERE state = 'due' GROUP BY due_day
            """)
    }

    private func currency(in connection: any Connection) throws -> String {
        try connection.first(
            """
            SELECT value FROM setting WHERE name = \(SettingName.currency.rawValue) ORDER BY from_at DESC, id DESC LIMIT 1
            """
        ) { try $0.text(0) } ?? "EUR"
    }

    private func mine(_ table: SQL) -> SQL {
        "\(table).act_id IN (SELECT id FROM advocacy WHERE import_id = \(`import`))"
    }

    /// Two of three whose words may be shown said so in writing.
    private func agree(in connection: any Connection) throws {
        let agreed = try connection.all(
            """
            SELECT t.id, t.day, p.name FROM testimonial t JOIN advocacy a ON a.id = t.act_id
            JOIN party p ON p.id = t.person_id
            WHERE a.import_id = \(`import`) AND a.consent AND t.act_id % 3 <> 0 ORDER BY t.id
            """
        ) { (id: try $0.int64(0), day: try $0.day(1), name: try $0.text(2)) }
        for (place, row) in agreed.enumerated() {
            let form = Testimonial.NameForm.allCases[place % 3]
            let isPublic = place % 4 != 3
            try connection.run(
                """
                UPDATE testimonial SET state = 'given', website = \(isPublic), print = TRUE, sales = \(place % 2 == 0),
                    name_form = \(form), shown_name = \(form.name(of: row.name)) WHERE id = \(row.id)
                """)
            try connection.run(
                """
                INSERT INTO testimonial_consent (testimonial_id, given, day, words, how, website, print, sales, name_form,
                    recorded_at)
                VALUES (\(row.id), TRUE, \(row.day), 'Yes, you may show what I wrote.', 'mail', \(isPublic), TRUE,
                    \(place % 2 == 0), \(form), \(act.at))
                """)
        }
        try AdvocacyCount.add(.testimonialOpen, -agreed.count, in: connection)
        try AdvocacyCount.add(.testimonialGiven, agreed.count, in: connection)
    }

    /// The friends of the latest referrals whose first purchase came soon after them are linked; what that makes of the
    /// referral is found by the job that keeps them.
    private func link(in connection: any Connection) throws {
        let found = try connection.all(
            """
            SELECT r.id, p.id, min(q.day) FROM referral r JOIN advocacy a ON a.id = r.act_id
            JOIN party p ON p.name = a.friend AND p.import_id = a.import_id AND p.id <> r.person_id
            JOIN purchase q ON q.account_id = p.id
            WHERE a.import_id = \(`import`) AND r.day > \(end + -330)
            GROUP BY r.id, p.id, r.day HAVING min(q.day) >= r.day AND min(q.day) < r.day + 40
            ORDER BY r.id DESC, p.id LIMIT 8
            """
        ) { (referral: try $0.int64(0), friend: try $0.int64(1)) }
        var linked = 0
        for row in found {
            linked += try connection.run(
                """
                UPDATE referral SET friend_id = \(row.friend), state = 'linked', linked_how = 'person',
                    linked_at = \(act.at) WHERE id = \(row.referral) AND state = 'open'
                """)
        }
        try AdvocacyCount.add(.referralOpen, -linked, in: connection)
        try AdvocacyCount.add(.referralLinked, linked, in: connection)
    }

    /// Some regulars were asked in the last months, and not all have answered.
    private func ask(in connection: any Connection) throws {
        let people = try connection.all(
            """
            SELECT p.id FROM party p WHERE p.import_id = \(`import`) AND p.kind = 'person' AND p.id % 37 = 5
            ORDER BY p.id LIMIT 24
            """
        ) { try $0.int64(0) }
        let states: [Ask.State] = [.yes, .open, .no, .later, .noReply, .yes]
        for (place, person) in people.enumerated() {
            let state = states[place % states.count]
            let asked = end + (-4 - place * 5)
            let later: LocalDate? = state == .later ? end + (place % 12 == 3 ? 0 : 20) : nil
            let wish = Ask.Wish.allCases[place % 2]
            try connection.run(
                """
                INSERT INTO ask (person_id, wish, asked_at, asked_day, state, later_day, waits, answered_at, note)
                VALUES (\(person), \(wish), \(act.at), \(asked), \(state), \(later), \(later != nil),
                    \(state == .open ? nil : act.at), '')
                """)
            if state == .open { try AdvocacyCount.add(.waiting, 1, in: connection) }
            if let later { try AdvocacyCount.add(.later, day: later.daysSinceEpoch, 1, in: connection) }
        }
    }
}
