import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Belonging to an organisation` {
    @Test(arguments: Engine.available)
    func `is entered with title and roles and shown on both pages`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ada, hospital) = (try await desk.ada(), try await desk.organisation("Hospital"))
            let ward = try await desk.organisation("Ward", under: hospital)
            let grace = try await desk.signedIn(as: .grace)

            for place in [hospital, ward] {
                let reply = try await grace.post(
                    "/people/\(ada)/memberships",
                    [
                        "with": "\(place)", "title": "Head nurse", "uses": "true", "decides": "true",
                        "since": "2020-03-01",
                    ])
                #expect(reply.status == .seeOther)
            }

            let hers = try await grace.get("/people/\(ada)")
            #expect(hers.says("Hospital") && hers.says("Ward") && hers.says("Head nurse"))
            #expect(hers.says("since 1 Mar 2020"))
            let theirs = try await grace.get("/people/\(hospital)")
            #expect(theirs.says("Ada Lovelace") && theirs.says(">decides<") && !theirs.says(">pays<"))
            #expect(try await desk.events("membership.added") == 4)
        }
    }

    @Test(arguments: Engine.available)
    func `ends, stays visible as past and is put back as it was`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ada, hospital) = (try await desk.ada(), try await desk.organisation("Hospital"))
            try await desk.members.set(
                ada, hospital, title: "Nurse", roles: [.uses, .pays], since: Instant(milliseconds: 5),
                by: desk.act)
            let before = try await desk.members.find(ada, hospital)
            let grace = try await desk.signedIn(as: .grace)

            let ended = try await grace.post("/people/\(hospital)/memberships/\(ada)/ending")
            let page = try await grace.follow(ended)
            #expect(page.says("Put Ada Lovelace back"))
            #expect(try await desk.members.find(ada, hospital) == nil)
            #expect(try await grace.get("/people/\(ada)").says("1 in the past"))
            let party = try #require(
                try await desk.database.read { try CustomerStore.customer(ada, in: $0) })
            let past = try #require(try await desk.members.past(of: party, limit: 5).first?.past)

            _ = try await grace.post("/people/\(ada)/past-memberships/\(past)/restoring")
            #expect(try await desk.members.find(ada, hospital) == before)
            #expect(try await desk.members.past(of: party, limit: 5).isEmpty)
            let again = try await grace.post("/people/\(ada)/past-memberships/\(past)/restoring")
            #expect(again.status == .notFound)
        }
    }

    @Test func `is refused between two of a kind and in the future, and the form keeps what was typed`()
        async throws
    {
        try await withDesk(on: .sqlite) { desk in
            let (ada, other) = (try await desk.ada(), try await desk.person("Charles Babbage"))
            let hospital = try await desk.organisation("Hospital")
            let grace = try await desk.signedIn(as: .grace)

            let persons = try await grace.post(
                "/people/\(ada)/memberships", ["with": "\(other)", "title": "Friend"])
            #expect(persons.status == .unprocessableContent)
            #expect(persons.value(of: "title") == "Friend")
            let future = try await grace.post(
                "/people/\(ada)/memberships", ["with": "\(hospital)", "since": "2999-01-01", "pays": "true"])
            #expect(future.status == .unprocessableContent)
            #expect(future.says("lies in the future"))
            #expect(
                future.says(#"name="pays" value="true"  checked"#)
                    || future.says(#"name="pays" value="true" checked"#))
            for day in ["0000-00-00", "999999999-01-01", "0001-01-01"] {
                let absurd = try await grace.post(
                    "/people/\(ada)/memberships", ["with": "\(hospital)", "since": day])
                #expect(absurd.status == .unprocessableContent, "\(day)")
            }
            #expect(try await grace.get("/people/\(ada)/memberships/\(other)").status == .notFound)
            #expect(try await grace.get("/people/99999/memberships").status == .notFound)
            #expect(try await grace.post("/people/\(ada)/memberships/99999/ending").status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `is told and changed by programs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (ada, hospital) = (try await desk.ada(), try await desk.organisation("Hospital"))
            let program = try await desk.api(as: .grace)

            let address = "/api/v2/contacts/\(ada)/memberships/\(hospital)"
            let made = try await program.put(
                address, #"{"title": "Nurse", "uses": true, "since": "2021-05-06"}"#)
            #expect(made.status == .ok)
            let changed = try await program.put(address, #"{"pays": true}"#).object()
            #expect(changed["title"] as? String == "Nurse" && changed["uses"] as? Bool == true)
            #expect(changed["pays"] as? Bool == true && changed["decides"] as? Bool == false)
            #expect(try await program.get("/api/v2/contacts/\(hospital)/memberships").objects().count == 1)
            #expect(try await program.delete(address).status == .noContent)
            #expect(try await program.delete(address).status == .notFound)
            #expect(
                try await program.put("/api/v2/contacts/\(ada)/memberships/\(ada)", "{}").status
                    == .badRequest)
        }
    }
}

