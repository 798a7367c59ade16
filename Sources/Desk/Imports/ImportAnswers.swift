import Kernel
import Markup
import Tabular
import Web

/// What somebody said about the columns and the way a file is written.
struct ImportAnswers {
    let form: PostedForm

    /// The name of the question what column `index` holds.
    static func question(_ index: Int) -> String { "column-\(index)" }

    func options() throws -> ImportOptions {
        var options = ImportOptions(
            currency: form["currency"].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 })
        options.delimiter = try form.choice("delimiter")
        options.encoding = try form.choice("encoding")
        options.dateOrder = try form.choice("date_order")
        if form.has("scale") { options.question = try QuestionFields.question(in: form) }
        if form.has("as_of") { options.question = try AsOfField.question(in: form) }
        if form.has("header") { options.hasHeader = form.text("header") == "yes" }
        if form.has("decimal") { options.decimalComma = form.text("decimal") == "comma" }
        return options
    }

    /// Which column holds what, as the menus under the column names say.
    func mapping() throws -> ImportMapping {
        var columns: [ImportField: Int] = [:]
        var own: [String: Int] = [:]
        for pair in form.pairs where pair.name.hasPrefix("column-") {
            guard let index = Int(pair.name.dropFirst(7)) else { continue }
            if pair.value.hasPrefix(ImportMapping.ownPrefix) {
                let name = String(pair.value.dropFirst(ImportMapping.ownPrefix.count))
                guard own[name] == nil else { throw ImportRefusal.unreadableMapping(pair.value) }
                own[name] = index
                continue
            }
            guard let field = ImportField(rawValue: pair.value) else { continue }
            guard columns[field] == nil else { throw ImportRefusal.fieldTwice(field) }
            columns[field] = index
        }
        return ImportMapping(columns, own: own)
    }
}

/// Refused rows as a table for whoever mends them.
struct RefusalTable {
    let rows: [RefusedRow]

    var csv: String {
        let names = ["line", "field", "reason", "value"].map { Phrase("imports.refusal.\($0)").text }
        var lines = [names.map(CSVCell.quoted).joined(separator: ",")]
        for row in rows {
            let field = row.field.isEmpty ? "" : Phrase("imports.field.\(row.field)").text
            let cells = [String(row.line), field, row.reason.phrase.text, row.excerpt]
            lines.append(cells.map(CSVCell.quoted).joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}
