public import Kernel
public import Tabular

/// What an import did, or in a dry run would do: the same for the command line, the API and the screen.
public struct ImportReport: Sendable, Encodable {
    public struct Refusal: Sendable, Encodable {
        public let line: Int
        public let field: String?
        /// In English; `code` is for programs.
        public let reason: String
        public let code: String
        public let excerpt: String
    }

    public let id: Int64
    public let kind: ImportKind
    public let file: String
    public let state: ImportState
    public let problem: String?
    public let rowsRead: Int
    public let accepted: Int
    public let refused: Int
    /// Accepted rows that were here before and changed nothing.
    public let known: Int
    public let customers: Int
    public let customersNew: Int
    /// Known customers found by nothing but a mail address, and addresses that several of them have.
    public let customersByEmail: Int?
    public let ambiguousEmails: Int?
    public let totals: [String: Int64]
    public let zeroAmounts: Int
    public let firstDay: LocalDate?
    public let lastDay: LocalDate?
    public let format: TableFormat
    public let mapping: [String: Int]
    public let currency: String
    public let reencodedCells: Int
    /// The first ten thousand; `refused` is the true number.
    public let refusals: [Refusal]
    /// Whether the scores look as if their scale began one step higher than stated; null for other files.
    public let doubtsScale: Bool?
    public let question: AnswerQuestion?
    public let seconds: Double
    public let rowsPerSecond: Int

    enum CodingKeys: String, CodingKey {
        case id, kind, file, state, problem, accepted, refused, known, customers, totals, format, mapping,
            currency
        case refusals, seconds, question
        case doubtsScale = "doubts_scale"
        case rowsRead = "rows_read"
        case customersNew = "customers_new"
        case customersByEmail = "customers_by_email"
        case ambiguousEmails = "ambiguous_emails"
        case zeroAmounts = "zero_amounts"
        case firstDay = "first_day"
        case lastDay = "last_day"
        case reencodedCells = "reencoded_cells"
        case rowsPerSecond = "rows_per_second"
    }

    init(_ item: Import, refusals rows: [RefusedRow]) {
        let summary = item.summary
        id = item.id.value
        kind = item.kind
        file = item.fileName
        state = item.state
        problem = item.problem?.sentence
        rowsRead = item.rowsRead
        accepted = item.rowsAccepted
        refused = item.rowsRefused
        known = item.rowsKnown
        customers = summary.customers
        customersNew = summary.customersNew
        customersByEmail = summary.customersByEmail
        ambiguousEmails = summary.ambiguousEmails
        totals = summary.totals
        zeroAmounts = summary.zeroAmounts
        firstDay = summary.firstDay.map { LocalDate(daysSinceEpoch: $0) }
        lastDay = summary.lastDay.map { LocalDate(daysSinceEpoch: $0) }
        format = item.format
        let own = item.mapping.own.map { (ImportMapping.ownPrefix + $0.key, $0.value + 1) }
        mapping = Dictionary(
            uniqueKeysWithValues: item.mapping.columns.map { ($0.key.rawValue, $0.value + 1) } + own)
        currency = item.currency.code
        reencodedCells = summary.reencodedCells
        refusals = rows.map { row in
            Refusal(
                line: row.line, field: row.field.isEmpty ? nil : row.field, reason: row.reason.sentence,
                code: row.reason.code, excerpt: row.excerpt)
        }
        doubtsScale = item.kind == .answers ? item.doubtsScale : nil
        question = item.kind == .answers || item.kind == .contracts ? item.question : nil
        seconds = (summary.seconds * 1000).rounded() / 1000
        rowsPerSecond = summary.seconds > 0 ? Int(Double(item.rowsRead) / summary.seconds) : 0
    }
}
