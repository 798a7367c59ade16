import Kernel
import Storage

/// Brings referrals in step with the customers there are and what they bought.
struct ReferralKeeping {
    let act: Act

    /// Links a friend, and where their first purchase came after the referral, says so at once.
    func link(_ referral: Referral, to friend: Int64, how: String, in connection: any Connection) throws {
        let linked = try connection.run(
            """
            UPDATE referral SET friend_id = \(friend), state = 'linked', linked_how = \(how), linked_by = \(act.actor),
                linked_at = \(act.at), suggested_id = NULL, suggested_why = '' WHERE id = \(referral.id) AND state = 'open'
            """)
        guard linked == 1 else { throw ReferralRefusal.linked }
        try move(.open, .linked, in: connection)
        try connection.record(
            "referral.linked", "referral", referral.id, by: act, party: referral.person.value,
            detail: ["friend": friend])
        if let linked = try ReferralStore.find(referral.id, in: connection) {
            try weigh(linked, friend: friend, in: connection)
        }
    }

    /// Takes a link back, with the act that said the friend had bought.
    func unlink(_ referral: Referral, in connection: any Connection) throws {
        if referral.state == .bought { try takeBack(referral, in: connection) }
        try connection.run(
            """
            UPDATE referral SET friend_id = NULL, state = 'open', linked_how = '', linked_by = NULL, linked_at = NULL,
                first_day = NULL, looked_at = \(act.at) WHERE id = \(referral.id)
            """)
        try move(.linked, .open, in: connection)
    }

    /// Whether what the referral says still holds, and what holds now.
    func weigh(_ referral: Referral, friend: Int64, in connection: any Connection) throws {
        let first = try connection.first(
            "SELECT first_day FROM standing WHERE party_id = \(friend)"
        ) { try $0.day(0) }
        let bought = first.flatMap { $0 >= referral.day ? $0 : nil }
        guard bought != referral.firstDay else { return }
        if referral.state == .bought { try takeBack(referral, in: connection) }
        guard let bought else { return }
        try connection.run(
            "UPDATE referral SET state = 'bought', first_day = \(bought) WHERE id = \(referral.id)")
        try move(.linked, .bought, in: connection)
        try recordPurchase(of: referral, on: bought, in: connection)
    }

    /// A referral that bought is an act of its own: it makes its giver an advocate on that day, and is thanked for.
    private func recordPurchase(
        of referral: Referral, on day: LocalDate, in connection: any Connection
    ) throws {
        try LevelStore.actWillBeRecorded(
            person: referral.person.value, day: day.daysSinceEpoch, in: connection)
        let id = try connection.first(
            """
            INSERT INTO advocacy (person_id, kind, day, words, friend, counts, source, outside_id, import_id, recorded_at)
            SELECT person_id, 'referral', CAST(\(day) AS BIGINT), '', friend, TRUE, \(typed: AdvocacyLife.purchaseSource),
                \(typed: "\(referral.act)"), 0, CAST(\(act.at) AS BIGINT)
            FROM advocacy WHERE id = \(referral.act) RETURNING id
            """
        ) { try $0.int64(0) }
        guard let id else { return }
        try AdvocacyLife.actsWereAdded("a.id = \(id)", by: act, in: connection)
        try connection.record(
            "referral.bought", "referral", referral.id, by: act, party: referral.person.value)
    }

    private func takeBack(_ referral: Referral, in connection: any Connection) throws {
        let purchase = try connection.first(
            """
            SELECT id FROM advocacy WHERE source = \(AdvocacyLife.purchaseSource) AND outside_id = \("\(referral.act)")
            """
        ) { try $0.int64(0) }
        if let purchase {
            let before = try LevelStore.actDays(of: referral.person.value, in: connection)
            try AdvocacyLife.actsWillGo("a.id = \(purchase)", in: connection)
            try connection.run("DELETE FROM advocacy WHERE id = \(purchase)")
            var changes = TallyChanges()
            changes.count(acts: before, sign: -1)
            changes.count(
                acts: try LevelStore.actDays(of: referral.person.value, in: connection), sign: 1)
            try changes.write(in: connection)
        }
        try connection.run(
            "UPDATE referral SET state = 'linked', first_day = NULL WHERE id = \(referral.id)")
        try move(.bought, .linked, in: connection)
    }

    private func move(_ from: Referral.State, _ to: Referral.State, in connection: any Connection) throws {
        try AdvocacyCount.add(ReferralKeeping.family(from), -1, in: connection)
        try AdvocacyCount.add(ReferralKeeping.family(to), 1, in: connection)
    }

