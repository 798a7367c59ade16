import Foundation
import HTTPTypes
import Kernel
import Markup
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `The page of a customer who is known` {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</textarea><svg/onload=alert(1)>",
        "=HYPERLINK(\"http://x\")", "\u{202E}שלום", String(repeating: "w", count: 400),
    ]

    @Test(arguments: Engine.available)
    func `shows what was entered, first of all what they prefer`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let linus = try await desk.signedIn(as: .linus)
            _ = try await linus.post(
                "/settings/fields",
                ["label": "Favourite roast", "kind": "choice", "about": "both", "choices": "Light\nDark"])
            _ = try await linus.post(
                "/settings/fields", ["label": "Wants receipts", "kind": "tick", "about": "person"])
            let grace = try await desk.signedIn(as: .grace)
            let owner = try await desk.seat(of: .grace)

            let reply = try await grace.post(
                "/people",
                [
                    "name": "Ida Holm", "kind": "person", "email": "ida@example.com", "phone": "+49 30 555",
                    "preferences": "calls, not mail\nsave the last cookie", "owner": "\(owner)",
                    "language": "da",
                    "zone": "Asia/Kolkata", "tags": "Oat milk, Office", "ticks": "cf_wants_receipts",
                    "cf_favourite_roast": "Dark", "cf_wants_receipts": "true",
                ])

            let page = try await grace.follow(reply)
            for words in [
                "calls, not mail", "Grace Hopper", "Danish", "Asia/Kolkata", "It is ", "Oat milk", "Office",
                "Dark",
                "Wants receipts", #"href="tel:+4930555""#, #"href="mailto:ida@example.com""#, "Not asked",
            ] {
                #expect(page.says(words), "\(words)")
            }
            let words = try #require(page.text.range(of: "calls, not mail"))
            let timeline = try #require(page.text.range(of: "id=\"timeline\""))
            #expect(words.lowerBound < timeline.lowerBound)
            let id = try #require(reply.location?.split(separator: "/").last)
            let form = try await grace.get("/people/\(id)/edit")
            #expect(form.value(of: "tags") == "Oat milk, Office")
            #expect(form.says("save the last cookie</textarea>"))
            // A box that was there and is not ticked any more means no; what was not asked stays.
            _ = try await grace.post("/people/\(id)", ["name": "Ida Holm", "ticks": "cf_wants_receipts"])
            let after = try await desk.api(as: .grace).get("/api/v2/contacts/\(id)").object()
            let own = try #require(after["custom_fields"] as? [String: Any])
            #expect(own["cf_wants_receipts"] as? Bool == false)
            #expect(own["cf_favourite_roast"] as? String == "Dark")
            #expect(after["tags"] as? [String] == ["Oat milk", "Office"])
        }
    }

    @Test func `shows a person what their organisation prefers`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let program = try await desk.api(as: .grace)
            let acme = try await program.post(
                "/api/v2/companies", #"{"name":"Acme","preferences":"invoice to the second floor"}"#
            ).object()
            let id = try #require(acme["id"] as? Int)
            let ada = try await program.post(
                "/api/v2/contacts", #"{"name":"Ada","email":"ada@example.com","company_id":\#(id)}"#
            ).object()

            let grace = try await desk.signedIn(as: .grace)
            let page = try await grace.get("/people/\(try #require(ada["id"] as? Int))")

            #expect(page.says("invoice to the second floor"))
            #expect(try await program.get("/api/v2/companies").objects().count == 1)
            #expect(try await program.get("/api/v2/companies/\(ada["id"] ?? 0)").status == .notFound)
        }
    }

    @Test func `gives a refused form back as it was, with every fault named`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            _ = try await linus.post(
                "/settings/fields", ["label": "Cups", "kind": "number", "about": "both"])
            let reply = try await linus.post(
                "/people",
                [
                    "name": "", "email": "nobody", "preferences": "after 15:00", "language": "Deutsch",
                    "zone": "Mars/Base", "tags": "a, b", "cf_cups": "10^18",
                ])

            #expect(reply.status == .unprocessableContent)
            #expect(reply.says("A customer needs a name"))
            #expect(reply.says("is not the code of a language") || reply.says("is not a time zone"))
            #expect(reply.says("is not a number"))
            #expect(reply.value(of: "zone") == "Mars/Base")
            #expect(reply.value(of: "tags") == "a, b")
            #expect(reply.value(of: "cf_cups") == "10^18")
            #expect(reply.says("after 15:00</textarea>"))
            #expect(try await desk.count("SELECT count(*) FROM party WHERE NOT serves") == 0)

            let ada = try await desk.ada()
            let address = try await linus.post(
                "/people/\(ada)/addresses", ["kind": "handle", "value": "@ada", "label": "Fan"])
            #expect(address.status == .unprocessableContent)
            #expect(address.value(of: "value") == "@ada" && address.value(of: "label") == "Fan")
            let consent = try await linus.post(
                "/people/\(ada)/consent",
                ["purpose": "offers", "given": "no", "day": "2999-01-01", "how": "by phone"])
            #expect(consent.status == .unprocessableContent && consent.says("by phone</textarea>"))
            for day in ["0000-01-01", "9999-12-31", "soon"] {
                let reply = try await linus.post(
                    "/people/\(ada)/consent", ["purpose": "any", "given": "yes", "day": day, "how": "x"])
                #expect(reply.status == .unprocessableContent, "\(day)")
            }
            let words = String(repeating: "x", count: 2_001)
            let long = try await linus.post("/people/\(ada)/preferences", ["preferences": words])
            #expect(long.status == .unprocessableContent && long.says(words))
        }
    }

    @Test(arguments: hostile)
    func `shows hostile words as the words they are`(words: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let label = String(words.prefix(60))
            _ = try await linus.post(
                "/settings/fields", ["label": label, "kind": "choice", "about": "both", "choices": label])
            let name = try await FieldStore(database: desk.database).fields()[0].name
            let reply = try await linus.post(
                "/people",
                [
                    "name": String(words.prefix(380)), "preferences": words,
                    "tags": label.replacing(",", with: ""), name: label,
                ])
            let id = try #require(reply.location?.split(separator: "/").last)
            _ = try await linus.post(
                "/people/\(id)/addresses",
                [
                    "kind": "handle", "network": String(label.prefix(40)).replacing(":", with: ""),
                    "value": label,
                ])
            _ = try await linus.post(
                "/people/\(id)/consent", ["purpose": "any", "given": "no", "how": words])
            _ = try await linus.post(
                "/settings/suppression", ["addresses": "x@y.example", "purpose": "any", "reason": words])

            let tag = try #require(
                try await TagStore(database: desk.database).tags(beginning: "", after: nil, limit: 1).items
                    .first)
            for path in [
                "/people/\(id)", "/people/\(id)/edit", "/people/\(id)/preferences", "/people/\(id)/tags",
                "/people/\(id)/tags?q=%3Cscript%3Ealert(1)", "/people/\(id)/consent",
                "/people/\(id)/addresses/1",
                "/settings/tags", "/settings/tags/\(tag.id)", "/tags/\(tag.id)", "/settings/fields",
                "/settings/fields/1", "/settings/suppression",
                "/settings/suppression/lifting?address=x@y.example&purpose=any", "/owners",
            ] {
                let page = try await linus.get(path)
                #expect(page.status == .ok, "\(path)")
                for piece in ["<script>alert", "<img src=x", "<svg/onload"] {
                    #expect(!page.says(piece), "\(path)")
                }
            }
            let contact = try await desk.api(as: .grace).get("/api/v2/contacts/\(id)").object()
            #expect(contact["preferences"] as? String == words.trimmed)
            #expect((contact["custom_fields"] as? [String: Any])?[name] as? String == label.trimmed)
        }
    }

    @Test func `answers what is not there with 404 and a bad query with a page`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let ada = try await desk.ada()
            let linus = try await desk.signedIn(as: .linus)
            let serving = try await desk.seat(of: .linus)
            for path in [
                "/people/\(ada)/addresses/999", "/people/999/addresses/new", "/people/\(serving)/preferences",
                "/people/\(serving)/consent", "/people/x/tags", "/tags/999", "/settings/tags/0",
                "/settings/fields/9", "/owners/\(ada)", "/owners/x", "/settings/suppression/lifting",
                "/settings/suppression/lifting?address=a@b.example&purpose=none",
            ] {
                #expect(try await linus.get(path).status == .notFound, "\(path)")
            }
            for path in [
                "/people/\(ada)/preferences?before=x", "/settings/tags?after=%F0%9F&q=%00",
                "/settings/suppression?after=x~y&q='", "/people/\(ada)/consent?before=-1",
                "/people/new?kind=robot",
                "/owners/\(serving)?after=99999999999999999999",
            ] {
                #expect(try await linus.get(path).status == .ok, "\(path)")
            }
            for (path, form) in [
                ("/people/\(ada)/tags/9/removal", [:] as KeyValuePairs<String, String>),
                ("/people/\(ada)/addresses/former/9/return", [:]),
                ("/people/\(ada)/preferences/9/return", [:]),
                ("/people/\(ada)/preferences/9/erasure", [:]),
                ("/settings/suppression/lifting", ["address": "x", "purpose": "any", "reason": "y"]),
                ("/people/999/consent", ["purpose": "any", "given": "no", "how": "x"]),
            ] {
                #expect(try await linus.post(path, form).status == .notFound, "\(path)")
            }
        }
    }

    @Test func `is changed by nobody who may not`() async throws {
        // Every role may edit customers today; the table says what each route asks for, the door keeps to it.
        try await withDesk(on: .sqlite) { desk in
            let own: [any Feature] = [
                ReachFeature(desk: desk.desk), PreferenceFeature(desk: desk.desk),
                TagFeature(desk: desk.desk),
                ConsentFeature(desk: desk.desk), FieldFeature(desk: desk.desk), CareFeature(desk: desk.desk),
            ]
            let customers = CustomerFeature(desk: desk.desk).routes.filter {
                $0.method != .get && ($0.path.hasPrefix("/people") || $0.path.contains("co"))
            }
            for route in own.flatMap(\.routes) + customers where route.method != .get {
                switch route.access {
                case .agent(let permission?), .api(let permission?):
                    #expect(permission != .seeCustomers, "\(route.path)")
                default: Issue.record("\(route.path) names no permission")
                }
            }
            let ada = try await desk.ada()
            let grace = try await desk.signedIn(as: .grace)
            for path in [
                "/settings/fields", "/settings/tags/1", "/settings/suppression/lifting", "/owners/1/handover",
            ] {
                #expect(
                    try await grace.post(path, ["label": "X", "name": "X"]).status == .forbidden, "\(path)")
            }
            let reader = Colleague(id: 1, name: "Reader", email: "", permissions: [.seeCustomers])
            let organisation = try await desk.desk.organisations.required()
            let record = try #require(
                try await CustomerStore(database: desk.database, clock: desk.clock)
                    .record(ada, organisation: organisation))
            for feature in own {
                for card in try await feature.cards(of: record, for: reader) {
                    let text = String(decoding: card.html.bytes, as: UTF8.self)
                    #expect(!text.contains("<form"), "\(text)")
                    #expect(!text.contains("/new"), "\(text)")
                }
            }
        }
    }
}

