import Methods

/// A model of repeat purchase that figures can come from.
public enum ForecastKind: String, Sendable, Codable, CaseIterable {
    /// People may leave after any purchase, the first included: fair to those who bought once.
    case mbgNBD = "mbg-nbd"
    /// People may leave at any moment.
    case paretoNBD = "pareto-nbd"
    /// People may leave after a repeat purchase. It cannot say anything of those who bought once.
    case bgNBD = "bg-nbd"

    /// As the literature writes it.
    public var name: String {
        switch self {
        case .mbgNBD: "MBG/NBD"
        case .paretoNBD: "Pareto/NBD"
        case .bgNBD: "BG/NBD"
        }
    }

    /// What is tried, in this order, where nobody names a model.
    static let customary: [ForecastKind] = [.mbgNBD, .paretoNBD]

    func fitted(to base: CustomerBase<Weeks>) throws(FitRefusal) -> FittedForecast {
        switch self {
        case .mbgNBD:
            let fit = try MBGNBD<Weeks>.fit(to: base)
            let model = fit.model
            return FittedForecast(
                self, fit, [("r", model.r), ("alpha", model.alpha.value), ("a", model.a), ("b", model.b)])
        case .bgNBD:
            let fit = try BGNBD<Weeks>.fit(to: base)
            let model = fit.model
            return FittedForecast(
                self, fit, [("r", model.r), ("alpha", model.alpha.value), ("a", model.a), ("b", model.b)])
        case .paretoNBD:
            let fit = try ParetoNBD<Weeks>.fit(to: base)
            let model = fit.model
            return FittedForecast(
                self, fit,
                [("r", model.r), ("alpha", model.alpha.value), ("s", model.s), ("beta", model.beta.value)])
        }
    }

    /// The model asked for, or the first customary one that the data carries; the reason of the last where none is.
    static func fit(
        _ wanted: ForecastKind?, to base: CustomerBase<Weeks>
    ) -> Result<FittedForecast, FitRefusal> {
        var refusal = FitRefusal.tooFewCustomers(base.customers, least: 1)
        for kind in wanted.map({ [$0] }) ?? customary {
            do { return .success(try kind.fitted(to: base)) } catch { refusal = error }
        }
        return .failure(refusal)
    }
}

/// A model with its parameters found, ready to be asked.
struct FittedForecast: Sendable {
    let kind: ForecastKind
    let model: any BuyingProcess<Weeks>
    let parameters: [FigureParameter]
    let logLikelihood: Double
    let distinctHistories: Int

    init<Model: BuyingProcess<Weeks>>(
        _ kind: ForecastKind, _ fit: Fit<Model>, _ parameters: [(String, Double)]
    ) {
        self.kind = kind
        model = fit.model
        self.parameters = parameters.map { FigureParameter(name: $0.0, value: $0.1) }
        logLikelihood = fit.logLikelihood
        distinctHistories = fit.distinctHistories
    }
}

/// One fitted number of a model. Times are in weeks, money in minor units.
public struct FigureParameter: Sendable, Codable, Equatable {
    public let name: String
    public let value: Double
}
