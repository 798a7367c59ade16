import Kernel
import Markup
import Methods
import Web

/// A quick entry, who is to be thanked and asked again, and how many leave a way to reach them.
struct VisitsPage: Page {
    let due: Portion<Visit>
    let report: VisitReport?
    let channels: [String]
    let today: LocalDate
    let mayEdit: Bool
    let answers: Answers
    /// The visit whose settling was refused, with what was typed in `answers`.
    let settling: Int64?

    var title: String { Phrase("visits.title").text }

    var main: HTML {
        """
        <section class="page visits"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "visits.lead")</p></div>\
        <div class="actions"><a class="btn" href="/visits/all">\(t: "visits.all")</a></div></header>
        <div class="beside"><div class="stack">\(list)\(rates)</div><div class="stack">\(entry)</div></div></section>
        """
    }

    private var entry: HTML? {
        guard mayEdit else { return nil }
        let answers = settling == nil ? answers : Answers()
        let way: HTML = """
            \(answers.field("name", Phrase("visits.name"), autocomplete: "off", required: false))\
            \(answers.field("reach", Phrase("visits.reach"), hint: Phrase("visits.reach.hint"), autocomplete: "off", required: false))\
            \(Field(name: "may_follow", label: Phrase("visits.mayFollow").text, value: answers.value("may_follow"), kind: .checkbox).html)\
            \(answers.field("day", Phrase("visits.day"), .date, standard: today.description, required: false))
            """
        let content: HTML = """
            \(answers.notice)\(answers.suggesting("channel", Phrase("visits.channel"), from: channels, hint: Phrase("visits.channel.hint")))\
            \(answers.field("wish", Phrase("visits.wish"), .lines(2)))\(way)\
            <button class="btn primary">\(t: "visits.save")</button>
            """
        return """
            <section class="card" aria-labelledby="enter"><h2 class="h" id="enter">\(t: "visits.enter")</h2>\
            \(Form("/visits", name: "stack", content: content).html)</section>
            """
    }

    private var list: HTML {
        """
        <section class="card" aria-labelledby="due"><h2 class="h" id="due">\(t: "visits.due")</h2>\(lines)</section>
        """
    }

