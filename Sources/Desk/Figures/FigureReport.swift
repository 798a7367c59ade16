public import Kernel

/// What a run found out about the customer base as a whole: the model, how well it foretold, and what it refused.
public struct FigureReport: Sendable, Codable, Equatable {
    /// The last day on record that the figures look at.
    public var day = LocalDate(daysSinceEpoch: 0)
    public var firstDay = LocalDate(daysSinceEpoch: 0)
    public var currency = ""
    public var horizonMonths = 12
    public var holdout = 0.1
    public var customers = 0
    public var repeaters = 0
    public var repeatPurchases = 0
    /// Nil where the data carries no model; `refusal` says why.
    public var model: ForecastKind?
    public var wasAskedFor = false
    public var parameters: [FigureParameter] = []
    public var logLikelihood: Double?
    public var distinctHistories = 0
    public var refusal: FigureReason?
    public var spend = SpendReport()
    public var backtest: BacktestFindings?
    public var backtestRefusal: FigureReason?
    public var curve: RepeatWindow?
    public var lists: [ListTotal] = []
    public var seconds = 0.0

    public init() {}
}

/// What is known of how much a purchase is worth.
public struct SpendReport: Sendable, Codable, Equatable {
    public var parameters: [FigureParameter] = []
    /// Of how often people buy and how much they spend, -1…1; the money part assumes that it is near zero.
    public var correlation: Double?
    public var isDoubtful = false
    public var repeaters = 0
    /// What a purchase of the average customer is worth, in minor units.
    public var mean: Double?
    public var refusal: FigureReason?
}

/// What the model, knowing only the days up to `cut`, expected of the days after it, and what came.
public struct BacktestFindings: Sendable, Codable, Equatable {
    public struct Bin: Sendable, Codable, Equatable {
        /// Repeat purchases at the cut; from this many on where `isOpen`.
        public let repeats: Int
        public let isOpen: Bool
        public let customers: Int
        public let expected: Double
        public let actual: Int
    }

    public let model: ForecastKind
    public let cut: LocalDate
    public let end: LocalDate
    public let customers: Int
    public let repeatPurchases: Int
    public let logLikelihood: Double
    public let parameters: [FigureParameter]
    public let expected: Double
    public let actual: Int
    /// -0.12 for 12 % too few; nil where nothing came.
    public let deviation: Double?
    public let bins: [Bin]
}

/// How many customers a list held when the run ended, those left alone included, and the money beside those who may
/// be called.
public struct ListTotal: Sendable, Codable, Equatable {
    public let list: CustomerList
    public var customers = 0
    public var held = 0
    public var money: Int64 = 0
    /// Neither left alone nor to be called, because they do not want to be approached; nil in runs that did not ask.
    public var refused: Int?

    /// Who may be called.
    public var callable: Int { customers - held - (refused ?? 0) }
}
