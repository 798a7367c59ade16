import Kernel
import Markup
import Web

/// One list, line by line, with what to do.
struct ListPage: Page {
    let list: CustomerList
    let part: ListPart
    let portion: Portion<ListItem>
    let run: CompletedRun
    let names: [Int64: String]
    let query: Query
    let mayWork: Bool
    let mayExport: Bool
    /// Whose part of the list is shown; nil for all of it.
    var segment: Segment?
    var segments: [Segment] = []

    var title: String { Phrase("lists.\(list.rawValue)").text }

    private var path: String { "/lists/\(list.rawValue)" }

    var main: HTML {
        """
        <section class="page" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(ListRule(list: list, report: run.report).html) \(t: "lists.sorted.\(part.rawValue)") \
        \(t: "lists.asOf", .day(daysSinceEpoch: run.report.day.daysSinceEpoch))</p></div>
        <div class="actions"><a class="btn" href="/lists">\(t: "lists.all")</a>\
        <a class="btn" href="/lists/saved">\(t: "lists.saved.all")</a>\
        \(##"<a class="btn" href="\##(path + "/csv" + part(nil))" download>CSV</a>"##, if: mayExport)</div></header>
        \(SegmentChooser(segments: segments, current: segment?.id, path: path).html)
        <nav class="chooser" aria-label="\(t: "lists.parts")"><span class="parts">\(ListPart.allCases.map(tab))</span></nav>
        \(leftOut)\(content)\(saving)</section>
        """
    }

    /// The query of a part of the list, for the same customers.
    private func part(_ part: ListPart?) -> String {
        let segment = segment.map { "segment=\($0.id)" }
        let asked = [part.map { "show=\($0.rawValue)" }, segment].compactMap(\.self)
        return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
    }

    /// Keeping the list as it stands, folded away until somebody wants it.
    private var saving: HTML? {
        guard mayWork, part == .open, !portion.items.isEmpty else { return nil }
        return """
            <details class="card"><summary>\(t: "lists.saved.save")</summary>\(SaveListPage(list: list).form)</details>
            """
    }

    private func tab(_ other: ListPart) -> HTML {
        let address = path + part(other == .open ? nil : other)
        return """
            <a class="btn" href="\(address)" \(attribute: "aria-current", "true", if: other == part)>\
            \(t: "lists.part.\(other.rawValue)")</a>
            """
    }

    private var content: HTML {
        if let refusal = ListRule(list: list, report: run.report).refusal {
            return "<p class=\"empty\">\(refusal)</p>"
        }
        guard !portion.items.isEmpty || portion.next != nil else {
            return "<p class=\"empty\">\(Phrase("lists.empty.\(part.rawValue)"))</p>"
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "customers.name")</th><th scope="col" class="number">\(t: list.columnKey(run.report))</th>\
            <th scope="col" class="number">\(t: "lists.column.alive")</th>\
            <th scope="col" class="number wide">\(t: "lists.column.last")</th>\
            <th scope="col" class="number wide">\(t: "lists.column.overdue")</th>\
            <th scope="col" class="wide">\(t: "lists.column.assignee")</th><th scope="col">\(t: "lists.column.work")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    /// Who does not want to be approached is not on the list; how many that are, the run counted.
    private var leftOut: HTML? {
        let total = run.report.lists.first { $0.list == list }
        guard part == .open, let refused = total?.refused, refused > 0 else { return nil }
        return #"<p class="muted">\#(t: "consent.leftOut", .count(refused))</p>"#
    }

    private func line(_ item: ListItem) -> HTML {
        let money = Argument.money(minor: item.money, currency: run.report.currency)
        let last: HTML? = item.figures.map { "\(.day(daysSinceEpoch: $0.lastDay.daysSinceEpoch))" }
        return """
            <tr><td><a href="/people/\(item.party.id.value)"><bdi>\(item.party.name)</bdi></a>\(PreferenceLine.html(item.preferences))</td><td class="number">\(money)</td>\
            <td class="number">\(item.figures?.alive.map(FigureCard.chance) ?? "–")</td>\
            <td class="number wide">\(last)</td><td class="number wide">\(late(item))</td>\
            <td class="wide">\(item.assignee.flatMap { names[$0] } ?? "–")</td><td>\(act(item))</td></tr>
            """
    }

    private func late(_ item: ListItem) -> String {
        guard let late = item.figures?.daysOverdue(at: run.report.day), late > 0 else { return "–" }
        return Argument.count(Int(late.rounded(.down))).text
    }

    private func act(_ item: ListItem) -> HTML {
        if let result = item.result {
            let word = Phrase("lists.result.\(result.rawValue)")
            return #"<span class="chip">\#(word)</span> \#(item.note)"#
        }
        let address = "\(path)/customers/\(item.party.id)"
        let link: HTML = """
            <a class="btn small" href="\(address)" aria-label="\(t: "lists.work.of", item.party.name)">\(t: "lists.work")</a>
            """
        guard mayWork, item.assignee == nil else { return link }
        let take = Form(
            "\(address)/assignment",
            content: """
                <input type="hidden" name="colleague" value="me">\
                <button class="btn small" aria-label="\(t: "lists.take.of", item.party.name)">\(t: "lists.take")</button>
                """
        ).html
        return "<span class=\"actions\">\(link)\(take)</span>"
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = path + query.with("after", next)
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}

extension CustomerList {
    func columnKey(_ report: FigureReport) -> String {
        report.model == nil || report.spend.refusal != nil ? "lists.column.soFar" : "lists.column.money"
    }
}
