import Kernel
import Markup
import Methods
import Web

/// What kind of customer relationships the organisation makes, from its own data.
struct ProfilePage: Page {
    let profile: Profile
    let figure: ProfileFigure
    let quarters: [Profile]
    let standard: ClosedRange<LocalDate>
    let query: Query
    let mayDownload: Bool
    let refusal: ProfileRefusal?
    let findings: FindingsShown
    var segments: [Segment] = []

    var title: String { Phrase("profile.title").text }

    var main: HTML {
        """
        <section class="page profile" data-live="customers profile">
          <header class="page-head"><div><h1>\(profile.shape.sentence)</h1>\(meaning)<p class="muted">\(scope)</p></div>\(downloads)</header>
          \(WindowChooser(window: profile.window, standard: standard, refusal: refusal).html)
          \(SegmentChooser(segments: segments, current: nil, path: "/profile").html)
          <div class="two">
            <figure class="card fig">\(figure.embedded(links: links))</figure>
            <div class="card"><h2 class="h">\(t: "profile.numbers") <small>\(t: "profile.numbers.from")</small></h2>
              \(levelTable)\(DesiredLine(profile: profile).html)\(chances)\(rule)</div>
          </div>
          \(FindingsCard(shown: findings).html)\(LevelColumns(shown: findings).html)
          \(QuarterCard(quarters: quarters, end: standard.upperBound).html)
        </section>
        """
    }

    private var scope: HTML {
        """
        \(figure.windowWords). \(t: "profile.customers", profile.customers), \(t: "profile.purchases", profile.purchases)\(money).
        """
    }

    private var meaning: HTML? {
        profile.shape.meaning.map { meaning in "<p class=\"says\">\(meaning)</p>" }
    }

    /// Two currencies, the largest first, and how many more there are: they cannot be added.
    private var money: HTML {
        let totals = profile.totals.sorted { $0.minor.magnitude > $1.minor.magnitude }
        let shown = totals.prefix(2).map { total -> HTML in
            ", \(.money(minor: total.minor, currency: total.currency.code))"
        }.joined()
        let more: HTML? = totals.count > 2 ? " \(t: "profile.moreCurrencies", totals.count - 2)" : nil
        return "\(shown)\(more)"
    }

    private var downloads: HTML? {
        guard mayDownload else { return nil }
        let links = ["svg", "png", "json"].map { format -> HTML in
            let address = "/profile/picture/\(format)" + ProfilePage.window(profile.window)
            return #"<a class="btn" href="\#(address)" download>\#(format.uppercased())</a>"#
        }
        return #"<div class="actions" role="group" aria-label="\#(t: "profile.download")">\#(links)</div>"#
    }

    /// The query that asks for a window again.
    static func window(_ window: ClosedRange<LocalDate>) -> String {
        "?from=\(window.lowerBound)&to=\(window.upperBound)"
    }

    private func address(_ level: ProfileLevel) -> String {
        "/profile/behind/\(level.rawValue)" + ProfilePage.window(profile.window)
    }

    private var links: [Level: String] {
        [.first: address(.first), .repeating: address(.repeating), .advocate: address(.advocate)]
    }

    private var levelTable: HTML {
        let counts: [(ProfileLevel, Level, Int)] = [
            (.advocate, .advocate, profile.levels.advocate),
            (.repeating, .repeating, profile.levels.repeating),
            (.first, .first, profile.levels.first),
        ]
        let rows = counts.map { level, badge, count -> HTML in
            let number: HTML =
                level == .advocate && !profile.advocacyMeasured
                ? #"<span class="muted">\#(t: "profile.unmeasured")</span>"#
                : ##"<a href="\##(address(level))">\##(.count(count))</a>"##
            let meaning = Phrase("profile.meaning.\(level.rawValue)")
            return """
                <tr><th scope="row">\(badge.badge)</th><td class="number">\(number)</td>\
                <td class="muted">\(meaning)</td></tr>
                """
        }
        return """
            <table class="levels"><caption class="hidden">\(t: "profile.numbers")</caption><thead><tr>\
            <th scope="col">\(t: "profile.level")</th><th scope="col" class="number">\(t: "profile.count")</th>\
            <th scope="col">\(t: "profile.who")</th></tr></thead><tbody>\(rows)</tbody></table>
            """
    }

    private var chances: HTML {
        let rows = Shape.allCases.map { shape -> HTML in
            let chance = profile.shape.probabilities[shape]
            return """
                <tr><th scope="row">\(shape.name)</th><td class="number">\(.percent(chance, decimals: 1))</td>\
                <td><meter min="0" max="1" value="\(chance)" aria-hidden="true"></meter></td></tr>
                """
        }
        return """
            <h3 class="h">\(t: "profile.chances") <small>\(t: "profile.chances.what")</small></h3>
            <table class="chances"><caption class="hidden">\(t: "profile.chances")</caption><tbody>\(rows)</tbody></table>
            """
    }

