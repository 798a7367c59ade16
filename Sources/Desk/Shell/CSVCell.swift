/// A cell of a table that goes to a spreadsheet.
enum CSVCell {
    /// The text in quotes. Spreadsheets take a cell that begins like a formula for one; an apostrophe keeps them from
    /// it. Plain numbers may begin with a minus.
    static func quoted(_ text: String) -> String {
        // By scalar: a carriage return and a line feed together are one character.
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let guarded = isFormula && !isPlainNumber(text)
        return "\"" + (guarded ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Digits with at most one decimal point, after a minus or not.
    private static func isPlainNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
