import ArgumentParser
import Desk
import Foundation
import Kernel
import Web

/// Runs a desk with a sample company in it, for looking around.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a desk with a believable sample company in it.",
        discussion: """
            The first time it makes the company, three years of about 5,000 customers; afterwards it is there at once. \
            It takes the settings of serve.

            Example: regulars demo --data demo-data --port 8080
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "The seed the company grows from.") var seed: UInt64 = 1
    @Argument(parsing: .allUnrecognized, help: .hidden) var words: [String] = []

    func run() async throws {
        let settings = try ServeSettings(words: words)
        let place = try place.place(from: Terminal.standard.directory)
        let notes = SignInNote(folder: place.folder)
        let seed = seed
        let server = Server(
            place: place, settings: settings,
            prepare: { open in try await Demo.prepare(open, seed: seed, notes) },
            greeting: { notes.text(address: settings.address?.description ?? "") })
        try await server.run()
    }

    private static func prepare(_ open: OpenDesk, seed: UInt64, _ notes: SignInNote) async throws {
        guard !notes.isComplete else { return }
        let password = try notes.password()
        guard try await !open.people.setUp.isDone() else { return try await load(open, seed, notes) }
        try await open.people.setUp.run(
            organisation: "Harbour Coffee Roasters", zone: "Europe/Berlin", currency: "EUR",
            name: "Mara Okafor",
            email: SignInNote.email, password: password)
        try await load(open, seed, notes)
    }

    /// A start that was cut off here is taken up by the next one; after that, a sample somebody removed stays away.
    private static func load(_ open: OpenDesk, _ seed: UInt64, _ notes: SignInNote) async throws {
        if try await !open.desk.sample.isPresent {
            _ = try await open.desk.sample.load(seed: seed, by: open.desk.act(by: nil))
        }
        try notes.complete()
    }
}

/// How to sign in to the demonstration, kept beside its data so that a second start can say it again.
struct SignInNote: Sendable {
    static let email = "mara@example.com"
    let folder: String

    private var path: String { folder + "/sign-in.txt" }

    static func freshPassword() -> String {
        let words =
            "amber brook cedar delta ember fjord grove heron iris juniper kelp lark maple north olive pearl quill"
            .split(separator: " ")
        let chosen = (0..<3).map { _ in String(words.randomElement() ?? "reed") }
        return (chosen + [String(Int.random(in: 1000...9999))]).joined(separator: "-")
    }

    /// The password chosen at the first start, kept before anything is made with it.
    func password() throws -> String {
        if let kept = try? String(contentsOfFile: path, encoding: .utf8), !kept.isEmpty { return kept }
        let password = SignInNote.freshPassword()
        try write(password, to: path)
        return password
    }

    /// Whether the company was made, whole.
    var isComplete: Bool { FileManager.default.fileExists(atPath: donePath) }

    func complete() throws { try write("", to: donePath) }

    private var donePath: String { folder + "/sample-is-made" }

    private func write(_ text: String, to path: String) throws {
        let written = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        guard written else { throw Failure("\(path) cannot be written") }
    }

    func text(address: String) -> String {
        let password = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "the one you chose"
        return """

              Regulars is up: \(address)

              Sign in as   \(SignInNote.email)
              Password     \(password)

              Everything you see is sample data. Stop with Ctrl-C.

            """
    }
}
