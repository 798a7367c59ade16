import Foundation
import Testing

/// The reference file economics.json, as far as it is laid out alike for many cases.
struct EconomicsVectors: Decodable {
    let sbg: [Contract]
    let plus_5_points_retention: Table<Points>
    let twenty_percent_loss: Loss
    let churn_conversions: [Conversion]
    let cac_payback: [Acquisition]
    let save_offer: Table<Save>
    let seed_story_illustration: Table<Save>
    let cdnow_cohorts: Cohorts
    let cdnow_repeat_kaplan_meier: Repeats
    let cdnow_rfm: Segments

    struct Table<Row: Decodable>: Decodable {
        let rows: [Row]
    }

    struct Contract: Decodable {
        let cohort: String
        let survivors_year0_to_12: [Int]
        let fit_on_years: Int
        let alpha, beta, log_likelihood: Double
        let S, retention_rate, DERL_10pct: [String: Double]
        let meanChurn: Double

        enum CodingKeys: String, CodingKey {
            case cohort, survivors_year0_to_12, fit_on_years, alpha, beta, log_likelihood, S, retention_rate
            case DERL_10pct
            case meanChurn = "mean_churn_a/(a+b)"
        }
    }

    struct Points: Decodable {
        let discount, retention_from, retention_to, clv_immediate_from, clv_immediate_to, uplift_pct: Double
        let lifetime_from, lifetime_to, elasticity: Double

        enum CodingKeys: String, CodingKey {
            case discount, retention_from, retention_to, clv_immediate_from, clv_immediate_to, uplift_pct
            case lifetime_from, lifetime_to
            case elasticity = "elasticity_r/(1+d-r)"
        }
    }

    struct Loss: Decodable {
        let annual_loss, expected_lifetime_years, half_life_years: Double
        let left_after_years: [String: Double]
        let monthly_equivalent_churn, continuous_hazard: Double
    }

    struct Conversion: Decodable {
        let monthly, annual: Double
    }

    struct Acquisition: Decodable {
        let cac, monthly_revenue, gross_margin, monthly_churn, payback_months_simple: Double
        let payback_months_churn_adjusted: Double?
        let ltv, ltv_to_cac: Double
    }

    struct Save: Decodable {
        let offer: String?
        let price: Double?
        let V, W, p0, p1, offer_cost, net_gain, break_even_offer_cost: Double
        let roi, cost_per_incremental_save: Double?
    }

    struct Cohorts: Decodable {
        let rows: [String: [String: Int]]
    }

    struct Repeats: Decodable {
        let customers, repeaters: Int
        let repeat_share_by_days: [String: Double]
    }

    struct Segments: Decodable {
        let R_counts, F_counts, M_counts: [String: Int]
        let cell_555, cell_111: Int
    }

    static let isHere = SharedFolder.has("vectors/economics.json")
    static let absence: Comment =
        "shared/vectors/economics.json is not here; set REGULARS_SHARED to check against it"

    static func read() throws -> EconomicsVectors {
        let file = try #require(SharedFolder.file("vectors/economics.json"))
        return try JSONDecoder().decode(EconomicsVectors.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers agree to a relative tolerance (absolute for an expected zero).
func isNear(_ found: Double?, _ expected: Double, to tolerance: Double = 1e-9) -> Bool {
    guard let found else { return false }
    return abs(found - expected) <= tolerance * (expected == 0 ? 1 : abs(expected))
}
