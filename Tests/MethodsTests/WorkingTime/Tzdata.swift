import Foundation
import Methods
import Testing

/// Time zone files for tests: the system's, and a newer copy where rules of this year matter.
enum Tzdata {
    /// The `zoneinfo` folder of PyPI's tzdata, 2026f or later: named by `REGULARS_TZDATA`, or in the
    /// repository's `.venv`.
    static let folder: String? = candidates.first {
        (TimeZoneDirectory.version(of: $0) ?? "") >= "2026f"
    }

    static let missing: Comment = """
        no time zone files of 2026f or later here; set REGULARS_TZDATA to the zoneinfo folder of PyPI's tzdata
        """

    static let system = TimeZoneDirectory()
    static let hasSystem = FileManager.default.fileExists(atPath: TimeZoneDirectory.systemFolder)

    /// The newer copy alone.
    static func current() throws -> TimeZoneDirectory {
        TimeZoneDirectory(folders: [try #require(folder)])
    }

    private static var candidates: [String] {
        if let named = ProcessInfo.processInfo.environment["REGULARS_TZDATA"] { return [named] }
        let here = URL(fileURLWithPath: #filePath)
        return [here, here.resolvingSymlinksInPath()].flatMap { file -> [String] in
            guard let root = repository(above: file) else { return [] }
            let library = root.appending(path: ".venv/lib")
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
            return versions.sorted().filter { $0.hasPrefix("python3") }.map {
                library.appending(path: "\($0)/site-packages/tzdata/zoneinfo").path
            }
        }
    }

    private static func repository(above file: URL) -> URL? {
        var folder = file.deletingLastPathComponent()
        while folder.path != "/" {
            let manifest = folder.appending(path: "Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { return folder }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}

/// A moment from text such as 2026-03-08T07:30:00Z, 2026-03-08T02:30:00.5-05:00; UTC when it has no offset.
func moment(_ text: String) throws -> UTCTime {
    let hasOffset = text.hasSuffix("Z") || text.dropFirst(10).contains { "+-".contains($0) }
    let parts = (hasOffset ? text : text + "Z").split(separator: ".")
    let whole = parts.count == 2 ? parts[0] + parts[1].drop { $0.isNumber } : parts[0]
    let fraction = parts.count == 2 ? parts[1].prefix { $0.isNumber } : "0"
    let padded = String((fraction + "000").prefix(3))
    let date = try Date(String(whole), strategy: .iso8601)
    return UTCTime(
        milliseconds: Int64(date.timeIntervalSince1970.rounded()) * 1000 + (try #require(Int64(padded))))
}

/// A date from text such as 2026-03-08.
func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

/// A reading of a wall clock from text such as 2026-03-08T02:30.
func wallTime(_ text: String) throws -> CivilDateTime {
    let parts = text.split(separator: "T")
    return CivilDateTime(try date(String(parts[0])), try #require(CivilTime(String(parts[1].prefix(8)))))
}

/// Working hours from text such as 09:00 and 17:00.
func interval(_ start: String, _ end: String) throws -> WorkingInterval {
    try WorkingInterval(try #require(CivilTime(start)), try #require(CivilTime(end)))
}

/// A week with the same hours from Monday to Friday.
func workweek(_ hours: (String, String)...) throws -> [Weekday: [WorkingInterval]] {
    let intervals = try hours.map { try interval($0.0, $0.1) }
    return Dictionary(uniqueKeysWithValues: Weekday.allCases.prefix(5).map { ($0, intervals) })
}

/// The time between two moments as text.
func span(_ start: String, _ end: String) throws -> Range<UTCTime> { try moment(start)..<moment(end) }
