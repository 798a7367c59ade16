import Foundation
import Methods
import Testing

/// The C library's own reader, through the `date` command of GNU: an independent account of the same files.
private enum SystemClock {
    static let isHere = FileManager.default.isExecutableFile(atPath: "/usr/bin/date") && isLinux

    #if os(Linux)
        private static let isLinux = true
    #else
        private static let isLinux = false
    #endif

    /// The offset of each moment (in seconds) in each zone file, as seconds east.
    static func offsets(of files: [String], at seconds: [Int64]) throws -> [[Int]] {
        let moments = FileManager.default.temporaryDirectory.appending(path: "moments-\(UUID().uuidString)")
        try seconds.map { "@\($0)\n" }.joined().write(to: moments, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: moments) }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        let script = "list=$1; shift; for file; do TZ=:$file date -f $list +%::z; done"
        shell.arguments = ["-c", script, "sh", moments.path] + files
        let pipe = Pipe()
        shell.standardOutput = pipe
        try shell.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        let all = try output.split(separator: "\n").map { try eastward($0) }
        try #require(all.count == files.count * seconds.count)
        return stride(from: 0, to: all.count, by: seconds.count).map {
            Array(all[$0..<$0 + seconds.count])
        }
    }

    /// +05:45:00 and -00:01:15 as seconds.
    private static func eastward(_ text: Substring) throws -> Int {
        let parts = try text.dropFirst().split(separator: ":").map { try #require(Int($0)) }
        let size = parts[0] * 3600 + parts[1] * 60 + parts[2]
        return text.hasPrefix("-") ? -size : size
    }
}

/// Moments from 1890 to 2120: any, and dense round the present.
private func sampledSeconds(_ count: Int, seed: UInt64) -> [Int64] {
    var generator = SeededGenerator(state: seed)
    return (0..<count).map { index in
        index % 2 == 0
            ? Int64.random(in: -2_524_521_600...4_733_510_400, using: &generator)
            : Int64.random(in: 1_700_000_000...1_900_000_000, using: &generator)
    }
}

