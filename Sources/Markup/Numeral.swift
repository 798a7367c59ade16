/// Numbers for machines: the same text in every language.
enum Numeral {
    /// At most three decimals, no exponent, no negative zero. A number that is not finite has no place on a page.
    static func plain(_ number: Double) -> String {
        precondition(number.isFinite, "A page cannot hold the number \(number)")
        precondition(number.magnitude < 9e15, "A page cannot hold a number as large as \(number)")
        return decimal(number, decimals: 3, trimmed: true)
    }

    /// Digits with a point. `number` is finite and below 9e15.
    static func decimal(_ number: Double, decimals: Int, trimmed: Bool) -> String {
        let whole = number.magnitude.rounded(.towardZero)
        let scale = power(of: decimals)
        var units = UInt64(whole)
        var rest = UInt64(((number.magnitude - whole) * Double(scale)).rounded(.toNearestOrAwayFromZero))
        if rest >= scale {
            units += 1
            rest -= scale
        }
        var fraction = pad(rest, to: decimals)
        if trimmed { while fraction.last == "0" { fraction.removeLast() } }
        let sign = number < 0 && (units > 0 || rest > 0) ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(units)" : "\(sign)\(units).\(fraction)"
    }

    static func pad(_ number: UInt64, to width: Int) -> String {
        guard width > 0 else { return "" }
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func power(of decimals: Int) -> UInt64 {
        (0..<decimals).reduce(1) { product, _ in product * 10 }
    }
}
