import Kernel
import Markup
import Web

/// What a page of a timeline is shown with: what was asked for, and the names of those it speaks of.
struct TimelineView: Sendable {
    var filter = TimelineFilter()
    var groups = TimelineGroups()
    var query = Query("")
    var names: [Int64: String] = [:]
    /// Whether there are departments to be included.
    var hasDepartments = false
    var mayExport = false
    /// What was wrong with what was asked for.
    var refusal: (any Refusal)?
}

/// Narrows a timeline down. A plain form that writes the address, so that what one sees can be sent to a colleague.
struct TimelineForm {
    let address: String
    let view: TimelineView

    private var place: String { address + "#timeline" }

    var html: HTML {
        """
        <form class="filters timeline-filter" method="get" action="\(place)">\
        \(kind)\(day("from"))\(day("to"))\(departments)\
        <div class="actions"><button class="btn small">\(t: "timeline.show")</button>\(all)\(export)</div></form>\(nothing)
        """
    }

    private var kind: HTML {
        let choices =
            [Choice("", Phrase("timeline.kind.all").text)]
            + view.groups.all.map { Choice($0.id, Phrase("timeline.kind.\($0.id)").text) }
        return Field(
            name: "kind", label: Phrase("timeline.kind").text, value: view.query.text("kind"),
            kind: .choice(choices), error: error("kind"), id: "timeline-kind"
        ).html
    }

    private func day(_ name: String) -> HTML {
        Field(
            name: name, label: Phrase("timeline.\(name)").text, value: view.query.text(name), kind: .date,
            error: error(name), id: "timeline-\(name)"
        ).html
    }

    private func error(_ field: String) -> String? {
        guard let refusal = view.refusal, refusal.field == field else { return nil }
        return refusal.phrase.text
    }

    private var departments: HTML? {
        guard view.hasDepartments else { return nil }
        return Field(
            name: "departments", label: Phrase("timeline.departments").text,
            value: view.query.flag("departments") ? "true" : "", kind: .checkbox, id: "timeline-departments"
        ).html
    }

    private var all: HTML? {
        guard !view.query.pairs.isEmpty else { return nil }
        return #"<a class="btn small quiet" href="\#(place)">\#(t: "timeline.all")</a>"#
    }

    private var export: HTML? {
        guard view.mayExport, view.refusal == nil else { return nil }
        let file = address + "/timeline.csv" + view.query.with("before", nil)
        return #"<a class="btn small quiet" href="\#(file)">\#(t: "timeline.csv")</a>"#
    }

    private var nothing: HTML? {
        guard view.refusal != nil else { return nil }
        return #"<p class="field-error" role="alert">\#(t: "timeline.refused")</p>"#
    }
}
