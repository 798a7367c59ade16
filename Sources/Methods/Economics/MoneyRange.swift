/// The amounts the formulas take, in minor units: beyond any business, far from overflow.
enum MoneyRange {
    static let signed = -1e15...1e15
    static let unsigned = 0...1e15
}
