import ArgumentParser
import Desk
import Foundation
import Markup

/// The command `regulars`.
@main
struct Regulars: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regulars",
        abstract: "The customer-service desk that knows who your regulars are.",
        discussion: """
            Everything of one desk lives in one folder, given with --data, or in the PostgreSQL database that \
            REGULARS_DATABASE names.

            Example: regulars serve --data /var/lib/regulars
            """,
        version: Version.text,
        subcommands: [
            Serve.self, SetUpCommand.self, APIKeyCommand.self, Migrate.self, ImportCommand.self,
            ProfileCommand.self, NPSCommand.self, FiguresCommand.self, EconomicsCommand.self,
            FindingsCommand.self,
            SegmentsCommand.self,
            Demo.self, Bench.self,
        ])

    static func main() async {
        do {
            Languages.install(try CompiledAssets.languages())
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Terminal.standard.say("regulars: \(failure.sentence)")
            Foundation.exit(failure.code)
        } catch  where exitCode(for: error) == .failure && !(error is ExitCode) {
            Terminal.standard.say("regulars: \(Failure.sentence(for: error))")
            Foundation.exit(1)
        } catch {
            exit(withError: error)
        }
    }
}
