import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Recording a purchase` {
    @Test(arguments: Engine.available)
    func `makes a customer of somebody unknown, and a regular of them the second time`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)

            let first = try await program.post(
                "/api/v2/purchases",
                #"{"unique_external_id":" A 1 ","name":"Zoë Ørsted","amount":"12.50","purchased_at":"2026-02-01"}"#
            )
            let id = try #require(try first.object()["customer_id"] as? Int)
            let newcomer = try await program.get("/api/v2/contacts/\(id)").object()
            _ = try await program.post(
                "/api/v2/purchases", #"{"unique_external_id":"A 1","amount":7,"purchased_at":"2026-02-20"}"#)
            let regular = try await program.get("/api/v2/contacts/\(id)").object()

            #expect(first.status == .created)
            #expect(newcomer["level"] as? String == "first")
            #expect(newcomer["name"] as? String == "Zoë Ørsted")
            #expect(regular["level"] as? String == "repeat")
            #expect(regular["level_since"] as? String == "2026-02-20")
            #expect(regular["purchases"] as? Int == 2)
            let found = try await program.get("/api/v2/contacts?q=orsted").objects()
            #expect(found.map { $0["id"] as? Int } == [id])
        }
    }

    @Test(arguments: [
        (#"{"customer_id":ADA,"amount":"19.99-"}"#, "amount"),
        (#"{"customer_id":ADA,"amount":"12-34"}"#, "amount"),
        (#"{"customer_id":ADA,"amount":"1.23.4"}"#, "amount"),
        (#"{"customer_id":ADA,"amount":".5"}"#, "amount"),
        (#"{"customer_id":ADA,"amount":12.505}"#, "amount"),
        (#"{"customer_id":ADA,"amount":1e15}"#, "amount"),
        (#"{"customer_id":ADA}"#, "amount"), (#"{"amount":1}"#, "customer_id"),
        (#"{"customer_id":ADA,"amount":1,"currency":"QQQ"}"#, "currency"),
        (#"{"customer_id":ADA,"amount":1,"quantity":-9223372036854775808}"#, "quantity"),
        (#"{"customer_id":ADA,"amount":1,"purchased_at":"0001-01-01"}"#, "purchased_at"),
        (#"{"customer_id":ADA,"amount":1,"purchased_at":"2026-02-31"}"#, "purchased_at"),
        (#"{"customer_id":ADA,"amount":1,"purchased_at":"2030-01-01"}"#, "purchased_at"),
        (#"{"customer_id":987654,"amount":1}"#, "customer_id"),
        (#"{"customer_id":AGENT,"amount":1}"#, "customer_id"),
        (#"{"customer_id":ADA,"amount":1,"colour":"red"}"#, "colour"),
    ])
    func `refuses what cannot be true, names the field, and keeps nothing`(body: String, field: String)
        async throws
    {
        try await withDesk(on: .sqlite) { desk in
            let program = try await desk.api(as: .linus)
            let ada = try await desk.ada()
            let agent = try await desk.seat(of: .linus)
            let json = body.replacing("ADA", with: "\(ada)").replacing("AGENT", with: "\(agent)")

            let reply = try await program.post("/api/v2/purchases", json)

            #expect(reply.status == .badRequest)
            let errors = try #require(try reply.object()["errors"] as? [[String: Any]])
            #expect(errors.map { $0["field"] as? String } == [field])
            #expect(try await program.get("/api/v2/purchases").objects().isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `answers the same outside id again, but not for something else`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)
            let said =
                #"{"unique_external_id":"a","amount":20,"outside_id":"O1","purchased_at":"2026-02-01"}"#

            let first = try await program.post("/api/v2/purchases", said)
            let again = try await program.post("/api/v2/purchases", said)
            let other = try await program.post(
                "/api/v2/purchases", said.replacing(#""a""#, with: #""b""#))

            #expect(first.status == .created)
            #expect(again.status == .ok)
            #expect(try again.object()["id"] as? Int == first.object()["id"] as? Int)
            #expect(other.status == .conflict)
            #expect(try await program.get("/api/v2/purchases").objects().count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `adds nothing in one currency to another`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)
            for (amount, currency) in [("10.00", "EUR"), ("500", "JPY"), ("-2.50", "EUR")] {
                let body = #"{"unique_external_id":"a","amount":"\#(amount)","currency":"\#(currency)"}"#
                #expect(try await program.post("/api/v2/purchases", body).status == .created)
            }

            let profile = try await program.get("/api/v2/profile").object()

            let totals = try #require(profile["totals"] as? [[String: Any]])
            #expect(totals.map { $0["amount"] as? String } == ["7.50", "500"])
            #expect(totals.map { $0["currency"] as? String } == ["EUR", "JPY"])
            #expect(profile["purchases"] as? Int == 3)
        }
    }
}

@Suite struct `Changing a customer` {
    @Test func `never reaches a colleague`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.seat(of: .linus)
            let browser = try await desk.signedIn(as: .grace)

            let page = try await browser.get("/people/\(linus)")
            let form = try await browser.get("/people/\(linus)/edit")

            #expect(page.status == .notFound)
            #expect(form.status == .notFound)
        }
    }

    @Test func `puts nobody into an organisation that is none`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let program = try await desk.api(as: .grace)
            let ada = try await desk.ada()

            for company in ["99999", "\(ada)"] {
                let body = #"{"name":"Bo","email":"bo@example.com","company_id":\#(company)}"#
                #expect(try await program.post("/api/v2/contacts", body).status == .badRequest)
            }
            #expect(try await program.get("/api/v2/contacts?q=bo").objects().isEmpty)
        }
    }

    @Test(arguments: Engine.available) func `finds nobody twice`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let program = try await desk.api(as: .grace)
            let body = #"{"name":"Anna Marie Marx","email":"marx@example.com","phone":"+49 30 1"}"#
            #expect(try await program.post("/api/v2/contacts", body).status == .created)

            for typed in ["mar", "marx", "marie", "anna", "marie%20anna"] {
                #expect(try await program.get("/api/v2/contacts?q=\(typed)").objects().count == 1, "\(typed)")
            }
            #expect(try await program.get("/api/v2/contacts?page=2").status == .badRequest)
        }
    }
}
