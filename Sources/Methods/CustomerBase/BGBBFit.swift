extension BGBB {
    /// ln of the likelihood of a whole base at these parameters.
    public func logLikelihood(
        of counted: some Sequence<(history: OpportunityHistory, customers: Int)>
    ) -> Double {
        counted.reduce(0) { $0 + Double($1.customers) * logLikelihood(of: $1.history) }
    }

    /// The parameters under which the base is most probable, searched as in `BGNBD.fit`.
    ///
    /// - Parameters:
    ///   - counted: histories and how many customers share each, in any order; equal ones are added up.
    ///   - starts: where to begin; by default (1, 1, 1, 1), (0.5, 0.5, 0.5, 1) and (1, 1, 0.5, 3).
    ///   - rule: how much the data must carry; a repeater is who took at least one opportunity.
    /// - Throws: `FitRefusal` when it does not, or `outOfRange` for a count outside 1 to 10¹².
    public static func fit(
        to counted: some Sequence<(history: OpportunityHistory, customers: Int)>,
        from starts: [Self]? = nil, rule: FitRule = FitRule()
    ) throws(FitRefusal) -> Fit<Self> {
        let surface: BGBBSurface
        do { surface = try BGBBSurface(counted) } catch { throw .outOfRange(error) }
        try rule.check(customers: surface.customers, repeaters: surface.takers)
        let points: [SIMD4<Double>]? = starts.flatMap { starts in
            starts.isEmpty ? nil : starts.map { SIMD4($0.alpha, $0.beta, $0.gamma, $0.delta) }
        }
        let customary = [SIMD4<Double>(1, 1, 1, 1), SIMD4(0.5, 0.5, 0.5, 1), SIMD4(1, 1, 0.5, 3)]
        let peak = try MaximumLikelihood.peak(
            of: surface, from: points ?? customary, customers: surface.customers, offset: 0)
        return try Fit(
            peak.parameters, peak, customers: surface.customers,
            distinctHistories: surface.groups.count, offset: 0
        ).map { found throws(OutOfRange) in
            try Self(alpha: found[0], beta: found[1], gamma: found[2], delta: found[3])
        }
    }
}

private struct BGBBSurface: Surface {
    let names = ["alpha", "beta", "gamma", "delta"]
    let groups: [(history: OpportunityHistory, customers: Int)]
    let customers, takers: Int

    init(_ counted: some Sequence<(history: OpportunityHistory, customers: Int)>) throws(OutOfRange) {
        var tally: [OpportunityHistory: Int] = [:]
        var (customers, takers) = (0, 0)
        for (history, count) in counted {
            try OutOfRange.check(count: count, "customers", from: 1)
            customers += count
            try OutOfRange.check(count: customers, "customers")
            takers += history.taken > 0 ? count : 0
            tally[history, default: 0] += count
        }
        groups = tally.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        self.customers = customers
        self.takers = takers
    }

    func evaluate(at logs: SIMD4<Double>) -> Evaluation {
        let point = logs.exponentials
        var value = 0.0
        var slope = -Double(customers) * BGBBTerms.slopes(point[0], point[1], point[2], point[3])
        for (history, count) in groups {
            let terms = BGBBTerms(point, history, withSlope: true)
            value += Double(count) * terms.logLikelihood
            slope += Double(count) * terms.slope
        }
        return Evaluation(value: -value / Double(customers), slope: -slope * point / Double(customers))
    }
}
