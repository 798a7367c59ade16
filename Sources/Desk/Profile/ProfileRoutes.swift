import HTTPTypes
import Hummingbird
import Kernel
import Markup
public import Web

/// The profile on screen, the customers behind its numbers, and the picture to take away.
struct ProfileRoutes: Sendable {
    let desk: Desk
    let profiles: ProfileStore

    var all: [Route] {
        [
            .agent(.get, "/", use: home),
            .agent(.get, "/profile", needs: .seeProfile, use: show),
            .agent(.get, "/profile/behind/:level", needs: .seeCustomers, use: behind),
            .agent(.get, "/profile/picture/:format", needs: .exportProfile, use: picture),
        ]
    }

    @Sendable func home(_ request: Request, in context: AgentContext) async throws -> Response {
        .redirect(to: context.may(.seeProfile) ? "/profile" : "/people", type: .normal)
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        if let segment = try context.query.segment {
            return try await SegmentViews(desk: desk).profile(segment, in: context)
        }
        let organisation = try await desk.organisations.required()
        let (profile, refusal) = try await chosen(context, organisation)
        let standard = try await profiles.profile(nil, organisation: organisation)
        var page = ProfilePage(
            profile: profile,
            figure: try await figure(profile, organisation),
            quarters: try await profiles.quarters(
                endingAt: standard.window.upperBound, limit: 12, organisation: organisation),
            standard: standard.window, query: context.query, mayDownload: context.may(.exportProfile),
            refusal: refusal,
            findings: try await FindingsShown.read(FindingStore(desk), FindingSight(context.person)))
        page.segments = try await SegmentStore(database: desk.database, clock: desk.clock).all()
        let shell = try await desk.shell(for: context, here: "/profile")
        return .page(page, in: shell, status: refusal == nil ? .ok : .unprocessableContent)
    }

    /// The window asked for; where it cannot be read, the standard one and the reason.
    private func chosen(
        _ context: AgentContext, _ organisation: Organisation
    ) async throws -> (Profile, ProfileRefusal?) {
        do {
            let window = try ProfileWindow.read(context.query)
            return (try await profiles.profile(window, organisation: organisation), nil)
        } catch let refusal as ProfileRefusal {
            return (try await profiles.profile(nil, organisation: organisation), refusal)
        }
    }

    private func figure(_ profile: Profile, _ organisation: Organisation) async throws -> ProfileFigure {
        try ProfileFigure(
            profile.shape, window: profile.window, organisation: organisation.name,
            isSample: try await desk.showsSample(), advocacyMeasured: profile.advocacyMeasured,
            desired: profile.desiredFigure)
    }

    @Sendable func behind(_ request: Request, in context: AgentContext) async throws -> Response {
        guard let level = ProfileLevel(rawValue: try context.parameters.text("level")) else {
            throw NotFound()
        }
        let organisation = try await desk.organisations.required()
        let window = try ProfileWindow.read(context.query)
        let profile = try await profiles.profile(window, organisation: organisation)
        let portion = try await profiles.behind(
            level, window: profile.window, after: context.query["after"], limit: 50,
            organisation: organisation)
        let page = BehindPage(level: level, profile: profile, portion: portion, query: context.query)
        return .page(page, in: try await desk.shell(for: context, here: "/profile/behind/\(level.rawValue)"))
    }

    @Sendable func picture(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let window = try ProfileWindow.read(context.query)
        let profile = try await profiles.profile(window, organisation: organisation)
        let name = "profile-\(profile.window.lowerBound)-\(profile.window.upperBound)"
        let svg = try await figure(profile, organisation).standalone
        switch try context.parameters.text("format") {
        case "svg":
            return .download(
                .init(byteBuffer: .init(string: svg)), named: "\(name).svg", type: "image/svg+xml")
        case "png":
            let bytes = try await desk.rasterise(svg, 1600)
            return .download(.init(byteBuffer: .init(bytes: bytes)), named: "\(name).png", type: "image/png")
        case "json":
            let bytes = Array(profile.json.prettyText.utf8)
            return .download(
                .init(byteBuffer: .init(bytes: bytes)), named: "\(name).json", type: "application/json")
        default: throw NotFound()
        }
    }
}

/// The heart: levels, shape, picture.
public struct ProfileFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let profiles = ProfileStore(database: desk.database, clock: desk.clock)
        return ProfileRoutes(desk: desk, profiles: profiles).all
            + ProfileAPI(desk: desk, profiles: profiles).all
    }

    public var workers: [any Worker] { [FoldTallies(desk: desk)] }
}
