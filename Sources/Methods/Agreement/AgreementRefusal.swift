/// Why there is no figure for how far raters agree.
public enum AgreementRefusal: Error, Equatable, CustomStringConvertible {
    /// An input that can have no answer: which, and what it may be.
    case outOfRange(OutOfRange)
    /// A row (counted from 0) whose length does not fit the others.
    case unevenRow(Int)
    /// Nobody rated anything, or no case was rated twice, so there is nothing to compare.
    case nothingRatedTwice
    /// Chance alone would make raters agree every time (pe = 1): they all stayed in one category, so
    /// agreement beyond chance is undefined. Say how often they agreed, and that nothing else is known.
    case chanceAgreementIsCertain
    /// The coefficient spreads chance over the categories there are, and needs at least two.
    case oneCategory

    public var description: String {
        switch self {
        case .outOfRange(let reason): reason.description
        case .unevenRow(let row): "row \(row) is not as long as it should be"
        case .nothingRatedTwice: "no case was rated twice"
        case .chanceAgreementIsCertain: "chance agreement is 1, so agreement beyond chance is undefined"
        case .oneCategory: "there is only one category"
        }
    }

    /// Runs checks that throw `OutOfRange`, as part of a refusal.
    static func passing<Value>(_ check: () throws(OutOfRange) -> Value) throws(Self) -> Value {
        do { return try check() } catch { throw .outOfRange(error) }
    }
}
