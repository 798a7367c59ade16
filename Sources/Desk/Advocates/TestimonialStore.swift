public import Kernel
public import Storage
import Web

/// Every statement on testimonials, besides what the wall reads.
public struct TestimonialStore: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// Testimonials of one state, latest first.
    public func page(_ state: Testimonial.State, after: String?, limit: Int) async throws
        -> Portion<Testimonial>
    {
        let mark = PageMark(after)
        let statement: SQL = """
            SELECT \(Testimonial.columns) FROM \(Testimonial.sources)
            WHERE t.state = \(state) AND (t.day, t.id) < (\(mark?.first ?? .max), \(mark?.id ?? .max))
            ORDER BY t.day DESC, t.id DESC LIMIT \(limit + 1)
            """
        let rows = try await database.read { try $0.all(statement, Testimonial.init) }
        return Portion(rows, limit: limit) { "\($0.day.daysSinceEpoch)~\($0.id)" }
    }

    public func find(_ id: Int64) async throws -> Testimonial? {
        try await database.read { try TestimonialStore.find("t.id = \(id)", in: $0) }
    }

    static func find(_ condition: SQL, in connection: any Connection) throws -> Testimonial? {
        try connection.first(
            "SELECT \(Testimonial.columns) FROM \(Testimonial.sources) WHERE \(condition)", Testimonial.init)
    }

    /// Whose link this is; nil where it has ended.
    func find(token: String) async throws -> Testimonial? {
        let hash = Secrets.hash(of: token)
        return try await database.read { try TestimonialStore.find("t.token_hash = \(hash)", in: $0) }
    }

    /// A customer's testimonials, latest first.
    static func testimonials(of person: ID<Party>, limit: Int, in connection: any Connection) throws
        -> [Testimonial]
    {
        try connection.all(
            """
            SELECT \(Testimonial.columns) FROM \(Testimonial.sources) WHERE t.person_id = \(person)
            ORDER BY t.id DESC LIMIT \(limit)
            """, Testimonial.init)
    }

    /// Every consent and refusal, latest first.
    public func consents(of id: Int64) async throws -> [TestimonialConsent] {
        let statement: SQL = """
            SELECT given, day, words, how, website, print, sales, name_form, recorded_by FROM testimonial_consent
            WHERE testimonial_id = \(id) ORDER BY id DESC LIMIT 50
            """
        return try await database.read { connection in
            try connection.all(statement) { row in
                var consent = TestimonialConsent(
                    day: try row.day(1), words: try row.text(2),
                    way: Testimonial.Way(rawValue: try row.text(3)) ?? .letter)
                consent.given = try row.bool(0)
                consent.website = try row.bool(4)
                consent.print = try row.bool(5)
                consent.sales = try row.bool(6)
                consent.nameForm = try row.word(7)
                consent.recordedBy = try row.optionalInt64(8)
                return consent
            }
        }
    }

    /// Keeps what the customer agreed to, or that they did not. From here on it holds, whatever was said before.
    public func consent(_ id: Int64, _ consent: TestimonialConsent, today: LocalDate, by act: Act)
        async throws -> Testimonial
    {
        try TestimonialStore.check(consent, today: today)
        let testimonial = try await database.write { connection in
            guard let testimonial = try TestimonialStore.find("t.id = \(id)", in: connection) else {
                throw TestimonialRefusal.unknown
            }
            try TestimonialStore.keep(consent, of: testimonial, by: act, in: connection)
            return try TestimonialStore.find("t.id = \(id)", in: connection) ?? testimonial
        }
        await database.announce("events")
        return testimonial
    }

    private static func check(_ consent: TestimonialConsent, today: LocalDate) throws {
        guard consent.day <= today else { throw TestimonialRefusal.inTheFuture }
        guard consent.day >= LocalDate.earliest else { throw TestimonialRefusal.tooLongAgo }
        guard consent.words.utf8.count <= 20_000 else { throw TestimonialRefusal.consentTooLong }
        guard consent.given else { return }
        guard !consent.words.trimmed.isEmpty else { throw TestimonialRefusal.noConsentText }
        guard consent.website || consent.print || consent.sales else { throw TestimonialRefusal.nowhere }
    }

    private static func keep(
        _ consent: TestimonialConsent, of testimonial: Testimonial, by act: Act,
        in connection: any Connection
    ) throws {
        let given = consent.given
        let name = given ? consent.nameForm.name(of: testimonial.name) : ""
        try connection.run(
            """
            INSERT INTO testimonial_consent (testimonial_id, given, day, words, how, website, print, sales, name_form,
                recorded_by, recorded_at)
            VALUES (\(testimonial.id), \(given), \(consent.day), \(consent.words.trimmed), \(consent.way.rawValue),
                \(given && consent.website), \(given && consent.print), \(given && consent.sales),
                \(given ? consent.nameForm : .none), \(act.actor), \(act.at))
            """)
        try connection.run(
            """
            UPDATE testimonial SET website = \(given && consent.website), print = \(given && consent.print),
                sales = \(given && consent.sales), name_form = \(given ? consent.nameForm : .none),
                shown_name = \(name) WHERE id = \(testimonial.id)
            """)
        try change(testimonial, to: given ? .given : .refused, by: act, in: connection)
        try connection.record(
            given ? "testimonial.consented" : "testimonial.refused", "testimonial", testimonial.id, by: act,
            party: testimonial.person.value)
    }

    /// It is shown nowhere from now on. By a colleague, or by the person through their own link (`act` by nobody).
    public func withdraw(_ id: Int64, by act: Act) async throws -> Testimonial {
        let withdrawn = try await database.write { connection in
            guard let testimonial = try TestimonialStore.find("t.id = \(id)", in: connection) else {
                throw TestimonialRefusal.unknown
            }
            // Saying no twice is saying no.
            guard testimonial.state != .withdrawn else { return testimonial }
            try connection.run(
                """
                UPDATE testimonial SET website = FALSE, print = FALSE, sales = FALSE, name_form = 'none', shown_name = ''
                WHERE id = \(id)
                """)
            try TestimonialStore.change(testimonial, to: .withdrawn, by: act, in: connection)
            try connection.record(
                "testimonial.withdrawn", "testimonial", id, by: act, party: testimonial.person.value)
            return try TestimonialStore.find("t.id = \(id)", in: connection) ?? testimonial
        }
        await database.announce("events")
        return withdrawn
    }

    /// Moves it to a state, and with it whether its act is evidence: what may not be shown tells nobody.
    private static func change(
        _ testimonial: Testimonial, to state: Testimonial.State, by act: Act, in connection: any Connection
    ) throws {
        try connection.run(
            "UPDATE testimonial SET state = \(state), changed_at = \(act.at) WHERE id = \(testimonial.id)")
        try AdvocacyCount.add(family(testimonial.state), -1, in: connection)
        try AdvocacyCount.add(family(state), 1, in: connection)
        try AdvocacyStore.setConsent(testimonial.act, state == .given, by: act, in: connection)
    }

    private static func family(_ state: Testimonial.State) -> AdvocacyCount.Family {
        switch state {
        case .open: .testimonialOpen
        case .given: .testimonialGiven
        case .refused: .testimonialRefused
        case .withdrawn: .testimonialWithdrawn
        }
    }
}

