/// The smallest number of agents that meets the target.
///
/// - Without patience (Erlang C) it starts from the first number that can cope at all, ⌊A⌋ + 1 or A over the
///   occupancy cap, and goes up one agent at a time with Bₙ₊₁ = A Bₙ/(n + 1 + A Bₙ): one division each,
///   some √A steps. So loose targets get their true minimum (half a call in hand, 50 % in 30 minutes: 1).
/// - With patience (Erlang A) it doubles away from the load and bisects. That is sound because one agent more
///   makes the offered wait smaller in likelihood ratio, hence every target here easier.
///
/// A target missed by less than 10⁻¹² is met: rounding hires nobody.
///
/// - Parameters:
///   - target: what answering must reach.
///   - traffic: an interval without calls needs 0 agents.
///   - patience: the callers' mean patience, 10⁻⁶ to 10⁹ handling times; nil if nobody hangs up.
/// - Throws: `.outOfRange` naming the input (`target.share`, `patience / handling`…), `.patienceUnknown`, or
///   `.nothingAsked`.
public func agentsNeeded(
    for traffic: Traffic, target: StaffingTarget, patience: Time<Seconds>? = nil
) throws(StaffingRefusal) -> Int {
    try target.validate(hasPatience: patience != nil)
    guard let patience else { return patientSearch(traffic, target).agents }
    let relative = patience / traffic.handling
    try StaffingRefusal.check(relative, "patience / handling", in: StaffingLimit.relativePatience)
    return impatientSearch(traffic, target, patience)
}

/// Erlang C: the smallest number of agents and its B.
func patientSearch(_ traffic: Traffic, _ target: StaffingTarget) -> (agents: Int, blocking: Double) {
    let load = traffic.load
    guard load > 0 else { return (0, 1) }
    var agents = max(Int(load) + 1, wholePeople(load / target.occupancy))
    var blocked = blocking(servers: agents, load: load)
    // C e^(−(n−A)t/h) ≤ 1 − share and C h/(n−A) ≤ wait, each multiplied by n − A(1 − B).
    let late = target.share.map { 1 - $0 + 1e-12 } ?? Double.infinity
    let slowest = (target.averageWait?.value ?? .infinity) / traffic.handling.value * (1 + 1e-12)
    let fade = exp(-target.within.value / traffic.handling.value)
    var excess = exp(-(Double(agents) - load) * target.within.value / traffic.handling.value)
    while agents < StaffingLimit.agents {
        let people = Double(agents)
        let delayed = people * blocked
        let scale = people - load * (1 - blocked)
        if delayed * excess <= late * scale, delayed <= slowest * (people - load) * scale { break }
        agents += 1
        blocked = load * blocked / (people + 1 + load * blocked)
        excess *= fade
    }
    return (agents, blocked)
}

/// Erlang A: doubling away from the load, then bisection between a failing and a sufficient number.
private func impatientSearch(
    _ traffic: Traffic, _ target: StaffingTarget, _ patience: Time<Seconds>
) -> Int {
    let load = traffic.load
    guard load > 0 else { return 0 }
    let suffices = { (agents: Int) in
        agents > 0
            && target.isMet(by: ErlangA(checked: traffic, agents: agents, patience: patience))
    }
    var step = max(1, Int(sqrt(load) / 2))
    var (failing, enough) = (0, max(1, Int(load)))
    if suffices(enough) {
        while step < enough, suffices(enough - step) { (enough, step) = (enough - step, step * 2) }
        failing = max(0, enough - step)
    } else {
        repeat {
            (failing, enough, step) = (enough, enough + step, step * 2)
        } while enough < StaffingLimit.agents && !suffices(min(enough, StaffingLimit.agents))
    }
    enough = min(enough, StaffingLimit.agents)
    while enough - failing > 1 {
        let middle = failing + (enough - failing) / 2
        if suffices(middle) { enough = middle } else { failing = middle }
    }
    return enough
}

extension StaffingTarget {
    /// Whether a queue with impatient callers keeps every promise.
    func isMet(by queue: ErlangA) -> Bool {
        let slack = 1e-12
        if queue.occupancy > occupancy * (1 + slack) { return false }
        if let abandonment, queue.abandonment > abandonment + slack { return false }
        if let averageWait, queue.averageWait.value > averageWait.value * (1 + slack) { return false }
        guard let share else { return true }
        let inTime = queue.answered(within: within / queue.patience)
        let counted =
            switch counting {
            case .offered: 1.0
            case .offeredLessShortAbandons: 1 - queue.abandoned(within: shortAbandon / queue.patience)
            case .answered: queue.answered
            }
        return inTime >= (share - slack) * counted
    }
}
