import Foundation
import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

extension TestDesk {
    /// Looks at the data now, as the server's worker would.
    @discardableResult
    func look() async throws -> [KeptFinding] {
        let worker = FindFindings(desk: desk)
        try await database.write { try $0.enqueue(worker.kind, key: worker.kind, at: clock.now) }
        let job = try #require(try await desk.jobs.claim([worker.kind], at: clock.now))
        try await worker.run(job, holding: Lease(job: job, jobs: desk.jobs, clock: clock))
        try await desk.jobs.finish(job)
        return try await FindingStore(desk).open()
    }
}

/// Forty-five regulars of the year before who stay away, ninety newcomers of this year by two channels.
enum Harbour {
    /// The clock of the tests stands at 2 March 2026.
    static var csv: String {
        var lines = ["customer,name,email,date,amount,channel"]
        for n in 1...45 {
            for month in ["01", "04", "07", "10"] {
                lines.append("o\(n),Old \(n),,2024-\(month)-10,20.00,shop")
            }
        }
        lines.append("o1,Old 1,,2023-01-05,20.00,shop")
        for n in 1...45 { lines.append("s\(n),Shop \(n),,2025-0\(n % 7 + 3)-1\(n % 9),15.00,shop") }
        for n in 1...45 {
            lines.append("w\(n),Web \(n),w\(n)@example.com,2025-0\(n % 7 + 3)-1\(n % 9),15.00,Web")
        }
        lines.append("w1,Web 1,w1@example.com,2026-02-20,600.00,Web")
        return lines.joined(separator: "\n") + "\n"
    }
}

@Suite struct `Looking for findings` {
    @Test(arguments: Engine.available)
    func `finds what was put into it, and the same when it looks again`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await desk.bring(Harbour.csv)
            try await Self.say(desk)
            try await desk.reckon()
            try await desk.computeFigures()

            let found = try await desk.look()

