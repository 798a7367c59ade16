import Kernel
public import Tabular

/// What somebody says about a file instead of leaving it to a guess. Nil: guess.
public struct ImportOptions: Sendable, Equatable {
    /// `customer=1,at=2,amount=Total`.
    public var mapping: String?
    /// ISO 4217; without it the currency of the last file of the same shape, else the organisation's.
    public var currency: String?
    public var delimiter: Delimiter?
    public var encoding: TextEncoding?
    public var hasHeader: Bool?
    public var dateOrder: DateOrder?
    public var decimalComma: Bool?
    public var source = "import"
    public var isSample = false
    /// How the question of a file of answers was asked.
    public var question: AnswerQuestion?

    public init(mapping: String? = nil, currency: String? = nil) {
        self.mapping = mapping
        self.currency = currency
    }

    func apply(to format: inout TableFormat) {
        if let delimiter, delimiter != format.delimiter {
            (format.delimiter, format.columnCount) = (delimiter, nil)
        }
        if let encoding { format.encoding = encoding }
        if let hasHeader { format.hasHeader = hasHeader }
        if let dateOrder { format.dateOrder = dateOrder }
        if let decimalComma { format.decimalComma = decimalComma }
    }
}

extension TableFormat {
    /// Whether both see the same cells in a file, whatever they take them for.
    func cutsLike(_ other: TableFormat) -> Bool {
        delimiter == other.delimiter && encoding == other.encoding && hasHeader == other.hasHeader
    }
}
