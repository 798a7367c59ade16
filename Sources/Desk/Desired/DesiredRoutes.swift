import Hummingbird
import Kernel
import Markup
import Methods
import Web

/// The desired profile on screen and for programs.
struct DesiredRoutes: Sendable {
    let desk: Desk

    private var store: DesiredStore { DesiredStore(database: desk.database) }

    var all: [Route] {
        [
            .agent(.get, "/profile/desired", needs: .seeProfile, use: show),
            .agent(.post, "/profile/desired", needs: .setTargets, use: set),
            .agent(.post, "/profile/desired/removal", needs: .setTargets, use: remove),
            .api(.get, "/api/v2/profile/desired", needs: .seeProfile, use: read),
            .api(.put, "/api/v2/profile/desired", needs: .setTargets, use: put),
            .api(.delete, "/api/v2/profile/desired", needs: .setTargets, use: delete),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(Answers(), .ok, context)
    }

    private func page(
        _ answers: Answers, _ status: HTTPResponse.Status, _ context: AgentContext
    ) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let profiles = ProfileStore(database: desk.database, clock: desk.clock)
        let (versions, names) = try await store.versions()
        let page = DesiredPage(
            profile: try await profiles.profile(nil, organisation: organisation), versions: versions,
            names: names,
            today: organisation.zone.day(of: desk.clock.now), answers: answers,
            maySet: context.may(.setTargets))
        return .page(page, in: try await desk.shell(for: context, here: "/profile"), status: status)
    }

    @Sendable func set(_ request: Request, in context: AgentContext) async throws -> Response {
        let today = try await today()
        do {
            let new = try DesiredRoutes.read(context.form, today: today)
            try await store.set(new, by: desk.act(by: context.person.id))
            return .redirect(to: "/profile", saying: Phrase("desired.saved"))
        } catch let refusal as any Refusal {
            return try await page(Answers(context.form, refusal), refusal.status, context)
        }
    }

    private static func read(_ form: PostedForm, today: LocalDate) throws -> NewDesired {
        func count(_ name: String) throws -> Int {
            guard let count = try form.int(name, in: 0...DesiredVersion.most) else {
                throw FieldRefusal.missing(field: name)
            }
            return count
        }
        let levels = Levels(
            first: try count("first"), repeating: try count("repeat"), advocate: try count("advocate"))
        return try NewDesired(
            levels: levels, from: try form.day("from") ?? today, reason: form.text("reason"), today: today)
    }

    @Sendable func remove(_ request: Request, in context: AgentContext) async throws -> Response {
        let removed = try await store.remove(from: try await today(), by: desk.act(by: context.person.id))
        return .redirect(
            to: "/profile/desired", saying: Phrase(removed ? "desired.removed" : "desired.notThere"))
    }

    private func today() async throws -> LocalDate {
        try await desk.organisations.required().zone.day(of: desk.clock.now)
    }
}

extension DesiredRoutes {
    private static let fields: Set<String> = ["first", "repeat", "advocate", "from", "reason"]

    @Sendable func read(_ request: Request, in context: APIContext) async throws -> Response {
        let inForce = try await store.inForce(at: try await today())
        let versions = try await store.versions().versions
        return .json(
            .object([
                ("desired", inForce?.json ?? .null), ("versions", .list(versions.map(\.json))),
            ]))
    }

    @Sendable func put(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: DesiredRoutes.fields)
        let today = try await today()
        func count(_ name: String) throws -> Int {
            guard let count = try body.int(name) else { throw BodyFieldRefusal.missing(field: name) }
            return count
        }
        var from = today
        if let text = try body.text("from") {
            guard let day = LocalDate(iso: text) else { throw BodyFieldRefusal.mismatch(field: "from") }
            from = day
        }
        let new = try NewDesired(
            levels: Levels(
                first: try count("first"), repeating: try count("repeat"), advocate: try count("advocate")),
            from: from, reason: try body.text("reason")?.trimmed ?? "", today: today)
        return .json(try await store.set(new, by: desk.act(by: context.person.id)).json)
    }

    @Sendable func delete(_ request: Request, in context: APIContext) async throws -> Response {
        let isRemoved = try await store.remove(from: try await today(), by: desk.act(by: context.person.id))
        guard isRemoved else { throw NotFound() }
        return .noContent
    }
}

extension DesiredVersion {
    /// As the API, `regulars profile --json` and a download say it.
    var json: JSON {
        .object([
            ("id", .int(id)), ("first", .int(levels.map { Int64($0.first) })),
            ("repeat", .int(levels.map { Int64($0.repeating) })),
            ("advocate", .int(levels.map { Int64($0.advocate) })), ("per_months", .int(12)),
            ("from", .text(from.description)), ("reason", .text(reason)), ("set_by", .int(setBy)),
            ("set_at", .text(setAt.iso)),
        ])
    }
}
