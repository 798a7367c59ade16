/// What a model can say of whether a customer is still a customer.
///
/// BG/NBD lets nobody leave before the first repeat purchase, so for a one-time buyer its P(alive) is 1 by
/// construction, however long ago that purchase was. That is a premise, not a finding: it is the case
/// `presumed`, carries no number to print, and has to be handled where it is shown.
public enum AliveEstimate: Sendable, Equatable {
    /// The probability that the customer is still active, 0…1.
    case estimated(Double)
    /// The model cannot tell; ask MBG/NBD or Pareto/NBD.
    case presumed

    /// The estimate, 0…1; nil where the model has none.
    public var probability: Double? {
        switch self {
        case .estimated(let probability): probability
        case .presumed: nil
        }
    }

    /// The number the model's own formulas go on with: the estimate, or 1 where it is presumed. For sums and
    /// products, not for showing to anyone.
    public var factor: Double { probability ?? 1 }
}
