import Kernel
import Tabular

/// An amount as somebody types it, with a point or a comma.
enum TypedAmount {
    /// Minor units; nil where it is no amount, or could be read two ways (`1.200`).
    static func minor(_ text: String, in currency: Currency) -> Int64? {
        guard !SpendAmount.isOpen(text, exponent: currency.exponent) else { return nil }
        let isComma = SpendAmount.hasDecimalComma(text) ?? false
        var bytes = Array(text.utf8)
        return bytes.withUnsafeMutableBufferPointer { bytes in
            try? parseAmount(
                UnsafeBufferPointer(bytes), exponent: currency.exponent, decimalComma: isComma)
        }
    }
}
