import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `A testimonial` {
    private func switchOn(_ desk: TestDesk, sites: String = "", order: String = "newest") async throws {
        let linus = try await desk.signedIn(as: .linus)
        let reply = try await linus.post(
            "/advocates/settings",
            [
                "ask_days": "180", "thank_days": "7", "consent": "", "wall_on": "yes",
                "wall_title": "They say",
                "wall_count": "50", "wall_order": order, "wall_sites": sites,
            ])
        #expect(reply.status == .seeOther, "\(reply.text.prefix(3000))")
    }

    @Test(arguments: Engine.available)
    func `is shown once it is agreed to in writing, and gone at once when withdrawn`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            try await desk.act(ada, .testimonial, words: "Best <b>beans</b> in town.", consent: true)
            let grace = try await desk.signedIn(as: .grace)
            let id = try await desk.count("SELECT id FROM testimonial")
            let path = "/advocates/testimonials/\(id)"
            let mallory = desk.visitor()
            #expect(try await mallory.get("/wall").status == .notFound)
            #expect(try await mallory.get("/wall.json").status == .notFound)
            try await switchOn(desk)
            // Said in a file or on the phone is not in writing.
            #expect(try await mallory.get("/wall").says("Nothing to show yet"))

            let day = "\(try await desk.today())"
            let noText = try await grace.post(
                "\(path)/consent",
                [
                    "given": "yes", "words": " ", "day": day, "how": "mail", "website": "true",
                    "name": "initial",
                ])
            let nowhere = try await grace.post(
                "\(path)/consent",
                ["given": "yes", "words": "kept", "day": day, "how": "mail", "name": "initial"])
            #expect(noText.status == .unprocessableContent)
            #expect(nowhere.status == .unprocessableContent && nowhere.says(">kept</textarea>"))
            let given = try await grace.post(
                "\(path)/consent",
                [
                    "given": "yes", "words": "Yes, show it.", "day": day, "how": "mail", "website": "true",
                    "name": "initial",
                ])
            #expect(given.status == .seeOther)
            let wall = try await mallory.get("/wall")
            #expect(
                wall.says("Best &lt;b&gt;beans&lt;/b&gt; in town.") && wall.says("Ada L.")
                    && !wall.says("Lovelace"))
            #expect(try await mallory.get("/wall.json").says(#""name":"Ada L.""#))
            #expect(try await grace.get("/people/\(ada)").says("Website"))

            let page = try await grace.post("\(path)/link")
            let link = try #require(page.words(in: "secret"))
            let token = try #require(link.split(separator: "/").last.map(String.init))
            #expect(try await mallory.get("/words/\(token)").says("Do not show them any more"))
            #expect(try await mallory.get("/words/x\(token)").status == .notFound)
            _ = try await mallory.get("/words/\(token)")
            let withdrawn = try await mallory.post("/words/\(token)")

            #expect(withdrawn.status == .seeOther)
            #expect(try await !mallory.get("/wall").says("beans"))
            #expect(try await !mallory.get("/wall.json").says("beans"))
            #expect(try await mallory.get("/words/\(token)").says("does not show these words"))
            #expect(try await desk.countersAreRight())
            #expect(try await desk.count("SELECT count(*) FROM testimonial_consent") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps the words, and takes true excerpts beside them`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await desk.act(
                try await desk.ada(), .testimonial, words: "I never was unhappy there. Good beans.")
            let grace = try await desk.signedIn(as: .grace)
            let path = "/advocates/testimonials/\(try await desk.count("SELECT id FROM testimonial"))"

            let wrong = try await grace.post("\(path)/excerpt", ["short": "I was happy there."])
            let right = try await grace.post(
                "\(path)/excerpt", ["short": "I never was unhappy there. [...] beans."])

            #expect(wrong.status == .unprocessableContent && wrong.says("I was happy there."))
            #expect(right.status == .seeOther)
            let page = try await grace.get(path)
            #expect(page.says("I never was unhappy there. […] beans.") && page.says("Good beans."))
        }
    }

    @Test(arguments: Engine.available)
    func `counts as evidence as its author says`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            try await desk.act(ada, .testimonial, words: "Fine", consent: false)
            let id = Int64(try await desk.count("SELECT id FROM testimonial"))
            let (today, act) = (try await desk.today(), desk.desk.act(by: nil))
            #expect(try await desk.totals().thanksDue == 0)
            var consent = TestimonialConsent(day: today, words: "Yes", way: .letter)
            consent.print = true

            _ = try await desk.testimonials.consent(id, consent, today: today, by: act)
            #expect(try await desk.totals().thanksDue == 1)
            #expect(try await desk.count("SELECT count(*) FROM advocacy WHERE counts") == 1)

            _ = try await desk.testimonials.withdraw(id, by: act)
            #expect(try await desk.totals().thanksDue == 0)
            #expect(try await desk.countersAreRight())
        }
    }

    /// Whatever was agreed, refused, withdrawn and agreed again: the wall shows what holds now, and nothing else.
    @Test(arguments: Engine.available)
    func `never leaks without consent`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await switchOn(desk)
            var dice = Dice(seed: 7)
            let (today, act) = (try await desk.today(), desk.desk.act(by: nil))
            var shown: [Int64: String] = [:]
            var all: [(id: Int64, words: String, secret: String)] = []
            for number in 0..<8 {
                let person = try await desk.customer("First\(number) Secretname\(number)")
                let recorded = try await desk.act(person, .testimonial, words: "spoken words \(number).")
                let id = Int64(
                    try await desk.count("SELECT id FROM testimonial WHERE act_id = \(recorded.id)"))
                all.append((id, "spoken words \(number).", "Secretname\(number)"))
            }
            for step in 0..<40 {
                let one = all[dice.roll(all.count)]
                if dice.roll(3) == 0 {
                    _ = try await desk.testimonials.withdraw(one.id, by: act)
                    shown[one.id] = nil
                } else {
                    var consent = TestimonialConsent(day: today, words: "agreed", way: .form)
                    consent.given = dice.roll(4) > 0
                    consent.website = dice.roll(2) == 0
                    consent.print = !consent.website || dice.roll(2) == 0
                    consent.nameForm = Testimonial.NameForm.allCases[dice.roll(3)]
                    _ = try await desk.testimonials.consent(one.id, consent, today: today, by: act)
                    shown[one.id] =
                        consent.given && consent.website ? (consent.nameForm == .full ? one.secret : "") : nil
                }
                let texts = [
                    try await desk.visitor().get("/wall").text,
                    try await desk.visitor().get("/wall.json").text,
                ]
                for (text, one) in texts.flatMap({ text in all.map { (text, $0) } }) {
                    #expect(text.contains(one.words) == (shown[one.id] != nil), "step \(step)")
                    #expect(text.contains(one.secret) == (shown[one.id] == one.secret), "step \(step)")
                }
            }
            #expect(try await desk.countersAreRight())
        }
    }
}

