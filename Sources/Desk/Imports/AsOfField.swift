import Kernel
import Markup
import Web

/// The day a file of contracts speaks of: what it says of months is reckoned from there.
struct AsOfField {
    let item: Import

    var html: HTML {
        Field(
            name: "as_of", label: Phrase("contracts.asOf").text,
            value: item.question.day.map { LocalDate(daysSinceEpoch: $0).description } ?? "", kind: .date,
            hint: Phrase("contracts.asOf.hint").text
        ).html
    }

    static func question(in form: PostedForm) throws -> AnswerQuestion {
        do throws(ImportRefusal) {
            return try AnswerQuestion(scale: nil, mapping: nil, day: form["as_of"]) ?? AnswerQuestion()
        } catch {
            throw ImportRefusal.asOfOpen
        }
    }
}
