import Storage

/// How many lie where: counters beside the lists, kept in step by whoever changes a list.
///
/// A change is a row of its own, so that two colleagues never wait for each other; a job folds them.
enum AdvocacyCount {
    enum Family: String, SQLBindable {
        /// Persons who may be asked now.
        case ready
        /// Asked, and no answer yet.
        case waiting
        /// To be asked again, by the day.
        case later
        /// To be thanked, by the day it is due.
        case thank
        case referralOpen = "referral open"
        case referralLinked = "referral linked"
        case referralBought = "referral bought"
        case testimonialOpen = "testimonial open"
        case testimonialGiven = "testimonial given"
        case testimonialRefused = "testimonial refused"
        case testimonialWithdrawn = "testimonial withdrawn"
    }

    static func add(_ family: Family, day: Int = 0, _ n: Int, in connection: any Connection) throws {
        guard n != 0 else { return }
        try connection.run(
            "INSERT INTO advocacy_count_delta (family, day, n) VALUES (\(family), \(day), \(n))")
    }

    /// Folds what waits; answers how many rows.
    static func fold(limit: Int = 10_000, in connection: any Connection) throws -> Int {
        let last = try connection.number(
            """
            SELECT max(id) FROM (SELECT id FROM advocacy_count_delta ORDER BY id LIMIT \(limit)) AS oldest
            """)
        guard last > 0 else { return 0 }
        try connection.run(
            """
            INSERT INTO advocacy_count (family, day, n)
            SELECT family, day, CAST(sum(n) AS BIGINT) FROM advocacy_count_delta WHERE id <= \(last) GROUP BY family, day
            ON CONFLICT (family, day) DO UPDATE SET n = advocacy_count.n + excluded.n
            """)
        try connection.run("DELETE FROM advocacy_count WHERE n = 0")
        return try connection.run("DELETE FROM advocacy_count_delta WHERE id <= \(last)")
    }

    static func foldAll(in connection: any Connection) throws {
        while try fold(limit: 1_000_000, in: connection) > 0 {}
    }

    /// Sets a counter that a computation knows whole.
    static func set(_ family: Family, to n: Int, in connection: any Connection) throws {
        try connection.run("DELETE FROM advocacy_count WHERE family = \(family)")
        try connection.run("DELETE FROM advocacy_count_delta WHERE family = \(family)")
        try add(family, n, in: connection)
    }
}

/// What the lists of advocacy hold today.
public struct AdvocacyTotals: Sendable, Equatable {
    public var ready = 0
    public var waiting = 0
    /// Asked to come back, and the day is here.
    public var backToday = 0
    public var later = 0
    public var thanksDue = 0
    public var thanksOverdue = 0
    public var referrals: [Referral.State: Int] = [:]
    public var testimonials: [Testimonial.State: Int] = [:]

    static func read(today: Int, in connection: any Connection) throws -> AdvocacyTotals {
        var totals = AdvocacyTotals()
        let sums: SQL = """
            SELECT family, CASE WHEN day < \(today) THEN -1 WHEN day > \(today) THEN 1 ELSE 0 END AS part,
                CAST(sum(n) AS BIGINT)
            FROM (SELECT family, day, n FROM advocacy_count UNION ALL SELECT family, day, n FROM advocacy_count_delta)
                AS counted
            GROUP BY family, part
            """
        try connection.each(sums) { row in
            if let family = AdvocacyCount.Family(rawValue: try row.text(0)) {
                totals.add(family, try row.int(1), try row.int(2))
            }
        }
        return totals
    }

    private mutating func add(_ family: AdvocacyCount.Family, _ part: Int, _ n: Int) {
        switch family {
        case .ready: ready += n
        case .waiting: waiting += n
        case .later:
            later += n
            backToday += part <= 0 ? n : 0
        case .thank:
            thanksDue += n
            thanksOverdue += part < 0 ? n : 0
        case .referralOpen: referrals[.open, default: 0] += n
        case .referralLinked: referrals[.linked, default: 0] += n
        case .referralBought: referrals[.bought, default: 0] += n
        case .testimonialOpen: testimonials[.open, default: 0] += n
        case .testimonialGiven: testimonials[.given, default: 0] += n
        case .testimonialRefused: testimonials[.refused, default: 0] += n
        case .testimonialWithdrawn: testimonials[.withdrawn, default: 0] += n
        }
    }
}
