import Methods
import Testing

@Suite(.enabled(if: EconomicsVectors.isHere, EconomicsVectors.absence))
struct `Matching the reference economics` {
    let vectors: EconomicsVectors

    init() throws {
        vectors = try EconomicsVectors.read()
        try #require(vectors.sbg.count == 2 && vectors.plus_5_points_retention.rows.count == 24)
        try #require(vectors.churn_conversions.count == 5 && vectors.cac_payback.count == 4)
        try #require(vectors.save_offer.rows.count == 5 && vectors.seed_story_illustration.rows.count == 5)
    }

    @Test func `fits the two published cohorts`() throws {
        for cohort in vectors.sbg {
            let history = try RenewalHistory<Years>(
                survivors: Array(cohort.survivors_year0_to_12.prefix(cohort.fit_on_years + 1)))
            let fit = try ShiftedBetaGeometric.fit(to: history)

            #expect(isNear(fit.logLikelihood, cohort.log_likelihood, to: 1e-12))
            // The file's parameters stop a little short of the top, as its optimiser did.
            #expect(isNear(fit.model.alpha, cohort.alpha, to: 1e-7))
            #expect(isNear(fit.model.beta, cohort.beta, to: 2e-7))
        }
    }

    @Test func `draws the same curves`() throws {
        for cohort in vectors.sbg {
            let model = try ShiftedBetaGeometric<Years>(alpha: cohort.alpha, beta: cohort.beta)
            try #require(cohort.S.count == 13 && cohort.retention_rate.count == 12)

            #expect(isNear(model.meanChurn, cohort.meanChurn))
            for (year, share) in cohort.S {
                #expect(isNear(try model.survival(after: #require(Int(year))), share))
            }
            for (year, rate) in cohort.retention_rate {
                #expect(isNear(try model.retention(at: #require(Int(year))), rate))
            }
        }
    }

    @Test func `values customers of any age alike`() throws {
        for cohort in vectors.sbg {
            let model = try ShiftedBetaGeometric<Years>(alpha: cohort.alpha, beta: cohort.beta)
            try #require(cohort.DERL_10pct.count == 4)
            for (renewals, value) in cohort.DERL_10pct {
                let found = try model.discountedResidualLifetime(
                    afterRenewals: #require(Int(renewals)), at: DiscountRate(0.1))
                #expect(isNear(found.value, value))
            }
        }
    }

    @Test func `prices five points alike`() throws {
        for row in vectors.plus_5_points_retention.rows {
            let gain = try ConstantRetention<Years>(
                margin: Amount(minorUnits: 1), retention: row.retention_from,
                discount: DiscountRate(row.discount)
            ).gain(fromPoints: 5)

            #expect(isNear(gain.after.retention, row.retention_to))
            #expect(isNear(gain.before.lifetimeValue.minorUnits, row.clv_immediate_from))
            #expect(isNear(gain.after.lifetimeValue.minorUnits, row.clv_immediate_to))
            #expect(isNear(100 * gain.relative, row.uplift_pct))
            #expect(isNear(gain.before.meanLife?.value, row.lifetime_from))
            #expect(isNear(gain.after.meanLife?.value, row.lifetime_to))
            #expect(isNear(gain.before.elasticity, row.elasticity))
        }
    }

    @Test func `restates churn alike`() throws {
        for row in vectors.churn_conversions {
            #expect(isNear(try Churn<Months>(row.monthly).converted(to: Years.self).share, row.annual))
        }
        let loss = vectors.twenty_percent_loss
        let churn = try Churn<Years>(loss.annual_loss)
        #expect(isNear(churn.meanLife?.value, loss.expected_lifetime_years))
        #expect(isNear(churn.halfLife?.value, loss.half_life_years))
        #expect(isNear(churn.hazard?.value, loss.continuous_hazard))
        #expect(isNear(churn.converted(to: Months.self).share, loss.monthly_equivalent_churn))
        try #require(loss.left_after_years.count == 10)
        for (year, left) in loss.left_after_years {
            #expect(isNear(try churn.remaining(after: Time(#require(Double(year)))), left))
        }
    }

    @Test func `pays back alike`() throws {
        for row in vectors.cac_payback {
            let contribution = Amount(minorUnits: row.monthly_revenue * row.gross_margin)
            let cost = Amount(minorUnits: row.cac)
            let churn = try Churn<Months>(row.monthly_churn)
            let value = try ConstantRetention<Months>(
                margin: contribution, retention: churn.retention, discount: DiscountRate(0)
            ).lifetimeValue

            #expect(try payback(of: cost, from: contribution, churn: churn).months(like: row))
            let simple = try payback(of: cost, from: contribution, churn: Churn<Months>(0))
            #expect(isNear(simple.months, row.payback_months_simple))
            #expect(isNear(value.minorUnits, row.ltv))
            #expect(isNear(value / cost, row.ltv_to_cac))
        }
    }

    @Test func `weighs offers alike`() throws {
        for row in vectors.save_offer.rows + vectors.seed_story_illustration.rows {
            let offer = try SaveOffer(
                valueIfKept: Amount(minorUnits: row.V), valueIfLost: Amount(minorUnits: row.W),
                stayingWithout: row.p0, stayingWith: row.p1, cost: Amount(minorUnits: row.offer_cost))

            #expect(isNear(offer.gain.minorUnits, row.net_gain))
            #expect(isNear(offer.breakEvenCost?.minorUnits, row.break_even_offer_cost))
            #expect((offer.returnOnCost == nil) == (row.roi == nil))
            if let roi = row.roi { #expect(isNear(offer.returnOnCost, roi)) }
            #expect((offer.costPerSave == nil) == (row.cost_per_incremental_save == nil))
            if let cost = row.cost_per_incremental_save {
                #expect(isNear(offer.costPerSave?.minorUnits, cost))
            }
        }
    }

    @Test func `values the customer of the story alike`() throws {
        // 60 % of 189 a month for 36 months; won back with chance .15 at 100 for 24 months, less 150.
        let discount = try DiscountRate<Months>(0.01)
        let kept = try discount.presentValue(of: Amount(minorUnits: 189 * 0.6), forPeriods: 36)
        let regained = try discount.presentValue(of: Amount(minorUnits: 100 * 0.6), forPeriods: 24)
        let lost = (regained - Amount(minorUnits: 150)) * 0.15
        for row in vectors.seed_story_illustration.rows {
            let price = try #require(row.price)
            let cost = try discount.presentValue(of: Amount(minorUnits: 189 - price), forPeriods: 12)

            #expect(isNear(kept.minorUnits, row.V) && isNear(lost.minorUnits, row.W))
            #expect(isNear(cost.minorUnits, row.offer_cost))
        }
    }
}

extension Payback<Months> {
    fileprivate var months: Double? {
        guard case .after(let time) = self else { return nil }
        return time.value
    }

    /// Whether it falls as in the file, where null stands for never.
    fileprivate func months(like row: EconomicsVectors.Acquisition) -> Bool {
        guard let expected = row.payback_months_churn_adjusted else { return self == .never }
        return isNear(months, expected)
    }
}
