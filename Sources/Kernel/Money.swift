/// An ISO 4217 currency: three capital letters and how many decimals its minor unit has.
public struct Currency: Sendable, Hashable, CustomStringConvertible {
    public let code: String
    /// Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
    public let exponent: Int

    /// Nil for a code ISO 4217 does not list as active money.
    public init?(_ code: String) {
        let upper = code.uppercased()
        guard let exponent = Currency.exponents[upper] else { return nil }
        self.code = upper
        self.exponent = exponent
    }

    public var description: String { code }

    public static let codes: [String] = exponents.keys.sorted()

    private static let twoDecimals =
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
        CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
        JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
        NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
        SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG BGN
        """
    private static let noDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
    private static let threeDecimals = "BHD IQD JOD KWD LYD OMR TND"

    private static let exponents: [String: Int] = {
        var table: [String: Int] = [:]
        for (list, exponent) in [(twoDecimals, 2), (noDecimals, 0), (threeDecimals, 3)] {
            for code in list.split(whereSeparator: \.isWhitespace) { table[String(code)] = exponent }
        }
        return table
    }()
}

/// An amount in the minor units of its currency. Amounts of two currencies are never added.
public struct Money: Sendable, Hashable {
    public var minor: Int64
    public var currency: Currency

    public init(minor: Int64, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// No honest single purchase is 10^15 minor units; a larger one is a misread column.
    public static let limit: Int64 = 1_000_000_000_000_000
}
