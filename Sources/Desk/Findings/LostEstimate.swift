import Kernel
import Methods

/// The fitted model of the last run, put together again from its printed parameters, to say who was still a customer when
/// the window began.
struct LostEstimate: Sendable {
    private let model: any BuyingProcess<Weeks>

    /// Nil where the run fitted none, or printed parameters that are none.
    init?(_ report: FigureReport) {
        let values = Dictionary(
            report.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        func value(_ name: String) -> Double { values[name] ?? .nan }
        let alpha = Time<Weeks>(value("alpha"))
        let found: (any BuyingProcess<Weeks>)? =
            switch report.model {
            case .mbgNBD: try? MBGNBD<Weeks>(r: value("r"), alpha: alpha, a: value("a"), b: value("b"))
            case .bgNBD: try? BGNBD<Weeks>(r: value("r"), alpha: alpha, a: value("a"), b: value("b"))
            case .paretoNBD:
                try? ParetoNBD<Weeks>(
                    r: value("r"), alpha: alpha, s: value("s"), beta: Time<Weeks>(value("beta")))
            case nil: nil
            }
        guard let found else { return nil }
        model = found
    }

    /// The probability that somebody was still a customer on a day. Whoever bought on that day or later was.
    func alive(on day: Int, first: Int, last: Int, occasions: Int) -> Double? {
        guard first < day else { return nil }
        if last >= day { return 1 }
        let week = 7.0
        guard
            let history = try? PurchaseHistory<Weeks>(
                repeats: occasions - 1, last: Time(Double(last - first) / week),
                observed: Time(Double(day - first) / week))
        else { return nil }
        return model.alive(history).probability
    }

    /// How many of these were customers on the day the window began and are, at this probability by now, lost.
    func lost(_ customers: [GoneCustomer], since day: Int) -> Int {
        let standings = customers.compactMap { customer in
            alive(on: day, first: customer.first, last: customer.last, occasions: customer.occasions).map {
                CustomerStanding.aliveProbability(start: $0, end: customer.alive)
            }
        }
        return (try? RenewalRatio(new: 0, customers: standings, threshold: LossCount.threshold))?.lost ?? 0
    }
}

/// Somebody the model has given up.
struct GoneCustomer: Sendable, Equatable {
    let first: Int
    let last: Int
    let occasions: Int
    let alive: Double
}
