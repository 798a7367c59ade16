import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

extension TestDesk {
    /// Looks for what is out of date, as the server's worker would.
    func reckon() async throws {
        let worker = ReckonEconomics(desk: desk)
        try await database.write { try $0.enqueue(worker.kind, key: worker.kind, at: clock.now) }
        let job = try #require(try await desk.jobs.claim([worker.kind], at: clock.now))
        try await worker.run(job, holding: Lease(job: job, jobs: desk.jobs, clock: clock))
        try await desk.jobs.finish(job)
    }

    func bring(_ text: String) async throws {
        let path = desk.folder + "/purchases-\(UUID().uuidString).csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        _ = try await ImportRun(ImportStore(desk)).run(
            .purchases, path: path, fileName: "purchases.csv", options: ImportOptions(),
            by: desk.act(by: nil))
    }
}

/// Sixty customers whose every figure is worked out in the comments.
///
/// Year 1 is 2024-01-01 to 2024-12-31, year 0 is 2025. On 2024-01-10 forty customers bought for 20.00 in the shop (cost
/// 10.00). Thirty of them came again on 2025-01-09, 365 days on, for 30.00 (cost 15.00). On 2025-03-01 twenty others
/// bought for 50.00 on the web (cost 40.00), ten of whom came again on 2025-03-31, 30 days on, for 10.00 (cost 4.00).
/// One of these ten, the giant, bought once more on 2025-12-31 for 700.00 (cost 350.00).
enum SmallBooks {
    static var csv: String {
        var lines = ["customer,date,amount,cost,channel"]
        for n in 1...40 { lines.append("a\(n),2024-01-10,20.00,10.00,shop") }
        for n in 1...30 { lines.append("a\(n),2025-01-09,30.00,15.00,shop") }
        for n in 1...20 { lines.append("b\(n),2025-03-01,50.00,40.00,Web") }
        for n in 1...10 { lines.append("b\(n),2025-03-31,10.00,4.00,shop") }
        lines.append("b1,2025-12-31,700.00,350.00,shop")
        return lines.joined(separator: "\n") + "\n"
    }
}

@Suite struct `Seeing the economics` {
    private func close(_ value: Any?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
        guard let number = (value as? NSNumber)?.doubleValue else { return false }
        return abs(number - expected) <= tolerance * max(1, abs(expected))
    }

    @Test(arguments: Engine.available)
    func `shows what was worked out by hand`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await desk.bring(SmallBooks.csv)
            let margaret = try await desk.api(as: .margaret)
            // 400.00 for the shop in the first half of 2024, 600.00 for the web in March 2025, seen by whole periods.
            for body in [
                #"{"from":"2024-01-01","to":"2024-06-30","source":"shop","amount":"400.00"}"#,
                #"{"from":"2025-03","source":"WEB","campaign":"Spring","amount":"6000.00"}"#,
            ] {
                #expect(try await margaret.post("/api/v2/spend", body).status == .created)
            }
            try await desk.reckon()

