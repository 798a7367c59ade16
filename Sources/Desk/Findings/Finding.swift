import Kernel
import Web

/// What the data may say. The raw value is stored, and part of the keys of its phrases.
enum FindingKind: String, Sendable, Codable, CaseIterable {
    // What to know before reading the rest.
    case history, shortWindow
    // What may cost customers or money.
    case shift, drain, concentration, frontDoor, repeatRate, firstLoss, masking, atRisk, score, capture
    // Away from what is wanted.
    case drift
    // What waits to be done.
    case willing, unthanked, consent, calling
    // What is simply so.
    case emphasis, longCycle
    // What to pull, level by level; not one among the findings.
    case lever

    /// Where it stands among the others: the greater comes first.
    var rank: Int {
        switch self {
        case .history, .shortWindow: 6
        case .shift, .drain, .concentration, .frontDoor, .repeatRate, .firstLoss, .masking, .atRisk, .score,
            .capture:
            5
        case .drift: 4
        case .willing, .unthanked, .consent, .calling: 3
        case .emphasis, .longCycle: 2
        case .lever: 1
        }
    }

    /// Every sentence it has.
    var variants: [String] {
        switch self {
        case .history, .shortWindow, .drain, .masking, .willing, .consent, .longCycle, .shift: ["is"]
        case .frontDoor: ["fewer", "alike", "recent"]
        case .atRisk: ["worth", "soFar"]
        case .firstLoss: ["all", "source"]
        case .concentration: ["months", "unknown"]
        case .repeatRate, .score: ["fell", "rose"]
        case .unthanked: ["due", "overdue"]
        case .capture: ["channel"]
        case .drift: ["below", "belowLong", "above", "aboveLong"]
        case .calling: ["helps", "hurts"]
        case .emphasis: ["pyramid", "hourglass", "hexagon", "inverted", "undecided"]
        case .lever:
            [
                "firstLoss", "capture", "newcomers", "base", "cycle", "fell", "atRisk", "overdue", "record",
                "shift",
                "broadMiddle", "letters", "ask", "consent",
            ]
        }
    }

    /// The colour of the dot before it, beside which the words say the same.
    func tone(_ subject: String) -> String {
        switch self {
        case .shift, .drain, .concentration, .frontDoor, .masking: "danger"
        case .firstLoss, .capture: "first"
        case .repeatRate, .atRisk, .calling, .longCycle: "regular"
        case .willing, .unthanked, .consent, .score: "advocate"
        case .drift: subject == "repeat" ? "regular" : subject
        case .history, .shortWindow, .emphasis, .lever: "plain"
        }
    }
}

/// A value with the name the sentence and the interface know it by.
struct NamedFindingValue: Sendable, Codable, Equatable {
    let name: String
    let value: FindingValue

    init(_ name: String, _ value: FindingValue) {
        self.name = name
        self.value = value
    }
}

/// Exactly what a finding counts, row by row. The first column heads its row.
struct FindingTable: Sendable, Codable, Equatable {
    /// Keys after `finding.column.`.
    var heads: [String] = []
    var rows: [[FindingValue]] = []
}

/// Something the data says: an id with values, put in words when somebody reads it.
struct Finding: Sendable, Equatable {
    let kind: FindingKind
    /// Tells several of a kind apart: a channel, a level.
    var subject = ""
    let variant: String
    /// How much there is to it, 0…1, for its place among others of its rank.
    var size: Double
    /// The number that has to move before what was set aside comes back.
    var measure: Double
    /// What the sentence and the one after it are filled with, in the order the phrases state.
    var headline: [NamedFindingValue] = []
    var detail: [NamedFindingValue] = []
    /// The screen that shows what stands behind it; empty where its own table does.
    var evidence = ""
    var table = FindingTable()

    /// Rank first, size within it. The order of a list is this number, downwards.
    var weight: Int { kind.rank * 1000 + Int((min(max(size, 0), 1) * 999).rounded()) }

    var phraseKey: String { "finding.\(kind.rawValue).\(variant)" }

    /// Money of the economics is for whoever may see the economics.
    var isEconomic: Bool { Finding.isEconomic(kind, variant) }

    static func isEconomic(_ kind: FindingKind, _ variant: String) -> Bool {
        switch kind {
        case .concentration, .firstLoss: true
        case .lever: variant == "firstLoss"
        default: false
        }
    }
}

/// Something that could not be said, and which data would let it be said.
struct FindingGap: Sendable, Codable, Equatable {
    /// Key after `finding.gap.`.
    let reason: String
    var values: [NamedFindingValue] = []

    init(_ reason: String, _ values: [NamedFindingValue] = []) {
        self.reason = reason
        self.values = values
    }
}

/// One line of the columns under the profile: a number now and a year before.
struct LevelMeasure: Sendable, Codable, Equatable {
    /// Key after `finding.measure.`.
    let key: String
    let level: String
    let now: FindingValue
    var then = FindingValue.nothing
    /// The screen it stands on.
    var link = ""
    var isEconomic = false
}

/// What one look at the data came to.
struct FindingReport: Sendable, Equatable {
    var window: ClosedRange<LocalDate>
    var findings: [Finding] = []
    var gaps: [FindingGap] = []
    var measures: [LevelMeasure] = []
}
