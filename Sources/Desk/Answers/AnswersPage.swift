import Kernel
import Markup
import Web

/// The answers behind a number, latest first.
struct AnswersPage: Page {
    let filter: AnswerFilter
    let portion: Portion<AnswerRow>
    let query: Query
    let mayExport: Bool

    var title: String {
        filter.part.map { Phrase("nps.part.\($0.word)").text } ?? Phrase("answers.list").text
    }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1><p class="muted">\
        \(t: "answers.list.what", start, end) \(t: "nps.about.\(filter.about.rawValue)"). \(narrowed)\
        \(t: "behind.sorted")</p></div><div class="actions">\(export)\
        <a class="btn" href="\(back)">\(t: "answers.list.back")</a></div></header>\(list)</section>
        """
    }

    private var start: Argument { .day(daysSinceEpoch: filter.days.lowerBound.daysSinceEpoch) }
    private var end: Argument { .day(daysSinceEpoch: filter.days.upperBound.daysSinceEpoch) }

    private var back: String {
        "/nps?from=\(filter.days.lowerBound)&to=\(filter.days.upperBound)&about=\(filter.about.rawValue)"
    }

    private var export: HTML? {
        guard mayExport else { return nil }
        let address = "/nps/answers.csv" + query.with("after", nil)
        return #"<a class="btn" href="\#(address)" download>\#(t: "answers.list.csv")</a>"#
    }

    /// What else narrows the list, in words.
    private var narrowed: String {
        let values = [
            filter.source.map { ("nps.by.source", $0) }, filter.event.map { ("nps.by.event", $0) },
            filter.band.map { ("nps.by.visits", VisitBand.name($0)) },
            filter.attribute.map { ("nps.by.attribute", $0) },
            filter.level.map { ("customers.level", $0.phrase.text) },
        ]
        return values.compactMap { value in
            value.map { "\(Phrase($0.0).text): \($0.1). " }
        }.joined()
    }

    private var list: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: "answers.list.none")</p>\#(more)"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption>
            <thead><tr><th scope="col">\(t: "answers.who")</th><th scope="col">\(t: "answers.answer")</th>\
            <th scope="col">\(t: "answers.words")</th><th scope="col" class="wide">\(t: "customers.level")</th>\
            <th scope="col" class="number">\(t: "answers.when")</th></tr></thead>
            <tbody>\(portion.items.map(AnswersPage.row))</tbody></table>\(more)
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/nps/answers" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    private static func row(_ row: AnswerRow) -> HTML {
        let who: HTML =
            if let party = row.answer.party {
                ##"<a href="/people/\##(party.value)">\##(row.name ?? "")</a>"##
            } else {
                #"<span class="faint">\#(t: "answers.anonymous")</span>"#
            }
        let after: HTML? =
            row.answer.afterEvent.isEmpty
            ? nil : #"<br><span class="muted">\#(t: "answers.after", row.answer.afterEvent)</span>"#
        return """
            <tr><td>\(who)</td><td>\(AnswerWords.score(row.answer)) \(AnswerWords.part(row.answer.part))\(after)</td>\
            <td class="reason">\(row.answer.words)</td><td class="wide">\(row.level?.badge)</td>\
            <td class="number">\(.day(daysSinceEpoch: row.answer.day.daysSinceEpoch))</td></tr>
            """
    }
}

/// Answers as a table for a spreadsheet.
enum AnswerTable {
    static func head(for reader: Reader) -> String {
        let names = [
            "answers.who", "answers.when", "answers.answer", "answers.scale", "answers.score10",
            "answers.part",
            "answers.words", "answers.event", "nps.by.visits", "nps.by.attribute", "nps.by.source",
            "customers.level",
        ]
        return names.map { CSVCell.quoted(Phrase($0).text(for: reader)) }.joined(separator: ",") + "\r\n"
    }

    static func line(_ row: AnswerRow, for reader: Reader) -> String {
        let answer = row.answer
        let cells = [
            row.name ?? "", answer.day.description, "\(answer.given)", answer.scale, "\(answer.score)",
            Phrase("nps.part.\(answer.part.word)").text(for: reader), answer.words, answer.afterEvent,
            answer.visits.map { "\($0)" } ?? "", answer.attribute, answer.source,
            row.level?.phrase.text(for: reader) ?? "",
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}
