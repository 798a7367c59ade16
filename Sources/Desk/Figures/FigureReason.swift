public import Markup
import Methods

/// Why the data does not carry a figure. Kept with the run, so that it can be said in any language.
public enum FigureReason: Sendable, Codable, Equatable {
    case noPurchases
    case tooFewCustomers(Int, least: Int)
    case tooFewRepeaters(Int, least: Int)
    /// One parameter runs away: customers do not differ enough, or nobody seems to leave.
    case runaway(parameter: String)
    case noConvergence
    case spendMovesWithFrequency(correlation: Double)
    /// The split day leaves nothing before it or nothing after it.
    case nothingToHoldOut
    case outOfRange(String)

    init(_ refusal: FitRefusal) {
        self =
            switch refusal {
            case .tooFewCustomers(let found, let least): .tooFewCustomers(found, least: least)
            case .tooFewRepeaters(let found, let least): .tooFewRepeaters(found, least: least)
            case .runaway(let parameter): .runaway(parameter: parameter)
            case .noConvergence: .noConvergence
            case .spendMovesWithFrequency(let correlation): .spendMovesWithFrequency(correlation: correlation)
            case .outOfRange(let range): .outOfRange(range.input)
            }
    }

    /// The reason as a sentence.
    public var phrase: Phrase {
        switch self {
        case .noPurchases: Phrase("figures.reason.noPurchases")
        case .tooFewCustomers(let found, let least):
            Phrase("figures.reason.tooFewCustomers", .count(found), .count(least))
        case .tooFewRepeaters(let found, let least):
            Phrase("figures.reason.tooFewRepeaters", .count(found), .count(least))
        case .runaway(let parameter): Phrase("figures.reason.runaway", .text(parameter))
        case .noConvergence: Phrase("figures.reason.noConvergence")
        case .spendMovesWithFrequency(let correlation):
            Phrase("figures.reason.spendMoves", .number(correlation, decimals: 2))
        case .nothingToHoldOut: Phrase("figures.reason.nothingToHoldOut")
        case .outOfRange(let input): Phrase("figures.reason.outOfRange", .text(input))
        }
    }
}
