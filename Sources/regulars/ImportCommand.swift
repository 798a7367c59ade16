import ArgumentParser
import Desk
import Foundation
import Kernel
import Synchronization
import Tabular

/// Brings a file in.
struct ImportCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Import customers, purchases, uses, advocacy, answers to a survey, contracts or acquisition spend from a file.",
        discussion: """
            CSV, TSV or columns kept apart by blanks. Delimiter, encoding and date format are guessed and printed; \
            --map says which column is what, by its name or number. Importing the same file again changes nothing.

            Example: regulars import purchases CDNOW_master.txt --data /var/lib/regulars \
            --map customer=1,at=2,quantity=3,amount=4 --currency USD
            """)

    @Argument(help: "customers, purchases, uses, advocacy, answers, contracts or spend.") var kind: String
    @Argument(help: "The file.") var file: String
    @OptionGroup var place: PlaceOptions
    @Option(help: "Which column is what: customer=1,at=2,amount=Total.") var map: String?
    @Option(help: "The currency of the amounts, such as USD.") var currency: String?
    @Option(help: "Where the rows come from; the same row of one source is imported once.") var source =
        "import"
    @Option(
        help: "How dates are written where the file leaves it open: dayMonthYear, monthDayYear, iso, compact."
    )
    var dates: String?
    @Option(help: "The scale of the answers, such as 1-10; needed unless every score is 0 to 10.") var scale:
        String?
    @Option(
        help:
            "How another scale than 0-10 is read: same-numbers, stretched, or cut:7,9 (passives from, promoters from)."
    )
    var mapping: String?
    @Option(
        help:
            "The day of all answers where no column holds one; the day on which months of contracts were counted."
    )
    var day: String?
    @Flag(help: "Check every row and write nothing.") var dryRun = false
    @Flag(help: "Print the report as JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        if kind == "spend" {
            return try await SpendImport(command: self, desk: open.desk, terminal: terminal).run()
        }
        guard let kind = ImportKind(rawValue: kind) else {
            throw Failure(
                "\"\(kind)\" cannot be imported: say customers, purchases, uses, advocacy, answers, contracts or spend",
                code: Failure.wrongWords)
        }
        let desk = open.desk
        let store = ImportStore(
            database: desk.database, clock: desk.clock, organisations: desk.organisations, folder: desk.folder
        )
        var options = ImportOptions(mapping: map, currency: currency)
        options.source = source
        options.question = try Failure.wrongly {
            try AnswerQuestion(scale: scale, mapping: mapping, day: day)
        }
        if let dates {
            guard let order = DateOrder(rawValue: dates) else {
                throw Failure(
                    "\"\(dates)\" is no way dates are written; see --help", code: Failure.wrongWords)
            }
            options.dateOrder = order
        }
        let progress = ProgressLine(terminal: terminal)
        let run = ImportRun(store) { progress.show($0) }
        let path = terminal.absolute(file)
        let report = try await ImportCommand.answeringForWords {
            try await run.run(
                kind, path: path, fileName: URL(fileURLWithPath: path).lastPathComponent, options: options,
                isDryRun: dryRun, by: desk.act(by: nil))
        }
        progress.end()
        terminal.out(
            json ? try ImportCommand.text(report) : ReportText(report: report, isDryRun: dryRun).text)
    }

    /// A `--map` or `--currency` that no file could satisfy is a matter of words; one this file lacks is not.
    private static func answeringForWords(
        _ body: () async throws -> ImportReport
    ) async throws -> ImportReport {
        do {
            return try await body()
        } catch let refusal as ImportRefusal {
            switch refusal {
            case .unreadableMapping, .unknownField, .fieldTwice, .columnTwice, .unknownCurrency, .mappingOpen,
                .mappingDoesNotFit, .dayOpen, .asOfOpen:
                throw Failure(Failure.sentence(for: refusal), code: Failure.wrongWords)
            default: throw refusal
            }
        }
    }

    private static func text(_ report: ImportReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}

/// One line that rewrites itself while a person waits; nothing where none is watching.
final class ProgressLine: Sendable {
    private let terminal: Terminal
    private let isShown = Mutex(false)

    init(terminal: Terminal) { self.terminal = terminal }

    func show(_ progress: ImportProgress) {
        guard terminal.isInteractive else { return }
        isShown.withLock { $0 = true }
        let rate = progress.rowsPerSecond.map { ", \(Int($0)) rows/s" } ?? ""
        let left = progress.secondsLeft.map { ", \(Int($0.rounded(.up))) s left" } ?? ""
        let share = Int(progress.share * 100)
        terminal.say("\r\u{1B}[K\(progress.state.rawValue) \(share) %\(rate)\(left)", lineEnd: "")
    }

    func end() {
        if isShown.withLock({ $0 }) { terminal.say("\r\u{1B}[K", lineEnd: "") }
    }
}

/// A report for reading.
struct ReportText {
    let report: ImportReport
    let isDryRun: Bool

    var text: String {
        var lines = [
            "\(report.file): \(report.format.delimiter.rawValue), \(report.format.encoding.rawValue), dates "
                + (report.format.dateOrder?.rawValue ?? "none"),
            "columns: "
                + report.mapping.sorted { $0.value < $1.value }.map { "\($0.key)=\($0.value)" }.joined(
                    separator: ", "),
            "\(report.rowsRead) rows read, \(report.accepted) accepted, \(report.refused) refused"
                + (isDryRun ? "; nothing was written" : ", \(report.known) known already"),
        ]
        if !isDryRun { lines.append("\(report.customers) customers, \(report.customersNew) of them new") }
        for (currency, minor) in report.totals.sorted(by: { $0.key < $1.key }) {
            guard let currency = Currency(currency) else { continue }
            lines.append("\(Money(minor: minor, currency: currency).decimal) \(currency)")
        }
        if let first = report.firstDay, let last = report.lastDay { lines.append("\(first) to \(last)") }
        if report.doubtsScale == true {
            lines.append(
                "nobody chose the lowest score: was the question asked on a scale that begins one higher?")
        }
        for refusal in report.refusals.prefix(20) {
            lines.append("  line \(refusal.line): \(refusal.reason)")
        }
        if report.refused > 20 { lines.append("  … and \(report.refused - 20) more; --json lists them") }
        return lines.joined(separator: "\n")
    }
}
