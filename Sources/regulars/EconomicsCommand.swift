import ArgumentParser
import Desk
import Foundation
import Kernel
import Tabular

/// Computes the economics now and prints them.
struct EconomicsCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "economics",
        abstract: "Compute and show what customers bring and cost.",
        discussion: """
            Repeat curve, cohorts, retention, what more of it would be worth, acquisition cost by source, and how much \
            hangs on few. The screen shows the same figures from then on.

            Example: regulars economics --data /var/lib/regulars --json
            """)

    @OptionGroup var place: PlaceOptions
    @Flag(help: "Print JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let report = try await EconomicsReport.compute(on: open.desk)
        terminal.out(json ? report.json.prettyText : report.text)
    }
}

/// Brings a file of acquisition spend in: all of it, or, where a row is refused, none.
struct SpendImport {
    let command: ImportCommand
    let desk: Desk
    let terminal: Terminal

    func run() async throws {
        let organisation = try await desk.organisations.required()
        let path = terminal.absolute(command.file)
        let file = SpendFile(
            path: path, fileName: URL(fileURLWithPath: path).lastPathComponent, organisation: organisation,
            today: organisation.zone.day(of: desk.clock.now), mapping: command.map, currency: try currency(),
            dateOrder: try order())
        var report: SpendFileReport
        do {
            report = try file.read()
        } catch let problem as TableProblem {
            throw Failure(problem.description)
        }
        if !command.dryRun, report.refused.isEmpty {
            report.outcome = try await SpendStore(database: desk.database).bring(
                report.accepted, by: desk.act(by: nil))
        }
        terminal.out(command.json ? report.json.prettyText : text(report))
        if !report.refused.isEmpty { throw Failure("nothing was written: mend these lines and import again") }
    }

    private func currency() throws -> Currency? {
        guard let code = command.currency else { return nil }
        guard let currency = Currency(code) else {
            throw Failure("\"\(code)\" is no currency", code: Failure.wrongWords)
        }
        return currency
    }

    private func order() throws -> DateOrder? {
        guard let word = command.dates else { return nil }
        guard let order = DateOrder(rawValue: word) else {
            throw Failure("\"\(word)\" is no way dates are written; see --help", code: Failure.wrongWords)
        }
        return order
    }

    private func text(_ report: SpendFileReport) -> String {
        var lines = [
            "\(report.fileName): \(report.rowsRead) rows read, \(report.accepted.count) accepted, "
                + "\(report.refused.count) refused"
        ]
        if let outcome = report.outcome {
            lines.append(
                "\(outcome.added) added, \(outcome.corrected) corrected, \(outcome.known) known already")
        } else {
            lines.append("nothing was written")
        }
        lines += report.refused.prefix(20).map { "  line \($0.line): \($0.reason)" }
        if report.refused.count > 20 {
            lines.append("  … and \(report.refused.count - 20) more; --json lists them")
        }
        return lines.joined(separator: "\n")
    }
}
