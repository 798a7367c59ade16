/// Erlang's loss formula: the share of calls that find every one of `servers` lines busy.
///
/// B = (Aⁿ/n!) / Σₖ Aᵏ/k!, computed as 1/B = 1 + n/A + n(n−1)/A² + …: positive terms, none of which
/// needs a factorial, added until they no longer count. Takes about 9√A terms beyond |n − A|.
///
/// - Parameters:
///   - servers: lines n, 0 to 10⁷; with none every call is lost.
///   - load: A in erlangs, 0 to 10⁶.
/// - Returns: 0…1, relative error below 10⁻¹²; 0 where the true value is below 10⁻³⁰⁰.
/// - Throws: `OutOfRange` naming `servers` or `load`.
///
/// Source: A. K. Erlang, 1917; the reciprocal sum follows from the recursion 1/Bₖ = 1 + (k/A)/Bₖ₋₁.
public func erlangB(servers: Int, load: Double) throws(OutOfRange) -> Double {
    try OutOfRange.check(count: servers, "servers", in: 0...StaffingLimit.agents)
    try OutOfRange.check(load, "load", in: StaffingLimit.load)
    return blocking(servers: servers, load: load)
}

/// `erlangB` for checked input.
func blocking(servers: Int, load: Double) -> Double {
    guard load > 0 else { return servers == 0 ? 1 : 0 }
    let inverse = 1 / load
    var sum = 1.0
    var term = 1.0
    var left = Double(servers)
    while left > 0 {
        term *= left * inverse
        sum += term
        // Terms only shrink once fewer lines are left than the load, so one small term ends the sum.
        if term < 1e-19 * sum || sum > 1e300 { break }
        left -= 1
    }
    return sum > 1e300 ? 0 : 1 / sum
}

/// The largest load that `servers` lines carry while no more than a share `blocking` of calls is lost.
///
/// The inverse of `erlangB(servers:load:)`, as printed in traffic tables (10 lines at 1 %: 4.461).
///
/// - Parameters:
///   - servers: from 1 to 500,000.
///   - share: the share lost, 10⁻⁹ to 0.5.
/// - Returns: erlangs, relative error below 10⁻¹¹.
/// - Throws: `OutOfRange` naming `servers` or `blocking`.
public func erlangBLoad(servers: Int, blocking share: Double) throws(OutOfRange) -> Double {
    try OutOfRange.check(count: servers, "servers", in: 1...500_000)
    try OutOfRange.check(share, "blocking", in: 1e-9...0.5)
    // What is carried, A(1 − B), is less than n.
    var range = 0.0...Double(servers) / (1 - share)
    for _ in 0..<200 {
        let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
        guard middle > range.lowerBound, middle < range.upperBound else { break }
        let isLight = blocking(servers: servers, load: middle) <= share
        range = isLight ? middle...range.upperBound : range.lowerBound...middle
    }
    return range.lowerBound
}
