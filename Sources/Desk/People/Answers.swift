import Markup
import Web

/// What was typed into a form and what was wrong with it, so that it comes back as it was left.
struct Answers: Sendable {
    var typed = PostedForm()
    var complaints: [String: Phrase] = [:]
    /// What is wrong with the whole of it, and no single field.
    var complaint: Phrase?

    /// An untouched form.
    init() {}

    init(_ typed: PostedForm, _ refusal: any Refusal) {
        self.typed = typed
        for refusal in (refusal as? Refusals)?.all ?? [refusal] {
            if let field = refusal.field {
                complaints[field] = complaints[field] ?? refusal.phrase
            } else {
                complaint = complaint ?? refusal.phrase
            }
        }
    }

    /// What was typed, else what stands there on an untouched form.
    func value(_ name: String, _ standard: String = "") -> String { typed[name] ?? standard }

    func field(
        _ name: String, _ label: Phrase, _ kind: Field.Kind = .text, standard: String = "",
        hint: Phrase? = nil,
        autocomplete: String? = nil, required: Bool = true
    ) -> HTML {
        Field(
            name: name, label: label.text, value: value(name, standard), kind: kind, hint: hint?.text,
            error: complaints[name]?.text, autocomplete: autocomplete, required: required
        ).html
    }

    /// A line to type into with suggestions under it: short to fill in, and every answer can be found.
    func suggesting(
        _ name: String, _ label: Phrase, from suggestions: [String], standard: String = "", hint: Phrase,
        required: Bool = true
    ) -> HTML {
        let complaint = complaints[name]
        let described = "field-\(name)-hint" + (complaint == nil ? "" : " field-\(name)-error")
        return """
            <div class="\(complaint == nil ? "field" : "field field-wrong")">\
            <label for="field-\(name)">\(label)\(mark(required))</label>\
            <p class="field-hint" id="field-\(name)-hint">\(hint)</p>\
            <input type="text" id="field-\(name)" name="\(name)" value="\(value(name, standard))" \
            list="list-\(name)" autocomplete="off" spellcheck="false" \(attribute: "required", if: required)\
            \(attribute: "aria-invalid", "true", if: complaint != nil) aria-describedby="\(described)">\
            <datalist id="list-\(name)">\(suggestions.map(Answers.option))</datalist>\
            \(error(complaint, of: name))</div>
            """
    }

    private func mark(_ required: Bool) -> HTML {
        required ? #" <span class="field-required">\#(t: "field.required")</span>"# : .empty
    }

    private func error(_ complaint: Phrase?, of name: String) -> HTML {
        guard let complaint else { return .empty }
        return #"<p class="field-error" id="field-\#(name)-error">\#(complaint)</p>"#
    }

    private static func option(_ suggestion: String) -> HTML { #"<option value="\#(suggestion)"></option>"# }

    /// What is wrong with the form as a whole, above it.
    var notice: HTML {
        guard let complaint else { return .empty }
        return #"<p class="flash flash-warning" role="alert">\#(complaint)</p>"#
    }
}
