import Kernel

/// What the economics of the customer base came to when they were last computed. Shares are 0…1, money is minor units of
/// `currency`, and amounts that were estimated are real numbers of them.
struct EconomicsFigures: Sendable, Codable, Equatable {
    /// A part of the screen: its figures, or why there are none (`economics.missing.<missing>`).
    struct Block<Figures: Sendable & Codable & Equatable>: Sendable, Codable, Equatable {
        var figures: Figures?
        var missing: String?

        static func shown(_ figures: Figures) -> Self { Self(figures: figures, missing: nil) }
        static func missing(_ reason: String) -> Self { Self(figures: nil, missing: reason) }
    }

    struct Customer: Sendable, Codable, Equatable {
        var id: Int64
        var revenue: Int
    }

    /// A share with its 95 % range and what it was counted on.
    struct Share: Sendable, Codable, Equatable {
        var share: Double
        var lower: Double
        var upper: Double
    }

    var currency: String
    /// The last day with a purchase; nil before the first.
    var through: LocalDate?
    var earliest: LocalDate?
    var customers: Int
    /// Purchases in other currencies or beyond belief, counted as occasions only.
    var withoutMoney: Int
    /// The margin of the settings, where there is one, and what later money is worth less a year.
    var rate: Double?
    var discount: Double
    var milliseconds: Int

    var repeats: Block<RepeatFigures>
    var cohorts: Block<CohortFigures>
    var retention: Block<RetentionFigures>
    var worth: Block<WorthFigures>
    var acquisition: Block<AcquisitionFigures>
    var concentration: Block<ConcentrationFigures>
    /// Fewest people a share is said of.
    static let fewest = 30
}

/// How many first-time customers came a second time, by when.
struct RepeatFigures: Sendable, Codable, Equatable {
    typealias Share = EconomicsFigures.Share

    static let days = [30, 90, 180, 365]

    struct Point: Sendable, Codable, Equatable {
        var day: Int
        /// Nil where nobody was watched so long.
        var share: Share?
    }

    struct Quarter: Sendable, Codable, Equatable {
        var year: Int
        var quarter: Int
        var customers: Int
        /// One for each of `days`.
        var points: [Point]
    }

    /// Newcomers of the last year against those of the year before.
    struct Change: Sendable, Codable, Equatable {
        var customers: [Int]
        var observed: [Int]
        var expected: [Double]
        var pValue: Double
        /// Above zero: the last year's came back sooner.
        var z: Double?
    }

    var customers: Int
    var returned: Int
    var points: [Point]
    /// Every five days up to a year.
    var curve: [Point]
    var quarters: [Quarter]
    var change: Change?
}

/// Customers by month of first purchase, followed month by month.
struct CohortFigures: Sendable, Codable, Equatable {
    /// As many months as are kept.
    static let longest = 36

    struct Cohort: Sendable, Codable, Equatable {
        /// Months since January of year 0.
        var month: Int
        var active: [Int]
        var spend: [Int]
    }

    /// The latest of them, oldest first.
    var cohorts: [Cohort]
    var lastMonth: Int
    /// Whether the records stop before the last month does.
    var lastMonthIsUnfinished: Bool
    var olderCohorts: Int
}

/// Who of the customers of a year came again in the next.
struct RetentionFigures: Sendable, Codable, Equatable {
    struct Row: Sendable, Codable, Equatable {
        /// Full years since the first purchase, or years back from now.
        var number: Int
        var before: Int
        var again: Int
        var share: EconomicsFigures.Share
    }

    /// Last year and this year, first and last day of each.
    var before: [LocalDate]
    var now: [LocalDate]
    /// Whether the records begin after last year did.
    var lastYearIsCut: Bool
    var all: Row
    var ages: [Row]
    /// All ages together, the latest pair of years first.
    var years: [Row]
    var oldestAge: Int
}

/// What it would be worth if more customers stayed.
struct WorthFigures: Sendable, Codable, Equatable {
    struct Gain: Sendable, Codable, Equatable {
        var points: Double
        /// The rise of one customer's value, and the same at both ends of the retention's range.
        var perCustomer: Double
        var lower: Double?
        var upper: Double?
        var relative: Double
        /// The most a programme may cost for each customer and year.
        var breakEven: Double
        /// For all customers of this year.
        var total: Double
    }

    var customers: Int
    /// Margin of a customer in a year.
    var margin: Double
    var retention: EconomicsFigures.Share
    var lifetimeValue: Double
    var gains: [Gain]
    var costedShare: Double?
}

/// What customers cost to win, by where they were won, and when they have paid for it.
struct AcquisitionFigures: Sendable, Codable, Equatable {
    enum Payback: Sendable, Codable, Equatable {
        case months(Double)
        case never
        /// Not to be told: the margin or the loss is not known.
        case unknown
    }

    struct Campaign: Sendable, Codable, Equatable {
        var name: String
        var spend: Int
    }

    struct Row: Sendable, Codable, Equatable {
        /// Empty where the first purchase names no place.
        var source: String
        var customers: Int
        /// Nil where no spend is on record for it.
        var spend: Int?
        var campaigns: [Campaign]
        var cost: Double?
        var firstRevenue: Double?
        var firstMargin: Double?
        /// What the first purchase leaves after the cost of winning.
        var left: Double?
        /// Margin of the later purchases, for each customer and month.
        var monthly: Double?
        var simple: Payback
        var adjusted: Payback
    }

    var from: LocalDate
    var to: LocalDate
    var rows: [Row]
    var all: Row
    /// The yearly loss that the second payback allows for.
    var loss: Double?
    var spendInOtherCurrencies: [String]
}

/// How much hangs on a few, and how fast the base fills against how fast it drains.
struct ConcentrationFigures: Sendable, Codable, Equatable {
    var customers: Int
    var revenue: Int
    /// Of the largest one, two and three.
    var top: [Double]
    var largest: [EconomicsFigures.Customer]
    var herfindahl: Double
    var effectiveCustomers: Double
    var new: Int
    var lost: Int
    var ratio: Double?
    var ratioLower: Double?
    var ratioUpper: Double?
    /// What the customers won in a month bring in their own first year, and how many of those months replace the top two.
    var newBusiness: Double?
    var monthsToReplace: Double?
}
