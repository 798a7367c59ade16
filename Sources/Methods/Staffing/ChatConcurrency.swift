/// How much one agent gets done who holds several chats at once.
///
/// Agents × chats at once overstates: attention does not multiply. A factor says how many single chats'
/// worth of work is done; the effective handling time is handling/factor, and Erlang's formulas follow.
///
/// Handling time must have been measured at that very concurrency: chats take longer the more of them there
/// are. Complex work bears two or three at once. Of those who leave a chat, 30 to 67 % never say so
/// (Castellanos et al. 2023), so abandonment is higher than it looks.
public struct ChatConcurrency: Sendable, Equatable {
    /// The factor for 1, 2, 3… chats at once; the first is 1.
    public let factors: [Double]

    /// 1, 1.7, 2.5, 2.9 and 3.5 for one to five chats at once. Source: Contact Centre Helper.
    public static let published = ChatConcurrency(checked: [1, 1.7, 2.5, 2.9, 3.5])

    /// - Parameter factors: one to a hundred, beginning with 1, each at least the one before, none above its
    ///   number of chats.
    /// - Throws: `OutOfRange` naming `factors.count` or the factor.
    public init(factors: [Double]) throws(OutOfRange) {
        try OutOfRange.check(count: factors.count, "factors.count", in: 1...100)
        var least = 1.0
        for (index, factor) in factors.enumerated() {
            let name = "the factor for \(index + 1) chats"
            guard factor >= least, factor <= Double(index + 1) else {
                let allowed = "from \(least) to \(index + 1)"
                throw OutOfRange(input: name, value: factor, allowed: allowed)
            }
            least = factor
        }
        self.init(checked: factors)
    }

    private init(checked factors: [Double]) { self.factors = factors }

    /// The handling time to use in Erlang's formulas: handling/factor.
    ///
    /// - Parameters:
    ///   - measured: the handling time measured with `chats` chats at once, 0.001 to 10⁹ seconds.
    ///   - chats: 1 to the number of factors.
    /// - Throws: `OutOfRange` naming `chats` or `handling`.
    public func handling(_ measured: Time<Seconds>, chats: Int) throws(OutOfRange) -> Time<Seconds> {
        try OutOfRange.check(count: chats, "chats", in: 1...factors.count)
        try OutOfRange.check(measured.value, "handling", in: StaffingLimit.handling)
        return Time(measured.value / factors[chats - 1])
    }
}
