import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Thanking` {
    @Test(arguments: Engine.available)
    func `is due after some days, is done with how and cost, and only once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            try await desk.act(ada, .recommendation, words: "Go there!")
            let (grace, barbara) = (
                try await desk.signedIn(as: .grace), try await desk.signedIn(as: .barbara)
            )
            let thank = try #require(
                try await desk.thanks.page(.due, of: nil, after: nil, limit: 5).items.first)
            let path = "/advocates/thanks/\(thank.id)"
            #expect(thank.due == (try await desk.today()) + 7)
            #expect(try await grace.get(path).says("Go there!"))

            #expect(try await grace.post("\(path)/taking").status == .seeOther)
            let late = try await barbara.follow(try await barbara.post("\(path)/taking"))
            #expect(late.says("A colleague was quicker"))
            for (form, word) in [
                (["how": "x", "note": "kept"], "Say how"),
                (["how": "gift", "cost": "1e99", "note": "kept"], "no amount"),
                (["how": "call", "cost": "5", "note": "kept"], "Only a gift"),
            ] as [(KeyValuePairs<String, String>, String)] {
                let reply = try await grace.post("\(path)/giving", form)
                #expect(reply.status == .unprocessableContent && reply.says(word) && reply.says("kept"))
            }
            let done = try await grace.post("\(path)/giving", ["how": "gift", "cost": "12.50"])

            #expect(done.status == .seeOther)
            let given = try #require(try await desk.thanks.find(thank.id))
            #expect(given.state == .thanked && given.cost == 1250 && given.currency == "EUR")
            #expect(try await barbara.post("\(path)/skipping", ["reason": "late"]).status == .conflict)
            #expect(try await desk.countersAreRight())
            #expect(try await grace.get("/advocates/thanks?show=done").says("€12.50"))
            #expect(try await grace.get("/people/\(ada)").says("With a gift"))
        }
    }

    @Test func `counts what is overdue`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await desk.act(try await desk.ada(), .recommendation)
            desk.clock.advance(by: .seconds(7 * 86_400))
            #expect(try await desk.totals().thanksOverdue == 0)
            desk.clock.advance(by: .seconds(86_400))

            #expect(try await desk.totals().thanksOverdue == 1)
            #expect(try await desk.signedIn(as: .grace).get("/advocates/thanks").says("1 day late"))
        }
    }

    @Test(arguments: Engine.available)
    func `shows a closed seat's thanks as nobody's`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let barbara = try await desk.seat(of: .barbara)
            _ = try await desk.database.write {
                try $0.run("UPDATE party SET owner_id = \(barbara.value) WHERE id = \(ada)")
            }
            try await desk.act(ada, .recommendation)
            let id = Int64(try await desk.count("SELECT id FROM thank"))
            #expect(try await desk.thanks.find(id)?.owner == barbara.value)
            _ = try await desk.database.write {
                try $0.run("UPDATE agent SET suspended = TRUE WHERE person_id = \(barbara.value)")
            }

            #expect(try await desk.thanks.find(id)?.owner == nil)
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.post("/advocates/thanks/\(id)/taking").status == .seeOther)
            #expect(try await desk.thanks.find(id)?.owner == (try await desk.seat(of: .grace).value))
        }
    }

    @Test(arguments: Engine.available)
    func `leaves out many old ones for a reason`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            for days in [0, 40, 50] {
                try await desk.act(ada, .recommendation, daysAgo: days, words: "\(days)")
            }
            let barbara = try await desk.signedIn(as: .barbara)
            let day = (try await desk.today()) + -30

            let empty = try await barbara.post(
                "/advocates/thanks/skipping", ["before": "\(day)", "reason": " "])
            let done = try await barbara.follow(
                try await barbara.post(
                    "/advocates/thanks/skipping", ["before": "\(day)", "reason": "old file"]))

            #expect(empty.status == .unprocessableContent && empty.says("\(day)"))
            #expect(done.says("2 were left out"))
            #expect(try await desk.totals().thanksDue == 1)
            #expect(try await desk.countersAreRight())
            let grace = try await desk.signedIn(as: .grace)
            #expect(
                try await grace.post("/advocates/thanks/skipping", ["before": "\(day)"]).status == .forbidden)
        }
    }

    @Test func `guards what a spreadsheet would take for a formula`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await desk.act(try await desk.customer("=HYPERLINK(1)"), .referral, friend: "@cmd")
            let barbara = try await desk.signedIn(as: .barbara)

            #expect(try await barbara.get("/advocates/thanks/csv").says("\"'=HYPERLINK(1)\""))
            #expect(try await barbara.get("/advocates/referrals/csv").says("\"'@cmd\""))
        }
    }
}

