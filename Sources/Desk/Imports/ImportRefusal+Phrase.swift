public import HTTPTypes
public import Markup
import Tabular
public import Web

extension Remark {
    /// In the language of whoever reads.
    public var phrase: Phrase {
        Phrase(
            "imports.remark.\(code)",
            arguments: values.map { value in
                let isField = Remark.codesNamingFields.contains(code) && ImportField(rawValue: value) != nil
                return .text(isField ? Phrase("imports.field.\(value)").text : value)
            })
    }

    private static let codesNamingFields: Set<String> = [
        "fieldTwice", "columnTwice", "missingField", "tooManyValues",
    ]
}

extension ImportRefusal: Refusal {
    public var status: HTTPResponse.Status {
        switch self {
        case .unknownImport: .notFound
        case .notNow, .takenOver: .conflict
        default: .unprocessableContent
        }
    }

    public var phrase: Phrase { remark.phrase }

    public var field: String? {
        switch self {
        case .unreadableMapping, .unknownField, .fieldTwice, .columnTwice, .noSuchColumn, .missingField: "map"
        case .unknownCurrency: "currency"
        case .scaleOpen, .scaleDoubtful, .unknownScale: "scale"
        case .mappingOpen, .mappingDoesNotFit: "mapping"
        case .dayOpen, .asOfOpen: "day"
        case .tooManyValues: "map"
        case .dateOrderOpen: "date_order"
        case .noFile, .nothingToImport, .amountsBeyondBelief: "file"
        case .unknownImport, .notNow, .takenOver: nil
        }
    }

    public var code: String {
        switch self {
        case .missingField, .noFile: "missing_field"
        case .notNow, .takenOver: "inconsistent_state"
        default: "invalid_value"
        }
    }
}

/// A file that cannot be read, as screens and the API say it.
struct FileRefusal: Refusal, Equatable {
    let remark: Remark

    init(_ problem: TableProblem) { remark = Remark(problem) }

    var phrase: Phrase { remark.phrase }
    var field: String? { "file" }
}
