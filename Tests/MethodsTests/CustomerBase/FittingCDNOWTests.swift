import Methods
import Testing

/// Tolerances, log-likelihoods and parameters of bgnbd_cdnow.json; the published ones are Fader, Hardie and Lee
/// 2005 and the walkthrough of the R package BTYD.
@Suite(.enabled(if: CDNOW.hasSample && CDNOW.hasSummary, "data/cdnow is not here"))
struct `Fitting the CDNOW sample` {
    let exact, rounded: CustomerBase<Weeks>

    init() throws {
        exact = try CustomerBase(try CDNOW.sample(), through: CDNOW.cut, in: Weeks.self)
        rounded = try CustomerBase(try CDNOW.summary().map(\.history))
        for base in [exact, rounded] {
            try #require(base.customers == 2357 && base.repeaters == 946 && base.repeatPurchases == 2457)
        }
    }

    @Test func `finds the published BG/NBD`() throws {
        for (base, peak, a, b) in [
            (rounded, -9582.42556056736, 0.79288610, 2.42575341),
            (exact, -9582.429206673929, 0.79292185, 2.42590605),
        ] {
            let fit = try BGNBD.fit(to: base)

            #expect(abs(fit.logLikelihood - peak) < 1e-6)
            #expect(abs(fit.model.r - 0.2425935) < 2e-4 && abs(fit.model.alpha.value - 4.41357) < 5e-3)
            #expect(abs(fit.model.a - a) < 2e-3 && abs(fit.model.b - b) < 1e-2)
            #expect(fit.steepestSlope < 1e-6 && fit.starts.count == 3)
            #expect(fit.starts.allSatisfy { $0.converged && abs($0.logLikelihood - peak) < 1e-6 })
            #expect(abs(fit.model.logLikelihood(of: base) - fit.logLikelihood) < 1e-8)
        }
    }

    @Test func `finds the MBG/NBD of the reference file`() throws {
        for (base, peak) in [(rounded, -9582.132684899902), (exact, -9582.135715553748)] {
            let fit = try MBGNBD.fit(to: base)

            #expect(abs(fit.logLikelihood - peak) < 1e-6)
            #expect(abs(fit.model.r - 0.52484) < 2e-4 && abs(fit.model.alpha.value - 6.18303) < 5e-3)
            #expect(abs(fit.model.a - 0.89136) < 2e-3 && abs(fit.model.b - 1.614) < 1e-2)
            #expect(abs(fit.model.logLikelihood(of: base) - fit.logLikelihood) < 1e-8)
        }
    }

    @Test func `finds the published Pareto/NBD`() throws {
        // One start keeps a debug build quick; the others are tried below on a smaller base.
        let start = try ParetoNBD<Weeks>(r: 0.5, alpha: 10, s: 0.5, beta: 10)
        for (base, peak) in [(rounded, -9594.973929826861), (exact, -9594.976178939542)] {
            let fit = try ParetoNBD.fit(to: base, from: [start])

            #expect(abs(fit.logLikelihood - peak) < 1e-6)
            #expect(abs(fit.model.r - 0.55328) < 5e-4 && abs(fit.model.alpha.value - 10.5776) < 2e-2)
            #expect(abs(fit.model.s - 0.60622) < 2e-3 && abs(fit.model.beta.value - 11.668) < 8e-2)
            #expect(abs(fit.model.logLikelihood(of: base) - fit.logLikelihood) < 1e-8)
        }
    }

    @Test func `finds the same model in days as in weeks and from customers in any order`() throws {
        var generator = SeededGenerator(state: 8)
        let weekly = try BGNBD.fit(to: exact)
        let customers = try CDNOW.sample().shuffled(using: &generator)
        let daily = try BGNBD.fit(to: CustomerBase(customers, through: CDNOW.cut, in: Days.self))
        let shuffled = try BGNBD.fit(to: CustomerBase(customers, through: CDNOW.cut, in: Weeks.self))

        #expect(shuffled.model == weekly.model && shuffled.logLikelihood == weekly.logLikelihood)
        #expect(abs(daily.model.alpha.value / weekly.model.alpha.value - 7) < 1e-4)
        #expect(abs(daily.model.r - weekly.model.r) < 1e-6 && abs(daily.model.b - weekly.model.b) < 1e-4)
    }

    @Test(.enabled(if: CDNOW.hasMaster, "data/cdnow is not here"))
    func `fits all 23,570 customers, choosing among starts on a thinned base`() throws {
        let base = try CustomerBase(try CDNOW.master(), through: CDNOW.cut, in: Weeks.self)
        try #require(base.customers == 23_570 && base.repeatPurchases == 24_337)

        let fit = try BGNBD.fit(to: base)

        #expect(abs(fit.logLikelihood + 95_368.44393316074) < 1e-5)
        #expect(abs(fit.model.r - 0.251624) < 2e-4 && abs(fit.model.alpha.value - 4.788943) < 5e-3)
        #expect(abs(fit.model.a - 0.723433) < 2e-3 && abs(fit.model.b - 2.161088) < 1e-2)
        #expect(fit.evaluations < 12 && fit.distinctHistories == 8685)
    }
}

@Suite(.enabled(if: CDNOW.hasSample, "data/cdnow is not here"))
struct `Testing a model on the CDNOW holdout` {
    /// The walkthrough of the R package BTYD prints expected purchases by repeats in the calibration.
    @Test func `gives the published table and falls short by 12 per cent`() throws {
        let customers = try CDNOW.sample()
        try #require(customers.count == 2357)
        let backtest = try Backtest(customers, cut: CDNOW.cut, end: CDNOW.end, in: Weeks.self)
        let model = try BGNBD<Weeks>(r: 0.2425967, alpha: 4.413659, a: 0.7929869, b: 2.426164)

        let report = try backtest.report(on: model)

        let expected = [0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036]
        let actual = [0.2367116, 0.6970387, 1.392523, 1.56, 2.532258, 2.947368, 3.862069, 6.359375]
        let sizes = [1411, 439, 214, 100, 62, 38, 29, 64]
        #expect(backtest.horizon == 39 && report.bins.count == 8)
        for (index, bin) in report.bins.enumerated() {
            #expect(abs(try #require(bin.expectedMean) / expected[index] - 1) < 1e-6, "\(index)")
            #expect(abs(try #require(bin.actualMean) / actual[index] - 1) < 1e-6, "\(index)")
            #expect(bin.customers == sizes[index] && bin.repeats == index && bin.isOpen == (index == 7))
        }
        #expect(report.actual == 1882)
        #expect(abs(report.expected - 1653.39) < 0.1)
        #expect(abs(try #require(report.deviation) + 0.1215) < 1e-3)
    }
}
