public import Kernel
public import Markup
public import Storage
public import Web

/// Two products that go together, and how many may be offered the second because they bought the first.
public struct OfferPair: Sendable, Equatable {
    public let id: Int64
    public let bought: String
    public let offered: String
    let everyone: Int
    let boughtBy: Int
    let offeredBy: Int
    let together: Int
    /// In millionths.
    let lift: Int64
    let low: Int64
    let high: Int64
    public let could: Int

    static let columns: SQL = """
        x.id, a.name, b.name, x.everyone, x.bought, x.offered, x.together, x.lift, x.low, x.high, x.could
        """
    static let columnCount = 11

    init(row: any Row, from start: Int = 0) throws {
        id = try row.int64(start)
        bought = try row.text(start + 1)
        offered = try row.text(start + 2)
        everyone = try row.int(start + 3)
        boughtBy = try row.int(start + 4)
        offeredBy = try row.int(start + 5)
        together = try row.int(start + 6)
        lift = try row.int64(start + 7)
        low = try row.int64(start + 8)
        high = try row.int64(start + 9)
        could = try row.int(start + 10)
    }

    static func ratio(_ millionths: Int64) -> Double { Double(millionths) / 1_000_000 }
    static func millionths(_ ratio: Double) -> Int64 { Int64(min(ratio, 1_000_000_000) * 1_000_000) }
}

/// What a customer said to an offer.
public enum OfferOutcome: String, Sendable, CaseIterable, SQLBindable {
    case offered, accepted, declined
}

/// An offer a customer may be made, and what came of it.
public struct Offer: Sendable, Equatable {
    public let id: Int64
    public let pair: OfferPair
    public let entered: LocalDate
    public let outcome: OfferOutcome?
    public let workedDay: LocalDate?
    public let workedBy: Int64?
    public let note: String
    /// The day the customer bought it, if that was after the offer came up.
    public let boughtDay: LocalDate?

    static let columns: SQL = """
        e.id, e.entered_day, e.outcome, e.worked_day, e.worked_by, e.note, e.bought_day, \(OfferPair.columns)
        """
    static let columnCount = 7 + OfferPair.columnCount

    init(row: any Row, from start: Int = 0) throws {
        id = try row.int64(start)
        entered = try row.day(start + 1)
        outcome = try row.optionalText(start + 2).flatMap(OfferOutcome.init)
        workedDay = try row.optionalDay(start + 3)
        workedBy = try row.optionalInt64(start + 4)
        note = try row.text(start + 5)
        boughtDay = try row.optionalDay(start + 6)
        pair = try OfferPair(row: row, from: start + 7)
    }
}

/// A customer who could be offered something, as a list shows them.
public struct OfferedCustomer: Sendable, Equatable {
    public let party: Party
    public let offer: Offer
    /// Where the list goes on after this line.
    var key = ""
}

/// Which part of a pair's customers is looked at.
public enum OfferPart: String, Sendable, CaseIterable { case open, done }

/// Why an offer says no.
public enum OfferRefusal: Error, Equatable, Sendable {
    /// It was bought, or its reason is gone, or the customer may not be approached.
    case gone
    case noOutcome
    case noteTooLong
}

extension OfferRefusal: Refusal {
    public var phrase: Phrase {
        switch self {
        case .gone: Phrase("offers.refused.gone")
        case .noOutcome: Phrase("offers.refused.noOutcome")
        case .noteTooLong: Phrase("offers.refused.noteTooLong")
        }
    }

    public var field: String? {
        switch self {
        case .gone: nil
        case .noOutcome: "outcome"
        case .noteTooLong: "note"
        }
    }
}

/// Whom nothing may be offered to.
enum OfferBar {
    /// Says of a column with a customer's id whether a complaint of theirs is open. Nothing here records complaints, so
    /// none is; whatever does puts its condition in this place.
    typealias OpenComplaint = @Sendable (_ party: SQL) -> SQL
    static let noComplaints: OpenComplaint = { _ in "1 = 0" }

    /// Refused offers, works here, is a department of ours, or has a complaint that nobody has answered.
    static func isBarred(party: SQL, _ complaint: OpenComplaint) -> SQL {
        """
        (\(Consent.isRefused(.offers, party: party)) OR \(complaint(party))
            OR EXISTS (SELECT 1 FROM party barred WHERE barred.id = \(party) AND (barred.internal OR barred.serves)))
        """
    }
}
