import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Importing contracts` {
    private static let telco = """
        customerID,tenure,Contract,PaymentMethod,MonthlyCharges,TotalCharges,Churn
        a,1,Month-to-month,Mailed check,29.85,29.85,No
        b,34,One year,Mailed check,56.95,1889.5,No
        c,2,Month-to-month,Electronic check,53.85,108.15,Yes
        d,0,Two year,Mailed check,52.55, ,No
        e,-3,Two year,Mailed check,52.55,,No
        f,5,Two year,Mailed check,-1,,No
        g,5,Two year,Mailed check,9.99,,perhaps

        """

    private func asOf(_ day: String) throws -> ImportOptions {
        var options = ImportOptions()
        options.question = try AnswerQuestion(scale: nil, mapping: nil, day: day)
        return options
    }

    private func contracts(_ bench: ImportBench) async throws -> [String] {
        try await bench.rows(
            """
            SELECT p.name, c.terms, c.start_day, c.minimum_months, c.renewal_months, c.end_day, c.attribute, c.seen_day
            FROM contract c JOIN party p ON p.id = c.party_id ORDER BY c.id
            """)
    }

    @Test(arguments: Engine.available)
    func `guesses the columns and reckons the start back from the day the file speaks of`(
        on engine: Engine
    ) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(.contracts, Self.telco, try asOf("2026-01-31"))

            #expect(
                report.mapping == [
                    "customer": 1, "tenure": 2, "terms": 3, "attribute": 4, "amount": 5, "ended": 7,
                ])
            #expect(report.accepted == 4 && report.refused == 3 && report.customersNew == 4)
            #expect(report.refusals.map(\.code) == ["negativeTenure", "negativePrice", "badEnded"])
            #expect(
                try await contracts(bench) == [
                    "a|Month-to-month|20453|0|1|-|PaymentMethod: Mailed check|20484",
                    "b|One year|19447|12|12|-|PaymentMethod: Mailed check|20484",
                    "c|Month-to-month|20422|0|1|20484|PaymentMethod: Electronic check|20484",
                    "d|Two year|20484|24|24|-|PaymentMethod: Mailed check|20484",
                ])
            let prices = try await bench.rows(
                "SELECT from_day, amount FROM contract_price ORDER BY contract_id")
            #expect(prices == ["20453|2985", "19447|5695", "20422|5385", "20484|5255"])
        }
    }

    @Test(arguments: Engine.available)
    func `changes nothing the second time, learns from a later file, and both are undone whole`(
        on engine: Engine
    ) async throws {
        try await withImports(on: engine) { bench in
            let empty = try await bench.everything()
            let first = try await bench.load(.contracts, Self.telco, try asOf("2026-01-31"))
            let before = try await contracts(bench)
            let again = try await bench.load(.contracts, Self.telco, try asOf("2026-01-31"), name: "b.csv")
            #expect(again.known == 4 && again.customersNew == 0)
            #expect(try await contracts(bench) == before)

            let later = Self.telco.replacing(
                "a,1,Month-to-month,Mailed check,29.85,29.85,No",
                with:
                    "a,2,Month-to-month,Mailed check,29.85,59.7,Yes"
            )
            .replacing("b,34,One year,Mailed check,56.95", with: "b,35,One year,Mailed check,59.95")
            let news = try await bench.load(.contracts, later, try asOf("2026-02-28"), name: "c.csv")
            #expect(news.accepted == 4 && news.known == 2)
            #expect(
                try await bench.rows("SELECT end_day, seen_day FROM contract ORDER BY id").prefix(2) == [
                    "20512|20512", "-|20512",
                ])
            #expect(
                try await bench.rows(
                    "SELECT from_day, amount FROM contract_price WHERE contract_id = 2 ORDER BY 1")
                    == ["19447|5695", "20512|5995"])

            try await bench.undo(news)
            #expect(try await contracts(bench) == before)
            #expect(try await bench.number("SELECT count(*) FROM contract_price") == 4)
            try await bench.undo(again)
            try await bench.undo(first)
            #expect(try await bench.everything() == empty)
            #expect(try await bench.number("SELECT count(*) FROM contract") == 0)
            #expect(try await bench.number("SELECT count(*) FROM import_contract") == 0)
        }
    }

    @Test func `asks for the day where only months are told, and takes no day to come`() async throws {
        try await withImports(on: .sqlite) { bench in
            await #expect(throws: ImportRefusal.asOfOpen) { try await bench.load(.contracts, Self.telco) }
            await #expect(throws: ImportRefusal.nothingToImport) {
                try await bench.load(.contracts, Self.telco, try asOf("2199-01-31"))
            }
            await #expect(throws: ImportRefusal.missingField(.at)) {
                try await bench.load(.contracts, "customer,price\na,1\n", name: "x.csv")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `takes dates of start and end, several contracts a customer`(on engine: Engine) async throws {
        try await withImports(on: engine) { bench in
            let report = try await bench.load(
                .contracts,
                """
                Kunde;Vertragsbeginn;Vertragsart;Preis;Beendet;Produkt
                7;05.01.2025;24 Monate;1.200,50;;Leitung
                7;13.02.2025;monatlich;9,99;31.12.2025;Telefon
                7;13.02.2025;monatlich;9,99;31.12.2024;Telefon

                """)

            #expect(report.accepted == 2 && report.refusals.map(\.code) == ["endsBeforeStart"])
            #expect(
                try await bench.rows("SELECT product, minimum_months, end_day FROM contract ORDER BY id")
                    == ["Leitung|24|-", "Telefon|0|20453"])
        }
    }
}

@Suite struct `How long contracts last` {
    @Test(arguments: Engine.available)
    func `is counted by kind, with ended and running ones each in their place`(on engine: Engine) async throws
    {
        try await withDesk(on: engine) { desk in
            let organisation = try await desk.desk.organisations.required()
            let store = ContractStore(database: desk.database)
            let today = organisation.zone.day(of: desk.clock.now)
            let ada = try await desk.ada()
            for number in 0..<60 {
                let terms = ContractTerms(start: today.adding(months: -(number % 20 + 1)), renewalMonths: 1)
                var new = NewContract(
                    party: ada, words: number % 2 == 0 ? "Monthly" : "MONTHLY", terms: terms,
                    price: Money(minor: 500, currency: organisation.currency))
                if number % 3 == 0 { new.end = today.adding(months: -(number % 20 + 1) / 2) + -1 }
                if new.end.map({ $0 < terms.start }) == true { new.end = terms.start }
                _ = try await store.add(new, today: today, by: desk.desk.act(by: nil))
            }
            let retention = RetentionStore(database: desk.database, clock: desk.clock)

            let kept = try await retention.compute(organisation)

            let group = try #require(kept.figures.group(.terms, "monthly"))
            #expect(group.contracts == 60 && group.ended == 20)
            #expect(group.lower < group.share && group.share < group.upper)
            #expect(group.points.first?.month == 1 && group.points.allSatisfy { $0.atRisk > 0 })
            #expect(zip(group.points, group.points.dropFirst()).allSatisfy { $0.remaining >= $1.remaining })
            #expect((group.model == nil) != (group.refusal == nil))
            #expect(try await retention.latest()?.figures == kept.figures)
            let margaret = try await desk.signedIn(as: .margaret)
            #expect(try await margaret.get("/contracts/retention").says("33.33%"))
            let json = try await desk.api(as: .margaret).get("/api/v2/contracts/retention").object()
            #expect((json["groups"] as? [[String: Any]])?.count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `moves the day of renewal on when it has passed`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let organisation = try await desk.desk.organisations.required()
            let store = ContractStore(database: desk.database)
            let today = organisation.zone.day(of: desk.clock.now)
            let ada = try await desk.ada()
            let terms = ContractTerms(start: today.adding(months: -11), minimumMonths: 12, renewalMonths: 6)
            let new = NewContract(
                party: ada, words: "Year", terms: terms,
                price: Money(minor: 1, currency: organisation.currency))
            _ = try await store.add(new, today: today, by: desk.desk.act(by: nil))
            let due = try await store.list(.renewals, today: today, after: nil, limit: 5)

            let moved = try await store.moveDueDays(today: due.items[0].day ?? today)

            let after = try await store.list(.renewals, today: today, after: nil, limit: 5)
            #expect(due.items[0].day == terms.termEnd(0))
            #expect(moved == 1 && after.items[0].day == terms.termEnd(1))
            #expect(try await store.moveDueDays(today: due.items[0].day ?? today) == 0)
        }
    }
}

@Suite struct `Entering a contract` {
    private static let form: KeyValuePairs<String, String> = [
        "terms": "One year", "product": "Coffee <i>", "start": "2026-01-01", "price": "100,00",
        "billing_months": "1", "minimum_months": "12", "renewal_months": "12", "notice": "1",
        "notice_unit": "months", "penalty": "share", "penalty_share": "50", "promotion": "Cups",
        "promotion_ends": "2026-04-01",
    ]

    @Test(arguments: Engine.available)
    func `shows its price, its end and what leaving costs on the customer's page`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)

            let added = try await grace.post("/people/\(ada)/contracts", Self.form)
            try await grace.post("/contracts/1/prices", ["price": "120.00", "from": "2026-03-02"])
            let page = try await grace.get("/people/\(ada)")
            let day = try await grace.get("/contracts/1?told=2026-03-02&on=2026-12-01")
            let absurd = try await grace.get("/contracts/1?told=0000-01-01&on=9999-12-31")
            let junk = try await grace.get("/contracts/1?told=zz")

            #expect(added.status == .seeOther)
            #expect(page.says("€120.00 a month; €100.00 at the start on 1 Jan 2026."))
            // From 2 March to 1 January ten months begin, each half of 120.
            #expect(
                page.says(
                    "Leaving today costs €600.00; from 1 Jan 2027 on nothing, with notice by 1 Dec 2026."))
            #expect(page.says("knows nothing of it") && page.says("Coffee &lt;i&gt;"))
            #expect(day.says("€60.00") && day.says("1 month remains"))
            #expect(absurd.status == .unprocessableContent && junk.status == .unprocessableContent)
            #expect(try await grace.get("/contracts?show=promotions").says("Coffee"))
            #expect(try await grace.get("/contracts?show=renewals").says("1 Jan 2027"))
            try await grace.post("/contracts/1/end", ["end": "2027-01-01", "end_reason": "Too dear"])
            #expect(try await grace.get("/contracts?show=notice").says("given up"))
            #expect(try await grace.post("/contracts/1/resumption").status == .seeOther)
            #expect(try await grace.get("/contracts?show=notice").says("Nobody has given up"))
        }
    }

    @Test func `gives back what was typed when it is refused`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            let path = "/people/\(ada)/contracts"
            let bad: [KeyValuePairs<String, String>] = [
                ["terms": "Kept", "start": "2026-01-01", "price": "1.200"],
                ["terms": "Kept", "start": "0000-01-01", "price": "1.20"],
                [
                    "terms": "Kept", "start": "2026-01-01", "price": "1",
                    "minimum_months": "999999999999999999999",
                ],
                ["terms": "Kept", "start": "2026-01-01", "price": "1", "minimum_months": "5000"],
                [
                    "terms": "Kept", "start": "2026-01-01", "price": "1", "penalty": "share",
                    "penalty_share": "101",
                ],
                ["terms": "Kept", "start": "2026-01-01", "price": "1", "promotion_ends": "2025-01-01"],
                ["product": "Kept", "start": "2026-01-01", "price": "99999999999999999999"],
            ]
            for form in bad {
                let reply = try await grace.post(path, form)
                #expect(reply.status == .unprocessableContent && reply.says("Kept"), "\(form)")
            }
            #expect(try await desk.database.read { try $0.number("SELECT count(*) FROM contract") } == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `works for programs, with a price for any day`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let grace = try await desk.api(as: .grace)
            let body = """
                {"customer_id": \(ada), "terms": "One year", "start": "2026-01-01", "price": "100.00",
                 "minimum_months": 12, "renewal_months": 12, "penalty": "rest", "outside_id": "v-1"}
                """
            let added = try await grace.post("/api/v2/contracts", body)
            let twice = try await grace.post("/api/v2/contracts", body)
            let priced = try await grace.put(
                "/api/v2/contracts/1", #"{"price": "110.00", "from": "2026-06-01"}"#)
            let leaving = try await grace.get("/api/v2/contracts/1/leaving?told=2026-03-02&on=2026-05-01")
                .object()

            #expect(added.status == .created && twice.status == .conflict)
            #expect(try priced.object()["price"] as? String == "100.00")
            // May at 100, June to December at 110.
            #expect(leaving["cost"] as? String == "870.00" && leaving["months"] as? Int == 8)
            #expect(leaving["free_from"] as? String == "2027-01-01")
            let ended = try await grace.put(
                "/api/v2/contracts/1", #"{"end": "2026-12-31", "end_reason": "moved"}"#)
            #expect(try ended.object()["state"] as? String == "notice")
            #expect(
                try await grace.put("/api/v2/contracts/1", #"{"end": null}"#).object()["state"] as? String
                    == "running")
            #expect(try await grace.get("/api/v2/contacts/\(ada)/contracts").objects().count == 1)
            #expect(try await grace.get("/api/v2/contracts/1/leaving?on=junk").status.code == 400)
            #expect(try await grace.get("/api/v2/contracts?show=nope").status.code == 400)
        }
    }
}
