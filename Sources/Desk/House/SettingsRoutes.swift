import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// What an administrator may change about the desk.
struct SettingsRoutes: Sendable {
    let desk: Desk

    var routes: [Route] {
        [
            .agent(.get, "/settings", needs: .changeSettings, use: show),
            .agent(.post, "/settings", needs: .changeSettings, use: change),
        ]
    }

    private var history: SettingHistory { SettingHistory(database: desk.database) }

    func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(), in: try await desk.shell(for: context, here: "/settings"))
    }

    func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let inForce = try await history.inForce(at: desk.clock.now)
        var changed: [SettingName: String] = [:]
        for name in SettingName.allCases {
            guard let typed = context.form[name.rawValue]?.singleLine else { continue }
            if typed != inForce[name.rawValue]?.value ?? name.entry.standard { changed[name] = typed }
        }
        if let refusals = Refusals(SettingsRoutes.refusals(of: changed)) {
            let page = try await page(Answers(context.form, refusals))
            return .page(
                page, in: try await desk.shell(for: context, here: "/settings"), status: refusals.status)
        }
        guard !changed.isEmpty else {
            return .redirect(to: "/settings", saying: Phrase("settings.unchanged"))
        }
        try await desk.organisations.change(changed, by: desk.act(by: context.person.id))
        await desk.database.announce("events")
        return .redirect(to: "/settings", saying: Phrase("settings.saved", .count(changed.count)))
    }

    private static func refusals(of values: [SettingName: String]) -> [any Refusal] {
        values.compactMap { name, value in
            name.entry.refusal(of: value).map { SettingRefusal(field: name.rawValue, key: $0) }
        }
    }

    private func page(_ answers: Answers = Answers()) async throws -> SettingsPage {
        let changes = try await history.latest()
        return SettingsPage(
            answers: answers, inForce: try await history.inForce(at: desk.clock.now), history: changes,
            names: try await history.names(of: changes), languages: Languages.choices)
    }
}

extension Languages {
    /// The languages people may choose, in their own words.
    static var choices: [Choice] { installed.catalogues.map { Choice($0.language.code, $0.name) } }
}
