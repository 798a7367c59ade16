import CPostgres
import Storage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the server is, as libpq takes it: `postgres://` with one host or several, or `host=… dbname=…`.
struct PostgresAddress: Sendable {
    private let settings: [(keyword: String, value: String)]

    /// A URL that names no `target_session_attrs` gets `read-write`, so that of several hosts the primary is chosen.
    init(_ url: String) throws {
        let named = try PostgresAddress.keywords(in: url)
        var settings = [
            ("dbname", url), ("client_encoding", "UTF8"), ("fallback_application_name", "regulars"),
        ]
        if !named.contains("target_session_attrs") { settings.append(("target_session_attrs", "read-write")) }
        if !named.contains("connect_timeout") { settings.append(("connect_timeout", "10")) }
        self.settings = settings
    }

    private static func keywords(in url: String) throws -> Set<String> {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            throw StorageError.unreachable(message.map { String(cString: $0).line } ?? "no address")
        }
        defer { PQconninfoFree(options) }
        var named: Set<String> = []
        var option = options
        while let keyword = option.pointee.keyword {
            if option.pointee.val != nil { named.insert(String(cString: keyword)) }
            option += 1
        }
        return named
    }

    /// A connection, opened or failed. Blocks.
    func connect() -> OpaquePointer? {
        let keywords = settings.map { strdup($0.keyword) } + [nil]
        let values = settings.map { strdup($0.value) } + [nil]
        defer { (keywords + values).forEach { free($0) } }
        return PQconnectdbParams(keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }
}

extension String {
    /// A message of libpq on one line.
    var line: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