@Suite struct `The wall` {
    @Test func `may be framed by the sites that are named, kept with a tag, and sets no cookie`() async throws
    {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let form: KeyValuePairs = [
                "ask_days": "180", "thank_days": "7", "wall_on": "yes", "wall_title": "", "wall_count": "3",
                "wall_order": "chosen", "wall_sites": "https://shop.example.com\nhttps://www.example.com/",
            ]
            _ = try await linus.post("/advocates/settings", form)

            let page = try await desk.visitor().get("/wall")
            let json = try await desk.visitor().get("/wall.json")
            let script = try await desk.visitor().get("/wall.js")

            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("frame-ancestors https://shop.example.com https://www.example.com"))
            #expect(policy.contains("default-src 'none'"))
            #expect(page.headers[.init("X-Frame-Options")!] == nil)
            #expect(json.headers[.accessControlAllowOrigin] == "*")
            for reply in [page, json, script] {
                #expect(reply.status == .ok && reply.headers[.setCookie] == nil)
                #expect(reply.headers[.eTag] != nil && reply.headers[.cacheControl] == "public, no-cache")
            }
            let tag = try #require(json.headers[.eTag])
            let again = try await desk.client.execute(
                uri: "/wall.json", method: .get, headers: [.ifNoneMatch: tag]
            ) {
                Reply($0)
            }
            #expect(again.status == .notModified && again.text.isEmpty)
            #expect(!script.says("innerHTML") && !script.says("eval"))
        }
    }

    @Test func `is framed by nobody where no site is named, and refuses what is no site`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            func set(_ sites: String, days: String = "180") async throws -> Reply {
                try await linus.post(
                    "/advocates/settings",
                    [
                        "ask_days": days, "thank_days": "7", "wall_on": "yes", "wall_title": "kept",
                        "wall_count": "3",
                        "wall_order": "newest", "wall_sites": sites,
                    ])
            }
            #expect(try await set("").status == .seeOther)
            let page = try await desk.visitor().get("/wall")
            #expect(page.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            for wrong in ["https://x.example/path;script-src *", "javascript:alert(1)", "*", "'self'"] {
                let reply = try await set(wrong)
                #expect(reply.status == .unprocessableContent && reply.says("kept"), "\(wrong)")
            }
            for days in ["0", "-1", "99999999999999999999", "x"] {
                #expect(try await set("", days: days).status == .unprocessableContent, "\(days)")
            }
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/advocates/settings").status == .forbidden)
        }
    }
}
