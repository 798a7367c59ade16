import ArgumentParser
import Crypto
import Desk
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Storage
import UnixSignals
import Web

/// Runs the desk until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the desk.",
        discussion: """
            Settings, as flags or variables:

            \(ServeSettings.help)

            Example: regulars serve --data /var/lib/regulars --port 8080 --address https://desk.example.com
            """)

    @OptionGroup var place: PlaceOptions
    @Argument(parsing: .allUnrecognized, help: .hidden) var words: [String] = []

    func run() async throws {
        let settings = try ServeSettings(words: words)
        try await Server(place: try place.place(from: Terminal.standard.directory), settings: settings).run()
    }
}

/// A desk with everything that runs in it.
struct Server: Sendable {
    let place: Place
    let settings: ServeSettings
    /// Done once the desk is open and before it is served.
    var prepare: @Sendable (OpenDesk) async throws -> Void = { _ in }
    /// Said once it answers.
    var greeting: @Sendable () -> String? = { nil }

    func run() async throws {
        var lock: FolderLock?
        if case .folder(let folder) = place {
            lock = try FolderLock(folder)
            guard lock != nil else { throw Failure("another regulars is running on \(folder)") }
        }
        defer { withExtendedLifetime(lock) {} }
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "regulars")
        logger.logLevel = Logger.Level(rawValue: settings["log-level"]) ?? .info
        let open = try await OpenDesk.open(place)
        try await prepare(open)
        try await serve(open, logger)
        try await open.desk.database.close()
    }

    private func serve(_ open: OpenDesk, _ logger: Logger) async throws {
        let desk = open.desk
        let hub = LiveHub(source: DeskLiveSource(desk: desk), logger: logger)
        let site = try await site(open, hub)
        let features = desk.features + [PeopleFeature(desk: desk, people: open.people, site: site.settings)]
        var services: [any Service] = [
            EventSequencer(desk: desk, logger: logger), hub,
            JobRunner(desk: desk, workers: features.flatMap(\.workers), logger: logger),
        ]
        if case .folder(let folder) = place {
            services.append(CommandSocket(folder: folder, open: open, logger: logger))
        }
        let application = site.application(
            on: .hostname(settings.host, port: settings.port), logger: logger, onRunning: { announce(open) })
        let group = ServiceGroup(
            configuration: .init(
                services: (services + [application]).map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func announce(_ open: OpenDesk) {
        let address = settings.address?.description ?? ""
        let text = greeting() ?? "Regulars answers on \(address)"
        Terminal.standard.out(text)
    }

    private func site(_ open: OpenDesk, _ hub: LiveHub) async throws -> Site {
        guard let address = settings.address else { throw Failure("the address cannot be read") }
        let secret = try await Secret.site(open.desk)
        var site = SiteSettings(address: address, secret: secret, uploadFolder: place.uploads)
        site.trustedProxies = settings.proxies
        site.metricsToken = settings["metrics-token"].isEmpty ? nil : settings["metrics-token"]
        site.callsPerMinute = Int(settings["calls-per-minute"]) ?? site.callsPerMinute
        site.firstRunPath = "/setup"
        let code = settings.isLoopback ? nil : SetUpCode(secret: secret)
        if let code, try await !open.people.setUp.isDone() {
            Terminal.standard.out("To found the desk, give the page this code: \(code.text)")
        }
        let features =
            open.desk.features
            + [PeopleFeature(desk: open.desk, people: open.people, site: site, setUpCode: code)]
        return Site(
            routes: features.flatMap(\.routes), gatekeeper: open.people.gatekeeper, settings: site,
            assets: Assets(files: CompiledAssets.files), live: hub, readiness: DeskReadiness(desk: open.desk))
    }
}

/// What signs cookies and forms: made at the first start, kept in the database so that every machine has the same.
enum Secret {
    static func site(_ desk: Desk) async throws -> SymmetricKey {
        let fresh = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let bytes = try await desk.database.write { connection in
            try connection.run(
                "INSERT INTO secret (name, value) VALUES ('site', \(fresh)) ON CONFLICT DO NOTHING")
            return try connection.first("SELECT value FROM secret WHERE name = 'site'") { try $0.bytes(0) }
                ?? fresh
        }
        return SymmetricKey(data: bytes)
    }
}

/// Ready as long as the database answers.
struct DeskReadiness: Readiness {
    let desk: Desk

    func problem() async -> String? {
        do {
            return try await desk.database.read { try $0.number("SELECT 1") } == 1
                ? nil : "the database answers nonsense"
        } catch {
            return "\(error)"
        }
    }
}
