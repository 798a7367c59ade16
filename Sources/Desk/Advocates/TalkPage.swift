import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// What advocates say that others do not, with words to read, and what they say less and less.
struct TalkPage: Page {
    let kept: TalkStore.Kept?
    let quotes: [TalkSource: TalkQuote]
    let maySeeCustomers: Bool

    var title: String { Phrase("talk.title").text }

    var main: HTML { AdvocatesFrame(title: title, lead: lead).html(content) }

    private var lead: HTML {
        guard let kept else { return "\(t: "talk.lead")" }
        let cut: HTML? = kept.report.isCut ? " \(t: "talk.cut", TalkStore.mostTexts)" : nil
        return
            "\(t: "talk.lead") \(t: "talk.asOf", .instant(kept.computedAt.milliseconds), .count(kept.report.texts))\(cut)"
    }

    private var content: HTML {
        guard let kept else { return #"<p class="empty">\#(t: "talk.notYet")</p>"# }
        guard !kept.report.languages.isEmpty else { return #"<p class="empty">\#(t: "talk.nothing")</p>"# }
        return "\(kept.report.languages.map(section))"
    }

    private func section(_ language: TalkLanguage) -> HTML {
        let name = Phrase("talk.language.\(language.language.rawValue)")
        let what: HTML = "\(t: "talk.sides", .count(language.advocates), .count(language.others))"
        return advocacyCard(
            "talk-\(language.language.rawValue)", name,
            "<p class=\"muted\">\(what)</p>\(terms(language))\(fading(language))")
    }

    private func terms(_ language: TalkLanguage) -> HTML {
        guard let terms = language.terms else {
            return "<p>\(t: "talk.tooFew", TalkReading.leastTexts)</p>"
        }
        guard !terms.isEmpty else { return "<p>\(t: "talk.noTerm")</p>" }
        let items = terms.map { item($0, language) }
        return #"<p class="faint">\#(t: "talk.rule")</p><ol class="plain terms">\#(items)</ol>"#
    }

    private func item(_ term: TalkTerm, _ language: TalkLanguage) -> HTML {
        let shown = term.quotes.compactMap { quotes[$0] }
        let lines = maySeeCustomers ? shown.map(quote) : []
        return """
            <li><h3><bdi>\(TalkPage.words(of: term.term))</bdi></h3><p class="muted">\(t: "talk.term", .percent(share(term.first, language.advocates), decimals: 1), .percent(share(term.second, language.others), decimals: 1), .count(term.first), .count(term.second), .count(term.customers), .number(term.z, decimals: 1))</p>\
            \(##"<ul class="plain">\##(lines)</ul>"##, if: !lines.isEmpty)</li>
            """
    }

    private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    private func quote(_ quote: TalkQuote) -> HTML {
        let who: HTML =
            if let person = quote.person, let name = quote.name {
                AdvocatesFrame.customer(person, name)
            } else { "<span class=\"faint\">\(t: "answers.anonymous")</span>" }
        return #"<li><blockquote dir="auto">\#(quote.words)</blockquote> \#(who)</li>"#
    }

    /// `not_work` is read as "not work".
    static func words(of term: String) -> String { term.replacing("_", with: " ") }

    private func fading(_ language: TalkLanguage) -> HTML? {
        guard language.terms != nil else { return nil }
        guard let fading = language.fading else {
            return "<h3>\(t: "talk.fading")</h3><p>\(t: "talk.fading.tooFew", TalkReading.leastQuarter)</p>"
        }
        guard !fading.isEmpty else { return "<h3>\(t: "talk.fading")</h3><p>\(t: "talk.fading.none")</p>" }
        let heads = language.quarters.map { quarter -> HTML in
            #"<th scope="col" class="number">\#(TalkPage.quarter(quarter))</th>"#
        }
        let rows = fading.map { term -> HTML in
            let cells = term.shares.map { share -> HTML in
                #"<td class="number">\#(share.map { Argument.percent($0, decimals: 0).text } ?? "–")</td>"#
            }
            return "<tr><th scope=\"row\"><bdi>\(TalkPage.words(of: term.term))</bdi></th>\(cells)</tr>"
        }
        return """
            <h3>\(t: "talk.fading")</h3><p class="muted">\(t: "talk.fading.what")</p><div class="scroll" tabindex="0" role="region" aria-label="\(t: "talk.fading")"><table><thead><tr>\
            <th scope="col">\(t: "talk.fading.term")</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    static func quarter(_ quarter: Int) -> String {
        Phrase("talk.quarter", .text("\(quarter % 4 + 1)"), .text("\(quarter / 4)")).text
    }
}

/// The overview of advocacy, what advocates say, and what may be set.
struct AdvocatesRoutes: Sendable {
    let desk: Desk
    let talk: TalkStore

    var all: [Route] {
        [
            .agent(.get, "/advocates", needs: .seeCustomers, use: overview),
            .agent(.get, "/advocates/talk", needs: .seeProfile, use: listen),
            .agent(.get, "/advocates/settings", needs: .changeSettings, use: settings),
            .agent(.post, "/advocates/settings", needs: .changeSettings, use: change),
        ]
    }

    @Sendable func overview(_ request: Request, in context: AgentContext) async throws -> Response {
        let today = try await desk.today()
        let page = AdvocatesPage(
            totals: try await desk.database.read {
                try AdvocacyTotals.read(today: today.daysSinceEpoch, in: $0)
            },
            mayChange: context.may(.changeSettings), maySeeProfile: context.may(.seeProfile))
        return .page(page, in: try await desk.shell(for: context, here: "/advocates"))
    }

    @Sendable func listen(_ request: Request, in context: AgentContext) async throws -> Response {
        let kept = try await talk.latest()
        let sources = kept?.report.languages.flatMap { $0.terms ?? [] }.flatMap(\.quotes) ?? []
        let maySee = context.may(.seeCustomers)
        let page = TalkPage(
            kept: kept, quotes: maySee ? try await talk.quotes(sources) : [:], maySeeCustomers: maySee)
        return .page(page, in: try await desk.shell(for: context, here: "/advocates"))
    }

    @Sendable func settings(_ request: Request, in context: AgentContext) async throws -> Response {
        try await settingsPage(request, context)
    }

    private func settingsPage(
        _ request: Request, _ context: AgentContext, _ refusal: (any Refusal)? = nil
    ) async throws -> Response {
        let now = desk.clock.now
        var page = AdvocacySettingsPage(
            settings: try await desk.database.read { try AdvocacySettings.read(at: now, in: $0) },
            address: OwnAddress(request, isSecure: context.request.isSecure))
        if let refusal { page.answers = Answers(context.form, refusal) }
        return .page(
            page, in: try await desk.shell(for: context, here: "/advocates"), status: refusal?.status ?? .ok)
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let changed = try AdvocacySettings(context.form)
            let act = desk.act(by: context.person.id)
            try await desk.database.write { connection in
                let before = try AdvocacySettings.read(at: act.at, in: connection).values
                for (name, value) in changed.values.sorted(by: { $0.key.rawValue < $1.key.rawValue })
                where before[name] != value {
                    try SettingStore.set(name.rawValue, to: value, by: act, in: connection)
                }
                try connection.record("settings.changed", "organisation", 1, by: act)
            }
            return .redirect(to: "/advocates/settings", saying: Phrase("advocacy.settings.saved"))
        } catch let refusal as any Refusal {
            return try await settingsPage(request, context, refusal)
        }
    }
}
