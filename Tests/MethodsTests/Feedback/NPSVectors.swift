import Foundation
import Testing

/// The contents of the reference file `nps.json`.
struct NPSVectors: Decodable {
    struct Interval: Decodable {
        let nps, nps_adj, mean, variance, moe: Double?
        let se, lo, hi: Double
    }

    struct Case: Decodable {
        let name: String
        let promoters, passives, detractors: Int
        let wald95, adjusted_wald95, adjusted_wald90: Interval
        let trinomial_t95: Interval?
    }

    struct Scores: Decodable {
        let scores: [Int]
        let promoters, passives, detractors: Int
        let nps: Double
    }

    struct Change: Decodable {
        let difference, se, z, p_two_sided, lo95, hi95: Double
    }

    struct Pair: Decodable {
        let a, b: [Int]
        let wald, adjusted_wald: Change
    }

    struct Size: Decodable {
        let moe_points, variance, conf: Double
        let n: Int
    }

    struct Sizes: Decodable { let rows: [Size] }

    struct Finite: Decodable {
        struct Example: Decodable {
            let N, n: Int
            let counts: [Int]
            let se_infinite, se_fpc: Double
        }
        let example: Example
    }

    struct Satisfaction: Decodable {
        let scores_1_5: [Int]
        let top2, n: Int
        let csat_pct, mean: Double
        let wilson95_pct: [Double]
    }

    struct Effort: Decodable {
        let scores_1_7: [Int]
        let mean, pct_agree_5_7: Double
        let wilson95_pct: [Double]
    }

    struct Share: Decodable {
        let k, n: Int
        let lo, hi: Double
    }

    struct Visits: Decodable {
        let visits_min, visits_max, promoters, passives, detractors: Int
        let nps: Double
        let adjusted_wald95: [Double]
    }

    let cases: [Case]
    let from_scores: [Scores]
    let two_sample: [Pair]
    let n_for_margin: Sizes
    let finite_population: Finite
    let csat_top2: [Satisfaction]
    let ces2: [Effort]
    let wilson95: [Share]
    let botanic_by_visits: [Visits]

    static let isHere = SharedFolder.has("vectors/nps.json")

    init() throws {
        let file = try #require(SharedFolder.file("vectors/nps.json"))
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }
}

/// Whether two figures agree to nine digits; around zero, to nine places.
func agrees(_ found: Double, _ expected: Double) -> Bool {
    abs(found - expected) <= 1e-9 * max(1, abs(expected))
}
