import HTTPTypes
import Kernel
import Markup
import Storage
import Web

/// A word the house puts on customers, to find them by.
struct Tag: Sendable, Equatable, Identifiable {
    /// So many on one customer.
    static let limit = 100

    let id: ID<Tag>
    let name: String

    static let columns: SQL = "t.id, t.name"

    init(row: any Row) throws {
        id = try row.id(0)
        name = try row.text(1)
    }

    /// The word without blanks, or the reason why it may not be. A comma parts two tags and is in none.
    static func checked(_ typed: String) throws(TagRefusal) -> String {
        let name = typed.singleLine
        guard !name.isEmpty else { throw .missing }
        guard name.count <= 60, name.utf8.count <= 240 else { throw .tooLong }
        guard !name.contains(","), !name.searchKey.isEmpty else { throw .badWord(name) }
        return name
    }

    /// `regular, loves oat milk` as two words, each once.
    static func words(_ typed: String) throws(TagRefusal) -> [String] {
        let parts = typed.split(whereSeparator: { $0 == "," || $0.isNewline }).map { String($0).singleLine }
        return try checked(parts.filter { !$0.isEmpty })
    }

    static func checked(_ words: [String]) throws(TagRefusal) -> [String] {
        var seen: Set<String> = []
        var names: [String] = []
        for word in words {
            let name = try checked(word)
            if seen.insert(name.searchKey).inserted { names.append(name) }
        }
        guard names.count <= limit else { throw .tooMany }
        return names
    }
}

enum TagRefusal: Refusal, Equatable {
    case unknown
    case missing
    case tooLong
    case badWord(String)
    case tooMany
    /// Another tag is called so: merging says it plainly.
    case nameTaken(String)
    case noSuchTag(String)
    case sameTag

    var status: HTTPResponse.Status { self == .unknown ? .notFound : .unprocessableContent }

    var phrase: Phrase {
        switch self {
        case .unknown: Phrase("tags.refused.unknown")
        case .missing: Phrase("tags.refused.missing")
        case .tooLong: Phrase("tags.refused.tooLong", .count(60))
        case .badWord(let word): Phrase("tags.refused.badWord", .text(word))
        case .tooMany: Phrase("tags.refused.tooMany", .count(Tag.limit))
        case .nameTaken(let name): Phrase("tags.refused.nameTaken", .text(name))
        case .noSuchTag(let name): Phrase("tags.refused.noSuchTag", .text(name))
        case .sameTag: Phrase("tags.refused.sameTag")
        }
    }

    var field: String? {
        switch self {
        case .unknown: nil
        case .nameTaken: "name"
        case .noSuchTag, .sameTag: "into"
        default: "tags"
        }
    }
}
