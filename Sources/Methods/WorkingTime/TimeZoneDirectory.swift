import FoundationEssentials

/// The folders of time zone files, an administrator's own before the system's.
///
/// Zone rules change several times a year, more often than systems are updated. Point `replacement` at a
/// newer copy (the `zoneinfo` folder of PyPI's tzdata package, or what `zic` writes) and every zone found
/// there counts; zones missing from it come from the next folder. Links are followed. A file that is there
/// but broken is an error, never silently replaced by an older one.
public struct TimeZoneDirectory: Sendable, Equatable {
    /// Where zones are looked for, first to last.
    public let folders: [String]

    /// Where most systems keep theirs.
    public static let systemFolder = "/usr/share/zoneinfo"

    /// - Parameter replacement: a folder to look into before the system's.
    public init(replacement: String? = nil) {
        folders = (replacement.map { [$0] } ?? []) + [Self.systemFolder]
    }

    /// Exactly these folders, first to last.
    public init(folders: [String]) { self.folders = folders }

    /// Reads a zone such as Europe/Berlin.
    ///
    /// - Throws: `ZoneRefusal.badName` for a name that cannot be a zone's (it never leaves the folders),
    ///   `.notFound` when no folder has it, `.unreadable` when the file there cannot be read or is no TZif.
    public func zone(named name: String) throws(ZoneRefusal) -> IANAZone {
        guard Self.isValid(name) else { throw .badName(String(name.prefix(256))) }
        guard let folder = folder(of: name) else { throw .notFound(name) }
        let path = folder + "/" + name
        guard let bytes = Self.read(path, atMost: ZoneFile.largest) else {
            throw .unreadable(path: path, because: nil)
        }
        do throws(ZoneFileError) {
            return try IANAZone(name: name, tzif: bytes)
        } catch {
            throw .unreadable(path: path, because: error)
        }
    }

    /// The folder a zone is read from, to report its version beside it; nil when none has it.
    public func folder(of name: String) -> String? {
        guard Self.isValid(name) else { return nil }
        return folders.first { FileManager.default.fileExists(atPath: $0 + "/" + name) }
    }

    /// The version of the first folder that exists, such as 2026f; nil when it does not say.
    public var version: String? {
        folders.first { FileManager.default.fileExists(atPath: $0) }.flatMap(Self.version(of:))
    }

    /// The version a folder of zone files states; nil when it states none.
    ///
    /// From `+VERSION` (macOS), the first line of `tzdata.zi` (the tz database's own), `version`, or
    /// `IANA_VERSION` in the Python package above the folder (PyPI's tzdata).
    public static func version(of folder: String) -> String? {
        for name in ["+VERSION", "tzdata.zi", "version"] {
            let bytes = read(folder + "/" + name, atMost: 4_194_304)
            if let word = bytes.flatMap({ versionWord(in: $0.prefix { $0 != UInt8(ascii: "\n") }) }) {
                return word
            }
        }
        let package = read(folder + "/../__init__.py", atMost: 65_536) ?? []
        let line = package.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "IANA_VERSION".utf8) }
        return line.flatMap(versionWord(in:))
    }

    /// The last word that reads like 2026f.
    private static func versionWord(in line: ArraySlice<UInt8>) -> String? {
        let words = line.split { !isAlphanumeric($0) }
        let version = words.last { word in
            (5...8).contains(word.count) && digits(word.prefix(4)) != nil
                && word.dropFirst(4).allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        }
        return version.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of all zones in the folders, sorted by bytes; the copies under `posix` and `right` left out.
    public var names: [String] {
        var names: Set<String> = []
        for folder in folders { Self.collect(in: folder, below: "", into: &names, depth: 0) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func collect(
        in root: String, below path: String, into names: inout Set<String>, depth: Int
    ) {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + path)) ?? []
        for entry in entries where names.count < 10_000 {
            let name = path + entry
            guard isValid(name), !["posix", "right"].contains(name) else { continue }
            var isFolder = false
            guard FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder) else {
                continue
            }
            if isFolder {
                if depth < 4 { collect(in: root, below: name + "/", into: &names, depth: depth + 1) }
            } else if read(root + "/" + name, atMost: ZoneFile.largest)?.starts(with: "TZif".utf8) == true {
                names.insert(name)
            }
        }
    }

    /// Whether a name can be a zone's: words of letters, digits, _, + and - with single slashes between.
    ///
    /// No dot, so no way up; no slash in front, so no way to the root.
    static func isValid(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
            guard let first = $0.first, isAlphanumeric(first) else { return false }
            return $0.allSatisfy { isAlphanumeric($0) || "_+-".utf8.contains($0) }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// The bytes of a regular file no larger than a limit; nil otherwise, and when it cannot be read.
    ///
    /// The size is a `UInt` or, where the whole of Foundation is linked, an `NSNumber`: its text is read.
    private static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = attributes[.size].flatMap({ Int("\($0)") }), size <= limit,
            let contents = FileManager.default.contents(atPath: resolved)
        else { return nil }
        return Array(contents)
    }
}

/// Why there is no zone for a name.
public enum ZoneRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not a name a zone can have.
    case badName(String)
    /// In none of the folders.
    case notFound(String)
    /// There, but not a regular file that can be read, or not a sound TZif file.
    case unreadable(path: String, because: ZoneFileError?)

    public var description: String {
        switch self {
        case .badName(let name): "\"\(name)\" cannot be the name of a time zone"
        case .notFound(let name): "there is no time zone \(name)"
        case .unreadable(let path, let cause?): "\(path) cannot be read: \(cause)"
        case .unreadable(let path, nil): "\(path) cannot be read"
        }
    }
}
