/// A model fitted by maximum likelihood, with what a report needs to show how it came about.
public struct Fit<Model: Sendable>: Sendable {
    /// The model at the likeliest parameters.
    public let model: Model
    /// The logarithm of the likelihood at the model, summed over customers.
    public let logLikelihood: Double
    /// How many customers the fit rests on.
    public let customers: Int
    /// How many distinct histories they make; the cost of the fit grows with this.
    public let distinctHistories: Int
    /// Steps of the search on the whole base, after the starts were tried.
    public let iterations: Int
    /// Times the likelihood of the whole base was computed.
    public let evaluations: Int
    /// The steepest slope left, in log-likelihood per customer per unit of a parameter's logarithm.
    public let steepestSlope: Double
    /// What each start came to, in the order given. Starts that meet in one place are a good sign.
    public let starts: [StartOutcome]

    func map<Other: Sendable>(_ change: (Model) throws(OutOfRange) -> Other) throws(FitRefusal) -> Fit<Other>
    {
        let model: Other
        do { model = try change(self.model) } catch { throw .outOfRange(error) }
        return Fit<Other>(
            model: model, logLikelihood: logLikelihood, customers: customers,
            distinctHistories: distinctHistories, iterations: iterations, evaluations: evaluations,
            steepestSlope: steepestSlope, starts: starts)
    }
}

/// Where one start of a fit led.
public struct StartOutcome: Sendable, Equatable {
    /// Total log-likelihood reached, on the thinned base where one was used to choose among the starts.
    public let logLikelihood: Double
    /// Steps from the start to there.
    public let iterations: Int
    /// Whether the slope vanished there.
    public let converged: Bool
}

/// How much the data must carry before a model is fitted to it. The numbers are a house proposal.
public struct FitRule: Sendable, Equatable {
    /// Fewest customers, 1 or more.
    public var leastCustomers = 30
    /// Fewest customers with a repeat purchase, 1 or more.
    public var leastRepeaters = 10

    /// Numbers below 1 count as 1.
    public init(leastCustomers: Int = 30, leastRepeaters: Int = 10) {
        self.leastCustomers = leastCustomers
        self.leastRepeaters = leastRepeaters
    }

    func check(customers: Int, repeaters: Int) throws(FitRefusal) {
        guard customers >= max(leastCustomers, 1) else {
            throw .tooFewCustomers(customers, least: max(leastCustomers, 1))
        }
        guard repeaters >= max(leastRepeaters, 1) else {
            throw .tooFewRepeaters(repeaters, least: max(leastRepeaters, 1))
        }
    }
}

/// Why a model was not fitted. Each case is something that can be told to a person.
public enum FitRefusal: Error, Equatable {
    /// How many there were, and how many the rule wants.
    case tooFewCustomers(Int, least: Int)
    /// Without repeat purchases nothing tells a slow buyer from one who left.
    case tooFewRepeaters(Int, least: Int)
    /// The likelihood keeps rising as this parameter leaves 10⁻⁴…10⁴ (times in mean observed times, money in
    /// mean spends): the customers do not differ enough, or nobody seems to leave.
    case runaway(parameter: String)
    /// No start came to rest; the steepest slope left, per customer.
    case noConvergence(slope: Double)
    /// How often people buy and how much they spend move together, so spend cannot be modelled apart.
    case spendMovesWithFrequency(correlation: Double)
    /// An input outside its range.
    case outOfRange(OutOfRange)
}
