import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Looking at the forecast` {
    @Test func `says what will be here before the first run`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let grace = try await desk.signedIn(as: .grace)

            #expect(try await grace.get("/model").says("No figures yet"))
            #expect(try await grace.get("/lists").says("No figures yet"))
            #expect(try await desk.api(as: .grace).get("/api/v2/model").status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `shows the verdict and the customer's card in plain words`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let report = try await desk.computeFigures()
            let grace = try await desk.signedIn(as: .grace)

            let forecast = try await grace.get("/model")
            let regular = try await grace.get("/people/\(shop.regular)")

            let test = try #require(report.backtest)
            #expect(forecast.says("Expected \(Int(test.expected.rounded())), came \(test.actual)"))
            #expect(forecast.says("MBG/NBD"))
            #expect(regular.says("Likely still a customer"))
            #expect(regular.says("Usually comes every 15 days;"))
            #expect(regular.says("Expected in the next 12 months"))
        }
    }

    @Test func `says why where the data does not carry a forecast`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let shop = try await Shop.open(on: desk, kinds: [(5, [0]), (3, [0, 10, 20])])
            try await desk.computeFigures()
            let grace = try await desk.signedIn(as: .grace)

            let reason = "Only 8 customers have bought; a forecast needs at least 30."
            #expect(try await grace.get("/model").says(reason))
            #expect(try await grace.get("/people/\(shop.ids[0])").says(reason))
            #expect(try await grace.get("/lists/at-risk").says(reason))
        }
    }

    @Test func `is run again by a manager, not by an agent`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await Shop.open(on: desk)
            let grace = try await desk.signedIn(as: .grace)
            let margaret = try await desk.signedIn(as: .margaret)

            #expect(try await grace.post("/model/runs").status == .forbidden)
            #expect(try await desk.count("SELECT count(*) FROM figure_run") == 0)
            #expect(try await margaret.post("/model/runs").status == .seeOther)
            #expect(try await margaret.get("/model").says("New figures are being computed"))
            #expect(try await desk.count("SELECT count(*) FROM job WHERE kind = 'compute-figures'") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `answers programs with the same numbers`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let report = try await desk.computeFigures()
            let program = try await desk.api(as: .grace)
            let id = shop.regular

            let customer = try await program.get("/api/v2/contacts/\(id)/figures").object()
            let company = try await program.get("/api/v2/companies/\(id)/figures").object()
            let model = try await program.get("/api/v2/model").object()

            let stored = try #require(try await desk.figureStore.figures(of: id)?.figures)
            #expect(customer["probability_alive"] as? Double == stored.alive)
            #expect(customer["usual_gap_days"] as? Double == stored.usualGap)
            #expect(company["customer_id"] as? Int == Int(id.value))
            #expect((model["backtest"] as? [String: Any])?["actual"] as? Int == report.backtest?.actual)
            #expect(try await program.get("/api/v2/contacts/999999/figures").status == .notFound)
        }
    }
}
