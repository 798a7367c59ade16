extension Formats {
    /// An amount with its currency: $2,500,315.63, 2.500.315,63 €, CHF 1,200.00.
    func amount(_ minor: Int64, _ currency: String) -> String {
        let code = currency.uppercased()
        let exponent = CurrencyExponent.of(code)
        let digits = Numeral.pad(minor.magnitude, to: exponent + 1)
        let whole = grouped(String(digits.dropLast(exponent)))
        let number = exponent > 0 ? whole + decimal + digits.suffix(exponent) : whole
        let pattern = minor < 0 ? negativeMoney : money
        return Formats.fill(pattern, ["symbol": symbol(code, in: pattern), "number": number])
    }

    /// A symbol made of letters keeps its distance from the digits that follow it.
    private func symbol(_ code: String, in pattern: String) -> String {
        let symbol = symbols[code] ?? code
        let touchesNumber = pattern.contains("{symbol}{number}")
        return touchesNumber && symbol.last?.isLetter == true ? symbol + "\u{00A0}" : symbol
    }
}

/// How many decimals a currency's minor unit has (ISO 4217): two, unless listed.
enum CurrencyExponent {
    private static let unusual: [String: Int] = {
        let lists = [
            0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
            3: "BHD IQD JOD KWD LYD OMR TND",
            4: "CLF UYW",
        ]
        var table: [String: Int] = [:]
        for (exponent, codes) in lists {
            for code in codes.split(separator: " ") { table[String(code)] = exponent }
        }
        return table
    }()

    static func of(_ code: String) -> Int { unusual[code] ?? 2 }
}
