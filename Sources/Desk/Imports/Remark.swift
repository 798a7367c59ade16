public import Tabular

/// Something to say about a file or a row, kept as a code with values so that everybody reads it in their language.
public struct Remark: Sendable, Equatable {
    /// The phrase `imports.remark.<code>` says it.
    public let code: String
    public let values: [String]

    public init(_ code: String, _ values: String...) {
        self.code = code
        self.values = values
    }

    private init(code: String, values: [String]) {
        self.code = code
        self.values = values
    }

    /// Nil for the empty text, which stands for nothing to say.
    init?(stored: String) {
        let parts = stored.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard let code = parts.first, !code.isEmpty else { return nil }
        self.init(code: code, values: Array(parts.dropFirst()))
    }

    var stored: String {
        ([code] + values.map { $0.replacing("\t", with: " ") }).joined(separator: "\t")
    }

    /// In English, for machines and for the command line.
    public var sentence: String {
        var sentence = Remark.sentences[code] ?? code
        for (index, value) in values.enumerated() { sentence = sentence.replacing("{\(index)}", with: value) }
        return sentence
    }
}

extension Remark {
    public init(_ problem: CellProblem) {
        switch problem {
        case .emptyValue: self.init("emptyValue")
        case .notADate: self.init("notADate")
        case .noSuchDate: self.init("noSuchDate")
        case .yearOutOfRange(let year): self.init("yearOutOfRange", String(year))
        case .notANumber: self.init("notANumber")
        case .tooLarge: self.init("tooLarge")
        case .tooManyDecimals(0): self.init("notWhole")
        case .tooManyDecimals(let allowed): self.init("tooManyDecimals", String(allowed))
        case .badEncoding: self.init("badEncoding")
        case .rowTooLong(let limit): self.init("rowTooLong", String(limit))
        case .wrongCellCount(let expected, let found):
            self.init("wrongCellCount", String(expected), String(found))
        case .unclosedQuote: self.init("unclosedQuote")
        case .misplacedQuote: self.init("misplacedQuote")
        }
    }

    public init(_ problem: TableProblem) {
        switch problem {
        case .notText(let offset): self.init("notText", String(offset))
        case .knownFormat(let format): self.init("format.\(format.rawValue)")
        case .empty: self.init("emptyFile")
        case .unreadable, .notAFile: self.init("unreadable", problem.description)
        case .changedWhileRead: self.init("changedWhileRead")
        case .tooFewColumns(let needed, let found): self.init("tooFewColumns", String(found), String(needed))
        }
    }
}
