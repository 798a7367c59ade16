import Foundation
import Methods
import Testing

@Suite struct `Finding a zone` {
    @Test(arguments: [
        "", "/etc/passwd", "../etc/passwd", "Europe/../../etc/passwd", "Europe/./Berlin", "Europe//Berlin",
        "Europe/", "/Europe/Berlin", "tzdata.zi", "Europe/Berlin\0", "Europe/Ber lin", "Europe\\Berlin", "-x",
        "Europe/-x", "%2e%2e/x", "Ａ", String(repeating: "a", count: 65), "~root", ":Europe/Berlin",
    ])
    func `refuses names that are no zone's, before any file is touched`(_ name: String) {
        #expect(throws: ZoneRefusal.badName(name)) { try Tzdata.system.zone(named: name) }
        #expect(Tzdata.system.folder(of: name) == nil)
    }

    @Test func `says when there is no such zone`() {
        let error = #expect(throws: ZoneRefusal.self) { try Tzdata.system.zone(named: "Europe/Atlantis") }

        #expect(error == .notFound("Europe/Atlantis"))
        #expect(error?.description == "there is no time zone Europe/Atlantis")
        #expect(throws: ZoneRefusal.notFound("UTC")) { try TimeZoneDirectory(folders: []).zone(named: "UTC") }
        #expect(TimeZoneDirectory(folders: []).version == nil && TimeZoneDirectory(folders: []).names.isEmpty)
    }

    /// A folder of an administrator's own for one test.
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        let inner = folder.appending(path: "zoneinfo/Own")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: "zoneinfo"))
    }

    private func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `takes the administrator's file first and the system's for the rest`() throws {
        try withFolder { folder in
            try write(HandmadeZone().bytes, "UTC", in: folder)
            let directory = TimeZoneDirectory(replacement: folder.path)

            #expect(try directory.zone(named: "UTC").offset(at: UTCTime(seconds: 0)).abbreviation == "CET")
            #expect(directory.folder(of: "UTC") == folder.path)
            #expect(try directory.zone(named: "Europe/Berlin").name == "Europe/Berlin")
            #expect(directory.folder(of: "Europe/Berlin") == TimeZoneDirectory.systemFolder)
        }
    }

    @Test func `follows links as files and passes over what is no file`() throws {
        try withFolder { folder in
            try write(HandmadeZone().bytes, "Own/Town", in: folder)
            try write(Array("zones".utf8), "Readme", in: folder)
            let link = folder.appending(path: "Own/Link").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "Town")
            let dangling = folder.appending(path: "Own/Gone").path
            try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "Nowhere")
            let round = folder.appending(path: "Own/Round").path
            try FileManager.default.createSymbolicLink(atPath: round, withDestinationPath: "../Own")
            let directory = TimeZoneDirectory(folders: [folder.path])

            #expect(try directory.zone(named: "Own/Link").offset(at: UTCTime(seconds: 0)).seconds == 3600)
            #expect(throws: ZoneRefusal.notFound("Own/Gone")) { try directory.zone(named: "Own/Gone") }
            let own = folder.path + "/Own"
            #expect(throws: ZoneRefusal.unreadable(path: own, because: nil)) {
                try directory.zone(named: "Own")
            }
            #expect(
                directory.names.prefix(2) == ["Own/Link", "Own/Round/Link"] && directory.names.count < 20)
        }
    }

    @Test func `never puts an older file in the place of a broken one`() throws {
        try withFolder { folder in
            try write(Array(HandmadeZone().bytes.dropLast(3)), "UTC", in: folder)
            let directory = TimeZoneDirectory(replacement: folder.path)

            let error = #expect(throws: ZoneRefusal.self) { try directory.zone(named: "UTC") }
            let cause = ZoneFileError.truncated(part: "rule", needed: 4, found: 3)
            #expect(error == .unreadable(path: folder.path + "/UTC", because: cause))
            #expect(error?.description.contains("3 left") == true)

            try write(Array(repeating: 0x20, count: 262_145), "Large", in: folder)
            let path = folder.path + "/Large"
            #expect(throws: ZoneRefusal.unreadable(path: path, because: nil)) {
                try directory.zone(named: "Large")
            }
        }
    }

    @Test(arguments: [
        ("zoneinfo/+VERSION", "2026c\n", "2026c"),
        ("zoneinfo/tzdata.zi", "# version 2026f\nR d 1916\n", "2026f"),
        ("zoneinfo/version", "2025b", "2025b"),
        ("__init__.py", "import x\nIANA_VERSION = \"2026f\"\n", "2026f"),
        ("zoneinfo/tzdata.zi", "R d 1916\n# version 2026f\n", nil), ("zoneinfo/version", "soon", nil),
        ("zoneinfo/+VERSION", "\u{FFFF}", nil),
    ])
    func `reports the version a folder states`(_ file: String, _ text: String, _ version: String?) throws {
        try withFolder { folder in
            try Data(text.utf8).write(to: folder.deletingLastPathComponent().appending(path: file))

            #expect(TimeZoneDirectory(replacement: folder.path).version == version)
        }
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `lists the names there are, without the copies for special clocks`() {
        let names = Tzdata.system.names

        #expect(Set(["UTC", "Europe/Berlin", "America/Argentina/Ushuaia", "Etc/GMT+5"]).isSubset(of: names))
        #expect(!names.contains { $0.hasPrefix("right/") || $0.hasPrefix("posix/") })
        #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test(.enabled(if: Tzdata.folder != nil, Tzdata.missing))
    func `reads a current copy and says so`() throws {
        let current = try Tzdata.current()

        #expect(try #require(current.version) >= "2026f")
        #expect(try current.zone(named: "America/Vancouver").name == "America/Vancouver")
    }
}
