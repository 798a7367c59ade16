import Kernel
import Markup
import Web

/// How the question of a file of answers was asked: the fields on the screen, and what was said with them.
struct QuestionFields {
    let item: Import

    var html: [HTML] {
        let question = item.question
        let cuts = question.mapping.flatMap {
            $0.hasPrefix("cut:") ? $0.dropFirst(4).split(separator: ",") : nil
        }
        let rule = cuts == nil ? question.mapping ?? "" : "cut"
        return [
            choice("scale", AnswerScale.usual, question.scale?.text ?? "", open: "answers.scale.open"),
            choice("mapping", ["same-numbers", "stretched", "cut"], rule, open: "answers.mapping.open"),
            number("passives", cuts?.first.map(String.init) ?? ""),
            number("promoters", cuts?.last.map(String.init) ?? ""),
            Field(
                name: "answered", label: Phrase("answers.day").text,
                value: question.day.map { LocalDate(daysSinceEpoch: $0).description } ?? "", kind: .date,
                hint: Phrase("answers.day.hint").text
            ).html,
        ]
    }

    private func choice(_ name: String, _ values: [String], _ chosen: String, open: String) -> HTML {
        var choices = [Choice("", Phrase(open).text)]
        choices += values.map { value in
            let isScale = name == "scale"
            let ends = value.split(separator: "-").map(String.init)
            return Choice(
                value,
                isScale
                    ? Phrase("answers.scale.ends", .text(ends[0]), .text(ends[1])).text
                    : Phrase("answers.mapping.\(value)").text)
        }
        if !chosen.isEmpty, !choices.contains(where: { $0.value == chosen }) {
            choices.append(Choice(chosen, chosen))
        }
        return Field(
            name: name, label: Phrase("answers.\(name)").text, value: chosen, kind: .choice(choices),
            hint: Phrase("answers.\(name).hint").text
        ).html
    }

    private func number(_ name: String, _ value: String) -> HTML {
        Field(name: name, label: Phrase("answers.cut.\(name)").text, value: value, kind: .number).html
    }

    static func question(in form: PostedForm) throws -> AnswerQuestion {
        var mapping = form.text("mapping").trimmed
        if mapping == "cut" {
            mapping = "cut:\(form.text("passives").trimmed),\(form.text("promoters").trimmed)"
        }
        return try AnswerQuestion(
            scale: form["scale"], mapping: mapping, day: form["answered"]) ?? AnswerQuestion()
    }
}

extension AnswerQuestion {
    /// What was said in words, on the screen, in a call or with a command; nil where nothing was.
    public init?(scale: String?, mapping: String?, day: String?) throws(ImportRefusal) {
        let texts = [scale, mapping, day].map { ($0 ?? "").trimmed }
        guard texts.contains(where: { !$0.isEmpty }) else { return nil }
        self.init(mapping: texts[1].isEmpty ? nil : texts[1])
        if !texts[0].isEmpty {
            guard let scale = AnswerScale(texts[0]) else { throw .unknownScale(String(texts[0].prefix(40))) }
            self.scale = scale
        }
        if !texts[2].isEmpty {
            guard let day = LocalDate(iso: texts[2]), (1900...2200).contains(day.civil.year) else {
                throw .dayOpen
            }
            self.day = day.daysSinceEpoch
        }
    }
}
