/// Amounts stay below this many minor units, so that sums over millions of rows cannot overflow.
let amountLimit: UInt64 = 1_000_000_000_000_000

/// Reads an amount of money as minor units, exactly: `1,234.56` at exponent 2 is 123456.
///
/// Understands grouping, a minus before or after, accounting parentheses and one currency sign or code.
/// Which mark is the decimal one is given, never guessed.
/// - Parameter exponent: how many decimals the currency has.
public func parseAmount(
    _ bytes: UnsafeBufferPointer<UInt8>, exponent: Int, decimalComma: Bool
) throws(CellProblem) -> Int64 {
    var text = NumberText(bytes)
    guard !text.isEmpty else { throw .emptyValue }
    if !text.startsAndEndsWithDigit { try text.stripMoney() }
    return try text.scaled(exponent: exponent, decimalComma: decimalComma, below: amountLimit)
}

/// Reads a whole number. `1.0` is whole; `1.5` is refused for its decimals.
public func parseInteger(
    _ bytes: UnsafeBufferPointer<UInt8>, decimalComma: Bool = false
) throws(CellProblem) -> Int64 {
    var text = NumberText(bytes)
    guard !text.isEmpty else { throw .emptyValue }
    if !text.startsAndEndsWithDigit { text.stripSign() }
    return try text.scaled(exponent: 0, decimalComma: decimalComma, below: 1 << 63)
}