    private var rule: HTML {
        let lines = figure.ruleLines.map { line -> HTML in "<li>\(line)</li>" }
        let cycle: HTML? = profile.medianCycleDays.map { days in
            "<li>\(t: "profile.cycle", .number(days, decimals: 0))</li>"
        }
        let history: HTML? = profile.historyBegins.map { day in
            "<li>\(t: "profile.history", .day(daysSinceEpoch: day.daysSinceEpoch))</li>"
        }
        return
            #"<details class="rule"><summary>\#(t: "profile.rule")</summary><ul>\#(lines)\#(cycle)\#(history)</ul></details>"#
    }
}

/// Chooses the days a profile looks at.
struct WindowChooser {
    let window: ClosedRange<LocalDate>
    let standard: ClosedRange<LocalDate>
    let refusal: ProfileRefusal?
    /// The screen whose days are chosen.
    var path = "/profile"
    /// What else its address says, kept as it is.
    var kept: [(name: String, value: String)] = []

    var html: HTML {
        """
        <form class="chooser" method="get" action="\(path)" aria-label="\(t: "profile.window")">\(keptFields)
          <nav aria-label="\(t: "profile.window.presets")">\(presets.map(link))</nav>
          \(date("from", window.lowerBound))\(date("to", window.upperBound))
          <button class="btn">\(t: "profile.window.show")</button>
          \(##"<p class="field-error" role="alert">\##(refusal?.phrase.text ?? "")</p>"##, if: refusal != nil)
        </form>
        """
    }

    private var keptFields: [HTML] {
        kept.map { #"<input type="hidden" name="\#($0.name)" value="\#($0.value)">"# }
    }

    private func date(_ name: String, _ day: LocalDate) -> HTML {
        """
        <label for="window-\(name)">\(t: "profile.window.\(name)")</label>\
        <input id="window-\(name)" type="date" name="\(name)" value="\(day.description)" required>
        """
    }

    private struct Preset {
        let name: Phrase
        let days: ClosedRange<LocalDate>
    }

    private var presets: [Preset] {
        let end = standard.upperBound
        let year = end.civil.year
        let before = LevelWindow.start(endingAt: standard.lowerBound + (-1), months: 12)
        let years = [year, year - 1, year - 2].compactMap { year -> Preset? in
            guard let first = LocalDate(year: year, month: 1, day: 1),
                let last = LocalDate(year: year, month: 12, day: 31)
            else { return nil }
            return Preset(name: Phrase("profile.window.year", .text("\(year)")), days: first...last)
        }
        return [
            Preset(name: Phrase("profile.window.standard"), days: standard),
            Preset(name: Phrase("profile.window.before"), days: before...(standard.lowerBound + (-1))),
        ] + years
    }

    private func link(_ preset: Preset) -> HTML {
        let address = kept.reduce(path + ProfilePage.window(preset.days)) { $0 + "&\($1.name)=\($1.value)" }
        let isShown = preset.days == window
        return
            #"<a class="btn" href="\#(address)" \#(attribute: "aria-current", "true", if: isShown)>\#(preset.name)</a>"#
    }
}

/// The customers a number of the profile counts.
struct BehindPage: Page {
    let level: ProfileLevel
    let profile: Profile
    let portion: Portion<CustomerRow>
    let query: Query

    var title: String { Phrase("behind.\(level.rawValue)").text }

    private var count: Int {
        switch level {
        case .first: profile.levels.first
        case .repeating: profile.levels.repeating
        case .advocate: profile.levels.advocate
        }
    }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1><p class="muted">\
        \(t: "behind.what", .count(count), start, end) \(t: "profile.meaning.\(level.rawValue)") \(t: "behind.sorted")</p></div>
        <a class="btn" href="\("/profile" + ProfilePage.window(profile.window))">\(t: "behind.back")</a></header>
        \(list)</section>
        """
    }

    private var start: Argument { .day(daysSinceEpoch: profile.window.lowerBound.daysSinceEpoch) }
    private var end: Argument { .day(daysSinceEpoch: profile.window.upperBound.daysSinceEpoch) }

    private var list: HTML {
        guard !portion.items.isEmpty else { return #"<p class="empty">\#(t: "behind.none")</p>"# }
        let next: HTML? = portion.next.map { next in
            let address = "/profile/behind/\(level.rawValue)" + query.with("after", next)
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption>
              <thead><tr><th scope="col">\(t: "customers.name")</th><th scope="col">\(t: "customers.level")</th>\
            <th scope="col" class="wide">\(t: "customers.email")</th><th scope="col" class="number">\(t: "customers.occasions")</th>\
            <th scope="col" class="number">\(t: "customers.last")</th></tr></thead>
              <tbody>\(portion.items.map(CustomerLine.html))</tbody></table>\(next)
            """
    }
}
