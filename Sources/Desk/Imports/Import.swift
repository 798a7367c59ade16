public import Kernel
public import Storage
public import Tabular

/// What a file tells us about.
public enum ImportKind: String, Sendable, Codable, CaseIterable, SQLBindable {
    case customers, purchases, advocacy, answers, contracts
    /// Uses of the service without a sale.
    case uses
}

/// How far an import has come. Nothing of it is seen by anybody before it is complete.
public enum ImportState: String, Sendable, Codable, CaseIterable, SQLBindable {
    /// Shown to somebody, who has not said yet that the columns are right.
    case waiting
    /// Pass one: every row is judged, none is kept.
    case checking
    /// Judged; the report says what loading would do.
    case ready
    /// Pass two: rows are staged, batch by batch.
    case loading
    /// Everything is staged and becomes visible in one step.
    case publishing
    case complete, failed, undoing, undone
    /// Given up before it was complete.
    case dropped

    /// Whether there is work under way or asked for.
    public var isRunning: Bool {
        switch self {
        case .checking, .loading, .publishing, .undoing: true
        case .waiting, .ready, .complete, .failed, .undone, .dropped: false
        }
    }
}

/// One file on its way in, or one that came in.
public struct Import: Sendable, Equatable, Identifiable {
    /// What somebody asked for and has not got yet.
    public enum Wish: String, SQLBindable, Sendable {
        case nothing = ""
        case check, load, undo
    }

    public let id: ID<Import>
    public let kind: ImportKind
    public var state: ImportState
    public var wanted: Wish
    public let fileName: String
    public let path: String
    public var format: TableFormat
    public var mapping: ImportMapping
    public let headerKey: String
    public var currency: Currency
    /// Under which other system's ids the customers are known. Files share one, so that they meet.
    public let source: String
    public let isSample: Bool
    /// How the file was when pass one had read it to its end; nil before that.
    public var print: FileFingerprint?
    public let fileBytes: Int
    public var rowsRead: Int
    public var rowsAccepted: Int
    public var rowsRefused: Int
    public var rowsKnown: Int
    public var nextOffset: Int
    public var nextLine: Int
    public var summary: ImportSummary
    public var problem: Remark?
    public let startedBy: Int64?
    public let createdAt: Instant
    public var phaseAt: Instant
    public var finishedAt: Instant?
    /// How the question was asked, for a file of answers; for one of contracts, the day it speaks of.
    public var question: AnswerQuestion

    static let columns: SQL = """
        id, kind, state, wanted, file_name, path, format, mapping, header_key, currency, source, sample, print,
        file_bytes, rows_read, rows_accepted, rows_refused, rows_known, next_offset, next_line, summary, problem,
        started_by, created_at, phase_at, finished_at, question
        """

    init(row: any Row) throws {
        id = try row.id(0)
        kind = try row.word(1)
        state = try row.word(2)
        wanted = try row.word(3)
        fileName = try row.text(4)
        path = try row.text(5)
        format = try Stored.value(of: try row.text(6))
        mapping = ImportMapping(stored: try row.text(7))
        headerKey = try row.text(8)
        let code = try row.text(9)
        guard let currency = Currency(code) else { throw StorageError.broken("an import is in \(code)") }
        self.currency = currency
        source = try row.text(10)
        isSample = try row.bool(11)
        let print = try row.text(12)
        self.print = print.isEmpty ? nil : try Stored.value(of: print)
        fileBytes = try row.int(13)
        rowsRead = try row.int(14)
        rowsAccepted = try row.int(15)
        rowsRefused = try row.int(16)
        rowsKnown = try row.int(17)
        nextOffset = try row.int(18)
        nextLine = try row.int(19)
        summary = try Stored.value(of: try row.text(20))
        problem = Remark(stored: try row.text(21))
        startedBy = try row.optionalInt64(22)
        createdAt = try row.instant(23)
        phaseAt = try row.instant(24)
        finishedAt = try row.optionalInstant(25)
        let question = try row.text(26)
        self.question = question.isEmpty ? AnswerQuestion() : try Stored.value(of: question)
    }

    /// The staged customers of this import are numbered from here on, in order of first appearance.
    var firstNumber: Int64 { id.value << 32 }
    var lastNumber: Int64 { firstNumber | 0xFFFF_FFFF }

    /// How much of the file the present pass has behind it, 0 to 1.
    public var share: Double { fileBytes > 0 ? min(1, Double(nextOffset) / Double(fileBytes)) : 0 }

    public var canBeUndone: Bool { state == .complete }

    /// Whether work that stopped may go on where it was.
    public var canGoOn: Bool { state == .failed || state == .ready || state == .waiting }

    public var canBeDropped: Bool { canGoOn }

    /// Whether its columns may still be changed: no row of it is staged.
    public var canBeMapped: Bool { canGoOn && nextOffset == 0 || state == .failed && print == nil }
}
