import Kernel
import Testing

@testable import Desk

@Suite struct `Naming a customer's level` {
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

    private func evidence(_ occasions: [String], acts: [String] = []) throws -> Evidence {
        Evidence(occasions: try occasions.map(day), acts: try acts.map(day))
    }

    @Test func `takes the highest that shows in the window`() throws {
        let end = try day("2026-06-30")
        let cases: [(Evidence, Level, String?)] = [
            (try evidence([]), .prospect, nil),
            (try evidence(["2026-03-01"]), .first, "2026-03-01"),
            (try evidence(["2026-03-01", "2026-04-01"]), .repeating, "2026-04-01"),
            (try evidence(["2024-03-01", "2026-04-01"]), .repeating, "2026-04-01"),
            (try evidence(["2024-03-01"]), .lapsed, "2025-03-01"),
            (try evidence([], acts: ["2026-05-05"]), .advocate, "2026-05-05"),
            (try evidence(["2026-03-01", "2026-04-01"], acts: ["2026-02-02"]), .advocate, "2026-02-02"),
            (try evidence(["2026-03-01", "2026-04-01"], acts: ["2025-02-02"]), .repeating, "2026-04-01"),
        ]
        for (evidence, level, since) in cases {
            let standing = evidence.standing(at: end, trailing: 12)
            #expect(standing.level == level, "\(evidence)")
            #expect(standing.since == (try since.map(day)), "\(evidence)")
        }
    }

    @Test func `keeps a level as long as its evidence overlaps`() throws {
        let regular = try evidence(["2024-01-01", "2024-06-01", "2025-03-01", "2026-01-15"])

        let standing = regular.standing(at: try day("2026-06-30"), trailing: 12)

        #expect(standing.level == .repeating)
        #expect(standing.since == (try day("2024-06-01")))
    }

    @Test func `begins again after a gap`() throws {
        let regular = try evidence(["2022-01-01", "2022-06-01", "2026-01-15"])

        #expect(regular.standing(at: try day("2026-06-30"), trailing: 12).since == (try day("2026-01-15")))
        #expect(regular.standing(at: try day("2024-06-30"), trailing: 12).level == .lapsed)
        #expect(regular.standing(at: try day("2024-06-30"), trailing: 12).since == (try day("2023-06-01")))
    }

    @Test func `gives the trailing window its twelve months, both ends included`() throws {
        #expect(LevelWindow.start(endingAt: try day("1998-06-30"), months: 12) == (try day("1997-07-01")))
        #expect(LevelWindow.start(endingAt: try day("2024-02-29"), months: 12) == (try day("2023-03-01")))
        #expect(LevelWindow.start(endingAt: try day("2025-02-28"), months: 12) == (try day("2024-03-01")))
    }
}