@Suite struct `A contact changed by a program` {
    @Test(arguments: Engine.available)
    func `has the addresses Freshdesk's words say`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)
            let good = try await program.post(
                "/api/v2/contacts",
                #"""
                {"name":"Tove","email":"tove@example.com","other_emails":["t@example.com"],"phone":"030 111","mobile":"0171 2",
                 "twitter_id":"tove","tags":["vip"],"language":"de","time_zone":"Europe/Berlin"}
                """#)
            #expect(good.status == .created, "\(good.text)")
            let id = try #require(try good.object()["id"] as? Int)
            let put = { (json: String) in try await program.put("/api/v2/contacts/\(id)", json) }

            var contact = try await put(
                #"{"email":"new@example.com","other_emails":["t@example.com","u@example.com"],"mobile":null,"tags":[]}"#
            ).object()
            #expect(contact["email"] as? String == "new@example.com")
            #expect(contact["other_emails"] as? [String] == ["t@example.com", "u@example.com"])
            #expect(contact["phone"] as? String == "030 111" && contact["mobile"] is Foundation.NSNull)
            #expect(
                contact["twitter_id"] as? String == "tove"
                    && contact["time_zone"] as? String == "Europe/Berlin")
            #expect((contact["tags"] as? [String])?.isEmpty == true)
            contact = try await put(#"{"email":"u@example.com"}"#).object()
            #expect(contact["email"] as? String == "u@example.com")
            #expect(contact["name"] as? String == "Tove")

            _ = try await desk.ada()
            #expect(try await put(#"{"email":"ada@example.com"}"#).status == .conflict)
            #expect(try await put(#"{"name":""}"#).status == .badRequest)
            for bad in [
                #"{"tags":"vip"}"#, #"{"tags":[{}]}"#, #"{"custom_fields":[1]}"#,
                #"{"custom_fields":{"cf_x":1}}"#,
                #"{"colour":"red"}"#, #"{"owner_id":99999}"#, #"{"language":"Klingon!"}"#, #"{"email":[]}"#,
                #"{"name":" "}"#, #"{"other_emails":["no"]}"#,
            ] {
                let reply = try await put(bad)
                #expect(reply.status == .badRequest, "\(bad): \(reply.status) \(reply.text)")
            }
            #expect(try await program.put("/api/v2/contacts/999", "{}").status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps fields as what they are`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = FieldStore(database: desk.database)
            for kind in CustomField.Kind.allCases {
                try await store.add(
                    CustomFieldDraft(label: "My \(kind.rawValue)", kind: kind, choices: ["A", "B"]),
                    by: desk.act)
            }
            let program = try await desk.api(as: .grace)
            let ada = try await desk.ada()
            let reply = try await program.put(
                "/api/v2/contacts/\(ada)",
                #"""
                {"custom_fields":{"cf_my_text":"=1+1","cf_my_number":2.5,"cf_my_date":"2026-01-31","cf_my_choice":"b",
                 "cf_my_tick":true}}
                """#)
            let values = try #require(try reply.object()["custom_fields"] as? [String: Any])
            #expect(values["cf_my_text"] as? String == "=1+1")
            #expect(values["cf_my_number"] as? Double == 2.5)
            #expect(values["cf_my_date"] as? String == "2026-01-31")
            #expect(values["cf_my_choice"] as? String == "B")
            #expect(values["cf_my_tick"] as? Bool == true)
            let types = try await program.get("/api/v2/contact_fields").objects().map {
                $0["type"] as? String
            }
            #expect(
                types == [
                    "custom_text", "custom_number", "custom_date", "custom_dropdown", "custom_checkbox",
                ])
            #expect(
                try await program.get("/api/v2/contacts/\(ada)/reachability?purpose=none").status
                    == .badRequest)
            let said = try await program.post(
                "/api/v2/contacts/\(ada)/consents",
                #"{"purpose":"news","given":false,"address":"ADA@example.com","how":"by mail"}"#)
            #expect(said.status == .created, "\(said.text)")
            let reach = try await program.get("/api/v2/contacts/\(ada)/reachability?purpose=news").object()
            #expect(reach["refused"] as? Bool == true)
        }
    }
}
