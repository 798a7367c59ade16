import Kernel
import Methods

/// All that findings are made of: read once, in portions, from what the desk already keeps. The rules look at nothing
/// else, so a company can be made up for each.
struct FindingFacts: Sendable {
    let profile: Profile
    let currency: String
    /// The twelve months before the window, where the records hold them whole.
    var before: Profile?
    var desired: Levels?
    /// Trailing windows that end a month, two months … before, the latest first, as far as the records hold them whole.
    var earlier: [(end: LocalDate, levels: Levels)] = []
    /// Newcomers of the window and of the twelve months before it.
    var newcomers = CohortWaits()
    var newcomersBefore: CohortWaits?
    var economics: EconomicsFigures?
    var figures: CompletedRun?
    var loss: LossCount?
    /// Customers under contract when the window began; nil where there are none.
    var contracts: ContractLoss?
    var channels: [ChannelCount] = []
    var hasAddresses = false
    /// Contacts who looked and did not buy, and those of them who left a way to reach them; nil where none is on record.
    var looked: ShareCount?
    /// Spend on winning customers, window and year before; nil where none is on record.
    var spend: Int?
    var spendBefore: Int?
    var rushes: [Rush] = []
    var voice = VoiceCounts()
    /// Acts of advocacy nobody has said thanks for yet, and those of them whose day is past.
    var thanks = (due: 0, overdue: 0)

    init(profile: Profile, currency: String) {
        self.profile = profile
        self.currency = currency
    }

    var window: ClosedRange<LocalDate> { profile.window }
    var levels: Levels { profile.levels }
}

/// Customers of the window's start whom the model calls lost by now.
struct LossCount: Sendable, Equatable {
    /// P(alive) under which a customer counts as lost.
    static let threshold = 0.2

    /// First bought before the window, and judged by the model; of those, lost since it began.
    var judged = 0
    var lost = 0
}

/// Customers under contract when the window began, whose loss is seen and not reckoned.
struct ContractLoss: Sendable, Equatable {
    var under = 0
    /// None of their contracts runs or is to begin at the window's end.
    var ended = 0
    /// Of the ended, those that "bought the year before, and not since" does not count already.
    var unseen = 0
}

/// Newcomers of one channel, and how many of them can be reached.
struct ChannelCount: Sendable, Equatable {
    /// As it was first written; empty where the purchase names none.
    let name: String
    var newcomers = 0
    var reachable = 0
}

/// A stretch of days with far more newcomers than the weeks before it led to expect.
struct Rush: Sendable, Equatable {
    /// Days watched before its newcomers are compared with others.
    static let patience = 90

    let days: ClosedRange<LocalDate>
    /// Newcomers of the stretch, and how many the weeks before led to expect.
    let newcomers: Int
    let expected: Double
    let waits: CohortWaits
    /// The newcomers of the twelve weeks before.
    let waitsBefore: CohortWaits
    let isRecent: Bool
}

/// What customers said, and whether they told others.
struct VoiceCounts: Sendable, Equatable {
    var window: ClosedRange<LocalDate>?
    var about = Answer.About.us
    var now: PromoterCounts?
    var before: PromoterCounts?
    /// People whose latest answer is a promoter's, and those of them with no act on record who may be asked.
    var promoters = 0
    var willing = 0
    /// Testimonials nobody has asked leave to show.
    var consentOpen = 0
    /// Acts of the window, and the people behind them.
    var acts = 0
    /// Passives and detractors who buy: how many answers, and after how many a purchase followed within 90 days.
    var unconvinced: ShareCount?
    var unconvincedBefore: ShareCount?
}
