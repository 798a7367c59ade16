import Kernel
import Markup
import Methods
import Web

/// Whether customers would recommend us, with how sure that is and who said so.
struct NPSPage: Page {
    let report: NPSReport
    let refusal: ProfileRefusal?
    let mayImport: Bool
    var segments: [Segment] = []

    var title: String { Phrase("nps.title").text }

    private var address: NPSAddress { NPSAddress(report: report) }

    var main: HTML {
        """
        <section class="page nps" data-live="customers">
          <header class="page-head"><div><h1>\(headline)</h1><p class="says">\(meaning)</p>\
        <p class="muted">\(scope)</p></div></header>
          \(chooser)\(SegmentChooser(segments: segments, current: nil, path: "/nps").html)\(questions)\(content)
        </section>
        """
    }

    private var chooser: HTML {
        let kept = [(name: "about", value: report.about.rawValue)]
        return WindowChooser(
            window: report.window, standard: report.standard, refusal: refusal, path: "/nps", kept: kept
        ).html
    }

    private var headline: Phrase {
        guard let score = report.reading.shown else { return Phrase("nps.headline.few") }
        return Phrase("nps.headline", .number(score.value, decimals: 2))
    }

    private var meaning: Phrase {
        if report.reading.counts.total == 0 { return Phrase("nps.none") }
        guard let score = report.reading.shown else {
            return Phrase("nps.few", .count(report.reading.counts.total), .count(30))
        }
        return Phrase(
            "nps.interval", .number(score.interval.lower, decimals: 1),
            .number(score.interval.upper, decimals: 1),
            .count(score.counts.total))
    }

    private var scope: HTML {
        """
        \(t: "nps.scope", .day(daysSinceEpoch: report.window.lowerBound.daysSinceEpoch),
        .day(daysSinceEpoch: report.window.upperBound.daysSinceEpoch)) \(t: "nps.about.\(report.about.rawValue)"). \
        \(t: "nps.never")
        """
    }

    /// Both questions, where both were asked: they are never added up.
    private var questions: HTML? {
        guard Answer.About.allCases.allSatisfy({ report.totals[$0, default: 0] > 0 }) else { return nil }
        let links = Answer.About.allCases.map { about -> HTML in
            let isShown = about == report.about
            let words =
                "\(Phrase("nps.about.\(about.rawValue)").text) (\(Argument.count(report.totals[about] ?? 0).text))"
            return
                #"<a class="btn" href="\#(address.screen(about))" \#(attribute: "aria-current", "true", if: isShown)>\#(words)</a>"#
        }
        return #"<nav class="chooser" aria-label="\#(t: "nps.questions")">\#(links)</nav>"#
    }

    private var content: HTML {
        guard !report.isEmpty else { return empty }
        return """
            \(mapped)<div class="two">\(parts)\(NPSMixCard(report: report).html)</div>
            \(NPSQuarterCard(quarters: report.quarters, end: report.standard.upperBound, about: report.about).html)
            <div class="two">\(tables)</div>
            """
    }

    private var empty: HTML {
        """
        <div class="empty card"><h2>\(t: "nps.none")</h2><p class="muted">\(t: "nps.none.how")</p>
        \(##"<p><a class="btn primary" href="/imports/new?kind=answers">\##(t: "nps.none.import")</a></p>"##, if: mayImport)</div>
        """
    }

    /// Another scale than the definition's is said wherever its score is shown.
    private var mapped: HTML? {
        guard !report.mapped.isEmpty else { return nil }
        let lines = report.mapped.map { group -> HTML in
            let halves = group.value.split(separator: " ", maxSplits: 1).map(String.init)
            let ends = halves[0].split(separator: "-").map(String.init)
            let rule = (halves.last ?? "").hasPrefix("cut:") ? "cut" : halves.last ?? "same-numbers"
            return """
                <li><i class="dot warn"></i><span>\(t: "nps.mapped", .count(group.reading.counts.total),
                .text(ends.first ?? ""), .text(ends.last ?? ""), .text(Phrase("answers.mapping.\(rule)").text))</span></li>
                """
        }
        return #"<ul class="advice">\#(lines)</ul>"#
    }

