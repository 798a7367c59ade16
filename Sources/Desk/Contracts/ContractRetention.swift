import Kernel
import Methods

/// What contracts say about how long customers stay: computed by a job, kept as one document.
struct ContractRetention: Codable, Sendable, Equatable {
    /// Contracts of one kind.
    struct Group: Codable, Sendable, Equatable {
        enum Kind: String, Codable, Sendable { case all, terms, attribute }

        let kind: Kind
        let name: String
        let contracts: Int
        let ended: Int
        /// The share that ended, with its 95 % range.
        let share: Double
        let lower: Double
        let upper: Double
        let points: [Point]
        let model: Curve?
        /// Why there is no model.
        let refusal: String?
    }

    /// The share still under contract after so many months.
    struct Point: Codable, Sendable, Equatable {
        let month: Int
        let remaining: Double
        let lower: Double?
        let upper: Double?
        /// Contracts that were followed to this month.
        let atRisk: Int
    }

    /// The shifted beta-geometric curve, and how far it lies from the observed one.
    struct Curve: Codable, Sendable, Equatable {
        let alpha: Double
        let beta: Double
        let gap: Double
        let gapMonth: Int
    }

    let groups: [Group]
    let through: Int
    let discount: Double
    /// Groups of an attribute that has too many values are left out.
    let isCut: Bool
    let milliseconds: Int

    func group(_ kind: Group.Kind, _ name: String) -> Group? {
        groups.first { $0.kind == kind && $0.name.searchKey == name.searchKey }
    }

    /// Months still to expect from a contract that has lasted so many, worth less the later they come; nil where no curve
    /// could be fitted to its kind.
    func monthsToExpect(_ terms: String, after months: Int) -> Double? {
        guard let model = group(.terms, terms)?.model,
            let curve = try? ShiftedBetaGeometric<Months>(alpha: model.alpha, beta: model.beta),
            let rate = try? DiscountRate<Years>(discount).converted(to: Months.self)
        else { return nil }
        return (try? curve.discountedResidualLifetime(afterRenewals: months, at: rate))?.value
    }
}

/// Counts contracts by how long they lasted, group by group, in memory that grows with months and groups only.
struct RetentionCount: Sendable {
    static let mostGroups = 60
    /// Below this a share says little and a curve nothing.
    static let fewest = 30
    private static let months = [1, 3, 6, 12, 18, 24, 36, 48, 60, 72, 84, 96, 120, 180, 240]

    private struct Key: Hashable {
        let kind: ContractRetention.Group.Kind
        let key: String
    }

    private struct Tally {
        let name: String
        var running: [Int] = []
        var ended: [Int] = []

        mutating func add(_ tenure: Int, ended isOver: Bool) {
            while running.count <= tenure {
                running.append(0)
                ended.append(0)
            }
            if isOver { ended[tenure] += 1 } else { running[tenure] += 1 }
        }
    }

    private var tallies: [Key: Tally] = [:]
    private var kinds: [ContractRetention.Group.Kind: Int] = [:]
    private(set) var isCut = false

    mutating func add(_ contract: Contract, today: LocalDate) {
        guard contract.terms.start <= contract.known(on: today) else { return }
        let (tenure, ended) = contract.months(on: today)
        add(.all, "", tenure, ended)
        add(.terms, contract.words, tenure, ended)
        if !contract.attribute.isEmpty { add(.attribute, contract.attribute, tenure, ended) }
    }

    private mutating func add(
        _ kind: ContractRetention.Group.Kind, _ name: String, _ tenure: Int, _ ended: Bool
    ) {
        let key = Key(kind: kind, key: name.searchKey)
        if tallies[key] == nil {
            guard kinds[kind, default: 0] < RetentionCount.mostGroups else {
                isCut = true
                return
            }
            kinds[kind, default: 0] += 1
            tallies[key] = Tally(name: name)
        }
        tallies[key]?.add(tenure, ended: ended)
    }

    func groups() throws -> [ContractRetention.Group] {
        let order: [ContractRetention.Group.Kind] = [.all, .terms, .attribute]
        let all = try tallies.map { key, tally in try RetentionCount.group(key.kind, tally) }
        return all.sorted { one, other in
            let places = (order.firstIndex(of: one.kind) ?? 0, order.firstIndex(of: other.kind) ?? 0)
            if places.0 != places.1 { return places.0 < places.1 }
            return (-one.contracts, one.name) < (-other.contracts, other.name)
        }
    }

    private static func group(
        _ kind: ContractRetention.Group.Kind, _ tally: Tally
    ) throws -> ContractRetention.Group {
        let ended = tally.ended.reduce(0, +)
        let contracts = ended + tally.running.reduce(0, +)
        let share = try wilson(successes: ended, of: contracts)
        let rows = tally.running.indices.lazy.flatMap { tenure in
            [(false, tally.running[tenure]), (true, tally.ended[tenure])].lazy.flatMap { isOver, count in
                repeatElement((tenure: tenure, ended: isOver), count: count)
            }
        }
        let history = try RenewalHistory<Months>(contracts: rows)
        let (model, refusal) = fit(history, contracts)
        return ContractRetention.Group(
            kind: kind, name: tally.name, contracts: contracts, ended: ended, share: share.share,
            lower: share.lower, upper: share.upper, points: try points(history), model: model,
            refusal: refusal)
    }

    private static func points(_ history: RenewalHistory<Months>) throws -> [ContractRetention.Point] {
        try months.compactMap { month in
            guard let renewal = history.renewals.first(where: { $0.number == month }),
                let estimate = try history.survival(after: month)
            else { return nil }
            return ContractRetention.Point(
                month: month, remaining: estimate.remaining, lower: estimate.range?.lowerBound,
                upper: estimate.range?.upperBound, atRisk: renewal.atRisk)
        }
    }

    private static func fit(
        _ history: RenewalHistory<Months>, _ contracts: Int
    ) -> (ContractRetention.Curve?, String?) {
        guard contracts >= fewest else { return (nil, "few") }
        do throws(ShiftedBetaGeometricRefusal<Months>) {
            let model = try ShiftedBetaGeometric.fit(to: history).model
            let gap = model.survivalGap(to: history)
            return (
                ContractRetention.Curve(
                    alpha: model.alpha, beta: model.beta, gap: gap?.largest ?? 0, gapMonth: gap?.renewal ?? 0),
                nil
            )
        } catch {
            return (nil, reason(error))
        }
    }

    private static func reason(_ refusal: ShiftedBetaGeometricRefusal<Months>) -> String {
        switch refusal {
        case .noRenewals: "noRenewals"
        case .oneRenewal: "oneRenewal"
        case .noLosses: "noLosses"
        case .noneRenewed: "noneRenewed"
        case .constantChurn: "constantChurn"
        case .atTheEdge: "atTheEdge"
        }
    }
}
