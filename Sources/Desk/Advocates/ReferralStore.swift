public import Kernel
public import Storage

/// Every statement on referrals that a screen or a program asks for.
public struct ReferralStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Referrals of one state, latest first, with what the friends of those that bought have spent since.
    public func page(_ state: Referral.State, after: String?, limit: Int) async throws -> Portion<Referral> {
        let mark = PageMark(after)
        let statement: SQL = """
            SELECT \(Referral.columns) FROM \(Referral.sources)
            WHERE r.state = \(state) AND (r.day, r.id) < (\(mark?.first ?? .max), \(mark?.id ?? .max))
            ORDER BY r.day DESC, r.id DESC LIMIT \(limit + 1)
            """
        return try await database.read { connection in
            let rows = try connection.all(statement, Referral.init)
            var portion = Portion(rows, limit: limit) { "\($0.day.daysSinceEpoch)~\($0.id)" }
            try ReferralStore.fill(&portion.items, in: connection)
            return portion
        }
    }

    public func find(_ id: Int64) async throws -> Referral? {
        try await database.read { try ReferralStore.find(id, in: $0) }
    }

    static func find(_ id: Int64, in connection: any Connection) throws -> Referral? {
        let found = try connection.first(
            "SELECT \(Referral.columns) FROM \(Referral.sources) WHERE r.id = \(id)", Referral.init)
        var one = found.map { [$0] } ?? []
        try fill(&one, in: connection)
        return one.first
    }

    /// What a customer's referrals came to, latest first.
    static func referrals(of person: ID<Party>, limit: Int, in connection: any Connection) throws
        -> [Referral]
    {
        var found = try connection.all(
            """
            SELECT \(Referral.columns) FROM \(Referral.sources) WHERE r.person_id = \(person)
            ORDER BY r.id DESC LIMIT \(limit)
            """, Referral.init)
        try fill(&found, in: connection)
        return found
    }

    private static func fill(_ referrals: inout [Referral], in connection: any Connection) throws {
        let bought = referrals.filter { $0.state == .bought }.map(\.id)
        guard !bought.isEmpty else { return }
        let sums: SQL = """
            SELECT r.id, q.currency, CAST(sum(q.amount) AS BIGINT) FROM referral r
            JOIN purchase q ON q.account_id = r.friend_id AND q.day >= r.first_day
            WHERE r.id IN (\(list: bought)) GROUP BY r.id, q.currency ORDER BY r.id, q.currency
            """
        var worth: [Int64: [Money]] = [:]
        try connection.each(sums) { row in
            guard let currency = Currency(try row.text(1)) else { return }
            worth[try row.int64(0), default: []].append(Money(minor: try row.int64(2), currency: currency))
        }
        for index in referrals.indices { referrals[index].worth = worth[referrals[index].id] ?? [] }
    }

    /// A person says which customer the friend is. Linking to another one takes the first link back.
    public func link(_ id: Int64, to friend: ID<Party>, by act: Act) async throws -> Referral {
        let linked = try await database.write { connection in
            guard let referral = try ReferralStore.find(id, in: connection) else {
                throw ReferralRefusal.unknown
            }
            guard try CustomerStore.customer(friend, in: connection) != nil else {
                throw ReferralRefusal.unknownCustomer
            }
            guard friend != referral.person else { throw ReferralRefusal.themselves }
            guard referral.friendParty?.id != friend else { return referral }
            if referral.friendParty != nil {
                try ReferralKeeping(act: act).unlink(referral, in: connection)
            }
            try ReferralKeeping(act: act).link(referral, to: friend.value, how: "person", in: connection)
            return try ReferralStore.find(id, in: connection) ?? referral
        }
        await database.announce("events")
        return linked
    }

    /// The friend is somebody else after all.
    public func unlink(_ id: Int64, by act: Act) async throws -> Referral {
        let open = try await database.write { connection in
            guard let referral = try ReferralStore.find(id, in: connection) else {
                throw ReferralRefusal.unknown
            }
            guard let friend = referral.friendParty else { throw ReferralRefusal.notLinked }
            try ReferralKeeping(act: act).unlink(referral, in: connection)
            try connection.run("UPDATE referral SET dismissed_id = \(friend.id) WHERE id = \(id)")
            return try ReferralStore.find(id, in: connection) ?? referral
        }
        await database.announce("events")
        return open
    }

    /// The suggested customer is not the friend; they are not suggested again.
    public func dismiss(_ id: Int64, by act: Act) async throws {
        try await database.write { connection in
            guard let referral = try ReferralStore.find(id, in: connection) else {
                throw ReferralRefusal.unknown
            }
            guard let suggested = referral.suggested else { throw ReferralRefusal.nothingSuggested }
            try connection.run(
                """
                UPDATE referral SET suggested_id = NULL, suggested_why = '', dismissed_id = \(suggested.id)
                WHERE id = \(id)
                """)
        }
        await database.announce("events")
    }
}
