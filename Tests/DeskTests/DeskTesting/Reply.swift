import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// What came back, in the words a test asks it.
struct Reply: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// Where it sends the browser.
    var location: String? { headers[.location] }

    /// Whether these words stand in it as they are.
    func says(_ words: String) -> Bool { text.contains(words) }

    /// The body as JSON of this type. Keys are as they come: `created_at`.
    func json<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// The body as a JSON object, for asking whether a field is there at all.
    func object() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    func objects() throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }

    /// What the field of that name holds on this page.
    func value(of field: String) -> String? {
        guard let start = text.range(of: "name=\"\(field)\"") else { return nil }
        let tag = text[start.upperBound...].prefix { $0 != ">" }
        guard let value = tag.range(of: "value=\"") else { return nil }
        return String(tag[value.upperBound...].prefix { $0 != "\"" })
    }

    /// The words of the first element of that class, such as the link of an invitation in `secret`.
    func words(in styleClass: String) -> String? {
        guard let start = text.range(of: "class=\"\(styleClass)\"") else { return nil }
        let rest = text[start.upperBound...]
        guard let open = rest.firstIndex(of: ">") else { return nil }
        return String(rest[rest.index(after: open)...].prefix { $0 != "<" })
    }
}

extension Reply {
    /// Where the API says the next page is.
    var link: String? {
        headers.first { $0.name.canonicalName == "link" }?.value
    }
}
