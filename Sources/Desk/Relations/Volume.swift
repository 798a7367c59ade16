import Kernel

/// What an organisation bought and used, so far or in a span of months. Amounts of different currencies stand side by
/// side and are never added.
struct Volume: Sendable, Equatable {
    var purchases = 0
    var uses = 0
    /// Days with a purchase or a use, each department counting its own.
    var occasions = 0
    /// Minor units by the code of the currency.
    var amounts: [String: Int64] = [:]

    static func += (left: inout Volume, right: Volume) {
        left.purchases += right.purchases
        left.uses += right.uses
        left.occasions += right.occasions
        left.amounts.merge(right.amounts, uniquingKeysWith: +)
    }

    /// By the code of the currency.
    var totals: [Money] {
        amounts.sorted { $0.key < $1.key }.compactMap { code, minor in
            Currency(code).map { Money(minor: minor, currency: $0) }
        }
    }
}
