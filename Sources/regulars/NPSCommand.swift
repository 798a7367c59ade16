import ArgumentParser
import Desk
import Foundation
import Kernel
import Methods

/// The net promoter score, in words or as JSON.
struct NPSCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "nps",
        abstract: "Show the net promoter score with its margin.",
        discussion: """
            Without --from and --to it looks at the 12 months that end on the day of the last answer. Under 30 answers \
            it shows counts and no score.

            Example: regulars nps --data /var/lib/regulars --from 2025-01-01 --to 2025-12-31 --json
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "The first day of the window, such as 2025-01-01.") var from: String?
    @Option(help: "The last day of the window, itself included.") var to: String?
    @Option(
        help: "us: asked in general; event: asked after a contact. Without it, whichever got more answers.")
    var about: String?
    @Flag(help: "Print JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let desk = open.desk
        let organisation = try await desk.organisations.required()
        let window = try Failure.wrongly { try ProfileWindow.read(from: from, to: to) }
        let question = about.flatMap(Answer.About.init)
        guard about == nil || question != nil else {
            throw Failure("\"\(about ?? "")\" is no question: say us or event", code: Failure.wrongWords)
        }
        let scores = NPSStore(database: desk.database, clock: desk.clock)
        let report = try await scores.report(window, about: question, organisation: organisation)
        terminal.out(json ? report.json.prettyText : NPSText(report: report).text)
    }
}

/// A report for reading in a terminal.
struct NPSText {
    let report: NPSReport

    var text: String {
        var lines = [
            "\(report.window.lowerBound) to \(report.window.upperBound), "
                + (report.about == .us ? "asked about us in general" : "asked after an event"),
            NPSText.line("NPS", report.reading),
        ]
        for group in report.mapped {
            lines.append("\(group.reading.counts.total) answers were given on another scale: \(group.value)")
        }
        lines += section(
            "by visits", report.visits.map { (VisitBand.name(Int($0.value) ?? 0), $0.reading) })
        lines += section("by source", report.sources.map { ($0.value, $0.reading) })
        lines += section("by event", report.events.map { ($0.value, $0.reading) })
        lines += section("by attribute", report.attributes.map { ($0.value, $0.reading) })
        lines += section("by quarter", report.quarters.map { ("Q\($0.number) \($0.year)", $0.reading) })
        return lines.joined(separator: "\n")
    }

    private func section(_ title: String, _ groups: [(String, NPSReading)]) -> [String] {
        groups.isEmpty ? [] : ["", title] + groups.map { "  " + NPSText.line($0.0, $0.1) }
    }

    private static func line(_ name: String, _ reading: NPSReading) -> String {
        let counts = reading.counts
        let parts =
            "\(counts.promoters) promoters, \(counts.passives) passives, \(counts.detractors) detractors"
        guard let score = reading.shown else { return "\(name): \(parts); too few for a score" }
        return "\(name): \(number(score.value, 2)) (\(number(score.interval.lower, 1)) to "
            + "\(number(score.interval.upper, 1))), \(counts.total) answers: \(parts)"
    }

    private static func number(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }
}
