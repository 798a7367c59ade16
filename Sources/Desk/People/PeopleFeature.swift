public import Web

/// Founding the desk, coming in, going out, and who may do what.
public struct PeopleFeature: Feature {
    let desk: Desk
    let people: People
    /// Its address begins the links in invitations, its secret signs the devices people are known by.
    let site: SiteSettings
    /// Asked for on the first-run page; nil where only this machine can reach it.
    let setUpCode: SetUpCode?

    public init(desk: Desk, people: People, site: SiteSettings, setUpCode: SetUpCode? = nil) {
        self.desk = desk
        self.people = people
        self.site = site
        self.setUpCode = setUpCode
    }

    public var routes: [Route] {
        let entrance = Entrance(people: people, secret: site.secret)
        return SetUpRoutes(desk: desk, entrance: entrance, code: setUpCode).routes
            + SignInRoutes(desk: desk, entrance: entrance).routes
            + InvitationRoutes(desk: desk, entrance: entrance, address: site.address).routes
            + MeRoutes(desk: desk, entrance: entrance, address: site.address).routes
            + ColleagueRoutes(desk: desk, people: people).routes
            + AgentAPI(desk: desk, people: people, address: site.address).routes
    }

    public var workers: [any Worker] { [SweepSessions(people: people)] }
}
