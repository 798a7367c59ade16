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
        func links(_ all: [(Permission, RailLink)]) -> [RailLink] {
            all.filter { person.may($0.0) }.map(\.1)
        }
        let places = features.flatMap(\.places)
        func added(_ section: RailPlace.Section) -> [RailLink] {
            links(places.filter { $0.section == section }.map { ($0.needs, $0.link) })
        }
        let customers = links([
            (.seeCustomers, RailLink(Phrase("rail.people"), path: "/people", icon: .people)),
            (
                .seeCustomers,
                RailLink(Phrase("rail.advocates"), path: "/advocates", icon: .advocates)
            ),
            (.seeCustomers, RailLink(Phrase("lists.rail"), path: "/lists", icon: .clock)),
            (.importFiles, RailLink(Phrase("rail.imports"), path: "/imports", icon: .imports)),
        ])
        let know = links([
            (.seeProfile, RailLink(Phrase("rail.profile"), path: "/profile", icon: .profile)),
            (.seeProfile, RailLink(Phrase("nps.rail"), path: "/nps", icon: .feedback)),
            (.seeEconomics, RailLink(Phrase("economics.rail"), path: "/economics", icon: .economics)),
            (.seeProfile, RailLink(Phrase("figures.rail"), path: "/model")),
        ])
        let house = links([
            (.invitePeople, RailLink(Phrase("rail.colleagues"), path: "/colleagues")),
            (.changeSettings, RailLink(Phrase("rail.settings"), path: "/settings")),
            (.seeJobs, RailLink(Phrase("rail.jobs"), path: "/jobs")),
        ])
        return [
            RailSection(Phrase("rail.know"), links: know + added(.know)),
            RailSection(Phrase("rail.customers"), links: customers + added(.customers)),
            RailSection(Phrase("rail.house"), links: house + added(.house)),
        ].filter { !$0.links.isEmpty }
    }

    /// Whether invented customers are among the real ones.
    public func showsSample() async throws -> Bool { try await sample.isPresent }

    /// Says on every screen that what it shows is sample data, and how to be rid of it.
    private func banner(for person: Colleague) async throws -> HTML? {
        try await sample.banner(mayRemove: person.may(.manageSample))
    }
}

/// One place of a feature in the rail, shown to whoever may go there.
public struct RailPlace: Sendable {
    public enum Section: Sendable { case know, customers, house }

    let section: Section
    let needs: Permission
    let link: RailLink

    public init(_ section: Section, needs: Permission, _ link: RailLink) {
        self.section = section
        self.needs = needs
        self.link = link
    }
}
