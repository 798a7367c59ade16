import Foundation
public import Kernel
import Markup
public import Tabular

/// What a file of spend did, or would do.
public struct SpendFileReport: Sendable, Equatable {
    public struct Outcome: Sendable, Equatable {
        public var added = 0
        public var known = 0
        public var corrected = 0
        public init() {}
    }

    public struct Refused: Sendable, Equatable {
        public let line: Int
        public let reason: String
        public let excerpt: String
    }

    public var fileName: String
    public var accepted: [NewSpend] = []
    public var refused: [Refused] = []
    /// Nil as long as nothing was written.
    public var outcome: Outcome?
    public var rowsRead: Int { accepted.count + refused.count }
}

/// Reads a table of spend. All of it is judged before any of it is written.
public struct SpendFile: Sendable {
    public enum Column: String, Sendable, CaseIterable { case from, to, source, campaign, amount, currency }

    let path: String
    let fileName: String
    let organisation: Organisation
    let today: LocalDate
    /// Column numbers from 1 or names, said by somebody: `from=1,source=Channel`.
    var mapping: String?
    var currency: Currency
    var dateOrder: DateOrder?

    static let mostRows = 100_000

    public init(
        path: String, fileName: String, organisation: Organisation, today: LocalDate, mapping: String? = nil,
        currency: Currency? = nil, dateOrder: DateOrder? = nil
    ) {
        self.path = path
        self.fileName = fileName
        self.organisation = organisation
        self.today = today
        self.mapping = mapping
        self.currency = currency ?? organisation.currency
        self.dateOrder = dateOrder
    }

    /// What each column may be called, in English and German.
    private static let words: [Column: [String]] = [
        .from: [
            "from", "start", "begin", "period", "month", "date", "day", "von", "beginn", "zeitraum", "monat",
            "datum", "tag", "quarter", "quartal", "year", "jahr",
        ],
        .to: ["to", "until", "end", "bis", "ende"],
        .source: ["source", "channel", "medium", "quelle", "kanal", "vertriebsweg"],
        .campaign: ["campaign", "kampagne", "aktion"],
        .amount: ["amount", "spend", "cost", "costs", "total", "betrag", "ausgaben", "kosten", "summe"],
        .currency: ["currency", "currency code", "wahrung"],
    ]

    public func read() throws -> SpendFileReport {
        let preview = try TableReader.preview(path: path)
        let columns = try columns(preview.header)
        for column in [Column.from, .source, .amount] where columns[column] == nil {
            throw SpendRefusal.noColumn(column.rawValue)
        }
        var format = preview.format
        format.dateOrder = try order(preview, columns[.from] ?? 0)
        var reader = try TableReader(path: path, format: format)
        var report = SpendFileReport(fileName: fileName)
        var lines: [String: Int] = [:]
        try reader.forEachRow { row in
            if row.isBlank, row.problem == nil { return true }
            guard report.rowsRead < SpendFile.mostRows else { throw SpendRefusal.tooManyRows }
            let line = row.line
            do {
                let spend = try self.row(row, columns, format)
                if let first = lines[spend.key] { throw SpendRefusal.twiceInFile(line: first) }
                lines[spend.key] = line
                report.accepted.append(spend)
            } catch {
                let text = String(decoding: row.raw.prefix(400), as: UTF8.self).singleLine
                report.refused.append(
                    .init(line: line, reason: SpendFile.reason(error), excerpt: String(text.prefix(80))))
            }
            return true
        }
        return report
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let refusal as SpendRefusal: refusal.phrase.text
        case let problem as CellProblem: Remark(problem).phrase.text
        default: "\(error)"
        }
    }

    private func columns(_ header: [String]) throws -> [Column: Int] {
        let names = header.map(\.searchKey)
        var columns: [Column: Int] = [:]
        for column in Column.allCases {
            let words = SpendFile.words[column] ?? []
            columns[column] = words.lazy.compactMap { names.firstIndex(of: $0) }.first
        }
        for part in (mapping ?? "").split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard pair.count == 2, let column = Column(rawValue: pair[0].lowercased()) else {
                throw SpendRefusal.badMapping
            }
            let place = Int(pair[1]).map { $0 - 1 } ?? names.firstIndex(of: pair[1].searchKey)
            guard let place, header.indices.contains(place) else { throw SpendRefusal.noColumn(pair[1]) }
            columns[column] = place
        }
        return columns
    }

    /// A column of months, quarters or years has no order; a column of days must have one.
    private func order(_ preview: TablePreview, _ column: Int) throws(SpendRefusal) -> DateOrder {
        if let dateOrder { return dateOrder }
        let isOpen = preview.ambiguities.contains {
            $0 == .dateOrderAmbiguous(column: column) || $0 == .dateOrderMixed(column: column)
        }
        guard !isOpen else { throw .dateOrderOpen }
        let certain = preview.dateOrders.indices.contains(column) ? preview.dateOrders[column] : nil
        return certain ?? preview.format.dateOrder ?? .iso
    }

    private func row(
        _ row: borrowing RowView, _ columns: [Column: Int], _ format: TableFormat
    ) throws -> NewSpend {
        if let problem = row.problem { throw problem }
        func text(_ column: Column) -> String {
            columns[column].map { String(decoding: row.bytes($0), as: UTF8.self).singleLine } ?? ""
        }
        let code = text(.currency)
        guard let currency = code.isEmpty ? currency : Currency(code) else {
            throw SpendRefusal.unknownCurrency
        }
        if SpendAmount.isOpen(text(.amount), exponent: currency.exponent) { throw SpendRefusal.openAmount }
        let minor = try parseAmount(
            row.bytes(columns[.amount] ?? -1), exponent: currency.exponent,
            decimalComma: SpendAmount.hasDecimalComma(text(.amount)) ?? format.decimalComma)
        let days = try SpendPeriod.days(from: text(.from), to: text(.to)) { text in
            var copy = Array(text.utf8)
            return try copy.withUnsafeMutableBufferPointer { bytes in
                let moment = try parseDate(UnsafeBufferPointer(bytes), order: format.dateOrder ?? .iso)
                return LocalDate(daysSinceEpoch: moment.daysSinceEpoch)
            }
        }
        let spend = NewSpend(
            days: days, source: text(.source), campaign: text(.campaign),
            amount: Money(minor: minor, currency: currency))
        try spend.check(today: today)
        return spend
    }
}

