/// Collects the digits of one number and checks that its groups are groups: `1,234,567` or `12,34,567`.
struct DigitReader {
    private let exponent: Int
    private let limit: UInt64
    private var magnitude: UInt64 = 0
    private var isTooLarge = false
    private var hasDigits = false
    private var digitsInGroup = 0
    private var groupMark: UInt8?
    /// The size of the groups between the first and the last: 3, or 2 as in India.
    private var middleGroup: Int?
    /// Decimals read so far; -1 before the decimal mark.
    private var decimals = -1
    private var hasExcessDecimals = false

    init(exponent: Int, limit: UInt64) {
        self.exponent = max(0, exponent)
        self.limit = limit
    }

    @inline(__always)
    mutating func take(_ digit: UInt8) {
        hasDigits = true
        digitsInGroup += 1
        if decimals >= 0 {
            guard decimals < exponent else {
                hasExcessDecimals = hasExcessDecimals || digit != 0
                return
            }
            decimals += 1
        }
        append(digit)
    }

    @inline(__always)
    private mutating func append(_ digit: UInt8) {
        // Every limit is at most 2^63, so ten times a number below it may overflow 64 bits; this cannot.
        guard magnitude <= limit / 10 else {
            isTooLarge = true
            return
        }
        magnitude = magnitude * 10 + UInt64(digit)
    }

    mutating func startGroup(_ mark: UInt8) throws(CellProblem) {
        guard decimals < 0, digitsInGroup >= 1, digitsInGroup <= 3 else { throw .notANumber }
        if let groupMark {
            guard groupMark == mark, digitsInGroup == middleGroup ?? digitsInGroup, digitsInGroup >= 2
            else { throw .notANumber }
            middleGroup = digitsInGroup
        }
        groupMark = mark
        digitsInGroup = 0
    }

    mutating func startFraction() throws(CellProblem) {
        guard decimals < 0, groupMark == nil || digitsInGroup == 3 else { throw .notANumber }
        groupMark = nil
        decimals = 0
    }

    /// The number in units of the last decimal.
    mutating func finish() throws(CellProblem) -> UInt64 {
        guard hasDigits, groupMark == nil || digitsInGroup == 3 else { throw .notANumber }
        guard !hasExcessDecimals else { throw .tooManyDecimals(allowed: exponent) }
        for _ in 0..<(exponent - max(decimals, 0)) { append(0) }
        guard !isTooLarge, magnitude < limit else { throw .tooLarge }
        return magnitude
    }
}
