import Kernel
import Markup
import Tabular

/// The first rows of a file under menus that say what each column holds, and how the file is read.
struct ImportColumns {
    let item: Import
    let head: TableHead
    /// Fields of the house's own, which a file of customers may hold as well.
    var ownFields: [CustomField] = []

    private var address: String { "/imports/\(item.id.value)" }

    var html: HTML {
        let isFirst = item.state == .waiting
        return """
            <section class="card"><h2>\(t: isFirst ? "imports.columns" : "imports.columns.again")</h2>
            <p class="muted">\(t: "imports.columns.lead")</p>\(doubts)
            \(Form("\(address)/check", content: fields).html)
            \(form: "\(address)/dropping", unless: !isFirst, button: Phrase("imports.drop"))</section>
            """
    }

    private var fields: HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(t: "imports.columns")"><table class="table"><thead>\
        <tr>\(head.header.indices.map(name))</tr><tr>\(head.header.indices.map(menu))</tr></thead>\
        <tbody>\(head.rows.prefix(8).map(row))</tbody></table></div>
        <div class="three">\(questions)</div>
        <div class="actions"><button class="btn primary">\(t: "imports.check")</button>\
        <button class="btn" formaction="\(address)/reading" formnovalidate>\(t: "imports.reading")</button></div>
        """
    }

    private func name(_ index: Int) -> HTML { #"<th scope="col">\#(head.header[index])</th>"# }

    private func menu(_ index: Int) -> HTML {
        let label = Phrase("imports.column", .text(head.header[index])).text
        let chosen = ImportField.fields(of: item.kind).first { item.mapping[$0] == index }
        return """
            <td><select name="\(ImportAnswers.question(index))" aria-label="\(label)">\
            <option value="">\(t: "imports.field.none")</option>\
            \(ImportField.fields(of: item.kind).map { option($0, chosen) })\(ownFields.map { own($0, index) })</select></td>
            """
    }

    private func option(_ field: ImportField, _ chosen: ImportField?) -> HTML {
        let isRequired = ImportField.required(of: item.kind).contains(field)
        let name = Phrase("imports.field.\(field.rawValue)").text + (isRequired ? " *" : "")
        return
            #"<option value="\#(field.rawValue)" \#(attribute: "selected", if: field == chosen)>\#(name)</option>"#
    }

    private func own(_ field: CustomField, _ index: Int) -> HTML {
        let value = ImportMapping.ownPrefix + field.name
        let isChosen = item.mapping.own[field.name] == index
        return #"<option value="\#(value)" \#(attribute: "selected", if: isChosen)>\#(field.label)</option>"#
    }

    private func row(_ cells: [String]) -> HTML {
        "<tr>\(head.header.indices.map { "<td>\($0 < cells.count ? String(cells[$0].prefix(60)) : "")</td>" })</tr>"
    }

    private var questions: [HTML] {
        var questions: [HTML] = []
        if item.kind == .purchases || item.kind == .contracts {
            questions.append(
                Field(
                    name: "currency", label: Phrase("imports.question.currency").text,
                    value: item.currency.code,
                    hint: Phrase("imports.question.currency.hint").text, autocomplete: "off"
                ).html)
        }
        if item.kind != .customers {
            questions.append(
                choice("date_order", DateOrder.allCases.map(\.rawValue), head.format.dateOrder?.rawValue))
        }
        if item.kind == .answers { questions += QuestionFields(item: item).html }
        if item.kind == .contracts { questions.append(AsOfField(item: item).html) }
        questions.append(choice("decimal", ["point", "comma"], head.format.decimalComma ? "comma" : "point"))
        questions.append(choice("header", ["yes", "no"], head.format.hasHeader ? "yes" : "no"))
        questions.append(
            choice("delimiter", Delimiter.allCases.map(\.rawValue), head.format.delimiter.rawValue))
        questions.append(
            choice("encoding", TextEncoding.allCases.map(\.rawValue), head.format.encoding.rawValue))
        return questions
    }

    /// A question left open by the guess has an empty answer first, so that somebody has to choose.
    private func choice(_ name: String, _ values: [String], _ chosen: String?) -> HTML {
        var choices = values.map { Choice($0, Phrase("imports.question.\(name).\($0)").text) }
        if chosen == nil { choices.insert(Choice("", Phrase("imports.question.open").text), at: 0) }
        return Field(
            name: name, label: Phrase("imports.question.\(name)").text, value: chosen ?? "",
            kind: .choice(choices)
        ).html
    }

    private var doubts: HTML? {
        let phrases = head.doubts.compactMap(phrase)
        guard !phrases.isEmpty else { return nil }
        return
            #"<ul class="advice">\#(phrases.map { "<li><i class=\"dot danger\"></i><span>\($0)</span></li>" })</ul>"#
    }

    private func phrase(_ doubt: Ambiguity) -> Phrase? {
        func column(_ key: String, _ index: Int) -> Phrase? {
            guard head.header.indices.contains(index) else { return nil }
            return Phrase("imports.doubt.\(key)", .text(head.header[index]))
        }
        switch doubt {
        case .dateOrderAmbiguous(let index): return column("dateOrder", index)
        case .dateOrderMixed(let index): return column("dateOrderMixed", index)
        case .decimalMarkAmbiguous(let index): return column("decimalMark", index)
        case .decimalMarkMixed(let index): return column("decimalMarkMixed", index)
        case .headerUncertain: return Phrase("imports.doubt.header")
        case .duplicateColumnName(let name): return Phrase("imports.doubt.duplicate", .text(name))
        case .delimiterAmbiguous(let other):
            return Phrase(
                "imports.doubt.delimiter", .text(Phrase("imports.question.delimiter.\(other.rawValue)").text))
        case .encodingMixed: return Phrase("imports.doubt.encoding")
        case .raggedRows(let count): return Phrase("imports.doubt.ragged", .count(count))
        }
    }
}
