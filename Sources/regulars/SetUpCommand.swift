import ArgumentParser
import Desk
import Foundation
import Kernel
import Storage

/// Does what the first-run page does.
struct SetUpCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Found the desk: the organisation and its first administrator.",
        discussion: """
            Example: regulars setup --data /var/lib/regulars --organisation "Harbour Coffee" --name "Mara Okafor" \
            --email mara@example.com --password-stdin < password.txt
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "The organisation's name.") var organisation: String
    @Option(help: "Your name.") var name: String
    @Option(help: "The mail address you sign in with.") var email: String
    @Option(help: "The time zone days are counted in, such as Europe/Berlin.") var zone = "UTC"
    @Option(help: "The currency amounts are in unless a file says otherwise, such as EUR.") var currency =
        "EUR"
    @Option(help: "The language of pages nobody chose one for: en or de.") var language = "en"
    @Flag(help: "Read the password from the first line of standard input.") var passwordStdin = false

    var readsLine: Bool { passwordStdin }
    var makesPlace: Bool { true }

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        guard passwordStdin else {
            throw Failure(
                "give the password on standard input, with --password-stdin", code: Failure.wrongWords)
        }
        guard let password = terminal.read(), !password.isEmpty else {
            throw Failure("no password came on standard input")
        }
        try await open.people.setUp.run(
            organisation: organisation, zone: zone, currency: currency, name: name, email: email,
            password: password,
            language: language)
        terminal.out("\(organisation) is set up. Sign in as \(email).")
    }
}

/// Prints a new key for programs.
struct APIKeyCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key",
        abstract: "Print a new key for the API, which acts for a colleague.",
        discussion: """
            The key is shown this once and kept only as a hash.

            Example: curl -u "$(regulars api-key --data /var/lib/regulars --email mara@example.com):X" \
            http://127.0.0.1:8080/api/v2/profile
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "Whose key it is.") var email: String
    @Option(help: "What it is for, for the list of keys.") var label = "command line"
    @Flag(help: "Print JSON.") var json = false

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        guard let agent = try await open.people.agents.find(email: email) else {
            throw Failure("nobody here signs in with \(email)")
        }
        let key = try await open.people.keys.create(for: agent.id, label: label, by: open.desk.act(by: nil))
        terminal.out(json ? JSON.object([("key", .text(key)), ("email", .text(email))]).prettyText : key)
    }
}

/// Brings the schema up to date without serving.
struct Migrate: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database up to this version. Every other command does it too.",
        discussion: "Example: regulars migrate --data /var/lib/regulars")

    @OptionGroup var place: PlaceOptions
    @Flag(help: "Print JSON.") var json = false

    var makesPlace: Bool { true }

    func perform(on open: OpenDesk, _ terminal: Terminal) async throws {
        let names = Schema.migrations.map(\.name)
        let version = names.last ?? ""
        terminal.out(
            json
                ? JSON.object([("schema", .text(version)), ("migrations", .list(names.map { .text($0) }))])
                    .prettyText
                : "The database is at \(version).")
    }
}
