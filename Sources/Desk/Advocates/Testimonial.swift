public import Kernel
public import Storage

/// A customer's words that others may read, as far as the customer agreed to it.
public struct Testimonial: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, SQLBindable {
        /// Nobody has their agreement in writing yet.
        case open
        case given, refused, withdrawn
    }

    /// How the name stands under the words.
    public enum NameForm: String, Sendable, CaseIterable, SQLBindable {
        case full
        /// First name and the last one's initial.
        case initial
        case none

        /// The name as it is shown. A name of one word is shown whole: it is the first name.
        public func name(of full: String) -> String {
            let parts = full.singleLine.split(whereSeparator: \.isWhitespace)
            switch self {
            case .full: return full.singleLine
            case .none: return ""
            case .initial:
                guard parts.count > 1, let last = parts.last?.first else { return String(parts.first ?? "") }
                return "\(parts[0]) \(last)."
            }
        }
    }

    /// How a consent in writing reached us.
    public enum Way: String, Sendable, CaseIterable { case letter, mail, form, message }

    public let id: Int64
    public let act: Int64
    public let person: ID<Party>
    public let name: String
    public let day: LocalDate
    public let state: State
    /// As they were said; never changed.
    public let words: String
    /// A true excerpt; empty where the words stand whole.
    public let short: String
    public let website: Bool
    public let print: Bool
    public let sales: Bool
    public let nameForm: NameForm
    public let shownName: String
    public let isPinned: Bool
    public let hasLink: Bool
    /// What was said of showing it when it came on record, which is no consent in writing.
    public let saidSo: Bool?

    static let columns: SQL = """
        t.id, t.act_id, t.person_id, p.name, t.day, t.state, a.words, t.short, t.website, t.print, t.sales, t.name_form,
        t.shown_name, t.pinned, t.token_hash IS NOT NULL, a.consent
        """
    static let sources: SQL = """
        testimonial t JOIN advocacy a ON a.id = t.act_id JOIN party p ON p.id = t.person_id
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        act = try row.int64(1)
        person = try row.id(2)
        name = try row.text(3)
        day = try row.day(4)
        state = try row.word(5)
        words = try row.text(6)
        short = try row.text(7)
        website = try row.bool(8)
        print = try row.bool(9)
        sales = try row.bool(10)
        nameForm = try row.word(11)
        shownName = try row.text(12)
        isPinned = try row.int(13) > 0
        hasLink = try row.bool(14)
        saidSo = row.isNull(15) ? nil : try row.bool(15)
    }

    /// What is shown of it.
    public var shownWords: String { short.isEmpty ? words : short }
    public var isOnWall: Bool { state == .given && website }
}

/// A consent as it was given, or refused; kept for ever.
public struct TestimonialConsent: Sendable, Equatable {
    public var given = true
    /// When they said so.
    public var day: LocalDate
    /// What they agreed to, in the words they signed.
    public var words: String
    public var way: Testimonial.Way
    public var website = false
    public var print = false
    public var sales = false
    public var nameForm = Testimonial.NameForm.none
    public var recordedBy: Int64?

    public init(day: LocalDate, words: String, way: Testimonial.Way) {
        self.day = day
        self.words = words
        self.way = way
    }
}

/// Why a testimonial says no.
public enum TestimonialRefusal: Error, Equatable, Sendable {
    case unknown
    case noWords
    case wordsTooLong
    case noConsentText
    case consentTooLong
    case noWay
    case nowhere
    case inTheFuture
    case tooLongAgo
    case notTheirWords
    case notGiven
}
