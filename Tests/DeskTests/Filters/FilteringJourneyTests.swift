import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Filtering customers on screen` {
    private static func address(_ filter: String) -> String {
        "/people?filter=" + (filter.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    }

    @Test(arguments: Engine.available)
    func `shows who passes, page by page, and keeps the filter in the address`(on engine: Engine) async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let grace = try await desk.signedIn(as: .grace)
            let expected = shop.days.filter { $0.count == 1 }.count

            var seen: Set<String> = []
            var next: String? = Self.address("occasions:1")
            var pages = 0
            while let address = next {
                let page = try await grace.get(address)
                #expect(page.status == .ok)
                let rows = page.text.matches(of: /href="\/people\/([0-9]+)"/).map { String($0.1) }
                #expect(rows.allSatisfy { seen.insert($0).inserted })
                next = page.text.firstMatch(of: /rel="next" href="([^"]+)"/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }
                if let next { #expect(next.contains("filter=") && next.contains("after=")) }
                pages += 1
            }

            #expect(seen.count == expected)
            #expect(pages == (expected + 49) / 50)
        }
    }

    @Test func `is built row by row without a script, and what was typed stays`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await Shop.open(on: desk)
            let grace = try await desk.signedIn(as: .grace)

            let added = try await grace.get("/people?groups=1&new-0=occasions&do=add-0")
            #expect(added.value(of: "field") == "occasions")
            let refused = try await grace.get(
                "/people?groups=1&field=occasions&group=0&is=least&value=three&do=show")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.value(of: "value") == "three")
            #expect(refused.says("a whole number"))
            let grown = try await grace.get(
                "/people?groups=1&field=occasions&group=0&is=least&value=3&do=group")
            #expect(grown.says("Or all of these hold"))
            #expect(grown.value(of: "value") == "3")
            let shown = try await grace.get(
                "/people?groups=2&field=occasions&group=0&is=least&value=3&field=name&group=1&is=is&value=O'Hara*&do=show"
            )
            #expect(shown.status == .found || shown.status == .seeOther)
            let location = try #require(shown.location)
            #expect(location.hasPrefix("/people?filter="))
            #expect(location.contains("occasions") && location.contains("Hara"))
            let page = try await grace.get(location)
            #expect(page.status == .ok)
            let removed = try await grace.get(
                "/people?groups=1&field=occasions&group=0&is=least&value=3&do=remove-0")
            #expect(removed.value(of: "field") == nil)
        }
    }

    @Test(arguments: [
        "/people?filter=colour:red", "/people?filter=%27", "/people?filter=((((((((((",
        "/people?do=add-99&new-99=name",
        "/people?do=remove-x&groups=-4", "/people?groups=999999999999999999999&do=group",
        "/people?field=name&do=show", "/people?filter=tag:%27a%27&after=no-number",
        "/people?filter=first_day:%27999999-01-01%27", "/people.csv?filter=colour:1", "/people.csv",
    ])
    func `answers a bad address calmly`(path: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)

            let reply = try await barbara.get(path)

            #expect(reply.status.code < 500, "\(reply.status)")
        }
    }

    @Test(arguments: Engine.available)
    func `goes into a table that no spreadsheet takes for formulas`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            let customers = CustomerStore(database: desk.database, clock: desk.clock)
            _ = try await customers.add(
                NewCustomer(name: "=HYPERLINK(\"x\")"), by: Act(by: nil, at: desk.clock.now))
            let barbara = try await desk.signedIn(as: .barbara)
            let grace = try await desk.signedIn(as: .grace)

            let table = try await barbara.get("/people.csv?filter=kind%3Aperson")

            let lines = table.text.components(separatedBy: "\r\n").filter { !$0.isEmpty }.count
            let guests: Int = Shop.kinds.map(\.customers).reduce(0, +)
            #expect(lines == guests + 2)
            #expect(table.says("\"'=HYPERLINK(\"\"x\"\")\""))
            #expect(try await grace.get("/people.csv?filter=kind%3Aperson").status == .forbidden)
        }
    }

    @Test func `escapes what stands in the address`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.signedIn(as: .grace)

            let page = try await grace.get(Self.address("name:'<script>alert(1)</script>'"))

            #expect(page.status == .ok)
            #expect(!page.says("<script>alert"))
        }
    }
}

@Suite struct `Searching as programs do` {
    @Test(arguments: Engine.available)
    func `answers how many there are and thirty to a page`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let program = try await desk.api(as: .grace)
            let once = shop.days.filter { $0.count == 1 }.count

            let first = try await program.get("/api/v2/search/contacts?query=%22occasions:1%22").object()
            let last = try await program.get("/api/v2/search/contacts?page=3&query=\"occasions:1\"").object()

            #expect(first["total"] as? Int == once)
            #expect(first["total_is_exact"] as? Bool == true)
            #expect((first["results"] as? [Any])?.count == 30)
            #expect((last["results"] as? [Any])?.count == min(30, once - 60))
            let companies = try await program.get("/api/v2/search/companies?query=%22occasions:1%22").object()
            #expect(companies["total"] as? Int == 0)
        }
    }

    @Test(arguments: [
        "occasions:1", "%22occasions:%22", "%22colour:1%22", "%22%22", "", "%22occasions:>%27x%27%22",
        "%22(occasions:1%22",
    ])
    func `says what is wrong with a query, as 400`(query: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let program = try await desk.api(as: .grace)

            let reply = try await program.get("/api/v2/search/contacts?query=\(query)")

            #expect(reply.status == .badRequest)
            #expect(reply.says("\"field\":\"query\""))
        }
    }

    @Test func `has ten pages`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let program = try await desk.api(as: .grace)

            #expect(
                try await program.get("/api/v2/search/contacts?page=10&query=%22occasions:1%22").status == .ok
            )
            #expect(
                try await program.get("/api/v2/search/contacts?page=11&query=%22occasions:1%22").status
                    == .badRequest)
        }
    }
}