    private var parts: HTML {
        """
        <section class="card" aria-labelledby="parts"><h2 class="h" id="parts">\(t: "nps.parts") \
        <small>\(t: "nps.parts.scale")</small></h2>\(NPSBar(reading: report.reading).html)
        <table class="levels"><caption class="hidden">\(t: "nps.parts")</caption><thead><tr>\
        <th scope="col">\(t: "answers.part")</th><th scope="col" class="number">\(t: "nps.answers")</th>\
        <th scope="col" class="number">\(t: "nps.share")</th><th scope="col">\(t: "profile.who")</th></tr></thead>
        <tbody>\(Answer.Part.allCases.map(row))</tbody></table>
        <p><a href="\(address.all)">\(t: "nps.all", report.reading.counts.total)</a></p></section>
        """
    }

    private func row(_ part: Answer.Part) -> HTML {
        let count = report.reading.count(of: part)
        let total = report.reading.counts.total
        let share = total > 0 ? Argument.percent(Double(count) / Double(total), decimals: 1).text : "–"
        return """
            <tr><th scope="row">\(AnswerWords.part(part))</th><td class="number">\
            <a href="\(address.list("part", part.word))">\(.count(count))</a></td><td class="number">\(share)</td>\
            <td class="muted">\(t: "nps.meaning.\(part.word)")</td></tr>
            """
    }

    private var tables: [HTML] {
        [
            table("visits", report.visits) { VisitBand.name(Int($0) ?? 0) }, table("source", report.sources),
            table("event", report.events), table("attribute", report.attributes),
        ].compactMap(\.self)
    }

    private func table(
        _ name: String, _ groups: [NPSGroup], _ spell: @escaping (String) -> String = { $0 }
    ) -> HTML? {
        guard !groups.isEmpty else { return nil }
        return NPSGroupTable(name: name, groups: groups, address: address, spell: spell).html
    }
}

/// Promoters, passives and detractors in one bar, each as wide as its share.
struct NPSBar {
    let reading: NPSReading

    var html: HTML? {
        let total = reading.counts.total
        guard total > 0 else { return nil }
        var left = 0.0
        let pieces = Answer.Part.allCases.reversed().map { part -> HTML in
            let width = 1000 * Double(reading.count(of: part)) / Double(total)
            defer { left += width }
            return
                #"<rect class="part-\#(AnswerWords.style(part))" x="\#(left)" y="0" width="\#(width)" height="44"/>"#
        }
        return """
            <svg class="nps-bar" viewBox="0 0 1000 44" preserveAspectRatio="none" role="img" \
            aria-label="\(t: "nps.bar", .count(reading.counts.detractors), .count(reading.counts.passives),
            .count(reading.counts.promoters))">\(Array(pieces))</svg>
            """
    }
}

/// Scores by a source, an event, a number of visits or an attribute.
struct NPSGroupTable {
    let name: String
    let groups: [NPSGroup]
    let address: NPSAddress
    let spell: (String) -> String

    var html: HTML {
        """
        <section class="card"><h2 class="h" id="by-\(name)">\(t: "nps.by.\(name)")</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="by-\(name)"><table><thead><tr>\
        <th scope="col">\(t: "nps.by.\(name)")</th><th scope="col" class="number">\(t: "nps.score")</th>\
        <th scope="col" class="number">\(t: "nps.range")</th><th scope="col" class="number">\(t: "nps.answers")</th>\
        </tr></thead><tbody>\(groups.map(row))</tbody></table></div></section>
        """
    }

    private func row(_ group: NPSGroup) -> HTML {
        """
        <tr><th scope="row">\(spell(group.value))</th>\(NPSCells(reading: group.reading).html)<td class="number">\
        <a href="\(address.list(name, group.value))">\(.count(group.reading.counts.total))</a></td></tr>
        """
    }
}

/// A score and its interval in two cells; the bare counts while there are few.
struct NPSCells {
    let reading: NPSReading

    var html: HTML {
        guard let score = reading.shown else {
            let counts = Phrase(
                "nps.counts", .count(reading.counts.promoters), .count(reading.counts.passives),
                .count(reading.counts.detractors))
            return #"<td class="number muted" colspan="2">\#(counts)</td>"#
        }
        return """
            <td class="number">\(.number(score.value, decimals: 1))</td><td class="number muted">\
            \(.number(score.interval.lower, decimals: 1)) … \(.number(score.interval.upper, decimals: 1))</td>
            """
    }
}