    private static func family(_ state: Referral.State) -> AdvocacyCount.Family {
        switch state {
        case .open: .referralOpen
        case .linked: .referralLinked
        case .bought: .referralBought
        }
    }

    /// Of a name that more have, so many are looked at.
    private static let mostNames = 20

    private typealias Namesake = (id: Int64, first: LocalDate?)

    /// Of several with the name, whoever came for the first time soonest after the referral.
    private static func isLikelier(_ one: Namesake, _ other: Namesake, since day: LocalDate) -> Bool {
        func rank(_ namesake: Namesake) -> (Int, Int, Int64) {
            guard let first = namesake.first else { return (1, 0, namesake.id) }
            return first >= day ? (0, first.daysSinceEpoch, namesake.id) : (2, 0, namesake.id)
        }
        return rank(one) < rank(other)
    }

    /// Looks for the friend among our customers: the same address links them, the same name suggests them.
    func seek(_ referral: Referral, dismissed: Int64?, in connection: any Connection) throws {
        let words = FriendWords(referral.friend)
        let others: SQL = "p.id <> \(referral.person) AND p.id <> \(dismissed ?? 0) AND NOT p.serves"
        let addresses = [words.email, words.phone].compactMap(\.self)
        let byAddress = try connection.all(
            """
            SELECT DISTINCT p.id FROM address d JOIN party p ON p.id = d.party_id
            WHERE d.value_key IN (\(list: addresses)) AND \(others) ORDER BY p.id LIMIT 2
            """
        ) { try $0.int64(0) }
        if byAddress.count == 1 {
            return try link(referral, to: byAddress[0], how: "address", in: connection)
        }
        var byName: [Int64] = []
        if !words.nameKey.isEmpty {
            byName = try connection.all(
                """
                SELECT p.id, s.first_day FROM party p LEFT JOIN standing s ON s.party_id = p.id
                WHERE p.name_key = \(words.nameKey) AND \(others) ORDER BY p.id LIMIT \(ReferralKeeping.mostNames)
                """
            ) { (id: try $0.int64(0), first: try $0.optionalDay(1)) }
            .sorted { ReferralKeeping.isLikelier($0, $1, since: referral.day) }.map(\.id)
        }
        let suggestion = byName.first ?? byAddress.first
        let why = suggestion == nil ? "" : byName.isEmpty ? "address" : byName.count == 1 ? "name" : "names"
        try connection.run(
            """
            UPDATE referral SET suggested_id = \(suggestion), suggested_why = \(why), looked_at = \(act.at)
            WHERE id = \(referral.id)
            """)
    }
}

extension ReferralStore {
    /// Referrals looked at in one transaction.
    private static let portion = 200
    /// How many one run of the job looks at: what is left waits for the next.
    private static let reach = 2000

    /// How soon one that was looked at is looked at again, in milliseconds. A new one is looked at in the next run.
    private static func patience(_ state: Referral.State) -> Int64 {
        switch state {
        case .open: 600_000
        case .linked: 60_000
        case .bought: 3_600_000
        }
    }

    /// Looks for friends, the longest not looked for first, then at what linked friends have bought.
    func look(by act: Act, _ keepGoing: @Sendable () async throws -> Void = {}) async throws {
        for state in Referral.State.allCases {
            for _ in 0..<(ReferralStore.reach / ReferralStore.portion) {
                let looked = try await database.write { connection in
                    try ReferralStore.look(state, by: act, in: connection)
                }
                try await keepGoing()
                if looked < ReferralStore.portion { break }
            }
        }
    }

    private static func look(
        _ state: Referral.State, by act: Act, in connection: any Connection
    ) throws -> Int {
        let border = act.at.milliseconds - patience(state)
        let waiting = try connection.all(
            """
            SELECT id, friend_id, dismissed_id FROM referral WHERE state = \(state) AND looked_at <= \(border)
            ORDER BY looked_at, id LIMIT \(portion)
            """
        ) { (id: try $0.int64(0), friend: try $0.optionalInt64(1), dismissed: try $0.optionalInt64(2)) }
        let keeping = ReferralKeeping(act: act)
        for row in waiting {
            guard let referral = try find(row.id, in: connection) else { continue }
            if state == .open {
                try keeping.seek(referral, dismissed: row.dismissed, in: connection)
            } else if let friend = row.friend, referral.friendParty != nil {
                try keeping.weigh(referral, friend: friend, in: connection)
            } else {
                try keeping.unlink(referral, in: connection)
            }
            try connection.run("UPDATE referral SET looked_at = \(act.at) WHERE id = \(row.id)")
        }
        return waiting.count
    }
}
