/// What a single cell could be.
enum CellLook {
    static func isDate(_ text: String, _ order: DateOrder) -> Bool {
        parses(text) { bytes throws(CellProblem) in _ = try parseDate(bytes, order: order) }
    }

    /// Written in any of the orders that people write; bare seconds look like any other number.
    static func isDate(_ text: String) -> Bool {
        [DateOrder.iso, .compact, .dayMonthYear, .monthDayYear].contains { isDate(text, $0) }
    }

    /// A number, whichever decimal mark it uses and however many decimals it has.
    static func isNumber(_ text: String) -> Bool {
        isNumber(text, decimalComma: false) || isNumber(text, decimalComma: true)
    }

    static func isNumber(_ text: String, decimalComma: Bool) -> Bool {
        guard text.utf8.contains(where: Ascii.isDigit) else { return false }
        return parses(text) { bytes throws(CellProblem) in
            do throws(CellProblem) {
                _ = try parseAmount(bytes, exponent: 2, decimalComma: decimalComma)
            } catch .tooLarge, .tooManyDecimals {
                return
            }
        }
    }

    static func isTyped(_ text: String) -> Bool { isNumber(text) || isDate(text) }

    /// Empty, or one of the words programs write for "nothing".
    static func isMissing(_ text: String) -> Bool {
        text.isEmpty || ["NA", "N/A", "#N/A", "NULL", "null", "NaN", "nan", "None", "-", "--"].contains(text)
    }

    private static func parses(
        _ text: String, _ parse: (UnsafeBufferPointer<UInt8>) throws(CellProblem) -> Void
    ) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            do throws(CellProblem) {
                try parse(bytes)
                return true
            } catch {
                return false
            }
        }
    }
}
