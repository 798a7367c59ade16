import Kernel
import Markup
import Methods
import Web

/// Sets the profile that is wanted, on the picture or in numbers, and shows what was wanted before.
struct DesiredPage: Page {
    let profile: Profile
    let versions: [DesiredVersion]
    let names: [Int64: String]
    let today: LocalDate
    let answers: Answers
    let maySet: Bool

    var title: String { Phrase("desired.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1><p class="muted">\(t: "desired.lead")</p></div>\
        <a class="btn" href="/profile">\(t: "desired.back")</a></header>\(editor)\(history)</section>
        """
    }

    /// What the fields hold: what was typed, else what is wanted, else what is.
    private var standing: Levels { profile.desired?.levels ?? profile.levels }

    private var typed: Levels {
        func number(_ name: String, _ standard: Int) -> Int {
            let typed = Int(answers.value(name, String(standard))) ?? standard
            return min(max(typed, 0), DesiredVersion.most)
        }
        return Levels(
            first: number("first", standing.first), repeating: number("repeat", standing.repeating),
            advocate: number("advocate", standing.advocate))
    }

    private var editor: HTML? {
        let picture = DesiredPicture(
            current: profile.levels, isMeasured: profile.advocacyMeasured, wanted: typed
        ).html
        let figure: HTML = """
            <figure class="card fig"><div class="desired-stage">\(picture)</div>\
            <figcaption class="muted">\(t: "desired.picture.how", .day(daysSinceEpoch: profile.window.lowerBound.daysSinceEpoch), .day(daysSinceEpoch: profile.window.upperBound.daysSinceEpoch))</figcaption></figure>
            """
        guard maySet else { return figure }
        return
            #"<div class="two">\#(figure)<section class="card"><h2 class="h">\#(t: "desired.numbers")</h2>\#(form)\#(removal)</section></div>"#
    }

    private var form: HTML {
        let content: HTML = """
            \(answers.notice)\(number("advocate", standing.advocate))\(number("repeat", standing.repeating))\
            \(number("first", standing.first))\
            \(answers.field("from", Phrase("desired.from"), .date, standard: today.description))\
            \(answers.field("reason", Phrase("desired.reason"), .lines(3), hint: Phrase("desired.reason.hint")))\
            <button class="btn primary">\(t: "desired.save")</button>
            """
        return Form("/profile/desired", name: "stack", content: content).html
    }

    private func number(_ name: String, _ standard: Int) -> HTML {
        answers.field(
            name, Phrase("desired.\(name)"), .number, standard: String(standard), autocomplete: "off")
    }

    private var removal: HTML? {
        guard profile.desired != nil else { return nil }
        return Form(
            "/profile/desired/removal", content: #"<button class="btn">\#(t: "desired.remove")</button>"#
        ).html
    }

    private var history: HTML {
        guard !versions.isEmpty else { return #"<p class="empty">\#(t: "desired.none")</p>"# }
        return """
            <section class="card"><h2 class="h">\(t: "desired.history")</h2>\
            <div class="scroll" tabindex="0" role="region" aria-label="\(t: "desired.history")"><table class="table">\
            <caption class="hidden">\(t: "desired.history")</caption><thead><tr><th scope="col">\(t: "desired.column.from")</th>\
            <th scope="col" class="number">\(t: "figure.level.first")</th><th scope="col" class="number">\(t: "figure.level.repeat")</th>\
            <th scope="col" class="number">\(t: "figure.level.advocate")</th><th scope="col">\(t: "desired.column.reason")</th>\
            <th scope="col">\(t: "desired.column.who")</th></tr></thead><tbody>\(versions.map(row))</tbody></table></div></section>
            """
    }

    private func row(_ version: DesiredVersion) -> HTML {
        let who = version.setBy.flatMap { names[$0] } ?? Phrase("desired.somebody").text
        let when: HTML = "<bdi>\(who)</bdi>, \(.instant(version.setAt.milliseconds))"
        guard let levels = version.levels else {
            return """
                <tr><th scope="row">\(.day(daysSinceEpoch: version.from.daysSinceEpoch))</th><td colspan="4">\(t: "desired.removed.row")</td><td>\(when)</td></tr>
                """
        }
        return """
            <tr><th scope="row">\(.day(daysSinceEpoch: version.from.daysSinceEpoch))</th><td class="number">\(.count(levels.first))</td>\
            <td class="number">\(.count(levels.repeating))</td><td class="number">\(.count(levels.advocate))</td>\
            <td class="reason"><bdi>\(version.reason)</bdi></td><td>\(when)</td></tr>
            """
    }
}
