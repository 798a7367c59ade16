import Kernel
import Markup
import Methods

/// Who answered against who could have: levels of customers, and the score with each level at its true weight.
struct NPSMixCard {
    let report: NPSReport

    var html: HTML {
        """
        <section class="card"><h2 class="h" id="mix">\(t: "nps.mix")</h2>\(content)</section>
        """
    }

    private var content: HTML {
        guard let mix = report.mix, let responses = mix.responses else {
            return #"<p class="muted">\#(t: "nps.mix.none")</p>"#
        }
        return """
            <p>\(t: mix.differs ? "nps.mix.differs" : "nps.mix.alike", .text(chance(responses.test.pValue)))\
            \(##" <span class="muted">\##(t: "nps.mix.small")</span>"##, if: (responses.test.leastExpected ?? 5) < 5)</p>
            \(table(mix, responses))\(scores(mix))
            <p class="faint">\(t: "nps.mix.days", day(mix.answers.lowerBound), day(mix.answers.upperBound),
            day(mix.levelWindow.lowerBound), day(mix.levelWindow.upperBound), .instant(mix.computedAt.milliseconds))\
            \(##" \##(t: "nps.mix.prospects", mix.prospects)"##, if: mix.prospects > 0)</p>
            """
    }

    private func day(_ day: LocalDate) -> Argument { .day(daysSinceEpoch: day.daysSinceEpoch) }

    private func chance(_ p: Double) -> String {
        p < 0.001
            ? "p < \(Argument.number(0.001, decimals: 3).text)"
            : "p = \(Argument.number(p, decimals: 3).text)"
    }

