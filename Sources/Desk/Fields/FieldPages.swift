import Kernel
import Markup
import Web

extension CustomField {
    /// The question in a form, with a control that suits what it holds.
    func question(_ value: String, error: Phrase?) -> HTML {
        var choices = [Choice("", "–")] + self.choices.map { Choice($0, $0) }
        // What was chosen before the choice was taken away stays, until somebody chooses anew.
        if kind == .choice, !value.isEmpty, !self.choices.contains(value) {
            choices.append(Choice(value, Phrase("fields.choice.former", .text(value)).text))
        }
        let control: Field.Kind =
            switch kind {
            case .text, .number: .text
            case .date: .date
            case .choice: .choice(choices)
            case .tick: .checkbox
            }
        return Field(
            name: name, label: label, value: value, kind: control,
            hint: kind == .number ? Phrase("fields.number.hint").text : nil, error: error?.text,
            autocomplete: "off"
        ).html
    }

    /// What stands in it, as the reader writes it.
    func text(_ value: CustomValue) -> String {
        switch kind {
        case .number:
            value.number.map {
                Argument.number(Double($0) / 1000, decimals: CustomField.decimals(value.words)).text
            } ?? value.words
        case .date: value.number.map { Argument.day(daysSinceEpoch: Int($0)).text } ?? value.words
        case .tick: Phrase(value.number == 1 ? "fields.yes" : "fields.no").text
        case .text, .choice: value.words
        }
    }

    private static func decimals(_ words: String) -> Int {
        words.split(separator: ".").count == 2 ? words.split(separator: ".")[1].count : 0
    }
}

/// What stands in the fields of a customer.
struct FieldCard {
    let fields: [CustomField]
    let values: [ID<CustomField>: CustomValue]

    /// Nil where nothing stands in any that is asked.
    var html: HTML? {
        let lines = fields.filter { $0.retiredAt == nil }.compactMap { field in
            values[field.id].map { value -> HTML in
                "<dt><bdi>\(field.label)</bdi></dt><dd><bdi>\(field.text(value))</bdi></dd>"
            }
        }
        guard !lines.isEmpty else { return nil }
        return """
            <section class="card" aria-labelledby="fields"><h2 class="h" id="fields">\(t: "fields.card")</h2>\
            <dl class="facts">\(lines)</dl></section>
            """
    }
}

/// Every field, in the order they are asked, and those that are asked no more.
struct FieldsPage: Page {
    let fields: [CustomField]
    var answers = Answers()

    var title: String { Phrase("fields.title").text }

    private var asked: [CustomField] { fields.filter { $0.retiredAt == nil } }
    private var retired: [CustomField] { fields.filter { $0.retiredAt != nil } }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "fields.lead")</p></div></header>
        \(answers.notice)\(list)\(old)
        <section class="card" aria-labelledby="add"><h2 class="h" id="add">\(t: "fields.add")</h2>\
        \(Form("/settings/fields", content: FieldQuestions(answers: answers).html).html)</section></section>
        """
    }

    private var list: HTML {
        guard !asked.isEmpty else { return #"<p class="empty">\#(t: "fields.none")</p>"# }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr><th scope="col">\(t: "fields.label")</th>\
            <th scope="col" class="wide">\(t: "fields.name")</th><th scope="col">\(t: "fields.kind")</th>\
            <th scope="col" class="wide">\(t: "fields.about")</th><th scope="col">\(t: "persons.change")</th></tr></thead>\
            <tbody>\(asked.enumerated().map(row))</tbody></table>
            """
    }

    private func row(_ index: Int, _ field: CustomField) -> HTML {
        """
        <tr><td><strong><bdi>\(field.label)</bdi></strong></td><td class="wide"><code>\(field.name)</code></td>\
        <td>\(t: "fields.kind.\(field.kind.rawValue)")</td><td class="wide">\(t: "fields.about.\(field.about.rawValue)")</td>\
        <td><span class="actions"><a class="btn small" href="/settings/fields/\(field.id.value)" \
        aria-label="\(Phrase("fields.changeOf", .text(field.label)))">\(t: "persons.change")</a>\
        \(move(field, "up", "↑"), if: index > 0)\(move(field, "down", "↓"), if: index < asked.count - 1)</span></td></tr>
        """
    }

    private func move(_ field: CustomField, _ way: String, _ sign: String) -> HTML {
        let label = Phrase(way == "up" ? "fields.up" : "fields.down", .text(field.label))
        return Form(
            "/settings/fields/\(field.id)/place",
            content: """
                <input type="hidden" name="way" value="\(way)"><button class="btn small" aria-label="\(label)">\(sign)</button>
                """
        ).html
    }

    private var old: HTML? {
        guard !retired.isEmpty else { return nil }
        let items = retired.map { field -> HTML in
            let label = Phrase("fields.returnOf", .text(field.label))
            let button: HTML =
                #"<button class="btn small" aria-label="\#(label)">\#(t: "fields.return")</button>"#
            return """
                <li><bdi>\(field.label)</bdi> <code>\(field.name)</code> \
                \(Form("/settings/fields/\(field.id)/return", content: button).html)</li>
                """
        }
        return """
            <section class="card" aria-labelledby="retired"><h2 class="h" id="retired">\(t: "fields.retired")</h2>\
            <ul class="plain tag-rows">\(items)</ul></section>
            """
    }
}

/// What is asked of a field. Its kind is asked once.
struct FieldQuestions {
    var answers = Answers()
    var field: CustomField?

    var html: HTML {
        let kinds = CustomField.Kind.allCases.map {
            Choice($0.rawValue, Phrase("fields.kind.\($0.rawValue)").text)
        }
        let abouts = CustomField.About.allCases.map {
            Choice($0.rawValue, Phrase("fields.about.\($0.rawValue)").text)
        }
        let kind = answers.field(
            "kind", Phrase("fields.kind"), .choice(kinds), hint: Phrase("fields.kind.hint"))
        return """
            <div class="stack">\(answers.field("label", Phrase("fields.label"), standard: field?.label ?? "", autocomplete: "off"))\
            \(kind, if: field == nil)\
            \(answers.field("about", Phrase("fields.about"), .choice(abouts), standard: field?.about.rawValue ?? "both"))\
            \(choices, if: field == nil || field?.kind == .choice)</div>\
            <p><button class="btn primary">\(t: "form.save")</button></p>
            """
    }

    private var choices: HTML {
        answers.field(
            "choices", Phrase("fields.choices"), .lines(4),
            standard: field?.choices.joined(separator: "\n") ?? "", hint: Phrase("fields.choices.hint"),
            required: false)
    }
}

/// Changes one field, or asks it no more.
struct FieldPage: Page {
    let field: CustomField
    var answers = Answers()

    var title: String { Phrase("fields.change.title", .text(field.label)).text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1><bdi>\(title)</bdi></h1>\
        <p class="muted"><code>\(field.name)</code>, \(t: "fields.kind.\(field.kind.rawValue)")</p></div>\
        <a class="btn" href="/settings/fields">\(t: "fields.all")</a></header>\(answers.notice)
        <section class="card">\(Form("/settings/fields/\(field.id)", content: FieldQuestions(answers: answers, field: field).html).html)</section>
        <section class="card"><p>\(t: "fields.retire.what")</p>\(retire)</section></section>
        """
    }

    private var retire: HTML {
        Form(
            "/settings/fields/\(field.id)/retirement",
            content: #"<p><button class="btn danger">\#(t: "fields.retire")</button></p>"#
        ).html
    }
}
