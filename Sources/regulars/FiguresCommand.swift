import ArgumentParser
import Desk
import Foundation
import Kernel
import Markup

/// Computes everyone's figures now, and prints how well the model foretold the past.
struct FiguresCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "Compute what the data says about each customer, and print the backtest.",
        discussion: """
            Fits a model of repeat purchase to everyone's history, writes each customer's figures and the lists, and holds \
            the model against purchases it did not know. A server does the same every night.

            Example: regulars figures --data /var/lib/regulars --calibrate-until 1997-09-30 --model bg-nbd
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "mbg-nbd, pareto-nbd or bg-nbd; left out, the first that the data carries.") var model:
        String?
    @Option(help: "The last day the backtest's model may know, such as 2025-09-30.") var calibrateUntil:
        String?
    @Flag(help: "Print JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let organisation = try await open.desk.organisations.required()
        let run = FigureRun(desk: open.desk, organisation: organisation, options: try options())
        let report: FigureReport
        do {
            report = try await run.run(by: open.desk.act(by: nil))
        } catch FigureRunRefusal.underWay {
            throw Failure("the figures are being computed already; try again when that is done")
        }
        terminal.out(json ? report.json(finishedAt: open.desk.clock.now).prettyText : report.text)
    }

    private func options() throws -> FigureOptions {
        var options = FigureOptions()
        if let model {
            options.model = ForecastKind(rawValue: model)
            guard options.model != nil else {
                throw Failure(
                    "\"\(model)\" is no model: say mbg-nbd, pareto-nbd or bg-nbd", code: Failure.wrongWords)
            }
        }
        if let calibrateUntil {
            options.calibrateUntil = LocalDate(iso: calibrateUntil)
            guard options.calibrateUntil != nil else {
                throw Failure("\"\(calibrateUntil)\" is no day like 2025-09-30", code: Failure.wrongWords)
            }
        }
        return options
    }
}
