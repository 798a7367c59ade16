/// One question in a form: its label, its control, a hint, and what was wrong with the last answer.
///
/// Hint and error are tied to the control by `aria-describedby`, so that a screen reader says them with it.
public struct Field: Sendable {
    let name: String, label: String, value: String
    let kind: Kind
    let hint: String?, error: String?, autocomplete: String?
    let required: Bool
    let id: String

    public enum Kind: Sendable {
        case text, email, password, search, telephone, web, number, date, time, moment, color, file
        case lines(Int)
        case choice([Choice])
        case options([Choice])
        case checkbox
        case hidden
    }

    /// `id` is needed only where a page asks the same name twice.
    public init(
        name: String, label: String, value: String = "", kind: Kind = .text, hint: String? = nil,
        error: String? = nil, autocomplete: String? = nil, required: Bool = false, id: String? = nil
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.kind = kind
        self.hint = hint
        self.error = error
        self.autocomplete = autocomplete
        self.required = required
        self.id = id ?? "field-\(name)"
    }

    public var html: HTML {
        switch kind {
        case .hidden: #"<input type="hidden" name="\#(name)" value="\#(value)">"#
        case .checkbox: ticked
        case .options(let choices): grouped(choices)
        default: labelled
        }
    }

    private var labelled: HTML {
        """
        <div class="\(frame)"><label for="\(id)">\(label)\(mark)</label>\(hintLine)\(control)\(errorLine)</div>
        """
    }

    private var ticked: HTML {
        """
        <div class="\(frame) field-tick"><input type="checkbox" id="\(id)" name="\(name)" value="true" \
        \(attribute: "checked", if: value == "true")\(attribute: "required", if: required)\
        \(attribute: "aria-invalid", "true", if: error != nil)\(attribute: "aria-describedby", describedBy)>\
        <label for="\(id)">\(label)</label>\(hintLine)\(errorLine)</div>
        """
    }

    private func grouped(_ choices: [Choice]) -> HTML {
        """
        <fieldset class="\(frame)" id="\(id)" \(attribute: "aria-describedby", describedBy)>\
        <legend>\(label)\(mark)</legend>\(hintLine)\(choices.enumerated().map(option))\(errorLine)</fieldset>
        """
    }

    private func option(_ index: Int, _ choice: Choice) -> HTML {
        """
        <div class="field-tick"><input type="radio" id="\(id)-\(index)" name="\(name)" value="\(choice.value)" \
        \(attribute: "checked", if: choice.value == value)\(attribute: "required", if: required)>\
        <label for="\(id)-\(index)">\(choice.label)</label></div>
        """
    }

    private var frame: String { error == nil ? "field" : "field field-wrong" }

    private var mark: HTML? {
        required ? #" <span class="field-required">\#(t: "field.required")</span>"# : nil
    }

    private var hintLine: HTML? { hint.map { #"<p class="field-hint" id="\#(id)-hint">\#($0)</p>"# } }

    private var errorLine: HTML? { error.map { #"<p class="field-error" id="\#(id)-error">\#($0)</p>"# } }

    var describedBy: String? {
        let ids = [hint.map { _ in "\(id)-hint" }, error.map { _ in "\(id)-error" }].compactMap(\.self)
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }
}

/// One answer to choose.
public struct Choice: Sendable, Hashable {
    public let value: String, label: String

    public init(_ value: String, _ label: String) {
        self.value = value
        self.label = label
    }
}
