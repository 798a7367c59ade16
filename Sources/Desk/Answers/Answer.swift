public import Kernel
public import Storage

/// What somebody answered when asked how likely they are to recommend us: willingness, which is no act of advocacy.
public struct Answer: Sendable, Equatable, Identifiable {
    /// Which question it was. Satisfaction and effort have their place in the table and no screen yet.
    public enum Kind: String, Sendable, Codable, SQLBindable { case nps, csat, ces }

    /// Whether the question was about us in general or about one contact. The two are never added up.
    public enum About: String, Sendable, Codable, CaseIterable, SQLBindable { case us, event }

    /// Who recommends, who is content for now, who warns others.
    public enum Part: Int, Sendable, CaseIterable {
        case promoter = 9
        case passive = 7
        case detractor = 0

        public var word: String {
            switch self {
            case .promoter: "promoters"
            case .passive: "passives"
            case .detractor: "detractors"
            }
        }

        public init?(word: String) {
            guard let part = Part.allCases.first(where: { $0.word == word }) else { return nil }
            self = part
        }
    }

    public let id: Int64
    /// Nil for an answer without a name.
    public let party: Kernel.ID<Party>?
    public let day: LocalDate
    public let at: Instant?
    /// As it was answered, on `scale`.
    public let given: Int
    public let scale: String
    /// How another scale than 0 to 10 was read; empty for 0 to 10.
    public let mapping: String
    /// 0 to 10.
    public let score: Int
    public let part: Part
    public let words: String
    /// Empty where the question was about us in general.
    public let afterEvent: String
    public let visits: Int?
    public let attribute: String
    public let source: String
    public let outsideID: String?

    static let columns: SQL = """
        a.id, a.party_id, a.day, a.at, a.given, a.scale, a.mapping, a.score, a.part, a.words, a.after_event, a.visits,
        a.attribute, a.source, a.outside_id
        """
    static let width = 15

    init(row: any Row) throws {
        id = try row.int64(0)
        party = try row.optionalID(1)
        day = try row.day(2)
        at = try row.optionalInstant(3)
        given = try row.int(4)
        scale = try row.text(5)
        mapping = try row.text(6)
        score = try row.int(7)
        part = Part(rawValue: try row.int(8)) ?? .detractor
        words = try row.text(9)
        afterEvent = try row.text(10)
        visits = try row.optionalInt(11)
        attribute = try row.text(12)
        source = try row.text(13)
        outsideID = try row.optionalText(14)
    }
}

/// An answer somebody enters or a program sends.
public struct NewAnswer: Sendable, Equatable {
    public var party: ID<Party>?
    public var given: Int
    public var question = AnswerQuestion(scale: .standard)
    public var day: LocalDate
    public var at: Instant?
    public var words = ""
    public var afterEvent = ""
    public var visits: Int?
    public var source = "desk"
    public var outsideID: String?

    public init(party: ID<Party>?, given: Int, day: LocalDate) {
        self.party = party
        self.given = given
        self.day = day
    }
}

/// Why an answer is not taken.
public enum AnswerRefusal: Error, Equatable, Sendable {
    case unknownCustomer
    case inTheFuture
    case tooLongAgo
    case offScale(Int, scale: String)
    case unknownScale(String)
    case mappingMissing(scale: String)
    case mappingDoesNotFit(scale: String)
    case tooLong(field: String)
    case duplicate(Int64)
}

/// Numbers of visits in the groups that people think in.
public enum VisitBand {
    static let starts = [0, 1, 2, 3, 6, 11, 21]

    /// The first number of the group that so many visits fall into.
    public static func start(of visits: Int) -> Int { starts.last { $0 <= visits } ?? 0 }

    /// `3–5`, `21+`.
    public static func name(_ start: Int) -> String {
        guard let place = starts.firstIndex(of: start) else { return "\(start)" }
        guard place + 1 < starts.count else { return "\(start)+" }
        let last = starts[place + 1] - 1
        return last == start ? "\(start)" : "\(start)–\(last)"
    }
}
