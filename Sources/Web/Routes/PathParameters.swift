public import Kernel

/// What stood where the route's path has a `:name`, decoded.
public struct PathParameters: Sendable, Hashable {
    private let values: [String: String]

    public init(_ values: [String: String] = [:]) { self.values = values }

    public subscript(name: String) -> String? { values[name] }

    /// The row an address points to. What is no number points to nothing, which is `NotFound`.
    public func id<Noun>(_ name: String = "id", of noun: Noun.Type = Noun.self) throws -> ID<Noun> {
        guard let text = values[name], let id = ID<Noun>(text) else { throw NotFound() }
        return id
    }

    public func text(_ name: String) throws -> String {
        guard let text = values[name] else { throw NotFound() }
        return text
    }
}
