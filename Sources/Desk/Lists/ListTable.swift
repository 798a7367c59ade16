import Kernel
import Markup

/// A list as a table to take away.
struct ListTable {
    let items: [ListItem]
    let report: FigureReport
    let names: [Int64: String]

    private static let columns = [
        "id", "name", "money", "currency", "since", "alive", "expected", "occasions", "last", "gap",
        "overdue", "assignee", "preferences",
    ]

    static var head: String {
        // The byte-order mark tells spreadsheets that it is UTF-8.
        "\u{FEFF}" + columns.map { CSVCell.quoted(Phrase("lists.column.\($0)").text) }.joined(separator: ",")
            + "\r\n"
    }

    var lines: String { items.map { line($0) + "\r\n" }.joined() }

    private func line(_ item: ListItem) -> String {
        let figures = item.figures
        let money = Currency(report.currency).map { Money(minor: item.money, currency: $0).decimal }
        let cells: [String] = [
            "\(item.party.id)", item.party.name, money ?? "", report.currency, item.since.description,
            ListTable.number(figures?.alive), ListTable.number(figures?.expectedPurchases),
            figures.map { "\($0.occasions)" } ?? "", figures?.lastDay.description ?? "",
            ListTable.number(figures?.usualGap), ListTable.number(figures?.daysOverdue(at: report.day)),
            item.assignee.flatMap { names[$0] } ?? "", item.preferences,
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",")
    }

    private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
