import Kernel
import Markup

/// Three columns of numbers, one a level, now and a year before, with the lever to pull.
struct LevelColumns {
    let shown: FindingsShown

    var html: HTML? {
        guard let state = shown.state, state.document.measures.contains(where: { $0.now != .nothing }) else {
            return nil
        }
        let columns = ProfileLevel.allCases.map { column($0, state) }
        return #"<div class="three">\#(columns)</div>"#
    }

    private func column(_ level: ProfileLevel, _ state: FindingState) -> HTML {
        let rows = state.document.measures.filter { measure in
            measure.level == level.rawValue && shown.sight.sees(measure)
                && (measure.now != .nothing || measure.then != .nothing)
        }
        return """
            <section class="card level-column" aria-labelledby="column-\(level.rawValue)">\
            <h2 class="h" id="column-\(level.rawValue)">\(t: "finding.level.\(level.rawValue)")</h2>\
            <table class="measures"><caption class="hidden">\(t: "finding.level.\(level.rawValue)"), \(window(state))</caption><thead><tr>\
            <th scope="col">\(t: "finding.measure")</th><th scope="col" class="number">\(t: "finding.column.now")</th>\
            <th scope="col" class="number">\(t: "finding.column.then")</th></tr></thead><tbody>\(rows.map(row))</tbody></table>\
            \(lever(level))</section>
            """
    }

    private func window(_ state: FindingState) -> Phrase {
        Phrase(
            "figure.window", .day(daysSinceEpoch: state.window.lowerBound.daysSinceEpoch),
            .day(daysSinceEpoch: state.window.upperBound.daysSinceEpoch))
    }

    private func row(_ measure: LevelMeasure) -> HTML {
        """
        <tr><th scope="row">\(t: "finding.measure.\(measure.key)")</th>\
        <td class="number">\(cell(measure.now, link: shown.sight.link(measure.link)))</td>\
        <td class="number">\(cell(measure.then))</td></tr>
        """
    }

    private func cell(_ value: FindingValue, link: String? = nil) -> HTML {
        let number = shown.words.html(value.parts?.number ?? value)
        let linked: HTML = link.map { #"<a href="\#($0)">\#(number)</a>"# } ?? number
        guard let range = value.parts?.range else { return linked }
        return "\(linked)<small>\(range)</small>"
    }

    private func lever(_ level: ProfileLevel) -> HTML {
        guard let kept = shown.lever(level.rawValue) else {
            return #"<p class="muted lever">\#(t: "finding.lever.none")</p>"#
        }
        let sentence = shown.words.headline(kept.finding)
        let link: HTML? = shown.sight.link(kept.finding.evidence).map { address in
            let label = Phrase("finding.evidence.of", .text(shown.words.headlineText(kept.finding)))
            return #" <a href="\#(address)" aria-label="\#(label)">\#(t: "finding.evidence")</a>"#
        }
        return #"<p class="lever"><b>\#(t: "finding.lever")</b> \#(sentence)\#(link)</p>"#
    }
}
