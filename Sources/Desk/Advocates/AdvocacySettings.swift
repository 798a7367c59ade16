import Kernel
import Storage
import Web

/// How long advocates are left in peace, how soon they are thanked, and what the wall shows.
struct AdvocacySettings: Sendable, Equatable {
    enum Name: String, CaseIterable {
        case askDays = "advocacy.ask-days"
        case thankDays = "advocacy.thank-days"
        case consent = "advocacy.consent"
        case wallOn = "wall.on"
        case wallTitle = "wall.title"
        case wallCount = "wall.count"
        case wallOrder = "wall.order"
        case wallSites = "wall.sites"
    }

    enum Order: String, CaseIterable { case newest, chosen }

    /// Nobody is asked again within so many days.
    var askDays = 180
    /// A thank is due so many days after the act came on record.
    var thankDays = 7
    /// What a customer signs; empty: the desk's own words.
    var consent = ""
    /// Off until somebody switches it on.
    var wallIsOn = false
    var wallTitle = ""
    var wallCount = 6
    var wallOrder = Order.newest
    /// Whose pages may show the wall in a frame, as origins.
    var wallSites: [String] = []

    static let longestAskDays = 3650, longestThankDays = 365, mostOnWall = 50, mostSites = 20

    /// What held at a moment.
    static func read(at moment: Instant, in connection: any Connection) throws -> AdvocacySettings {
        var values: [Name: String] = [:]
        let inForce: SQL = """
            SELECT name, value FROM setting WHERE name IN (\(list: Name.allCases.map(\.rawValue)))
                AND from_at <= \(moment) ORDER BY from_at, id
            """
        try connection.each(inForce) { row in
            if let name = Name(rawValue: try row.text(0)) { values[name] = try row.text(1) }
        }
        return AdvocacySettings(values)
    }

    init() {}

    init(_ values: [Name: String]) {
        askDays = values[.askDays].flatMap { Int($0) } ?? askDays
        thankDays = values[.thankDays].flatMap { Int($0) } ?? thankDays
        consent = values[.consent] ?? consent
        wallIsOn = values[.wallOn] == "yes"
        wallTitle = values[.wallTitle] ?? wallTitle
        wallCount = values[.wallCount].flatMap { Int($0) } ?? wallCount
        wallOrder = values[.wallOrder].flatMap(Order.init) ?? wallOrder
        wallSites = AdvocacySettings.sites(values[.wallSites] ?? "").sites
    }

    /// As they are kept.
    var values: [Name: String] {
        [
            .askDays: "\(askDays)", .thankDays: "\(thankDays)", .consent: consent,
            .wallOn: wallIsOn ? "yes" : "no", .wallTitle: wallTitle, .wallCount: "\(wallCount)",
            .wallOrder: wallOrder.rawValue, .wallSites: wallSites.joined(separator: " "),
        ]
    }

    /// Origins typed one a line or with blanks between, and the first of them that is none.
    static func sites(_ text: String) -> (sites: [String], wrong: String?) {
        var sites: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            guard let address = SiteAddress(String(word)) else { return (sites, String(word)) }
            if !sites.contains(address.description) { sites.append(address.description) }
        }
        return (sites, nil)
    }
}
