import Foundation
import Methods
import Testing

/// A TZif file put together by hand, so that each part can be spoilt.
struct HandmadeZone {
    var version = UInt8(ascii: "2")
    var times: [Int64] = [1000, 2000]
    var kindsAfter: [UInt8] = [1, 0]
    var kinds: [(seconds: Int32, isDaylight: UInt8, letters: UInt8)] = [(3600, 0, 0), (7200, 1, 4)]
    var letters = Array("CET\0CEST\0".utf8)
    var leaps: [(from: Int64, correction: Int32)] = []
    var flags: (standard: Int, universal: Int) = (0, 0)
    var rule = "\nCET-1\n"
    var emptyFirstHalf = true

    var bytes: [UInt8] {
        guard version != 0 else { return half(timeSize: 4) }
        let first =
            emptyFirstHalf ? header([0, 0, 0, 0, 1, 1]) + Array(repeating: 0, count: 7) : half(timeSize: 4)
        return first + half(timeSize: 8) + Array(rule.utf8)
    }

    private func half(timeSize: Int) -> [UInt8] {
        let counts = [flags.universal, flags.standard, leaps.count, times.count, kinds.count, letters.count]
        var bytes = header(counts)
        for time in times { bytes += number(time, size: timeSize) }
        bytes += kindsAfter
        for kind in kinds { bytes += number(Int64(kind.seconds), size: 4) + [kind.isDaylight, kind.letters] }
        bytes += letters
        for leap in leaps {
            bytes += number(leap.from, size: timeSize) + number(Int64(leap.correction), size: 4)
        }
        return bytes + Array(repeating: 0, count: flags.universal + flags.standard)
    }

    private func header(_ counts: [Int]) -> [UInt8] {
        Array("TZif".utf8) + [version] + Array(repeating: 0, count: 15)
            + counts.flatMap { number(Int64($0), size: 4) }
    }

    private func number(_ number: Int64, size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
    }
}

@Suite struct `Reading a zone file` {
    private func offsets(_ zone: IANAZone, _ seconds: Int64...) -> [Int] {
        seconds.map { zone.offset(at: UTCTime(seconds: $0)).seconds }
    }

