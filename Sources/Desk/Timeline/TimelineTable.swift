import Kernel
import Markup
import Storage

/// A timeline as a file for a spreadsheet, in the reader's language.
struct TimelineTable {
    let items: [TimelineEntry]
    let names: [Int64: String]

    static let columns = [
        "day", "at", "kind", "what", "amount", "currency", "quantity", "customer", "by", "on_behalf_of",
    ]

    static var head: String { columns.joined(separator: ",") + "\r\n" }

    var lines: String { items.map(line).joined() }

    private func line(_ entry: TimelineEntry) -> String {
        var cells = [entry.day.description, entry.at?.iso ?? ""]
        switch entry.happening {
        case .purchase(let purchase): cells += self.cells(purchase)
        case .act(let act):
            let words = [act.words, act.friend].filter { !$0.isEmpty }.joined(separator: " · ")
            cells += [Phrase("act.\(act.kind.rawValue)").text, words, "", "", ""]
        case .answer(let answer): cells += [AnswerWords.score(answer).text, answer.words, "", "", ""]
        case .event(let event): cells += [event.kind, Phrase("event.\(event.kind)").text, "", "", ""]
        }
        cells.append(entry.party.flatMap { names[$0] } ?? "")
        if case .event(let event) = entry.happening {
            cells += [event.actor, event.onBehalfOf].map { id in id.flatMap { names[$0] } ?? "" }
        } else {
            cells += ["", ""]
        }
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }

    private func cells(_ purchase: Purchase) -> [String] {
        let what = [purchase.product, purchase.channel].filter { !$0.isEmpty }.joined(separator: " · ")
        if purchase.kind == .use {
            return [Phrase("timeline.use").text, what, "", "", "\(purchase.quantity)"]
        }
        let word = Phrase(purchase.amount.minor < 0 ? "timeline.refundOnly" : "timeline.purchaseOnly").text
        return [
            word, what, purchase.amount.decimal, purchase.amount.currency.code, "\(purchase.quantity)",
        ]
    }
}