            let kinds = Set(found.map(\.finding.kind))
            #expect(kinds.isSuperset(of: [.concentration, .capture, .willing, .consent]))
            let capture = try #require(found.first { $0.finding.kind == .capture })
            #expect(
                capture.finding.headline == [
                    .init("channel", .text("shop")), .init("share", .share(0)), .init("others", .share(1)),
                ])
            // Thirty-two promoters: one told others, one refused to be approached, one thought better of it.
            let willing = try #require(found.first { $0.finding.kind == .willing })
            #expect(willing.finding.headline == [.init("count", .count(29))])
            #expect(willing.finding.detail == [.init("promoters", .count(31))])
            let barbara = try await desk.signedIn(as: .barbara)
            let list = try await barbara.get(willing.finding.evidence)
            #expect(list.says("Web 9") && !list.says("Web 3<"))
            let thanks = try #require(found.first { $0.finding.kind == .unthanked })
            #expect(thanks.finding.variant == "due" && thanks.finding.evidence == "/advocates/thanks")
            #expect(thanks.finding.headline == [.init("count", .count(2))])
            let again = try await desk.look()
            #expect(again.map(\.id) == found.map(\.id))

            try await Self.ask(desk)
            try await FindingStore(desk.desk).ask(at: desk.clock.now)
            let asked = try await desk.look()
            #expect(
                asked.first { $0.finding.kind == .willing }?.finding.headline == [.init("count", .count(26))])
        }
    }

    /// Of the willing one was asked last month, one long ago is to be asked again, one owes an answer, and one was asked
    /// long ago and said no.
    private static func ask(_ desk: TestDesk) async throws {
        let now = desk.clock.now
        try await desk.database.write { connection in
            let ids = try connection.all(
                "SELECT party_id FROM party_key WHERE outside_id LIKE 'w%' ORDER BY party_id LIMIT 14"
            ) { try $0.int64(0) }
            let asked = [
                (20_480, "no", false), (19_000, "later", true), (19_000, "open", false),
                (19_000, "no", false),
            ]
            for (id, (day, state, waits)) in zip(ids.dropFirst(10), asked) {
                let later: SQL = waits ? "20600" : "NULL"
                _ = try connection.run(
                    """
                    INSERT INTO ask (person_id, wish, asked_at, asked_day, state, later_day, waits, note)
                    VALUES (\(id), 'referral', \(now), \(day), \(state), \(later), \(waits), '')
                    """)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `takes a contract that ended for a customer lost, and visits for whether they left a way`(
        on engine: Engine
    ) async throws {
        try await withDesk(on: engine) { desk in
            try await desk.bring(Harbour.csv)
            let organisation = try await desk.desk.organisations.required()
            let reading = FindingReading(
                database: desk.database, clock: desk.clock, organisation: organisation, keepGoing: {})
            let before = try await reading.facts()
            #expect(before.contracts == nil && before.looked == nil)
            let start = before.window.lowerBound
            let ids: [ID<Party>] = try await desk.database.read { connection in
                try connection.all(
                    "SELECT party_id FROM party_key WHERE outside_id IN ('o2', 'o3', 'o4', 'w1', 's1', 's2') ORDER BY outside_id"
                ) { try $0.id(0) }
            }
            // o2 ended and was not seen since, o3 goes on, o4 ended and has another, s1 ended and buys, s2 ended before
            // the window, w1 has one that begins later.
            let contracts: [(Int, Int, Int?)] = [
                (0, -400, 100), (1, -400, nil), (2, -400, 100), (2, 90, nil), (3, -90, 200), (4, -400, -30),
                (5, 500, nil),
            ]
            let store = ContractStore(database: desk.database)
            for (place, from, to) in contracts {
                var new = NewContract(
                    party: ids[place], words: "Monthly",
                    terms: ContractTerms(start: start + from, renewalMonths: 1),
                    price: Money(minor: 500, currency: organisation.currency))
                new.end = to.map { start + $0 }
                _ = try await store.add(
                    new, today: organisation.zone.day(of: desk.clock.now), by: desk.desk.act(by: nil))
            }
            let facts = try await reading.facts()

            #expect(facts.contracts == ContractLoss(under: 4, ended: 2, unseen: 1))
        }
    }

    /// Web 1 to 32 are promoters; 2 told others, 3 refuses, 4 said otherwise later, and 5's testimonial waits for a word.
    private static func say(_ desk: TestDesk) async throws {
        let (answers, acts) = (
            AnswerStore(database: desk.database, clock: desk.clock),
            AdvocacyStore(database: desk.database, clock: desk.clock)
        )
        let today = LocalDate(daysSinceEpoch: 20_514)
        let act = desk.desk.act(by: nil)
        let ids = try await desk.database.read { connection in
            try connection.all(
                "SELECT party_id FROM party_key WHERE outside_id LIKE 'w%' ORDER BY party_id LIMIT 33"
            ) {
                try $0.int64(0)
            }
        }
        for (index, id) in ids.prefix(32).enumerated() {
            let day = today + (-100 - index)
            _ = try await answers.record(NewAnswer(party: ID(id), given: 9, day: day), today: today, by: act)
        }
        _ = try await answers.record(
            NewAnswer(party: ID(ids[3]), given: 5, day: today), today: today, by: act)
        _ = try await acts.record(
            NewAct(person: ID(ids[1]), kind: .referral, day: today + (-50)), today: today, by: act)
        _ = try await acts.record(
            NewAct(person: ID(ids[32]), kind: .testimonial, day: today + (-50)), today: today, by: act)
        let refused = ids[2]
        try await desk.database.write { connection in
            _ = try connection.run(
                """
                INSERT INTO consent (party_id, address_key, purpose, given, at, how, recorded_at)
                VALUES (\(refused), '', 'any', FALSE, \(act.at), 'call', \(act.at))
                """)
        }
    }

    @Test(arguments: Engine.available)
    func `reads the waits of newcomers as they were, folded or not`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            let days = Shop.opening...Shop.opening + 60
            let expected = Shop.kinds.reduce(into: CohortWaits()) { waits, kind in
                guard let first = kind.days.first, first <= 60 else { return }
                if kind.days.count > 1 {
                    waits.ended[kind.days[1] - first, default: 0] += kind.customers
                } else {
                    waits.left[182 - first, default: 0] += kind.customers
                }
            }

            for isFolded in [false, true] {
                if isFolded {
                    try await desk.database.write { while try TallyStore.fold(in: $0) > 0 {} }
                }
                let waits = try await desk.database.read {
                    try TallyStore.waits(firsts: days, until: Shop.end.daysSinceEpoch, in: $0)
                }
                #expect(waits == expected)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `is due once after each change it rests on, and when somebody asks`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (worker, store) = (FindFindings(desk: desk.desk), FindingStore(desk.desk))
            #expect(try await worker.isDue(store))
            try await desk.look()
            #expect(try await !worker.isDue(store))

            try await desk.reckon()
            #expect(try await worker.isDue(store))
            try await desk.look()
            try await store.ask(at: desk.clock.now)
            #expect(try await worker.isDue(store))
            try await desk.look()
            let wish = try NewDesired(
                levels: Levels(first: 9, repeating: 9, advocate: 9), from: Company.end, reason: "x",
                today: Company.end)
            try await DesiredStore(database: desk.database).set(wish, by: desk.desk.act(by: nil))
            #expect(try await worker.isDue(store))
        }
    }

    @Test func `asks the fitted model who was still a customer when the window began`() throws {
        var report = FigureReport()
        report.model = .mbgNBD
        report.parameters = [("r", 0.5), ("alpha", 6), ("a", 0.9), ("b", 1.6)].map {
            FigureParameter(name: $0.0, value: $0.1)
        }
        let model = try #require(LostEstimate(report))
        let direct = try MBGNBD<Weeks>(r: 0.5, alpha: Time(6), a: 0.9, b: 1.6).alive(
            try PurchaseHistory(repeats: 3, last: Time(10), observed: Time(12)))

        #expect(model.alive(on: 184, first: 100, last: 170, occasions: 4) == direct.probability)
        #expect(model.alive(on: 170, first: 100, last: 170, occasions: 4) == 1)
        #expect(model.alive(on: 100, first: 100, last: 170, occasions: 4) == nil)
        let gone = GoneCustomer(first: 100, last: 170, occasions: 4, alive: 0.1)
        #expect(model.lost([gone], since: 150) == 1)
        #expect(model.lost([GoneCustomer(first: 100, last: 170, occasions: 4, alive: 0.3)], since: 150) == 0)
        #expect(model.lost([gone], since: 5_000) == 0)
        report.model = nil
        #expect(LostEstimate(report) == nil)
        report.model = .paretoNBD
        #expect(LostEstimate(report) == nil)
    }
}
