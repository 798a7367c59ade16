import Kernel
import Markup

/// The due list as a table to take away.
struct TouchTable {
    let touches: [Touch]
    let names: [Int64: String]

    private static let columns = ["due", "id", "name", "preferences", "rhythm", "way", "what", "assignee"]

    static var head: String {
        columns.map { CSVCell.quoted(Phrase("touch.column.\($0)").text) }.joined(separator: ",") + "\r\n"
    }

    var lines: String { touches.map { line($0) + "\r\n" }.joined() }

    private func line(_ touch: Touch) -> String {
        let cells = [
            touch.due.description, "\(touch.party.id)", touch.party.name, touch.preferences,
            touch.rhythm.name,
            Phrase("touch.way.\(touch.rhythm.way.rawValue)").text, touch.rhythm.what,
            touch.assignee.flatMap { names[$0] } ?? "",
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",")
    }
}
