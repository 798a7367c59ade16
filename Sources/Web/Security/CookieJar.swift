public import HTTPTypes

/// The cookies a request brought.
public struct CookieJar: Sendable, Hashable {
    private var values: [String: String] = [:]

    public init(_ fields: HTTPFields = [:]) {
        for line in fields[values: .cookie] {
            for part in line.split(separator: ";") {
                let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = halves[0].filter { !$0.isWhitespace }
                if halves.count == 2, values[name] == nil { values[name] = String(halves[1]) }
            }
        }
    }

    public subscript(name: String) -> String? { values[name] }
}
