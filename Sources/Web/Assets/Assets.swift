/// The styles, scripts and icons pages need, as they are served.
public struct Assets: Sendable {
    /// The site's, while it answers a request.
    @TaskLocal public static var current = Assets(files: [])

    public init(files: [AssetFile]) {
    }

    /// The address of a file, with its content in the name: `url("app.css")` is `/assets/app.3f9c….css`.
    public static func url(_ name: String) -> String { current.url(name) }

    public func url(_ name: String) -> String { "/assets/\(name)" }
}

/// One file as it was compiled in.
public struct AssetFile: Sendable {
    /// With its folder: `styles/10-tokens.css`.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