    private var lines: HTML {
        guard !due.items.isEmpty else { return #"<p class="muted">\#(t: "visits.due.none")</p>"# }
        let next: HTML? = due.next.map { next in
            let address = "/visits?after=\(next)"
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return #"<ul class="plain visit-list">\#(due.items.map(line))</ul>\#(next)"#
    }

    private func line(_ visit: Visit) -> HTML {
        let day = visit.due ?? visit.day
        return """
            <li><p><b><bdi>\(VisitsPage.name(visit))</bdi></b> <bdi>\(visit.reach)</bdi> \
            \(t: "visits.dueOn", .day(daysSinceEpoch: day.daysSinceEpoch)) \(WalkWords.state(WalkState(next: day, today: today)))</p>\
            <p class="muted">\(t: "visits.lookedFor", .text(visit.wish), .text(visit.channel), .day(daysSinceEpoch: visit.day.daysSinceEpoch))</p>\
            \(acts(visit))</li>
            """
    }

    static func name(_ visit: Visit) -> String {
        visit.name.isEmpty ? Phrase("visits.nameless").text : visit.name
    }

    private func acts(_ visit: Visit) -> HTML? {
        guard mayEdit else { return nil }
        let (id, mine) = ("words-\(visit.id)", settling == visit.id)
        let error: HTML? = (mine ? answers.complaints["words"] ?? answers.complaint : nil).map {
            #"<p class="field-error" role="alert">\#($0)</p>"#
        }
        let content: HTML = """
            <div class="field"><label for="\(id)">\(t: "visits.words")</label>\
            <input type="text" id="\(id)" name="words" value="\(mine ? answers.value("words") : "")" autocomplete="off">\(error)</div>\
            <div class="actions"><button class="btn small" name="result" value="done" aria-label="\(t: "visits.done.of", VisitsPage.name(visit))">\(t: "visits.done")</button>\
            <button class="btn small" name="result" value="skipped" aria-label="\(t: "visits.skip.of", VisitsPage.name(visit))">\(t: "visits.skip")</button></div>
            """
        return Form("/visits/\(visit.id)/settling", name: "stack", content: content).html
    }

    private var rates: HTML {
        guard let report, report.visits > 0 else {
            return #"<section class="card"><p class="muted">\#(t: "visits.rates.none")</p></section>"#
        }
        return """
            <section class="card" aria-labelledby="rates"><h2 class="h" id="rates">\(t: "visits.rates")</h2>\
            <p>\(VisitRates.sentence("visits.rates.all", report.left, report.visits))</p>\
            <p>\(VisitRates.sentence("visits.rates.bought", report.bought, report.left)) \(t: "visits.rates.bought.how")</p>\
            <p>\(t: "visits.rates.followed", .count(report.done), .count(report.skipped), .count(report.open))</p>\
            \(VisitRates.table("visits.column.channel", report.channels))\
            \(VisitRates.table("visits.column.colleague", report.colleagues))</section>
            """
    }
}

/// Shares of visits with what they may be off by.
enum VisitRates {
    static func sentence(_ key: String, _ left: Int, _ visits: Int) -> Phrase {
        guard visits > 0, let range = try? wilson(successes: left, of: visits) else {
            return Phrase("\(key).none")
        }
        return Phrase(
            key, .count(left), .count(visits), .percent(range.share, decimals: 1),
            .percent(range.lower, decimals: 1), .percent(range.upper, decimals: 1))
    }

    static func table(_ name: String, _ lines: [VisitReport.Line]) -> HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(t: name)"><table class="table">\
        <caption class="hidden">\(t: name)</caption><thead><tr>\
        <th scope="col">\(t: name)</th><th scope="col" class="number">\(t: "visits.column.visits")</th>\
        <th scope="col" class="number">\(t: "visits.column.left")</th>\
        <th scope="col" class="number">\(t: "visits.column.share")</th></tr></thead><tbody>\(lines.map(line))</tbody></table></div>
        """
    }

    private static func line(_ line: VisitReport.Line) -> HTML {
        let range = try? wilson(successes: line.left, of: line.visits)
        let share: Phrase? = range.map {
            Phrase(
                "visits.share", .percent($0.share, decimals: 0), .percent($0.lower, decimals: 0),
                .percent($0.upper, decimals: 0))
        }
        return """
            <tr><th scope="row"><bdi>\(line.name.isEmpty ? Phrase("visits.nobody").text : line.name)</bdi></th>\
            <td class="number">\(.count(line.visits))</td><td class="number">\(.count(line.left))</td>\
            <td class="number">\(share?.text ?? "–")</td></tr>
            """
    }
}

/// Everyone who looked, latest first.
struct VisitListPage: Page {
    let portion: Portion<Visit>
    let names: [Int64: String]
    let mayEdit: Bool
    let mayExport: Bool
    let isFirst: Bool

    var title: String { Phrase("visits.all").text }

    var main: HTML {
        """
        <section class="page visits"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "visits.sorted")</p></div><div class="actions"><a class="btn" href="/visits">\(t: "visits.back")</a>\
        \(##"<a class="btn" href="/visits/csv" download>CSV</a>"##, if: mayExport)</div></header>\(content)</section>
        """
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: isFirst ? "visits.none" : "visits.noMore")</p>"#
        }
        let next: HTML? = portion.next.map { next in
            let address = "/visits/all?after=\(next)"
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "visits.column.who")</th><th scope="col">\(t: "visits.day")</th>\
            <th scope="col" class="wide">\(t: "visits.column.channel")</th><th scope="col">\(t: "visits.wish")</th>\
            <th scope="col">\(t: "visits.column.state")</th><th scope="col" class="wide">\(t: "visits.column.colleague")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(next)
            """
    }

    private func line(_ visit: Visit) -> HTML {
        let name: HTML = "<bdi>\(VisitsPage.name(visit))</bdi>"
        let who: HTML = visit.party.map { #"<a href="/people/\#($0)">\#(name)</a>"# } ?? name
        return """
            <tr><td>\(who) <bdi class="reason">\(visit.reach)</bdi></td><td>\(.day(daysSinceEpoch: visit.day.daysSinceEpoch))</td>\
            <td class="wide"><bdi>\(visit.channel)</bdi></td><td class="reason">\(visit.wish)</td><td>\(state(visit))</td>\
            <td class="wide"><bdi>\(visit.recordedBy.flatMap { names[$0] } ?? "–")</bdi></td></tr>
            """
    }

    private func state(_ visit: Visit) -> HTML {
        let word = visit.leftWay || visit.state != .none ? visit.state.rawValue : "unreachable"
        let again: HTML? =
            mayEdit && (visit.state == .done || visit.state == .skipped)
            ? Form(
                "/visits/\(visit.id)/reopening",
                content: """
                    <button class="btn small quiet" aria-label="\(t: "visits.reopen.of", VisitsPage.name(visit))">\(t: "visits.reopen")</button>
                    """
            ).html : nil
        return "\(t: "visits.state.\(word)") <span class=\"reason\">\(visit.settledWords)</span>\(again)"
    }

    static var tableHead: String {
        let keys = [
            "visits.day", "visits.column.channel", "visits.name", "visits.wish", "visits.reach",
            "visits.mayFollow", "visits.column.state", "visits.words",
        ]
        return "\u{FEFF}" + keys.map { CSVCell.quoted(Phrase($0).text) }.joined(separator: ",") + "\r\n"
    }

    static func tableLine(_ visit: Visit) -> String {
        let may = Phrase(visit.mayFollow ? "visits.yes" : "visits.no").text
        let cells = [
            visit.day.description, visit.channel, visit.name, visit.wish, visit.reach, may,
            Phrase("visits.state.\(visit.state.rawValue)").text, visit.settledWords,
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}

extension Visit {
    var json: JSON {
        .object([
            ("id", .int(id)), ("day", .text(day.description)), ("channel", .text(channel)),
            ("name", .text(name)),
            ("looked_for", .text(wish)), ("reach", .text(reach)), ("left_a_way", .bool(leftWay)),
            ("may_follow_up", .bool(mayFollow)), ("customer_id", .int(party)),
            ("due_day", .text(due?.description)),
            ("state", .text(state.rawValue)), ("settled_by", .int(settledBy)),
            ("reason", .text(settledWords)),
            ("recorded_by", .int(recordedBy)),
        ])
    }
}

extension VisitReport {
    var json: JSON {
        func share(_ left: Int, _ visits: Int) -> JSON {
            guard visits > 0, let range = try? wilson(successes: left, of: visits) else { return .null }
            return .object([
                ("share", .real(range.share)), ("low", .real(range.lower)), ("high", .real(range.upper)),
            ])
        }
        func list(_ lines: [Line]) -> JSON {
            .list(
                lines.map {
                    .object([
                        ("name", .text($0.name)), ("visits", .int($0.visits)), ("left_a_way", .int($0.left)),
                        ("capture_rate", share($0.left, $0.visits)),
                    ])
                })
        }
        return .object([
            ("day", .text(day.description)), ("days", .int(VisitReport.days)), ("visits", .int(visits)),
            ("left_a_way", .int(left)), ("capture_rate", share(left, visits)), ("bought_later", .int(bought)),
            ("bought_rate", share(bought, left)), ("followed", .int(done)), ("skipped", .int(skipped)),
            ("open", .int(open)), ("channels", list(channels)), ("colleagues", list(colleagues)),
        ])
    }
}
