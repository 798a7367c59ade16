public import Kernel
import Markup
public import Methods
import Web

/// A profile somebody wished for: people on each level in twelve months, since when, and why. The owner's choice, neither
/// good nor bad.
public struct DesiredVersion: Sendable, Equatable, Identifiable {
    /// Windows of about a year: only they are drawn against a wish for twelve months.
    static let comparableDays = 350...380
    /// More people than this are a slip of the finger.
    static let most = 1_000_000_000

    public let id: Int64
    /// Nil where none is wanted any more.
    public let levels: Levels?
    public let from: LocalDate
    public let reason: String
    public let setBy: Int64?
    public let setAt: Instant

    /// What the picture draws for a window of so many days.
    public func figure(forDays days: Int) -> DesiredProfile? {
        guard DesiredVersion.comparableDays.contains(days) else { return nil }
        return levels.map { DesiredProfile($0) }
    }
}

extension Profile {
    /// The desired profile as far as it can be drawn beside this one.
    public var desiredFigure: DesiredProfile? {
        desired?.figure(forDays: window.upperBound.daysSinceEpoch - window.lowerBound.daysSinceEpoch + 1)
    }
}

/// A wish before it is written down.
struct NewDesired: Sendable, Equatable {
    let levels: Levels
    let from: LocalDate
    let reason: String

    /// - Throws: `DesiredRefusal` naming what cannot stand.
    init(levels: Levels, from: LocalDate, reason: String, today: LocalDate) throws(DesiredRefusal) {
        let counts = [levels.first, levels.repeating, levels.advocate]
        guard counts.allSatisfy({ (0...DesiredVersion.most).contains($0) }) else { throw .outOfRange }
        guard counts.contains(where: { $0 > 0 }) else { throw .nobody }
        guard from >= LocalDate.earliest, from <= today.adding(months: 120) else { throw .badDay }
        guard !reason.isEmpty else { throw .reasonMissing }
        guard reason.count <= 2000 else { throw .reasonTooLong }
        self.levels = levels
        self.from = from
        self.reason = reason
    }
}

/// Why a desired profile is not taken.
enum DesiredRefusal: Error, Equatable, Sendable {
    case nobody, outOfRange, badDay, reasonMissing, reasonTooLong
}

extension DesiredRefusal: Refusal {
    var phrase: Phrase {
        switch self {
        case .nobody: Phrase("desired.refused.nobody")
        case .outOfRange: Phrase("desired.refused.outOfRange", .count(DesiredVersion.most))
        case .badDay: Phrase("desired.refused.badDay")
        case .reasonMissing: Phrase("desired.refused.reasonMissing")
        case .reasonTooLong: Phrase("desired.refused.reasonTooLong", .count(2000))
        }
    }

    var field: String? {
        switch self {
        case .nobody, .outOfRange: "first"
        case .badDay: "from"
        case .reasonMissing, .reasonTooLong: "reason"
        }
    }

    var code: String { self == .reasonMissing ? "missing_field" : "invalid_value" }
}