extension TestimonialStore {
    /// Puts a shortened form beside the words, or takes it away. The words themselves nobody changes.
    public func shorten(_ id: Int64, to short: String, by act: Act) async throws -> Testimonial {
        let text = short.replacing("[...]", with: Excerpt.gap).trimmed
        return try await change(id, by: act, event: "testimonial.shortened") { testimonial in
            guard text.isEmpty || Excerpt.isTrue(text, of: testimonial.words) else {
                throw TestimonialRefusal.notTheirWords
            }
            return "UPDATE testimonial SET short = \(text), changed_at = \(act.at) WHERE id = \(id)"
        }
    }

    /// Chooses it for the front of the wall, or lets it take its turn again.
    public func pin(_ id: Int64, _ isPinned: Bool, by act: Act) async throws -> Testimonial {
        try await change(id, by: act, event: nil) { testimonial in
            guard testimonial.state == .given else { throw TestimonialRefusal.notGiven }
            return
                "UPDATE testimonial SET pinned = \(isPinned ? 1 : 0), changed_at = \(act.at) WHERE id = \(id)"
        }
    }

    /// A link with which the person withdraws by themselves, without signing in. Shown once; the link before it ends.
    func makeLink(_ id: Int64, by act: Act) async throws -> (Testimonial, token: String) {
        let token = Secrets.freshKey()
        let hash = Secrets.hash(of: token)
        let testimonial = try await change(id, by: act, event: nil) { _ in
            "UPDATE testimonial SET token_hash = \(hash), changed_at = \(act.at) WHERE id = \(id)"
        }
        return (testimonial, token)
    }

    private func change(
        _ id: Int64, by act: Act, event: String?, _ update: @escaping @Sendable (Testimonial) throws -> SQL
    ) async throws -> Testimonial {
        let changed = try await database.write { connection in
            guard let testimonial = try TestimonialStore.find("t.id = \(id)", in: connection) else {
                throw TestimonialRefusal.unknown
            }
            try connection.run(try update(testimonial))
            if let event {
                try connection.record(
                    event, "testimonial", id, by: act, party: testimonial.person.value)
            }
            return try TestimonialStore.find("t.id = \(id)", in: connection) ?? testimonial
        }
        await database.announce("events")
        return changed
    }
}

extension AdvocacyStore {
    /// What a customer says of showing their words decides whether they count as evidence, and so the level.
    static func setConsent(_ id: Int64, _ consent: Bool, by act: Act, in connection: any Connection) throws {
        let known = try connection.first(
            "SELECT person_id, kind, rating, counts FROM advocacy WHERE id = \(id)"
        ) { row in
            (
                person: try row.int64(0), kind: try row.word(1, as: AdvocacyAct.Kind.self),
                rating: try row.optionalInt(2), counts: try row.bool(3)
            )
        }
        guard let known else { return }
        let counts = AdvocacyAct.counts(known.kind, rating: known.rating, consent: consent)
        let before = try LevelStore.actDays(of: known.person, in: connection)
        try connection.run(
            "UPDATE advocacy SET consent = \(consent), counts = \(counts) WHERE id = \(id)")
        guard counts != known.counts else { return }
        var changes = TallyChanges()
        changes.count(acts: before, sign: -1)
        changes.count(acts: try LevelStore.actDays(of: known.person, in: connection), sign: 1)
        try changes.write(in: connection)
        try AdvocacyLife.countsChanged(id, counts: counts, by: act, in: connection)
    }
}
