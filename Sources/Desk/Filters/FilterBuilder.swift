import Kernel
import Markup

/// The builder on screen: rows of field, comparison and value in groups, without a script, and the words beside them.
struct FilterBuilder {
    /// Nil where the filter is richer than rows can show.
    let rows: FilterRows?
    let text: String
    let fields: FilterFields
    var refusal: Phrase?
    /// Names of what fields refer to: organisations and colleagues are chosen by number.
    var isOpen = true

    var html: HTML {
        """
        <details class="card filter" \(attribute: "open", if: isOpen)><summary>\(t: "filter.title")</summary>\
        \(error)\(builder)\(words)</details>
        """
    }

    private var error: HTML? {
        refusal.map { #"<p class="field-error" role="alert" id="filter-error">\#($0)</p>"# }
    }

    private var builder: HTML {
        guard let rows else { return #"<p class="muted">\#(t: "filter.tooRich")</p>"# }
        let or: HTML = #"<p class="filter-or">\#(t: "filter.or")</p>"#
        let groups: HTML = (0..<rows.groups).map { number -> HTML in group(rows, number) }.joined(
            separator: or)
        return """
            <form class="filter-rows" method="get" action="/people"><input type="hidden" name="groups" value="\(rows.groups)">\
            <button class="filter-first" name="do" value="show" tabindex="-1" aria-hidden="true">\(t: "filter.show")</button>\
            \(groups)<div class="actions"><button class="btn primary" name="do" value="show">\(t: "filter.show")</button>\
            <button class="btn" name="do" value="group">\(t: "filter.addGroup")</button></div></form>
            """
    }

    private func group(_ rows: FilterRows, _ group: Int) -> HTML {
        let lines = rows.rows(of: group).map { numbered -> HTML in line(numbered.index, numbered.row) }
        return """
            <fieldset class="filter-group"><legend>\(t: group == 0 ? "filter.group.first" : "filter.group.next")</legend>
            \(lines)
            <div class="filter-add"><label class="hidden" for="new-\(group)">\(t: "filter.field")</label>\
            <select id="new-\(group)" name="new-\(group)"><option value="">\(t: "filter.choose")</option>\(fields.all.map(option))</select>\
            <button class="btn small" name="do" value="add-\(group)">\(t: "filter.add")</button></div></fieldset>
            """
    }

    private func option(_ field: FilterField) -> HTML {
        #"<option value="\#(field.name)">\#(field.title)</option>"#
    }

    private func line(_ index: Int, _ row: FilterRow) -> HTML {
        let choices = FilterRowComparison.all(of: row.field).map { comparison -> HTML in
            let word = Phrase("filter.is.\(comparison.rawValue)")
            return #"""
                <option value="\#(comparison.rawValue)" \#(attribute: "selected", if: comparison == row.comparison)>\#(word)</option>
                """#
        }
        return """
            <div class="filter-row"><input type="hidden" name="field" value="\(row.field.name)">\
            <input type="hidden" name="group" value="\(row.group)"><span class="filter-name">\(row.field.title)</span>\
            <select name="is" aria-label="\(t: "filter.comparison.of", row.field.title)">\(choices)</select>\
            \(control(index, row))<button class="btn quiet small" name="do" value="remove-\(index)" \
            aria-label="\(t: "filter.remove.of", row.field.title)">\(t: "filter.remove")</button></div>
            """
    }

    private func control(_ index: Int, _ row: FilterRow) -> HTML {
        let label = Phrase("filter.value.of", .text(row.field.title))
        switch row.field.kind {
        case .choice(let words): return select(row, label, words.map { ($0, row.field.title(ofChoice: $0)) })
        case .truth:
            return select(row, label, ["true", "false"].map { ($0, Phrase("filter.truth.\($0)").text) })
        case .day: return input(row, label, type: "date", mode: nil)
        case .number: return input(row, label, type: "text", mode: "decimal")
        case .text, .reference: return input(row, label, type: "text", mode: nil)
        }
    }

    private func select(_ row: FilterRow, _ label: Phrase, _ choices: [(String, String)]) -> HTML {
        let options = choices.map { value, title -> HTML in
            #"<option value="\#(value)" \#(attribute: "selected", if: value == row.value)>\#(title)</option>"#
        }
        return #"<select name="value" aria-label="\#(label)">\#(options)</select>"#
    }

    private func input(_ row: FilterRow, _ label: Phrase, type: String, mode: String?) -> HTML {
        """
        <input name="value" type="\(type)" value="\(row.value)" aria-label="\(label)" autocomplete="off" \
        \(attribute: "inputmode", mode)\(attribute: "placeholder", row.field.hint)>
        """
    }

    private var words: HTML {
        """
        <form class="filter-words" method="get" action="/people"><label for="filter-text">\(t: "filter.words")</label>\
        <textarea id="filter-text" name="filter" rows="2" maxlength="2000" \
        \(attribute: "aria-invalid", "true", if: refusal != nil)\(attribute: "aria-describedby", "filter-error", if: refusal != nil)>\(text)</textarea>\
        <p class="field-hint">\(t: "filter.words.hint")</p><div class="actions"><button class="btn">\(t: "filter.show.words")</button>\
        \(##"<a class="btn quiet" href="/people">\##(t: "filter.clear")</a>"##, if: !text.isEmpty || refusal != nil)</div></form>
        """
    }
}

extension FilterField {
    /// What people call it.
    var title: String { label ?? Phrase("filter.field.\(name)").text }

    func title(ofChoice choice: String) -> String {
        switch name {
        case CustomerField.level.rawValue: Phrase("level.\(choice)").text
        case CustomerField.list.rawValue: Phrase("lists.\(choice)").text
        default: Phrase("filter.choice.\(choice)").text
        }
    }

    /// An example of what to type, where the field alone does not say it.
    var hint: String? {
        switch CustomerField(rawValue: name) {
        case .alive: "0.5"
        case .company, .segment: Phrase("filter.hint.id").text
        case .owner: Phrase("filter.hint.me").text
        case .name: "Ada*"
        case .zone: "Europe/Berlin"
        case .language: "de"
        default: nil
        }
    }
}
