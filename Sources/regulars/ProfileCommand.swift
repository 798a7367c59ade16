import ArgumentParser
import Desk
import Foundation
import Kernel

/// The Customer Service/Sales Profile, drawn, as JSON, or as a picture.
struct ProfileCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Show the Customer Service/Sales Profile.",
        discussion: """
            Without --from and --to it looks at the 12 months that end at the last occasion on record.

            Example: regulars profile --data /var/lib/regulars --from 2025-01-01 --to 2025-12-31 --png profile.png
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "The first day of the window, such as 2025-01-01.") var from: String?
    @Option(help: "The last day of the window, itself included.") var to: String?
    @Flag(help: "Print JSON.") var json = false
    @Option(help: "Write the picture as SVG to this file.") var svg: String?
    @Option(help: "Write the picture as PNG to this file.") var png: String?

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let desk = open.desk
        let organisation = try await desk.organisations.required()
        let window = try Failure.wrongly { try ProfileWindow.read(from: from, to: to) }
        let profiles = ProfileStore(database: desk.database, clock: desk.clock)
        let profile = try await profiles.profile(window, organisation: organisation)
        let figure = try ProfileFigure(
            profile.shape, window: profile.window, organisation: organisation.name,
            isSample: try await desk.showsSample(), advocacyMeasured: profile.advocacyMeasured,
            desired: profile.desiredFigure)
        if let svg { try terminal.save(Array(figure.standalone.utf8), at: svg) }
        if let png { try terminal.save(try await desk.rasterise(figure.standalone, 1600), at: png) }
        if json {
            terminal.out(profile.json.prettyText)
        } else if svg == nil && png == nil {
            terminal.out(
                figure.terminal(
                    width: min(max(terminal.columns, 40), 120), colour: terminal.isInteractive,
                    unicode: terminal.isUnicode))
        }
    }
}
