import Markup
import Storage
public import Web

extension Desk {
    /// What stands round a page for someone signed in: only places this person may go to.
    public func shell(for context: AgentContext, here: String) async throws -> Shell {
        Shell(
            rail: rail(for: context.person), person: context.person,
            menu: [RailLink(Phrase("people.me.title"), path: "/me")], here: here,
            flash: context.request.flash,
            theme: context.request.theme, banner: try await banner(for: context.person),
            searchPath: context.person.may(.seeCustomers) ? "/people" : nil)
    }

    private func rail(for person: Colleague) -> [RailSection] {
        let places = (Desk.places + features.flatMap(\.places)).filter { person.may($0.needs) }
        func links(_ section: RailPlace.Section) -> [RailLink] {
            let here = places.filter { $0.section == section }.map(\.link)
            // Stable: what the order does not name comes last, as the features have it.
            return here.enumerated()
                .sorted { (Desk.rank($0.element), $0.offset) < (Desk.rank($1.element), $1.offset) }
                .map(\.element)
        }
        let settings = links(.settings)
        let last = settings.first.map { first in
            RailLink(Phrase("rail.settings"), path: first.path, below: settings)
        }
        return [
            RailSection(Phrase("rail.know"), links: links(.know)),
            RailSection(Phrase("rail.customers"), links: links(.customers)),
            RailSection(Phrase("rail.house"), links: links(.house) + [last].compactMap(\.self)),
        ].filter { !$0.links.isEmpty }
    }

    /// The places that belong to no feature of their own.
    private static let places = [
        RailPlace(
            .know, needs: .seeProfile,
            RailLink(Phrase("rail.profile"), path: "/profile", icon: .profile, isShortcut: true)),
        RailPlace(.know, needs: .seeProfile, RailLink(Phrase("nps.rail"), path: "/nps", icon: .feedback)),
        RailPlace(
            .know, needs: .seeEconomics,
            RailLink(Phrase("economics.rail"), path: "/economics", icon: .economics)),
        RailPlace(
            .know, needs: .seeProfile, RailLink(Phrase("figures.rail"), path: "/model", icon: .forecast)),
        RailPlace(
            .customers, needs: .seeCustomers,
            RailLink(Phrase("rail.people"), path: "/people", icon: .people, isShortcut: true)),
        RailPlace(
            .customers, needs: .seeCustomers,
            RailLink(Phrase("rail.advocates"), path: "/advocates", icon: .advocates)),
        RailPlace(
            .customers, needs: .seeCustomers,
            RailLink(Phrase("lists.rail"), path: "/lists", icon: .phone, isShortcut: true)),
        RailPlace(.house, needs: .importFiles, RailLink(Phrase("rail.imports"), path: "/imports")),
        RailPlace(.house, needs: .invitePeople, RailLink(Phrase("rail.colleagues"), path: "/colleagues")),
        RailPlace(.house, needs: .seeJobs, RailLink(Phrase("rail.jobs"), path: "/jobs")),
        RailPlace(.settings, needs: .changeSettings, RailLink(Phrase("rail.general"), path: "/settings")),
    ]

    /// The order of the rail: within a section the most used first, and what belongs together side by side.
    private static let order = [
        "/profile", "/findings", "/nps", "/economics", "/model", "/walks",
        "/people", "/organisations", "/segments", "/advocates", "/lists", "/touch", "/offers", "/visits",
        "/contracts", "/holds",
        "/imports", "/duplicates", "/colleagues", "/owners", "/jobs",
        "/settings", "/settings/tags", "/settings/fields", "/settings/discounts", "/settings/suppression",
    ]

    private static func rank(_ link: RailLink) -> Int { order.firstIndex(of: link.path) ?? order.count }

    /// Whether invented customers are among the real ones.
    public func showsSample() async throws -> Bool { try await sample.isPresent }

    /// Says on every screen that what it shows is sample data, and how to be rid of it.
    private func banner(for person: Colleague) async throws -> HTML? {
        try await sample.banner(mayRemove: person.may(.manageSample))
    }
}

/// One place of a feature in the rail, shown to whoever may go there.
public struct RailPlace: Sendable {
    /// `settings` are gathered under one link at the end of the house.
    public enum Section: Sendable { case know, customers, house, settings }

    let section: Section
    let needs: Permission
    let link: RailLink

    public init(_ section: Section, needs: Permission, _ link: RailLink) {
        self.section = section
        self.needs = needs
        self.link = link
    }
}
