import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("data/nps_botanic/nps.csv"),
        "shared/data/nps_botanic is not here; set REGULARS_SHARED to check against it"))
struct `Reading 13,954 real answers` {
    /// Score and number of visits; no score where the customer left it blank.
    let answers: [(score: Int?, visits: Int)]

    init() throws {
        let file = try #require(SharedFolder.file("data/nps_botanic/nps.csv"))
        let rows = Self.rows(of: try Data(contentsOf: file))
        let header = try #require(rows.first)
        let score = try #require(header.firstIndex(of: "nps"))
        let visits = try #require(header.firstIndex(of: "NbPassageKS"))
        answers = try rows.dropFirst().map { row in
            try #require(row.count == header.count)
            return (Int(row[score]), try #require(Int(row[visits])))
        }
        try #require(answers.count == 13_954)
    }

    /// Comma-separated fields with quoted newlines. The bytes are no valid text in any one encoding, so each
    /// is read as one Latin-1 character: digits, commas and quotes are safe that way.
    private static func rows(of bytes: Data) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        func text() -> String { String(field.map { Character(UnicodeScalar($0)) }) }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                row.append(text())
                field = []
            case UInt8(ascii: "\n") where !isQuoted:
                rows.append(row + [text()])
                (row, field) = ([], [])
            default: field.append(byte)
            }
        }
        return rows
    }

    @Test func `refuses the scale without a mapping`() throws {
        let tally = try ScoreTally(answers.compactMap(\.score), scale: 1...10)

        #expect(tally.total == 13_612)
        #expect(throws: ScoreRefusal.needsMapping(1...10)) { try PromoterCounts(tally) }
    }

    @Test func `doubts the scale when the answers are passed off as 0 to 10`() throws {
        let pretended = try ScoreTally(answers.compactMap(\.score), scale: 0...10)
        let honest = try ScoreTally(answers.compactMap(\.score), scale: 1...10)

        #expect(pretended.doubtsScale)
        #expect(!honest.doubtsScale)
    }

    @Test func `finds the published score once the mapping is chosen`() throws {
        let tally = try ScoreTally(answers.compactMap(\.score), scale: 1...10)
        let counts = try PromoterCounts(tally, mapping: .sameNumbers)
        let score = try NetPromoterScore(counts)

        #expect(try counts == PromoterCounts(promoters: 8465, passives: 3953, detractors: 1194))
        #expect(abs(score.value - 53.41610343814281) < 1e-10)
        #expect(abs(score.interval.margin - 1.0942065980439633) < 1e-10)
        #expect(try PromoterCounts(tally, mapping: .stretched) == counts)
        #expect(try PromoterCounts(tally, mapping: .cut(passivesFrom: 7, promotersFrom: 9)) == counts)
    }

    @Test(.enabled(if: NPSVectors.isHere, "shared/vectors/nps.json is not here"))
    func `finds that more visits go with better scores`() throws {
        let expected = try NPSVectors().botanic_by_visits
        var scores: [Double] = []
        for group in expected {
            let range = group.visits_min...group.visits_max
            let tally = try ScoreTally(
                answers.filter { range.contains($0.visits) }.compactMap(\.score), scale: 1...10)
            let counts = try PromoterCounts(tally, mapping: .sameNumbers)
            let wanted = try PromoterCounts(
                promoters: group.promoters, passives: group.passives, detractors: group.detractors)
            #expect(counts == wanted)
            scores.append(try NetPromoterScore(counts).value)
        }

        #expect(scores.map { ($0 * 10).rounded() / 10 } == [47.6, 45.4, 49.3, 53.8, 59.7, 70.3])
    }

    @Test func `finds who answered among one-time and regular visitors`() throws {
        let groups = [1...1, 2...5, 6...1_000_000].map { range in
            answers.filter { range.contains($0.visits) }
        }
        let mix = try ResponseMix(
            groups.enumerated().map { index, group in
                ("group \(index)", try ShareCount(group.count { $0.score != nil }, of: group.count))
            })

        #expect(mix.levels.map(\.count.total).reduce(0, +) == 13_954)
        #expect(abs(mix.rate.share - 13_612.0 / 13_954) < 1e-15)
        #expect(mix.test.degrees == 2)
    }
}
