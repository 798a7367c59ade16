import Desk
import Markup
import Storage
import Tabular
import Web

/// Why a command did not do what it was told, and the code it ends with: 1 refused or failed, 64 wrong words.
struct Failure: Error {
    let sentence: String
    var code: Int32 = 1

    init(_ sentence: String, code: Int32 = 1) {
        self.sentence = sentence
        self.code = code
    }

    static let wrongWords: Int32 = 64

    /// What `body` refuses was said wrongly on the command line: the same sentence, with the code for wrong words.
    static func wrongly<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let refusal as any Refusal {
            throw Failure(sentence(for: refusal), code: wrongWords)
        }
    }

    /// Any error as a person at a terminal should read it.
    static func sentence(for error: any Error) -> String {
        switch error {
        case let refusals as Refusals:
            refusals.all.map { sentence(for: $0) }.joined(separator: "\n          ")
        case let refusal as any Refusal:
            (refusal.field.map { "\($0): " } ?? "") + refusal.phrase.text
        case let failure as Failure: failure.sentence
        default: "\(error)"
        }
    }
}
