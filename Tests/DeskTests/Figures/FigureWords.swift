import Foundation
import Markup

/// The catalogues as they stand in the repository, as far as pictures and sample data need them.
enum FigureWords {
    static let german = Reader(language: .german)

    /// To be called before the first word is said; harmless when called again.
    static func install() { _ = installed }

    private static let installed: Void = {
        do {
            Languages.install(try Languages(base: text(of: "en"), others: [text(of: "de")]))
        } catch {
            preconditionFailure("the catalogues cannot be read: \(error)")
        }
    }()

    /// The lines that say how a language writes, and the phrases of these features.
    static func text(of language: String) throws -> String {
        let sections = ["language", "format", "month", "weekday", "currency", "figure", "sample"]
        var isOurs = false
        return try file(of: language).split(separator: "\n").filter { line in
            if line.first != " " {
                isOurs = sections.contains { line.hasPrefix("\($0).") || line.hasPrefix("\($0) ") }
            }
            return isOurs
        }.joined(separator: "\n")
    }

    static func file(of language: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Assets/languages/\(language).txt"), encoding: .utf8)
    }
}
