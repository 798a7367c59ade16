/// The smallest whole number of people that covers `amount`, deaf to rounding in the last places.
///
/// 21/(1 − 0.3) is 30.000000000000004 in floating point; nobody is hired for that. Fractions under
/// 10⁻¹¹ of the amount do not count. Any finite amount; never more than 10¹².
func wholePeople(_ amount: Double) -> Int {
    let nearest = amount.rounded()
    let people = abs(amount - nearest) <= 1e-11 * max(nearest, 1) ? nearest : amount.rounded(.up)
    return Int(min(max(people, 0), 1e12))
}

/// How many to put on the roster so that `agents` are at work: agents/(1 − shrinkage), rounded up.
///
/// Shrinkage is the share of paid time away from the work (leave, illness, training, meetings). Dividing,
/// not multiplying by 1 + shrinkage: 100 agents at 30 % need 143, not 130, of whom 30 % are away.
///
/// - Parameters:
///   - agents: people needed at work, 0 to 10⁷.
///   - shrinkage: 0 to 0.99.
/// - Throws: `OutOfRange` naming `agents` or `shrinkage`.
public func onRoster(agents: Int, shrinkage: Double) throws(OutOfRange) -> Int {
    try OutOfRange.check(count: agents, "agents", in: 0...StaffingLimit.agents)
    try OutOfRange.check(shrinkage, "shrinkage", in: 0...0.99)
    return wholePeople(Double(agents) / (1 - shrinkage))
}

/// How many of a roster are at work: roster × (1 − shrinkage), rounded down.
///
/// The counterpart of `onRoster(agents:shrinkage:)`; a part of a person answers no call.
///
/// - Parameters:
///   - roster: people on the roster, 0 to 10⁷.
///   - shrinkage: 0 to 0.99.
/// - Throws: `OutOfRange` naming `roster` or `shrinkage`.
public func atWork(roster: Int, shrinkage: Double) throws(OutOfRange) -> Int {
    try OutOfRange.check(count: roster, "roster", in: 0...StaffingLimit.agents)
    try OutOfRange.check(shrinkage, "shrinkage", in: 0...0.99)
    let amount = Double(roster) * (1 - shrinkage)
    return Int((amount * (1 + 1e-11)).rounded(.down))
}