@Suite struct `Reading a zone` {
    private func compare(_ directory: TimeZoneDirectory, names: [String], seed: UInt64) throws -> Int {
        let seconds = sampledSeconds(60, seed: seed)
        let files = try names.map { try #require(directory.folder(of: $0)) + "/" + $0 }
        let expected = try SystemClock.offsets(of: files, at: seconds)
        var compared = 0
        for (name, row) in zip(names, expected) {
            let zone = try directory.zone(named: name)
            for (second, offset) in zip(seconds, row) {
                let found = zone.offset(at: UTCTime(seconds: second)).seconds
                if found != offset {
                    Issue.record("\(name) at \(second): \(found), the system says \(offset)")
                }
                compared += 1
            }
        }
        return compared
    }

    @Test(.enabled(if: SystemClock.isHere && Tzdata.hasSystem, "needs GNU date and the system's zones"))
    func `gives the offsets the system gives, for all its zones`() throws {
        let names = Tzdata.system.names

        #expect(names.count > 300)
        #expect(try compare(Tzdata.system, names: names, seed: 8) == names.count * 60)
    }

    @Test(
        .enabled(if: SystemClock.isHere, "needs GNU date"), .enabled(if: Tzdata.folder != nil, Tzdata.missing)
    )
    func `gives the offsets the system gives for files of another version`() throws {
        let current = try Tzdata.current()
        let names = current.names

        #expect(names.count > 300)
        #expect(try compare(current, names: names, seed: 9) == names.count * 60)
    }

    @Test(
        .enabled(if: Tzdata.system.folder(of: "right/Europe/Berlin") != nil, "needs zones with leap seconds"))
    func `brings files that count leap seconds back to a clock without them`() throws {
        for name in ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"] {
            let plain = try Tzdata.system.zone(named: name)
            let counting = try Tzdata.system.zone(named: "right/" + name)
            // These files end where the list of leap seconds that they were made with ends.
            let span = UTCTime(seconds: -2_000_000_000)..<UTCTime(seconds: 1_700_000_000)

            let changes = try plain.changes(in: span)
            let others = try counting.changes(in: span)
            #expect(changes.map(\.moment) == others.map(\.moment) && changes.count > 1)
            #expect(changes.map(\.offset) == others.map(\.offset))
        }
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `knows these offsets and their letters`() throws {
        let newYork = try Tzdata.system.zone(named: "America/New_York")
        let summer = newYork.offset(at: try moment("2026-07-01T12:00:00Z"))
        #expect(summer == ZoneOffset(seconds: -14_400, isDaylight: true, abbreviation: "EDT"))
        #expect(newYork.offset(at: try moment("2026-03-08T06:59:59.999Z")).seconds == -18_000)
        #expect(newYork.offset(at: try moment("2026-03-08T07:00:00Z")).seconds == -14_400)

        let kathmandu = try Tzdata.system.zone(named: "Asia/Kathmandu")
        #expect(kathmandu.offset(at: try moment("2026-07-01T12:00:00Z")).seconds == 20_700)
        #expect(kathmandu.offset(at: try moment("2026-07-01T12:00:00Z")).abbreviation == "+0545")
        let dublin = try Tzdata.system.zone(named: "Europe/Dublin")
        #expect(dublin.offset(at: try moment("2026-01-01T12:00:00Z")).seconds == 0)
        #expect(dublin.offset(at: try moment("2026-07-01T12:00:00Z")).seconds == 3600)
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `finds the rule in agreement with the transitions that files record besides`() throws {
        let rules = [
            "America/New_York": "EST5EDT,M3.2.0,M11.1.0", "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3",
            "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            "Pacific/Auckland": "NZST-12NZDT,M9.5.0,M4.1.0/3", "Europe/Dublin": "IST-1GMT0,M10.5.0,M3.5.0/1",
        ]
        let span = try span("2009-01-01T00:00:00Z", "2036-12-31T00:00:00Z")
        for (name, rule) in rules {
            let changes = try Tzdata.system.zone(named: name).changes(in: span)
            let byRule = try IANAZone(name: name, rule: rule).changes(in: span)

            #expect(changes.map(\.moment) == byRule.map(\.moment) && changes.count == 56, "\(name)")
            #expect(changes.map(\.offset.seconds) == byRule.map(\.offset.seconds), "\(name)")
        }
    }

    @Test(.enabled(if: Tzdata.folder != nil, Tzdata.missing))
    func `knows that Vancouver stays on summer time from November 2026`() throws {
        let vancouver = try Tzdata.current().zone(named: "America/Vancouver")

        #expect(vancouver.offset(at: try moment("2026-12-01T00:00:00Z")).seconds == -25_200)
    }

    @Test func `answers at the ends of time without stopping`() throws {
        let zone = try IANAZone(name: "New York", rule: "EST5EDT,M3.2.0,M11.1.0")
        for milliseconds in [Int64.min, .min + 1, -1, 0, .max - 1, .max] {
            let moment = UTCTime(milliseconds: milliseconds)
            let local = zone.local(at: moment)
            #expect([-18_000, -14_400].contains(zone.offset(at: moment).seconds))
            let isExtreme = milliseconds.magnitude > 9_000_000_000_000_000_000
            #expect(isExtreme || zone.resolve(local).moment == moment)
        }
        let first = CivilDateTime(try CivilDate(daysSince1970: -100_000_000_000), .midnight)
        let last = CivilDateTime(try CivilDate(daysSince1970: 100_000_000_000), .endOfDay)
        #expect(zone.resolve(first).moment < zone.resolve(last).moment)
        #expect(throws: OutOfRange.self) {
            try zone.changes(in: UTCTime(milliseconds: .min)..<UTCTime(milliseconds: .max))
        }
    }
}
