import ArgumentParser
import Desk

/// What the data says, in sentences or as JSON.
struct FindingsCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "Show what the data says about the profile.",
        discussion: """
            A desk that is served looks by itself, every night and after imports. Findings rest on figures and economics: \
            compute those first on a desk that is not served.

            Example: regulars findings --data /var/lib/regulars --compute --json
            """)

    @OptionGroup var place: PlaceOptions
    @Flag(help: "Look at the data now instead of showing what was found last.") var compute = false
    @Flag(help: "Print JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let organisation = try await open.desk.organisations.required()
        if compute { try await FindingRun(desk: open.desk, organisation: organisation).run() }
        let findings = try await FindingText.read(on: open.desk)
        terminal.out(json ? findings.json.prettyText : findings.text)
    }
}
