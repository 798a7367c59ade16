/// Why an import cannot be begun or moved on as asked.
public enum ImportRefusal: Error, Equatable, Sendable {
    case unreadableMapping(String)
    case unknownField(String, ImportKind)
    case fieldTwice(ImportField)
    case columnTwice(Int, ImportField, ImportField)
    case noSuchColumn(String)
    case missingField(ImportField)
    case unknownCurrency(String)
    /// 03/04 could be March or April, and nothing in the file decides.
    case dateOrderOpen
    case nothingToImport
    case unknownImport
    case notNow(ImportState)
    case noFile
    /// The amounts come to more than any company turns over: some other number was taken for the amount.
    case amountsBeyondBelief
    /// Somebody else is at work on the same import.
    case takenOver
    /// Scores beyond 10, and nobody said on which scale the question was asked.
    case scaleOpen
    /// Nobody said the scale, and the scores look like another than 0 to 10.
    case scaleDoubtful
    case unknownScale(String)
    /// NPS is defined on 0 to 10; another scale needs a reading chosen in the open.
    case mappingOpen(scale: String)
    case mappingDoesNotFit(scale: String)
    /// No column holds a day, and none was stated for all rows.
    case dayOpen
    /// Contracts are told by how many months they had lasted, and nobody said on which day.
    case asOfOpen
    /// A column to group answers by has as many values as rows: it groups nothing.
    case tooManyValues(ImportField)

    /// The sentence for it, as kept with an import that failed and as said to people.
    public var remark: Remark {
        switch self {
        case .unreadableMapping(let pair): Remark("unreadableMapping", pair)
        case .unknownField(let word, let kind): Remark("unknownField.\(kind.rawValue)", word)
        case .fieldTwice(let field): Remark("fieldTwice", field.rawValue)
        case .columnTwice(let number, let one, let other):
            Remark("columnTwice", String(number), one.rawValue, other.rawValue)
        case .noSuchColumn(let name): Remark("noSuchColumn", name)
        case .missingField(let field): Remark("missingField", field.rawValue)
        case .unknownCurrency(let code): Remark("unknownCurrency", code)
        case .dateOrderOpen: Remark("dateOrderOpen")
        case .nothingToImport: Remark("nothingToImport")
        case .unknownImport: Remark("unknownImport")
        case .notNow(let state): Remark("notNow.\(state.rawValue)")
        case .noFile: Remark("noFile")
        case .amountsBeyondBelief: Remark("amountsBeyondBelief")
        case .takenOver: Remark("takenOver")
        case .scaleOpen: Remark("scaleOpen")
        case .scaleDoubtful: Remark("scaleDoubtful")
        case .unknownScale(let text): Remark("unknownScale", text)
        case .mappingOpen(let scale): Remark("mappingOpen", scale)
        case .mappingDoesNotFit(let scale): Remark("mappingDoesNotFit", scale)
        case .dayOpen: Remark("dayOpen")
        case .asOfOpen: Remark("asOfOpen")
        case .tooManyValues(let field): Remark("tooManyValues", field.rawValue)
        }
    }
}

extension ImportRefusal: CustomStringConvertible {
    public var description: String { remark.sentence }
}
