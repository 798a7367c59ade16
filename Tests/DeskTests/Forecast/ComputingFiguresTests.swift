import Foundation
import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Computing figures` {
    @Test(arguments: Engine.available)
    func `says of each customer what the library says of their days`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)

            let report = try await desk.computeFigures()

            let all = try shop.days.map { try PurchaseDays($0.map { $0 + Shop.opening }) }
            let end = Shop.end.daysSinceEpoch
            let model = try MBGNBD<Weeks>.fit(to: CustomerBase(all, through: end, in: Weeks.self)).model
            let year: Time<Weeks> = Time<Months>(12).converted()
            #expect(report.model == .mbgNBD)
            #expect(report.day == Shop.end)
            #expect(report.customers == shop.ids.count)
            for (index, id) in shop.ids.enumerated() {
                let found = try #require(try await desk.figureStore.figures(of: id)?.figures)
                let history = try #require(all[index].history(through: end, in: Weeks.self))
                let alive = try #require(model.alive(history).probability)
                let expected = try model.expectedPurchases(of: history, within: year)
                #expect(abs((found.alive ?? 9) - alive) < 1e-6)
                #expect(abs((found.expectedPurchases ?? 9) - expected) <= 0.0005)
                #expect(found.occasions == Set(shop.days[index]).count)
                let before = all[index].history(through: end - 28, in: Weeks.self)
                let earlier = before.flatMap { model.alive($0).probability }
                #expect(abs((found.aliveBefore ?? -1) - (earlier ?? -1)) < 1e-6)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `values what is to come by the library's spend model`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)

            let report = try await desk.computeFigures()

            #expect(report.spend.refusal == nil)
            let regular = try #require(try await desk.figureStore.figures(of: shop.regular))
            let figures = try #require(regular.figures)
            let (purchases, worth) = (
                try #require(figures.expectedPurchases), try #require(figures.expectedWorth)
            )
            #expect((400.0...5400).contains(Double(worth) / purchases))
            let spent = try await desk.count(
                "SELECT CAST(sum(amount) AS BIGINT) FROM purchase WHERE account_id = \(shop.regular)")
            #expect(figures.worth == Int64(spent))
        }
    }

    @Test(arguments: Engine.available)
    func `refuses with the reason where too few have bought, and still says what can be said`(
        on engine: Engine
    ) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk, kinds: [(5, [0]), (3, [0, 10, 20])])

            let report = try await desk.computeFigures()

            #expect(report.model == nil)
            #expect(report.refusal == .tooFewCustomers(8, least: 30))
            #expect(report.spend.refusal == .tooFewRepeaters(3, least: 30))
            let found = try #require(
                try await desk.figureStore.figures(of: shop.regular)?.figures)
            #expect(found.alive == nil)
            #expect(found.expectedWorth == nil)
            #expect(found.usualGap == 10)
        }
    }

    @Test(arguments: Engine.available)
    func `with nothing on record comes to a report that says so`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let report = try await desk.computeFigures()

            #expect(report.refusal == .noPurchases)
            #expect(report.backtest == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `forecasts no money of those who paid in another currency`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let abroad = shop.regular
            try await desk.database.write {
                try Shop.buy(abroad, on: Shop.opening + 180, 5000, "USD", in: $0)
            }

            try await desk.computeFigures()

            let found = try #require(try await desk.figureStore.figures(of: abroad)?.figures)
            let home = try #require(try await desk.figureStore.figures(of: shop.ids[150])?.figures)
            #expect(found.expectedPurchases != nil)
            #expect(found.expectedWorth == nil)
            #expect(home.expectedWorth != nil)
            #expect(
                found.worth
                    == Int64(
                        try await desk.count(
                            """
                            SELECT CAST(sum(amount) AS BIGINT) FROM purchase
                            WHERE account_id = \(abroad) AND currency = 'EUR'
                            """)))
        }
    }

    @Test(arguments: Engine.available)
    func `leaves the old figures in force until the new run is complete`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            try await desk.computeFigures()
            let before = try #require(try await desk.figureStore.latest())
            let half = try await desk.figureStore.begin(day: Shop.end, at: desk.clock.now)
            let stranger = CustomerFigures(
                party: shop.ids[0], firstDay: Shop.end, lastDay: Shop.end, occasions: 77, worth: 1,
                usualGap: nil)
            try await desk.figureStore.append([stranger], [], to: half)

            let seen = try #require(try await desk.figureStore.figures(of: shop.ids[0]))

            #expect(seen.run.id == before.id)
            #expect(seen.figures?.occasions == 1)
            await #expect(throws: FigureRunRefusal.underWay) { try await desk.computeFigures() }
            desk.clock.advance(by: .seconds(600))
            try await desk.computeFigures()
            let after = try #require(try await desk.figureStore.figures(of: shop.ids[0]))
            #expect(after.run.id > half)
            #expect(after.figures?.occasions == 1)
            // The one before stays until the next; what was half done goes.
            #expect(try await desk.count("SELECT count(*) FROM figure") == 2 * shop.ids.count)
            #expect(try await desk.count("SELECT count(*) FROM figure_run") == 2)
            try await desk.computeFigures()
            #expect(try await desk.count("SELECT count(*) FROM figure_run") == 2)
            #expect(try await desk.count("SELECT count(*) FROM figure_run WHERE id = \(before.id)") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `gives the same backtest as the library on the day chosen`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let cut = Shop.opening + 120

            let report = try await desk.computeFigures(
                FigureOptions(model: .bgNBD, calibrateUntil: LocalDate(daysSinceEpoch: cut)))

            let all = try shop.days.map { try PurchaseDays($0.map { $0 + Shop.opening }) }
            let test = try Backtest(all, cut: cut, end: Shop.end.daysSinceEpoch, in: Weeks.self)
            let expected = try test.report(on: try BGNBD.fit(to: test.calibration).model)
            let found = try #require(report.backtest)
            #expect(abs(found.expected - expected.expected) < 1e-9)
            #expect(found.actual == expected.actual)
            #expect(found.bins.map(\.customers) == expected.bins.map(\.customers))
            #expect(report.wasAskedFor)
        }
    }

    @Test(arguments: Engine.available)
    func `under BG/NBD says nothing of those who bought once`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)

            try await desk.computeFigures(FigureOptions(model: .bgNBD))

            #expect(try await desk.figureStore.figures(of: shop.ids[0])?.figures?.alive == nil)
            let page = try await desk.signedIn(as: .grace).get("/people/\(shop.ids[0])")
            #expect(page.says("the model in use cannot say"))
            #expect(!page.says("100%"))
        }
    }

    @Test func `is due at first, when asked, after an import, and every night`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let organisation = try await desk.desk.organisations.required()
            let job = ComputeFigures(desk: desk.desk)
            #expect(try await !job.isDue(organisation))
            try await Shop.open(on: desk)
            #expect(try await job.isDue(organisation))
            try await desk.computeFigures()
            #expect(try await !job.isDue(organisation))

            try await desk.figureStore.ask(by: desk.desk.act(by: nil))

            #expect(try await job.isDue(organisation))
            try await desk.computeFigures()
            #expect(try await !job.isDue(organisation))
            desk.clock.advance(by: .seconds(86_400))
            #expect(try await job.isDue(organisation))
            try await desk.computeFigures()

            desk.clock.advance(by: .seconds(1))
            try await desk.bringPurchases("customer,date,amount\nbo,2025-03-01,10.00\n")

            #expect(try await job.isDue(organisation))
        }
    }

    @Test(arguments: Engine.available)
    func `is due again where a run was stopped on its way`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let organisation = try await desk.desk.organisations.required()
            let job = ComputeFigures(desk: desk.desk)
            try await Shop.open(on: desk)
            try await desk.computeFigures()
            _ = try await desk.figureStore.begin(day: Shop.end, at: desk.clock.now)
            #expect(try await desk.figureStore.isUnderWay())
            #expect(try await !job.isDue(organisation))

            desk.clock.advance(by: .seconds(301))

            #expect(try await !desk.figureStore.isUnderWay())
            #expect(try await job.isDue(organisation))
            try await desk.computeFigures()
            #expect(try await !job.isDue(organisation))
        }
    }

    @Test(arguments: Engine.available)
    func `never adds another currency, also where its money comes to nothing in all`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let (one, other) = (shop.ids[0], shop.ids[1])
            let before = try #require(try await desk.computedWorth(of: one))
            try await desk.database.write { connection in
                try Shop.buy(one, on: Shop.opening + 20, 500_000, "USD", in: connection)
                try Shop.buy(other, on: Shop.opening + 21, -500_000, "USD", in: connection)
            }

            #expect(try await desk.computedWorth(of: one) == before)
        }
    }

    @Test func `forgets the sample with its customers`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await desk.desk.sample.load(by: desk.desk.act(by: nil))
            try await desk.computeFigures()
            try #require(try await desk.count("SELECT count(*) FROM list_entry") > 100)

            try await desk.desk.sample.remove(by: desk.desk.act(by: nil))

            for table in ["figure", "figure_run", "list_row", "list_entry"] as [SQL] {
                #expect(try await desk.count("SELECT count(*) FROM \(table)") == 0, "\(table.text)")
            }
        }
    }
}
