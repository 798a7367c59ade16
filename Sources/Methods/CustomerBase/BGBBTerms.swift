/// The terms of one BG/BB likelihood: the customer stayed throughout, or left before opportunity tₓ + i + 1.
struct BGBBTerms {
    /// ln of the term of a customer who stayed to the end.
    let logStayed: Double
    /// ln of the whole sum.
    let logLikelihood: Double
    /// The slope of `logLikelihood` by α, β, γ, δ, apart from what B(α, β) and B(γ, δ) add.
    let slope: SIMD4<Double>

    /// - Parameter withSlope: leaves out the digamma functions where only the value is wanted.
    init(_ point: SIMD4<Double>, _ history: OpportunityHistory, withSlope: Bool = false) {
        let (alpha, beta, gamma, delta) = (point[0], point[1], point[2], point[3])
        let (taken, last, end) = (
            Double(history.taken), Double(history.last), Double(history.opportunities)
        )
        let whole = logBeta(checked: alpha, beta) + logBeta(checked: gamma, delta)
        logStayed =
            logBeta(checked: alpha + taken, beta + end - taken) + logBeta(checked: gamma, delta + end) - whole
        guard history.opportunities > history.last else {
            logLikelihood = logStayed
            slope =
                withSlope
                ? Self.slopes(alpha + taken, beta + end - taken, gamma, delta + end) : SIMD4()
            return
        }
        let logFirst =
            logBeta(checked: alpha + taken, beta + last - taken)
            + logBeta(checked: gamma + 1, delta + last) - whole
        // Later departures relative to the first: each factor is a ratio, each slope one step of ψ.
        var (term, sum) = (1.0, 0.0)
        var (passed, stayed) = (beta + last - taken, delta + last)
        var here =
            withSlope ? Self.slopes(alpha + taken, passed, gamma + 1, stayed) : SIMD4()
        var slopes = SIMD4<Double>()
        for _ in history.last..<history.opportunities {
            sum += term
            slopes += term * here
            let (offered, known) = (alpha + taken + passed, gamma + 1 + stayed)
            term *= passed / offered * (stayed / known)
            here += SIMD4(-1 / offered, 1 / passed - 1 / offered, -1 / known, 1 / stayed - 1 / known)
            passed += 1
            stayed += 1
        }
        let remaining = exp(logStayed - logFirst)
        logLikelihood = logFirst + log(sum + remaining)
        guard withSlope else {
            slope = SIMD4()
            return
        }
        let ofStaying = Self.slopes(alpha + taken, beta + end - taken, gamma, delta + end)
        slope = (slopes + remaining * ofStaying) / (sum + remaining)
    }

    /// The slopes of ln B(a, b) + ln B(c, d) by a, b, c and d.
    static func slopes(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> SIMD4<Double> {
        let (first, second) = (digamma(checked: a + b), digamma(checked: c + d))
        return SIMD4(
            digamma(checked: a) - first, digamma(checked: b) - first, digamma(checked: c) - second,
            digamma(checked: d) - second)
    }
}
