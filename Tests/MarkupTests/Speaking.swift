import Foundation
import Markup
import Testing

/// Runs `body` as if these were the languages of the desk and this its reader.
func reading<T>(
    in language: Language, _ languages: Languages, offset: Int64 = 0, token: String? = nil, _ body: () throws -> T
) rethrows -> T {
    let reader = Reader(
        language: language, languages: languages, zone: "Test/Zone", offset: { _ in offset }, formToken: token)
    return try Reader.$current.withValue(reader, operation: body)
}

/// The catalogues of the product.
func shippedLanguages() throws -> Languages {
    let folder = try #require(Repository.root).appending(path: "Assets/languages")
    return try Languages(
        base: String(contentsOf: folder.appending(path: "en.txt"), encoding: .utf8),
        others: [String(contentsOf: folder.appending(path: "de.txt"), encoding: .utf8)])
}
