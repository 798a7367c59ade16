/// A language people read, by its BCP 47 code, such as `de` or `pt-BR`.
public struct Language: Sendable, Hashable {
    public let code: String

    public init(_ code: String) { self.code = code }

    public static let english = Language("en")
    public static let german = Language("de")

    /// The code without script or region: `pt` of `pt-BR`.
    public var primary: String { String(code.lowercased().prefix { $0 != "-" && $0 != "_" }) }
}
