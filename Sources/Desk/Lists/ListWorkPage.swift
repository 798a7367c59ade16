import Kernel
import Markup
import Web

/// Working on one customer of a list: who does it, and how it ended.
struct ListWorkPage: Page {
    let item: ListItem
    let run: CompletedRun
    let colleagues: [(id: Int64, name: String)]
    let me: Int64
    let mayWork: Bool
    let refusal: ListRefusal?
    let typed: PostedForm?
    /// The customer's own preferences and their organisations'.
    var preferences: [KnownPreferences] = []

    var title: String { item.party.name }

    private var path: String { "/lists/\(item.list.rawValue)/customers/\(item.party.id)" }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "lists.onList", Phrase("lists.\(item.list.rawValue)").text) \
        \(t: "lists.since", .day(daysSinceEpoch: item.since.daysSinceEpoch))</p></div>
        <div class="actions"><a class="btn" href="/people/\(item.party.id.value)">\(t: "lists.toCustomer")</a>\
        <a class="btn" href="/lists/\(item.list.rawValue)">\(t: "lists.toList")</a></div></header>
        \(PreferenceNotice(party: item.party, known: preferences, mayEdit: false).html)\
        \(PreferenceNotice(party: item.party, known: preferences, mayEdit: false).html)\
        \(item.figures.map { FigureCard(figures: $0, run: run).html })\(work)</section>
        """
    }

    private var work: HTML? {
        guard mayWork else { return nil }
        return item.doneAt == nil ? "\(assignment)\(result)" : done
    }

    private var assignment: HTML {
        let choices =
            [Choice("", Phrase("lists.nobody").text)] + colleagues.map { Choice("\($0.id)", $0.name) }
        let field = Field(
            name: "colleague", label: Phrase("lists.assignee").text,
            value: item.assignee.map { "\($0)" } ?? "", kind: .choice(choices),
            error: error("colleague"))
        return card(
            "assign", "lists.assign",
            Form(
                "\(path)/assignment",
                content: """
                    \(field.html)<p><button class="btn">\(t: "lists.assign.button")</button></p>
                    """
            ).html)
    }

    private var result: HTML {
        let choices =
            [Choice("", Phrase("lists.result.choose").text)]
            + ListResult.allCases.map { Choice($0.rawValue, Phrase("lists.result.\($0.rawValue)").text) }
        let result = Field(
            name: "result", label: Phrase("lists.result").text, value: typed?.text("result") ?? "",
            kind: .choice(choices), error: error("result"), required: true)
        let note = Field(
            name: "note", label: Phrase("lists.note").text, value: typed?.text("note") ?? item.note,
            kind: .lines(3), error: error("note"))
        return card(
            "finish", "lists.finish",
            Form(
                "\(path)/result",
                content: """
                    <div class="stack">\(result.html)\(note.html)</div>\
                    <p><button class="btn primary">\(t: "lists.finish.button")</button></p>
                    """
            ).html)
    }

    private var done: HTML {
        let words: HTML = "<p>\(t: "lists.result.\(item.result?.rawValue ?? "other")")</p><p>\(item.note)</p>"
        let again = Form(
            "\(path)/reopening", content: #"<button class="btn">\#(t: "lists.reopen")</button>"#
        ).html
        return card("done", "lists.done", "\(words)\(again)")
    }

    private func error(_ field: String) -> String? { refusal?.field == field ? refusal?.phrase.text : nil }

    private func card(_ id: String, _ heading: String, _ content: HTML) -> HTML {
        """
        <section class="card" aria-labelledby="\(id)"><h2 class="h" id="\(id)">\(t: heading)</h2>\(content)</section>
        """
    }
}
