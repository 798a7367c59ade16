public import Markup

/// What stands round every page: the rail, the banner, what was just said.
public struct Shell: Sendable {
    public var rail: [RailSection]
    /// Whose desk it is; the foot of the rail, and the way to settings.
    public var person: Colleague?
    /// The path of the page, to mark its place in the rail.
    public var here: String
    public var flash: Flash?
    public var theme: Theme
    /// What stands above everything while sample data is shown.
    public var banner: HTML?

    public init(
        rail: [RailSection] = [], person: Colleague? = nil, here: String = "", flash: Flash? = nil,
        theme: Theme = .automatic, banner: HTML? = nil
    ) {
        self.rail = rail
        self.person = person
        self.here = here
        self.flash = flash
        self.theme = theme
        self.banner = banner
    }
}

/// Some links of the rail under one heading.
public struct RailSection: Sendable {
    /// Nil for the first, which needs none.
    public let heading: Phrase?
    /// What assistive technology calls it.
    public let name: Phrase
    public let links: [RailLink]

    public init(_ name: Phrase, hasHeading: Bool = true, links: [RailLink]) {
        self.name = name
        self.heading = hasHeading ? name : nil
        self.links = links
    }
}

/// One place people go to, with how much waits there.
public struct RailLink: Sendable {
    public let name: Phrase
    public let path: String
    public let count: Int?
    /// Stands in the phone's bottom bar too, which has room for five.
    public let icon: String?

    public init(_ name: Phrase, path: String, count: Int? = nil, icon: String? = nil) {
        self.name = name
        self.path = path
        self.count = count
        self.icon = icon
    }
}
