public import Markup

/// What stands round every page: the rail, the banner, what was just said.
///
/// With nobody signed in there is no rail: the page stands alone under the brand, as a door does.
public struct Shell: Sendable {
    public var rail: [RailSection]
    /// Whose desk it is; the foot of the rail.
    public var person: Colleague?
    /// What opens from the person's name: settings, the account.
    public var menu: [RailLink]
    /// The path of the page, to mark its place in the rail.
    public var here: String
    public var flash: Flash?
    public var theme: Theme
    /// What stands above everything, such as that this is sample data.
    public var banner: HTML?
    /// Where Ctrl/Cmd-K looks things up, with `?q=`; it answers with a fragment of links. Nil: screens only.
    public var searchPath: String?
    public var signOutPath: String

    public init(
        rail: [RailSection] = [], person: Colleague? = nil, menu: [RailLink] = [], here: String = "",
        flash: Flash? = nil, theme: Theme = .automatic, banner: HTML? = nil, searchPath: String? = nil,
        signOutPath: String = "/session/ending"
    ) {
        self.rail = rail
        self.person = person
        self.menu = menu
        self.here = here
        self.flash = flash
        self.theme = theme
        self.banner = banner
        self.searchPath = searchPath
        self.signOutPath = signOutPath
    }

    /// The one link the page belongs to: the closest of those it is, or lies below.
    var current: String? {
        let all = rail.flatMap(\.links).flatMap { [$0] + $0.below } + menu
        return all.filter { $0.isHere(here) }.map(\.path).max { $0.count < $1.count }
    }

    /// The shell of this request; the rail and the rest are added by who knows them.
    public init(for context: AgentContext) {
        self.init(
            person: context.person, here: context.request.path, flash: context.request.flash,
            theme: context.request.theme)
    }

    public init(for context: VisitorContext) {
        self.init(here: context.request.path, flash: context.request.flash, theme: context.request.theme)
    }
}

/// Some links of the rail under one heading.
public struct RailSection: Sendable {
    /// What it is called, by assistive technology always, on screen unless it is the first.
    public let name: Phrase
    public let hasHeading: Bool
    public let links: [RailLink]

    public init(_ name: Phrase, hasHeading: Bool = true, links: [RailLink]) {
        self.name = name
        self.hasHeading = hasHeading
        self.links = links
    }
}

/// One place people go to, with how much waits there.
public struct RailLink: Sendable {
    public let name: Phrase
    public let path: String
    public let count: Int?
    public let icon: Icon?
    /// Stands in the phone's bottom bar, which has room for four.
    public let isShortcut: Bool
    /// The places under this one, which show while one is there.
    public let below: [RailLink]

    public init(
        _ name: Phrase, path: String, count: Int? = nil, icon: Icon? = nil, isShortcut: Bool = false,
        below: [RailLink] = []
    ) {
        self.name = name
        self.path = path
        self.count = count
        self.icon = icon
        self.isShortcut = isShortcut
        self.below = below
    }

    /// The page is this link's own, or lies below it.
    func isHere(_ here: String) -> Bool { here == path || (path != "/" && here.hasPrefix(path + "/")) }
}
