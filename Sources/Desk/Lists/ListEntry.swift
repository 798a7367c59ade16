public import Kernel
import Methods
public import Storage

/// A customer's place on a list, as a run found it.
struct ListRow: Sendable, Equatable {
    let party: Int64
    let list: CustomerList
    let money: Int64
    /// The day of the run that put them here; it stays while they stay.
    let since: LocalDate
    let isHeld: Bool
}

/// How working on a customer ended.
public enum ListResult: String, Sendable, CaseIterable, SQLBindable {
    case cameBack = "came back"
    case reached
    case notReached = "not reached"
    case noInterest = "no interest"
    case other
}

/// One line of a list as people work on it.
public struct ListItem: Sendable, Equatable {
    public let list: CustomerList
    public let party: Party
    public let figures: CustomerFigures?
    public let money: Int64
    public let since: LocalDate
    public var assignee: Int64?
    public var doneAt: Instant?
    public var result: ListResult?
    public var note = ""
    /// What the customer prefers, in their words.
    public var preferences = ""
    /// Where the list goes on after this line.
    var key = ""
}

/// Which part of a list is looked at.
public enum ListPart: String, Sendable, CaseIterable {
    case open, mine, done
}

/// Why a list says no.
public enum ListRefusal: Error, Equatable, Sendable {
    /// The customer left the list, or is left alone on purpose.
    case notOnList
    case unknownColleague
    /// A colleague was quicker.
    case taken
    case noResult
    case noteTooLong
}

/// Came back within 60 days of entering a list: all who were open to calls against those left alone.
public struct ListOutcome: Sendable, Codable, Equatable {
    /// How long after entering a list a purchase counts.
    public static let days = 60

    public let list: CustomerList
    public var worked = 0
    public var workedCame = 0
    public var held = 0
    public var heldCame = 0

    public init(list: CustomerList) { self.list = list }

    /// The worked share less the held share; nil while one of them is of nobody.
    var comparison: ShareComparison? {
        guard let worked = try? ShareCount(workedCame, of: worked),
            let held = try? ShareCount(heldCame, of: held)
        else { return nil }
        return try? ShareComparison(worked, versus: held)
    }
}