/// How an amount is written: `1200.50` and `1,200.50` with a point, `1200,50` and `1.200,50` with a comma.
enum SpendAmount {
    /// One mark with exactly three digits behind it, in a currency that does not have three: nobody can tell whether it
    /// marks thousands or decimals.
    static func isOpen(_ text: String, exponent: Int) -> Bool {
        let marks = text.indices.filter { text[$0] == "," || text[$0] == "." }
        guard exponent < 3, marks.count == 1, let mark = marks.first else { return false }
        return text[text.index(after: mark)...].prefix { $0.isASCII && $0.isNumber }.count == 3
    }

    /// Whether the comma is the decimal mark; nil where the amount could be read both ways, or has no mark.
    static func hasDecimalComma(_ text: String) -> Bool? {
        guard let mark = text.lastIndex(where: { $0 == "," || $0 == "." }) else { return nil }
        let digits = text[text.index(after: mark)...].prefix { $0.isASCII && $0.isNumber }
        guard (1...2).contains(digits.count) else { return nil }
        return text[mark] == ","
    }
}

/// A stretch of days as people write it: two days, or one word for a month (`2026-03`), a quarter (`2026-Q1`) or a year.
enum SpendPeriod {
    static func days(
        from: String, to: String, day: (String) throws -> LocalDate = SpendPeriod.iso
    ) throws -> ClosedRange<LocalDate> {
        guard !from.isEmpty else { throw SpendRefusal.badPeriod }
        let start = try whole(from) ?? single(try day(from))
        guard !to.isEmpty else { return start }
        let end = try whole(to) ?? single(try day(to))
        guard start.lowerBound <= end.upperBound else { throw SpendRefusal.backwards }
        return start.lowerBound...end.upperBound
    }

    private static func single(_ day: LocalDate) -> ClosedRange<LocalDate> { day...day }

    static func iso(_ text: String) throws -> LocalDate {
        guard let day = LocalDate(iso: text) else { throw SpendRefusal.badPeriod }
        return day
    }

    /// Nil where the text is none of the three.
    private static func whole(_ text: String) -> ClosedRange<LocalDate>? {
        let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        guard let year = Int(parts[0]), parts[0].count == 4, (1900...2200).contains(year) else { return nil }
        if parts.count == 1 { return months(12 * year, 12) }
        guard parts.count == 2, (1...2).contains(parts[1].count) else { return nil }
        if parts[1].hasPrefix("Q"), let quarter = Int(parts[1].dropFirst()), (1...4).contains(quarter) {
            return months(12 * year + 3 * quarter - 3, 3)
        }
        guard let month = Int(parts[1]), (1...12).contains(month) else { return nil }
        return months(12 * year + month - 1, 1)
    }

    private static func months(_ first: Int, _ count: Int) -> ClosedRange<LocalDate> {
        LocalDate.first(ofMonth: first)...(LocalDate.first(ofMonth: first + count) + -1)
    }
}

extension SpendFileReport {
    /// As `regulars import spend --json` says it.
    public var json: JSON {
        .object([
            ("file", .text(fileName)), ("rows_read", .int(rowsRead)), ("accepted", .int(accepted.count)),
            ("refused", .int(refused.count)), ("added", .int((outcome?.added).map(Int64.init))),
            ("corrected", .int((outcome?.corrected).map(Int64.init))),
            ("known", .int((outcome?.known).map(Int64.init))),
            (
                "refusals",
                .list(
                    refused.map {
                        .object([
                            ("line", .int($0.line)), ("reason", .text($0.reason)),
                            ("excerpt", .text($0.excerpt)),
                        ])
                    })
            ),
        ])
    }
}