    private func table(_ mix: NPSMix, _ responses: ResponseMix) -> HTML {
        let rows = zip(mix.levels, responses.levels).map { level, response -> HTML in
            """
            <tr><th scope="row">\(level.level.badge)</th><td class="number">\(.percent(response.partOfBase, decimals: 1))</td>\
            <td class="number">\(.percent(response.partOfAnswers ?? 0, decimals: 1))</td>\
            <td class="number">\(rate(response.rate))</td><td class="number">\
            <a href="\(address(level.level, mix))">\(.count(level.counts.total))</a></td></tr>
            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="mix"><table><thead><tr>\
            <th scope="col">\(t: "customers.level")</th><th scope="col" class="number">\(t: "nps.mix.base")</th>\
            <th scope="col" class="number">\(t: "nps.mix.said")</th><th scope="col" class="number">\(t: "nps.mix.rate")</th>\
            <th scope="col" class="number">\(t: "nps.mix.people")</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func rate(_ rate: WilsonInterval?) -> String {
        guard let rate else { return "–" }
        let ends = [rate.lower, rate.upper].map { Argument.percent($0, decimals: 1).text }
        return "\(ends[0]) … \(ends[1])"
    }

    private func address(_ level: Level, _ mix: NPSMix) -> String {
        "/nps/answers?from=\(mix.answers.lowerBound)&to=\(mix.answers.upperBound)"
            + "&about=\(report.about.rawValue)&level=\(level.rawValue)"
    }

    /// The score of these people as they answered, and with each level at its part of the base.
    private func scores(_ mix: NPSMix) -> HTML {
        do throws(ScoreRefusal) {
            let weighted = try mix.weighted()
            guard let raw = mix.raw, raw.isShowable else {
                return #"<p class="muted">\#(t: "nps.mix.few")</p>"#
            }
            return """
                <dl class="facts"><dt>\(t: "nps.mix.raw")</dt><dd>\(spell(raw.value, raw.interval))</dd>\
                <dt>\(t: "nps.mix.weighted")</dt><dd>\(spell(weighted.value, weighted.interval))</dd></dl>
                """
        } catch {
            guard case .levelWithoutAnswers(let name) = error, let level = Level(rawValue: name) else {
                return #"<p class="muted">\#(t: "nps.mix.few")</p>"#
            }
            return #"<p class="muted">\#(t: "nps.mix.silent", level.phrase.text)</p>"#
        }
    }

    private func spell(_ value: Double, _ interval: ScoreInterval) -> Phrase {
        Phrase(
            "nps.valueWithRange", .number(value, decimals: 1), .number(interval.lower, decimals: 1),
            .number(interval.upper, decimals: 1))
    }
}

/// The score of each quarter with its range, and whether it moved.
struct NPSQuarterCard {
    let quarters: [NPSQuarter]
    /// The last day with an answer: the quarter it falls into is not over.
    let end: LocalDate
    let about: Answer.About

    var html: HTML {
        """
        <section class="card"><h2 class="h" id="quarters">\(t: "nps.quarters")</h2>
        \(content)</section>
        """
    }

    private var content: HTML {
        guard !quarters.isEmpty else { return #"<p class="empty">\#(t: "nps.quarters.none")</p>"# }
        return """
            \(NPSQuarterPicture(quarters: quarters).html)
            <div class="scroll" tabindex="0" role="region" aria-labelledby="quarters"><table><thead><tr>\
            <th scope="col">\(t: "figure.quarters.quarter")</th><th scope="col" class="number">\(t: "nps.score")</th>\
            <th scope="col" class="number">\(t: "nps.range")</th><th scope="col" class="number">\(t: "nps.answers")</th>\
            <th scope="col">\(t: "nps.change")</th></tr></thead><tbody>\(quarters.map(row))</tbody></table></div>
            """
    }

    private func row(_ quarter: NPSQuarter) -> HTML {
        let address =
            "/nps/answers?from=\(quarter.days.lowerBound)&to=\(quarter.days.upperBound)&about=\(about.rawValue)"
        return """
            <tr><th scope="row">\(NPSQuarterCard.name(quarter, end: end))</th>\(NPSCells(reading: quarter.reading).html)\
            <td class="number"><a href="\(address)">\(.count(quarter.reading.counts.total))</a></td>\
            <td>\(change(quarter.change))</td></tr>
            """
    }

    static func name(_ quarter: NPSQuarter, end: LocalDate? = nil) -> Phrase {
        let name = Phrase("figure.quarter", .text("\(quarter.number)"), .text("\(quarter.year)"))
        guard let end, quarter.days.upperBound > end else { return name }
        return Phrase("figure.quarter.partial", .text(name.text))
    }

    /// A change never stands without its margin, and says whether chance alone would do it.
    private func change(_ change: ScoreChange?) -> Phrase {
        guard let change else { return Phrase("nps.change.none") }
        let isClear = (change.pValue ?? 1) < 0.05
        let word = !isClear ? "same" : change.difference > 0 ? "up" : "down"
        return Phrase(
            "nps.change.\(word)", .number(change.difference, decimals: 1),
            .number(change.interval.lower, decimals: 1), .number(change.interval.upper, decimals: 1))
    }
}

/// The quarters as points with the range each credibly lies in, from -100 to 100.
struct NPSQuarterPicture {
    let quarters: [NPSQuarter]

    var html: HTML? {
        guard quarters.contains(where: { $0.reading.shown != nil }) else { return nil }
        let width = 60 + 104 * quarters.count
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(t: "nps.quarters.picture")">\
            <svg class="nps-quarters" viewBox="0 0 \(width) 230" width="\(width)" height="230" role="img" \
            aria-label="\(t: "nps.quarters.picture")">\([100, 50, 0, -50, -100].map { line($0, width) })\
            \(quarters.enumerated().map { mark($0.offset, $0.element) })</svg></div>
            """
    }

    /// Where a score stands, from the top.
    private func height(_ score: Double) -> Double { 100 - 0.9 * score + 5 }

    private func line(_ score: Int, _ width: Int) -> HTML {
        let y = height(Double(score))
        return """
            <line class="grid" x1="44" x2="\(width)" y1="\(y)" y2="\(y)"/>\
            <text x="38" y="\(y + 4)" text-anchor="end">\(.number(Double(score), decimals: 0))</text>
            """
    }

    private func mark(_ place: Int, _ quarter: NPSQuarter) -> HTML {
        let x = Double(96 + 104 * place)
        let name: HTML =
            #"<text x="\#(x)" y="220" text-anchor="middle">\#(NPSQuarterCard.name(quarter))</text>"#
        guard let score = quarter.reading.shown else { return name }
        let (top, bottom) = (height(score.interval.upper), height(score.interval.lower))
        return """
            <line class="range" x1="\(x)" x2="\(x)" y1="\(top)" y2="\(bottom)"/>\
            <circle cx="\(x)" cy="\(height(score.value))" r="4.5"/>\
            <text class="value" x="\(x + 9)" y="\(height(score.value) + 4)">\(.number(score.value, decimals: 0))</text>\(name)
            """
    }
}
