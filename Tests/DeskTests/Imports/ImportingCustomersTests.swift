import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Importing customers` {
    private static let purchases = "customer,date,amount\n7,2026-01-05,1\n8,2026-01-06,2\n"
    private static let people = """
        id,name,email,phone,organisation,kind
        7,Ada King Lovelace,ada@example.com,+49 30 1234,Acme Works,person
        9,Grace Hopper,grace@example.com,,Acme Works,
        acme2,Second Acme,,,,organisation
        8,Bob,,,acme2,

        """

    @Test(arguments: Engine.available)
    func `brings in people, their organisations and how to reach them`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(.customers, Self.people)

            #expect(report.customers == 4 && report.customersNew == 4 && report.known == 0)
            let parties = try await bench.rows("SELECT name, name_key, kind FROM party ORDER BY id")
            #expect(
                parties == [
                    "Ada King Lovelace|ada king lovelace|person", "Grace Hopper|grace hopper|person",
                    "Second Acme|second acme|organisation", "Bob|bob|person",
                    "Acme Works|acme works|organisation",
                ])
            let members = try await bench.rows(
                """
                SELECT a.name, b.name FROM membership m JOIN party a ON a.id = m.person_id
                JOIN party b ON b.id = m.account_id ORDER BY a.name
                """)
            #expect(
                members == ["Ada King Lovelace|Acme Works", "Bob|Second Acme", "Grace Hopper|Acme Works"])
            let addresses = try await bench.rows(
                "SELECT kind, value, value_key, verified_at FROM address ORDER BY id")
            #expect(
                addresses == [
                    "email|ada@example.com|ada@example.com|-", "email|grace@example.com|grace@example.com|-",
                    "phone|+49 30 1234|+49301234|-",
                ])
            let words = try await bench.texts("SELECT word FROM party_word ORDER BY word")
            #expect(words == ["acme", "hopper", "king", "lovelace", "works"])
        }
    }

    @Test(arguments: Engine.available)
    func `names those a purchases file knew by number only`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.purchases, Self.purchases)

            let report = try await bench.load(.customers, Self.people)

            #expect(report.customers == 4 && report.customersNew == 2 && report.known == 0)
            let names = try await bench.rows(
                """
                SELECT k.outside_id, p.name, p.name_key FROM party p JOIN party_key k ON k.party_id = p.id
                WHERE k.outside_id IN ('7', '8') ORDER BY k.outside_id
                """)
            #expect(names == ["7|Ada King Lovelace|ada king lovelace", "8|Bob|bob"])
            #expect(
                try await bench.texts("SELECT word FROM party_word WHERE word = 'lovelace'") == ["lovelace"])
        }
    }

    @Test(arguments: Engine.available)
    func `meets the purchases that come later`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.customers, Self.people)

            let report = try await bench.load(.purchases, Self.purchases)

            #expect(report.customers == 2 && report.customersNew == 0 && report.known == 0)
            let rows = try await bench.rows(
                "SELECT p.name, x.amount FROM purchase x JOIN party p ON p.id = x.account_id ORDER BY x.day")
            #expect(rows == ["Ada King Lovelace|100", "Bob|200"])
            #expect(try await bench.projectionsAreRight())
        }
    }

    @Test(arguments: Engine.available)
    func `never replaces a name somebody has`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.customers, "id,name\n7,Ada\n")

            let report = try await bench.load(.customers, "id,name,email\n7,Augusta,ada@example.com\n")

            #expect(report.known == 0)
            #expect(try await bench.texts("SELECT name FROM party") == ["Ada"])
            #expect(try await bench.texts("SELECT value FROM address") == ["ada@example.com"])
        }
    }

    @Test(arguments: Engine.available)
    func `twice changes nothing, and undone is as before`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            try await bench.load(.purchases, Self.purchases)
            let before = try await bench.everything()
            let first = try await bench.load(.customers, Self.people)
            let after = try await bench.everything()

            let second = try await bench.load(.customers, Self.people)
            #expect(second.known == 4 && second.customersNew == 0)
            #expect(try await bench.everything() == after)

            try await bench.undo(second)
            #expect(try await bench.everything() == after)
            try await bench.undo(first)
            #expect(try await bench.everything() == before)
        }
    }

    @Test(arguments: Engine.available)
    func `counts a customer named twice once`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(.customers, "id,name\n7,Ada\n7,Ada\n8,Bob\n")

            #expect(report.accepted == 3 && report.known == 1 && report.customersNew == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses addresses that are none`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(
                .customers,
                "id,name,email,kind\n7,Ada,ada at example,person\n8,Bob,b@c.example,robot\n9,Eve,e@f.example,\n"
            )

            #expect(report.accepted == 1)
            #expect(report.refusals.map(\.code) == ["badEmail", "unknownPartyKind"])
        }
    }
}

@Suite struct `Importing advocacy` {
    @Test(arguments: Engine.available)
    func `records who told others, and what of it counts`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let text = """
                customer,kind,date,words,rating,consent,friend
                ada,review,2026-01-05,"Splendid, really",5,,
                bob,Bewertung,2026-01-06,Poor,2,,
                cleo,testimonial,2026-01-07,Good,,no,
                dan,Testimonial,2026-01-08,Good,,yes,
                eve,referral,2026-01-09,,,,Frank
                fay,praise,2026-01-09,,,,
                gus,review,2026-01-09,,6,,
                hal,review,2026-01-09,,5,maybe,

                """
            let report = try await bench.load(.advocacy, text)

            #expect(report.accepted == 5 && report.customersNew == 5)
            #expect(report.refusals.map(\.code) == ["unknownAct", "badRating", "badConsent"])
            let acts = try await bench.rows(
                """
                SELECT p.name, a.kind, a.rating, a.friend, CASE WHEN a.counts THEN 1 ELSE 0 END,
                    CASE WHEN a.consent THEN 1 WHEN NOT a.consent THEN 0 END
                FROM advocacy a JOIN party p ON p.id = a.person_id ORDER BY a.id
                """)
            #expect(
                acts == [
                    "ada|review|5||1|-", "bob|review|2||0|-", "cleo|testimonial|-||0|0",
                    "dan|testimonial|-||1|1",
                    "eve|referral|-|Frank|1|-",
                ])
            let before = try await bench.everything()

            let again = try await bench.load(.advocacy, text)

            #expect(again.known == 5)
            #expect(try await bench.everything() == before)
            try await bench.undo(again)
            try await bench.undo(report)
            #expect(try await bench.number("SELECT count(*) FROM advocacy") == 0)
            #expect(try await bench.number("SELECT count(*) FROM party") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `knows an act again by its own id`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let header = "review id,customer,kind,date,words\n"
            try await bench.load(
                .advocacy, header + "r1,ada,review,2026-01-05,A\nr1,ada,review,2026-01-05,B\n")

            let report = try await bench.load(
                .advocacy, header + "r1,ada,review,2026-01-05,A\nr2,ada,review,2026-01-05,A\n")

            #expect(report.known == 1)
            #expect(
                try await bench.rows("SELECT outside_id, words FROM advocacy ORDER BY id") == [
                    "r1|A", "r2|A",
                ])
        }
    }
}
