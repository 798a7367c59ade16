import Kernel
import Markup
import Web

/// What an administrator may set about asking, thanking and the wall, and how the wall gets into a page.
struct AdvocacySettingsPage: Page {
    let settings: AdvocacySettings
    let address: OwnAddress
    var answers = Answers()

    var title: String { Phrase("advocacy.settings.title").text }

    var main: HTML {
        """
        <section class="page narrow advocates"><header class="page-head"><div><h1>\(title)</h1></div>\
        <div class="actions"><a class="btn" href="/advocates">\(t: "advocacy.back")</a></div></header>\
        <section class="card">\(form)</section>\(embedding)</section>
        """
    }

    private var form: HTML {
        let orders = AdvocacySettings.Order.allCases.map {
            Choice($0.rawValue, Phrase("wall.order.\($0.rawValue)").text)
        }
        let on = [Choice("no", Phrase("wall.off").text), Choice("yes", Phrase("wall.isOn").text)]
        return Form(
            "/advocates/settings", name: "stack",
            content: """
                \(answers.notice)\
                \(answers.field("ask_days", Phrase("advocacy.settings.askDays"), .number, standard: "\(settings.askDays)", hint: Phrase("advocacy.settings.askDays.hint")))\
                \(answers.field("thank_days", Phrase("advocacy.settings.thankDays"), .number, standard: "\(settings.thankDays)", hint: Phrase("advocacy.settings.thankDays.hint")))\
                \(answers.field("consent", Phrase("advocacy.settings.consent"), .lines(4), standard: settings.consent, hint: Phrase("advocacy.settings.consent.hint"), required: false))\
                \(answers.field("wall_on", Phrase("wall.on"), .choice(on), standard: settings.wallIsOn ? "yes" : "no", hint: Phrase("wall.on.hint")))\
                \(answers.field("wall_title", Phrase("wall.heading"), standard: settings.wallTitle, required: false))\
                \(answers.field("wall_count", Phrase("wall.count"), .number, standard: "\(settings.wallCount)"))\
                \(answers.field("wall_order", Phrase("wall.order"), .choice(orders), standard: settings.wallOrder.rawValue))\
                \(answers.field("wall_sites", Phrase("wall.sites"), .lines(3), standard: settings.wallSites.joined(separator: "\n"), hint: Phrase("wall.sites.hint"), required: false))\
                <button class="btn primary">\(t: "settings.save")</button>
                """
        ).html
    }

    private var embedding: HTML {
        guard settings.wallIsOn else { return .empty }
        let script = #"<script src="\#(address.link("/wall.js"))" async></script>"#
        let frame = #"<iframe src="\#(address.link("/wall"))" title="…"></iframe>"#
        return advocacyCard(
            "embed", Phrase("wall.embed"),
            """
            <p>\(t: "wall.embed.script")</p><pre class="secret">\(script)</pre>\
            <p>\(t: "wall.embed.frame")</p><pre class="secret">\(frame)</pre><p><a href="/wall">\(t: "wall.look")</a></p>
            """)
    }
}

extension AdvocacySettings {
    /// As somebody typed them.
    init(_ form: PostedForm) throws {
        guard let ask = try form.int("ask_days", in: 1...AdvocacySettings.longestAskDays) else {
            throw FieldRefusal.missing(field: "ask_days")
        }
        guard let thank = try form.int("thank_days", in: 1...AdvocacySettings.longestThankDays) else {
            throw FieldRefusal.missing(field: "thank_days")
        }
        guard let count = try form.int("wall_count", in: 1...AdvocacySettings.mostOnWall) else {
            throw FieldRefusal.missing(field: "wall_count")
        }
        let (sites, wrong) = AdvocacySettings.sites(form.text("wall_sites"))
        if let wrong { throw WallRefusal.notASite(wrong) }
        guard sites.count <= AdvocacySettings.mostSites else { throw WallRefusal.tooManySites }
        guard form.text("consent").utf8.count <= 20_000 else {
            throw FieldRefusal.tooLong(field: "consent", limit: 20_000)
        }
        self.init()
        (askDays, thankDays, wallCount, wallSites) = (ask, thank, count, sites)
        consent = form.text("consent")
        wallIsOn = form.text("wall_on") == "yes"
        wallTitle = try form.line("wall_title", limit: 120)
        wallOrder = try form.choice("wall_order", as: Order.self) ?? .newest
    }
}

/// Why the wall is not set up so.
enum WallRefusal: Refusal, Equatable {
    case notASite(String)
    case tooManySites

    var phrase: Phrase {
        switch self {
        case .notASite(let text): Phrase("wall.refused.site", .text(String(text.prefix(100))))
        case .tooManySites: Phrase("wall.refused.tooMany", .count(AdvocacySettings.mostSites))
        }
    }

    var field: String? { "wall_sites" }
}