    @Test(arguments: [UInt8(0), UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "4")])
    func `takes versions 1 to 4`(_ version: UInt8) throws {
        var file = HandmadeZone()
        file.version = version
        let zone = try IANAZone(name: "made", tzif: file.bytes)

        #expect(
            offsets(zone, -1_000_000, 999, 1000, 1999, 2000, 9_999_999) == [
                3600, 3600, 7200, 7200, 3600, 3600,
            ])
        #expect(zone.offset(at: UTCTime(seconds: 1000)).abbreviation == "CEST")
    }

    @Test func `looks only into the second half where there is one`() throws {
        var file = HandmadeZone()
        file.emptyFirstHalf = false
        let zone = try IANAZone(name: "made", tzif: file.bytes)

        #expect(offsets(zone, 999, 1000) == [3600, 7200])
    }

    @Test func `keeps the last kind of local time where there is no rule`() throws {
        var file = HandmadeZone()
        file.rule = "\n\n"
        file.kindsAfter = [0, 1]
        #expect(offsets(try IANAZone(name: "made", tzif: file.bytes), 9_999_999_999) == [7200])

        file.version = 0
        #expect(offsets(try IANAZone(name: "made", tzif: file.bytes), 9_999_999_999) == [7200])
    }

    @Test func `follows the rule for all time where there are no transitions`() throws {
        var file = HandmadeZone()
        (file.times, file.kindsAfter, file.rule) = ([], [], "\nEST5EDT,M3.2.0,M11.1.0\n")

        #expect(
            offsets(try IANAZone(name: "made", tzif: file.bytes), 0, 1_783_000_000) == [-18_000, -14_400])
    }

    @Test func `takes leap seconds out of the times`() throws {
        var file = HandmadeZone()
        (file.times, file.leaps) = ([100, 1001, 2002], [(500, 1), (1500, 2), (3000, 2)])
        file.kindsAfter = [0, 1, 0]

        let zone = try IANAZone(name: "made", tzif: file.bytes)

        #expect(offsets(zone, 999, 1000, 1999, 2000) == [3600, 7200, 7200, 3600])
    }

    @Test func `takes long hours in a rule from version 3 on only`() throws {
        var file = HandmadeZone()
        file.rule = "\nCET-1CEST,M3.5.0/-2,M10.5.0/50\n"
        #expect(
            throws: ZoneFileError.badRule(
                "CET-1CEST,M3.5.0/-2,M10.5.0/50", at: 17, expected: "hours without a sign before version 3")
        ) {
            try IANAZone(name: "made", tzif: file.bytes)
        }
        file.version = UInt8(ascii: "3")
        #expect(try IANAZone(name: "made", tzif: file.bytes).name == "made")
    }

    @Test func `says what is wrong`() {
        let faults: [(ZoneFileError, (inout HandmadeZone) -> Void)] = [
            (.unknownVersion(0x35), { $0.version = 0x35 }),
            (.badTransition(index: 1), { $0.times = [2000, 2000] }),
            (.badTransition(index: 0), { $0.times = [.min, 2000] }),
            (.badTransition(index: 1), { $0.times = [1000, .max] }),
            (.badTransition(index: 1), { ($0.times, $0.leaps) = ([1000, 1001], [(1001, 5)]) }),
            (.unknownKind(transition: 1), { $0.kindsAfter = [0, 2] }),
            (.badOffset(seconds: 93_600), { $0.kinds[1].seconds = 93_600 }),
            (.badOffset(seconds: Int(Int32.min)), { $0.kinds[0].seconds = .min }),
            (.badAbbreviation(kind: 1), { $0.kinds[1].letters = 9 }),
            (.badAbbreviation(kind: 1), { $0.letters = Array("CET\0CEST".utf8) }),
            (.badAbbreviation(kind: 0), { $0.letters[1] = 7 }),
            (.badLeapSecond(index: 1), { $0.leaps = [(5, 1), (5, 2)] }),
            (
                .badCount(part: "kinds of local time", count: 0),
                { ($0.kinds, $0.times, $0.kindsAfter) = ([], [], []) }
            ),
            (.badCount(part: "letters in abbreviations", count: 0), { $0.letters = [] }),
            (.badCount(part: "standard-time flags", count: 1), { $0.flags.standard = 1 }),
            (.badCount(part: "universal-time flags", count: 3), { $0.flags.universal = 3 }),
            (.badRule("", at: 0, expected: "a line break before it"), { $0.rule = "CET-1\n" }),
            (.truncated(part: "rule", needed: 6, found: 5), { $0.rule = "\nCET-1" }),
            (.truncated(part: "rule", needed: 1, found: 0), { $0.rule = "" }),
        ]
        for (fault, spoil) in faults {
            var file = HandmadeZone()
            spoil(&file)
            #expect(throws: fault) { try IANAZone(name: "made", tzif: file.bytes) }
            #expect(!fault.description.isEmpty)
        }
        #expect(throws: ZoneFileError.notTZif) {
            try IANAZone(name: "made", tzif: Array("<!DOCTYPE html>".utf8))
        }
        #expect(throws: ZoneFileError.tooLarge(bytes: 262_145)) {
            try IANAZone(name: "made", tzif: Array(repeating: 0, count: 262_145))
        }
    }

    @Test func `never asks for more memory than the file has, whatever its counts say`() {
        for place in 20..<44 {
            var bytes = HandmadeZone().bytes
            bytes[place] = 0xFF
            #expect(throws: ZoneFileError.self) { try IANAZone(name: "made", tzif: bytes) }
        }
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `refuses every truncation of a real file`() throws {
        for name in ["America/New_York", "Asia/Gaza", "right/Europe/Berlin"] {
            guard let folder = Tzdata.system.folder(of: name) else { continue }
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
            for length in stride(from: 0, to: bytes.count, by: bytes.count > 2000 ? 7 : 1) {
                let error = #expect(throws: ZoneFileError.self) {
                    try IANAZone(name: name, tzif: Array(bytes.prefix(length)))
                }
                guard case .truncated? = error else {
                    Issue.record("\(name) cut to \(length): \(String(describing: error))")
                    return
                }
            }
        }
    }

    @Test(.enabled(if: Tzdata.hasSystem, "the system has no zones"))
    func `survives bits turned over, and what it then reads still answers`() throws {
        var generator = SeededGenerator(state: 9636)
        var refused = 0
        var read = 0
        let real = try ["America/New_York", "Africa/Casablanca", "Pacific/Apia"].map { name in
            let folder = try #require(Tzdata.system.folder(of: name))
            return Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }
        for round in 0..<1500 {
            var bytes = round % 4 == 0 ? HandmadeZone().bytes : real[round % 3]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            do throws(ZoneFileError) {
                let zone = try IANAZone(name: "spoilt", tzif: bytes)
                for milliseconds in [Int64.min, -1, 1_790_000_000_123, .max] {
                    let local = zone.local(at: UTCTime(milliseconds: milliseconds))
                    _ = zone.resolve(local)
                    #expect(
                        (-89_999...93_599).contains(
                            zone.offset(at: UTCTime(milliseconds: milliseconds)).seconds))
                }
                read += 1
            } catch {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(refused > 100 && read > 100)
    }
}