            let all = try await margaret.get("/api/v2/economics").object()
            #expect(all["through"] as? String == "2025-12-31" && all["customers"] as? Int == 60)
            try repeats(all)
            try retention(all)
            try worth(all)
            try acquisition(all)
            try concentration(all)
        }
    }

    /// Day 30: 10 of 60 came again. Day 365: of the 60, 10 are gone by day 30, 10 web customers left sight on day 305,
    /// so 40 are at risk on day 365 and 30 of them come: 1 - 50/60 × 10/40.
    private func repeats(_ all: [String: Any]) throws {
        let repeats = try #require(all["repeat"] as? [String: Any])
        let within = try #require(repeats["within"] as? [[String: Any]])
        let shares = within.map { ($0["returned"] as? [String: Any])?["share"] }
        #expect(close(shares[0], 10.0 / 60) && close(shares[1], 10.0 / 60) && close(shares[2], 10.0 / 60))
        #expect(close(shares[3], 1 - 50.0 / 60 * 10 / 40))
        #expect(repeats["customers"] as? Int == 60 && repeats["returned"] as? Int == 40)
        // Twenty newcomers in the last year are too few to compare.
        #expect(repeats["change"] is NSNull)
        let cohorts = try #require(all["cohorts"] as? [String: Any])
        let rows = try #require(cohorts["rows"] as? [[String: Any]])
        #expect(rows.map { $0["month"] as? String } == ["2024-01", "2025-03"])
        let first = try #require(rows[0]["active"] as? [Int])
        #expect(first.count == 24 && first[0] == 40 && first[12] == 30 && first.reduce(0, +) == 70)
        // March 2025: 20 × 50.00 and 10 × 10.00; nine months later 700.00.
        #expect(rows[1]["spend"] as? [Int] == [110_000, 0, 0, 0, 0, 0, 0, 0, 0, 70_000])
        #expect(cohorts["last_month_unfinished"] as? Bool == false)
    }

    /// 30 of the 40 customers of 2024 came again in 2025; Wilson's range of 30 in 40 is .5981 to .8581.
    private func retention(_ all: [String: Any]) throws {
        let retention = try #require(all["retention"] as? [String: Any])
        let row = try #require(retention["all"] as? [String: Any])
        let share = try #require(row["retention"] as? [String: Any])
        #expect(row["customers"] as? Int == 40 && row["again"] as? Int == 30)
        #expect(close(share["share"], 0.75))
        #expect(close(share["lower"], 0.598_1, 1e-4) && close(share["upper"], 0.858_1, 1e-4))
        #expect(retention["last_year_is_cut"] as? Bool == true)
        #expect((retention["by_age"] as? [Any])?.count == 1)
    }

    /// Revenue of 2025: 30 × 30 + 20 × 50 + 10 × 10 + 700 = 2700.00; cost 30 × 15 + 20 × 40 + 10 × 4 + 350 = 1640.00.
    /// Margin 1060.00 over 50 customers is 21.20 a year. Value 21.20 × 1.1 / (1.1 - .75) = 66.63. Five points:
    /// 21.20 × 1.1 × .05 / (.35 × .30) = 11.10; break-even 21.20 × .05 / .35 = 3.03 a year.
    private func worth(_ all: [String: Any]) throws {
        let worth = try #require(all["worth"] as? [String: Any])
        #expect(worth["customers"] as? Int == 50)
        #expect(close(worth["margin_per_customer_and_year"], 2_120))
        #expect(close(worth["lifetime_value"], 2_120 * 1.1 / 0.35))
        let gains = try #require(worth["gains"] as? [[String: Any]])
        #expect(close(gains[0]["points"], 1) && close(gains[1]["points"], 5))
        #expect(close(gains[1]["per_customer"], 2_120 * 1.1 * 0.05 / (0.35 * 0.30)))
        #expect(close(gains[1]["break_even_per_customer_and_year"], 2_120 * 0.05 / 0.35))
        #expect(close(gains[1]["relative"], 0.05 / 0.30))
        #expect(close(gains[1]["total"], 50 * 2_120 * 1.1 * 0.05 / (0.35 * 0.30)))
    }

    /// Shop: 400.00 over 40 is 10.00, the margin of a first purchase: paid back with it. Web: 6000.00 over 20 is
    /// 300.00, of which the first purchase leaves 10.00. Later margin is 10 × 6.00 + 350.00 = 410.00 in 20 × 305 days, or
    /// 200.41 customer-months: 2.0458 a month, so 290.00 takes 141.75 months. A quarter lost each year is
    /// 2.369 % a month, and 290.00 × .02369 is more than 2.05: it never comes.
    private func acquisition(_ all: [String: Any]) throws {
        let acquisition = try #require(all["acquisition"] as? [String: Any])
        let rows = try #require(acquisition["sources"] as? [[String: Any]])
        #expect(rows.map { $0["source"] as? String } == ["Web", "shop"])
        #expect(rows.map { $0["customers"] as? Int } == [20, 40])
        #expect(close(rows[1]["cost_per_customer"], 1_000) && close(rows[1]["first_margin"], 1_000))
        #expect(close(rows[1]["left_after_first"], 0) && close(rows[1]["payback_adjusted"], 0))
        let monthly = 41_000 / (20 * 305 / 30.4375)
        #expect(close(rows[0]["cost_per_customer"], 30_000) && close(rows[0]["monthly_margin"], monthly))
        #expect(close(rows[0]["left_after_first"], -29_000))
        #expect(close(rows[0]["payback_simple"], 29_000 / monthly))
        #expect(rows[0]["payback_adjusted"] as? String == "never")
        #expect(close(acquisition["loss_per_year"], 0.25))
        let total = try #require(acquisition["all"] as? [String: Any])
        #expect(total["spend"] as? Int == 640_000 && close(total["cost_per_customer"], 640_000 / 60.0))
    }

    /// The giant brought 50 + 10 + 700 = 760.00 of 2700.00; nine others 60.00, ten 50.00, thirty 30.00. Twenty are
    /// new and ten were lost.
    private func concentration(_ all: [String: Any]) throws {
        let concentration = try #require(all["concentration"] as? [String: Any])
        let top = try #require(concentration["top"] as? [Double])
        #expect(close(top[0], 76_000.0 / 270_000) && close(top[2], 88_000.0 / 270_000))
        let giant = 76.0 * 76
        let others = 9.0 * 36 + 10.0 * 25 + 30.0 * 9
        #expect(close(concentration["herfindahl"], (giant + others) / (270.0 * 270)))
        #expect(concentration["new"] as? Int == 20 && concentration["lost"] as? Int == 10)
        #expect(close(concentration["renewal_ratio"], 2))
        // The records begin ten days into year 1, so nothing is said of a whole year's new business.
        #expect(concentration["months_to_replace_top_two"] is NSNull)
    }

    @Test func `says why it shows nothing, and shows old figures until new ones are complete`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.signedIn(as: .barbara)
            #expect(try await barbara.get("/economics").says("Nothing has been computed yet"))
            try await desk.reckon()
            #expect(try await barbara.get("/economics").says("No purchase is on record yet"))

            try await desk.bring("customer,date,amount\na,2025-01-01,5.00\n")
            #expect(try await barbara.get("/economics").says("No purchase is on record yet"))
            try await desk.reckon()
            let few = try await barbara.get("/economics")
            #expect(
                few.says("There are fewer than 30 customers") && few.says("No acquisition spend is on record")
            )

            try await desk.bring(SmallBooks.csv.replacing(",cost,", with: ",words,"))
            try await desk.reckon()
            let page = try await barbara.get("/economics")
            #expect(page.says("This needs a margin") && page.says("no property of this business") == false)
            try await desk.desk.organisations.change(
                [.economicsMargin: "0.5"], by: desk.desk.act(by: nil))
            try await desk.reckon()
            let rated = try await barbara.get("/economics?cohorts=money")
            #expect(rated.says("the set margin of 50.0%") && rated.says("no property of this business"))
            #expect(rated.says("<h1>Economics</h1>") && rated.says("Whole EUR."))
        }
    }

    @Test func `is computed once a night, and at once when asked`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await desk.bring(SmallBooks.csv)
            try await desk.reckon()
            let store = EconomicsStore(database: desk.database, clock: desk.clock)
            let kept = try #require(try await store.latest())
            let zone = try #require(Zone("Europe/Berlin"))
            let noon = zone.instant(of: zone.day(of: kept.computedAt), secondOfDay: 43_200)
            let early = EconomicsStore.Kept(figures: kept.figures, computedAt: noon, marker: "m")
            let night = zone.instant(of: zone.day(of: noon) + 1, secondOfDay: 7_300)

            #expect(!ReckonEconomics.isDue(early, "m", zone, at: noon.advanced(by: .seconds(36_000))))
            #expect(ReckonEconomics.isDue(early, "m", zone, at: night))
            #expect(ReckonEconomics.isDue(early, "n", zone, at: noon))
            #expect(ReckonEconomics.isDue(nil, "m", zone, at: noon))
            let marker = try await store.marker()
            #expect(kept.marker == marker)
            let barbara = try await desk.signedIn(as: .barbara)
            #expect(try await barbara.post("/economics/computation").location == "/economics")
            #expect(try #require(try await store.latest()).marker != marker)
        }
    }
}
