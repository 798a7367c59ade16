import Foundation
import Markup
import Testing

/// Runs `body` as if these were the languages of the desk and this its reader.
func reading<T>(
    in language: Language, _ languages: Languages, offset: Int64 = 0, token: String? = nil,
    _ body: () throws -> T
) rethrows -> T {
    let reader = Reader(
        language: language, languages: languages, zone: "Test/Zone", offset: { _ in offset }, formToken: token
    )
    return try Reader.$current.withValue(reader, operation: body)
}

/// A catalogue of the product, as it stands in the repository.
func shippedText(of language: Language) throws -> String {
    let folder = try #require(Repository.root).appending(path: "Assets/languages")
    return try String(contentsOf: folder.appending(path: "\(language.code).txt"), encoding: .utf8)
}

/// The product's rules for numbers, money and days, without its phrases.
func shippedRules() throws -> Languages {
    let settings = ["language", "format", "month", "weekday", "currency"]
    func rules(of language: Language) throws -> String {
        try shippedText(of: language).split(separator: "\n")
            .filter { line in settings.contains { line.hasPrefix($0) } }.joined(separator: "\n")
    }
    return try Languages(base: rules(of: .english), others: [rules(of: .german)])
}