@Suite struct `Organisations` {
    @Test(arguments: Engine.available)
    func `are listed page by page and found by any word of their name`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            for number in 0..<7 { _ = try await desk.organisation("Café \(number) am Hafen Hafenblick") }
            _ = try await desk.person("Hafen Person")
            for (typed, expected) in [("", 7), ("cafe", 7), ("hafen", 7), ("am hafenblick", 7), ("xyz", 0)] {
                var (after, names): (String?, [String]) = (nil, [])
                repeat {
                    let portion = try await desk.trees.list(finding: typed, after: after, limit: 3)
                    names += portion.items.map(\.party.name)
                    after = portion.next
                } while after != nil
                #expect(names.count == expected, "\(typed)")
                #expect(Set(names).count == expected)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `are made, shown, moved and summed by programs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)
            let hospital =
                try await program.post("/api/v2/companies", #"{"name": "Hospital"}"#).object()["id"] as? Int
            let id = try #require(hospital)
            let made = try await program.post(
                "/api/v2/companies", #"{"name": "Ward", "parent_id": \#(id), "internal": true}"#)
            #expect(made.status == .created)
            let ward = try #require(try made.object()["id"] as? Int)
            try await desk.buy(ID(Int64(ward)), 1250)

            let tree = try await program.get("/api/v2/companies/\(id)/tree").object()
            let total = tree["total"] as? [String: Any]
            #expect(total?["purchases"] as? Int == 1)
            #expect((tree["own"] as? [String: Any])?["purchases"] as? Int == 0)
            #expect((tree["departments"] as? [[String: Any]])?.first?["internal"] as? Bool == true)

            let circle = try await program.put("/api/v2/companies/\(id)", #"{"parent_id": \#(ward)}"#)
            #expect(circle.status == .badRequest)
            let free = try await program.put(
                "/api/v2/companies/\(ward)", #"{"parent_id": null, "name": "Ward 2"}"#)
            #expect(!(try free.object()["parent_id"] is Int))
            #expect(try free.object()["name"] as? String == "Ward 2")
            #expect(
                try await program.put("/api/v2/companies/\(ward)", #"{"parent_id": 99999}"#).status
                    == .badRequest)
            let ada = try await desk.ada()
            #expect(try await program.get("/api/v2/companies/\(ada)").status == .notFound)
            #expect(
                try await program.put("/api/v2/companies/\(ada)", #"{"internal": true}"#).status == .notFound)
            #expect(try await program.get("/api/v2/companies?q=ward").objects().count == 1)
        }
    }

    @Test func `of any name are shown whole and harmless`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let long = String(repeating: "x", count: 399)
            let root = try await desk.organisation(long)
            _ = try await desk.organisation("<script>alert(1)</script>", under: root)
            _ = try await desk.organisation("مستشفى", under: root)
            let grace = try await desk.signedIn(as: .grace)

            for address in ["/organisations", "/people/\(root)", "/organisations/\(root)/departments"] {
                let page = try await grace.get(address)
                #expect(page.status == .ok)
                #expect(!page.says("<script>alert"))
                #expect(page.says("<bdi>مستشفى</bdi>"), "\(address)")
            }
            #expect(try await grace.get("/organisations?after=~~&q=%00").status == .ok)
            #expect(try await grace.get("/organisations/\(root)/departments?after=7").status == .ok)
        }
    }
}

@Suite struct `Discount at volume` {
    private let euro = Currency("EUR")

    @Test func `is earned from the step on, to the cent`() throws {
        let euro = try #require(euro)
        let steps = DiscountSteps(currency: euro, text: "500=5; 100.00=2.5")
        #expect(steps.text == "100.00=2.5; 500.00=5")
        #expect(steps.standing(at: 9_999).earned == nil)
        #expect(steps.standing(at: 9_999).missing == 1)
        #expect(steps.standing(at: 10_000).earned?.share == 250)
        #expect(steps.standing(at: 49_999).missing == 1)
        #expect(steps.standing(at: 50_000).next == nil)
        #expect(steps.standing(at: -3).missing == 10_003)
        #expect(DecimalText.whole("10.000", decimals: 2) == nil)
        #expect(DecimalText.whole("2500,5", decimals: 2) == 250_050)
        #expect(DecimalText.whole("99999999999999999999", decimals: 2) == nil)
        #expect(DecimalText.whole("-5", decimals: 2) == nil)
        #expect(DiscountSteps.percent(205) == "2.05")
    }

    @Test(arguments: Engine.available)
    func `counts the whole tree over twelve months of the calendar`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let hospital = try await desk.organisation("Hospital")
            let ward = try await desk.organisation("Ward", under: hospital)
            _ = try await linus.post(
                "/settings/discounts",
                ["currency": "EUR", "from_0": "100", "share_0": "2.5", "from_3": "500", "share_3": "5"])
            let today = try await desk.desk.organisations.required().zone.day(of: desk.clock.now)
            let first = LocalDate.first(ofMonth: today.monthIndex - 11)
            let ago = today.daysSinceEpoch - first.daysSinceEpoch
            try await desk.buy(hospital, 6_000, daysAgo: ago)
            try await desk.buy(ward, 5_000)
            try await desk.buy(ward, 900_000, daysAgo: ago + 1)

            for id in [hospital, ward] {
                let page = try await linus.get("/people/\(id)")
                #expect(page.says("2.5% earned with €110.00"), "\(id)")
                #expect(page.says("€390.00 more, and it is 5% (from €500.00)"))
            }
        }
    }

    @Test func `is refused where steps contradict, and keeps what was typed`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let bad: [(KeyValuePairs<String, String>, String)] = [
                (["currency": "EUR", "from_0": "ten", "share_0": "5"], "an amount above nought"),
                (["currency": "EUR", "from_0": "10", "share_0": "500"], "a percentage above 0"),
                (
                    ["currency": "EUR", "from_0": "10", "share_0": "5", "from_1": "10", "share_1": "6"],
                    "the same amount"
                ),
                (
                    ["currency": "EUR", "from_0": "10", "share_0": "5", "from_1": "20", "share_1": "5"],
                    "larger discount"
                ),
            ]
            for (form, words) in bad {
                let reply = try await linus.post("/settings/discounts", form)
                #expect(reply.status == .unprocessableContent)
                #expect(reply.says(words))
            }
            let kept = try await linus.post(
                "/settings/discounts", ["currency": "EUR", "from_0": "ten", "share_0": "5"])
            #expect(kept.value(of: "from_0") == "ten")
            #expect(try await linus.get("/settings/discounts?currency=nonsense").status == .ok)
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/settings/discounts").status == .forbidden)
        }
    }
}
