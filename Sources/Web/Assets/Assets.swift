import Crypto
import HTTPTypes
import Hummingbird

/// The styles, scripts and icons pages need, ready to be served.
///
/// All styles become one `app.css` and all scripts one `app.js`, in the order of their file names. Everything
/// is served under an address with its content's hash, so that browsers may keep it for ever.
public struct Assets: Sendable {
    /// The site's, while it answers a request.
    @TaskLocal public static var current = Assets(files: [])

    private let byAddress: [String: Served]
    private let addresses: [String: String]

    struct Served: Sendable {
        let type: String
        let hash: String
        let plain: [UInt8]
        /// Nil where compressing gains nothing.
        let gzipped: [UInt8]?
    }

    public init(files: [AssetFile]) {
        var byAddress: [String: Served] = [:]
        var addresses: [String: String] = [:]
        for file in Assets.joined(files) {
            let served = Served(file)
            let address = Assets.address(file.name, served.hash)
            byAddress[address] = served
            addresses[file.name] = address
        }
        self.byAddress = byAddress
        self.addresses = addresses
    }

    /// The address of a file, with its content in the name: `url("app.css")` is `/assets/app.3f9c….css`.
    public static func url(_ name: String) -> String { current.url(name) }

    public func url(_ name: String) -> String { "/assets/" + (addresses[name] ?? name) }

    /// `styles/` and `scripts/` joined, icons by their own names; languages are no business of browsers.
    private static func joined(_ files: [AssetFile]) -> [AssetFile] {
        let sorted = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        func join(_ folder: String) -> [UInt8] {
            sorted.filter { $0.name.hasPrefix(folder) }.flatMap { $0.bytes + [0x0A] }
        }
        let icons = sorted.filter { $0.name.hasPrefix("icons/") }
            .map { AssetFile(name: String($0.name.dropFirst("icons/".count)), bytes: $0.bytes) }
        return [
            AssetFile(name: "app.css", bytes: join("styles/")),
            AssetFile(name: "app.js", bytes: join("scripts/")),
        ] + icons
    }

    private static func address(_ name: String, _ hash: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "\(name).\(hash)" }
        return "\(name[..<dot]).\(hash)\(name[dot...])"
    }

    /// Only names in the table are served, so no path can lead anywhere else.
    func answer(_ name: String, _ fields: HTTPFields) throws -> Response {
        guard let served = byAddress[name] else { throw NotFound() }
        var headers: HTTPFields = [
            .eTag: "\"\(served.hash)\"", .cacheControl: "public, max-age=31536000, immutable",
            .vary: "Accept-Encoding",
        ]
        if fields[.ifNoneMatch].map({ $0 == "*" || $0.contains("\"\(served.hash)\"") }) ?? false {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = served.type
        var body = served.plain
        if let gzipped = served.gzipped, Compression.accepts(fields[.acceptEncoding]) {
            headers[.contentEncoding] = "gzip"
            body = gzipped
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// One file as it was compiled in.
public struct AssetFile: Sendable, Hashable {
    /// With its folder: `styles/10-tokens.css`.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

extension Assets.Served {
    fileprivate init(_ file: AssetFile) {
        plain = file.bytes
        type = Assets.Served.type(of: file.name)
        hash = SHA256.hash(data: file.bytes).prefix(6).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
        let small = try? GzipStream.whole(file.bytes)
        gzipped = small.flatMap { $0.count < file.bytes.count ? $0 : nil }
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "webmanifest": "application/manifest+json"
        default: "application/octet-stream"
        }
    }
}