@Suite struct `Nobody who recommended us` {
    /// Every act that counts has one thank, every thank has its act, and the counters agree.
    private func holds(_ database: any Database) async throws -> Bool {
        let broken: SQL = """
            SELECT (SELECT count(*) FROM advocacy a WHERE a.counts
                    AND NOT EXISTS (SELECT 1 FROM thank t WHERE t.act_id = a.id AND t.person_id = a.person_id))
                + (SELECT count(*) FROM thank t WHERE NOT EXISTS (SELECT 1 FROM advocacy a WHERE a.id = t.act_id))
                + (SELECT count(*) FROM thank t WHERE t.state = 'skipped' AND t.note = '')
                + (SELECT count(*) FROM referral r WHERE NOT EXISTS (SELECT 1 FROM advocacy a WHERE a.id = r.act_id))
                + (SELECT count(*) FROM testimonial r WHERE NOT EXISTS (SELECT 1 FROM advocacy a WHERE a.id = r.act_id))
                + (SELECT count(*) FROM thank t WHERE NOT EXISTS (SELECT 1 FROM party p WHERE p.id = t.person_id))
            """
        return try await database.read { try $0.number(broken) } == 0
    }

    @Test(arguments: Engine.available)
    func `is forgotten by any history of acts, answers, merges and withdrawals`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            var dice = Dice(seed: 20_261_122)
            var people: [ID<Party>] = []
            for number in 0..<5 { people.append(try await desk.customer("Person \(number)")) }
            let act = desk.desk.act(by: nil)
            for step in 0..<60 {
                let person = people[dice.roll(people.count)]
                switch dice.roll(6) {
                case 0, 1, 2:
                    let kind = AdvocacyAct.Kind.allCases[dice.roll(5)]
                    try await desk.act(
                        person, kind, daysAgo: dice.roll(60), words: "words \(step)",
                        friend: "Friend \(step)",
                        consent: [nil, true, false][dice.roll(3)])
                case 3:
                    guard
                        let due = try await desk.thanks.page(.due, of: nil, after: nil, limit: 1).items.first
                    else {
                        continue
                    }
                    try await desk.thanks.finish(
                        due.id,
                        dice.roll(2) == 0
                            ? .thanked(.call, cost: nil, note: "") : .skipped(reason: "moved away"),
                        by: act)
                case 4:
                    guard let one = try await desk.testimonials.page(.open, after: nil, limit: 1).items.first
                    else {
                        continue
                    }
                    var consent = TestimonialConsent(day: try await desk.today(), words: "Yes", way: .mail)
                    (consent.given, consent.website) = (dice.roll(2) == 0, true)
                    _ = try await desk.testimonials.consent(
                        one.id, consent, today: try await desk.today(), by: act)
                    if dice.roll(3) == 0 { _ = try await desk.testimonials.withdraw(one.id, by: act) }
                default:
                    guard people.count > 2 else { continue }
                    // As a merge does it: by what the tables say of themselves.
                    let gone = people.remove(at: dice.roll(people.count))
                    try await desk.merge(gone, into: people[0])
                }
                #expect(try await holds(desk.database), "step \(step)")
            }
            #expect(try await desk.countersAreRight())
            #expect(try await desk.count("SELECT count(*) FROM thank") > 5)
        }
    }

    @Test(arguments: Engine.available)
    func `is forgotten where a file brought the acts in, and nothing is left where it is taken back`(
        on engine: Engine
    ) async throws {
        try await withImports(on: engine) { bench in
            let empty = try await bench.everything()
            let file = """
                customer,kind,date,words,consent,friend,name
                ada,referral,2026-01-05,,,Bob,Ada Lovelace
                ada,testimonial,2026-01-06,Lovely,yes,,Ada Lovelace
                eve,testimonial,2026-01-06,Never show this,no,,Eve
                bob,recommendation,2026-01-07,,,,Bob

                """
            let report = try await bench.load(.advocacy, file)

            #expect(try await holds(bench.database))
            #expect(try await bench.number("SELECT count(*) FROM thank WHERE state = 'due'") == 3)
            #expect(try await bench.number("SELECT count(*) FROM referral") == 1)
            #expect(try await bench.number("SELECT count(*) FROM testimonial WHERE state = 'open'") == 2)
            let referrals = ReferralStore(database: bench.database)
            try await referrals.look(by: Act(by: nil, at: Instant(milliseconds: 2_000_000_000_000)))
            try await bench.undo(report)
            for table in ["thank", "referral", "testimonial"] as [SQL] {
                #expect(try await bench.number("SELECT count(*) FROM \(table)") == 0)
            }
            let left: SQL = """
                SELECT count(*) FROM (SELECT family, CAST(sum(n) AS BIGINT) AS n FROM advocacy_count_delta GROUP BY family)
                    AS counted WHERE n <> 0
                """
            #expect(try await bench.number(left) == 0)
            #expect(try await bench.everything() == empty)
        }
    }
}

/// Numbers that look random and are the same every time.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}

extension TestDesk {
    /// Points every row of one customer at another, as the tables say it is done.
    func merge(_ gone: ID<Party>, into kept: ID<Party>) async throws {
        try await database.write { connection in
            for table in Schema.tables where table.merge == .repoint {
                for column in table.parties {
                    // Names of tables and columns come from our own list.
                    try connection.script(
                        "UPDATE \(table.name) SET \(column) = \(kept.value) WHERE \(column) = \(gone.value)")
                }
            }
        }
    }
}
