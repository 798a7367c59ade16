/// A TZif file taken apart: recorded transitions, kinds of local time, and the rule for what comes after.
///
/// Source: RFC 9636 (versions 1 to 4). A file of version 2 or later repeats itself: 32-bit times first, then
/// 64-bit times and a rule; only the second half is looked into. Files that count leap seconds ("right") are
/// read too: their times are brought back to the scale without leap seconds, which `UTCTime` uses.
struct ZoneFile {
    private(set) var transitions: [Int64] = []
    private(set) var kindsAfter: [UInt8] = []
    private(set) var kinds: [ZoneOffset] = []
    private(set) var rule: PosixRule?

    static let largest = 262_144

    init(_ bytes: [UInt8]) throws(ZoneFileError) {
        guard bytes.count <= Self.largest else { throw .tooLarge(bytes: bytes.count) }
        var cursor = ByteCursor(bytes)
        var header = try ZoneFileHeader(&cursor)
        guard header.version > 1 else {
            try readBlock(header, &cursor, timeSize: 4)
            return
        }
        _ = try cursor.take(header.blockSize(timeSize: 4), "32-bit part")
        header = try ZoneFileHeader(&cursor)
        try readBlock(header, &cursor, timeSize: 8)
        rule = try Self.rule(&cursor, version: header.version)
    }

    private mutating func readBlock(
        _ header: ZoneFileHeader, _ cursor: inout ByteCursor, timeSize: Int
    ) throws(ZoneFileError) {
        try header.checkCounts()
        let times = try cursor.numbers(header.transitions, size: timeSize, "transition times")
        kindsAfter = Array(try cursor.take(header.transitions, "transition kinds"))
        let records = try cursor.take(header.kinds * 6, "kinds of local time")
        let letters = try cursor.take(header.letters, "abbreviations")
        kinds = try Self.kinds(Array(records), letters: Array(letters))
        let leaps = try Self.leapSeconds(header.leapSeconds, &cursor, timeSize: timeSize)
        _ = try cursor.take(header.standardFlags, "standard-time flags")
        _ = try cursor.take(header.universalFlags, "universal-time flags")

        transitions = try Self.ascending(times, leaps)
        for (index, kind) in kindsAfter.enumerated() where kind >= kinds.count {
            throw .unknownKind(transition: index)
        }
    }

    private static func kinds(_ records: [UInt8], letters: [UInt8]) throws(ZoneFileError) -> [ZoneOffset] {
        var kinds: [ZoneOffset] = []
        for start in stride(from: 0, to: records.count, by: 6) {
            let seconds = Int(Int32(bigEndian: records[start..<start + 4]))
            guard OffsetPeriods.allowed.contains(Int64(seconds)) else { throw .badOffset(seconds: seconds) }
            let name = letters.dropFirst(Int(records[start + 5])).prefix { $0 != 0 }
            let isPrintable = name.allSatisfy { (0x21...0x7E).contains($0) } && name.count <= 64
            guard isPrintable, name.startIndex < letters.count, name.endIndex < letters.count else {
                throw .badAbbreviation(kind: kinds.count)
            }
            kinds.append(
                ZoneOffset(
                    seconds: seconds, isDaylight: records[start + 4] != 0,
                    abbreviation: String(decoding: name, as: UTF8.self)))
        }
        return kinds
    }

    /// When each correction begins, counting leap seconds, and how many seconds it is.
    private static func leapSeconds(
        _ count: Int, _ cursor: inout ByteCursor, timeSize: Int
    ) throws(ZoneFileError) -> [(from: Int64, correction: Int64)] {
        var leaps: [(from: Int64, correction: Int64)] = []
        for index in 0..<count {
            let from = try cursor.number(size: timeSize, "leap seconds")
            let correction = try cursor.number(size: 4, "leap seconds")
            if let last = leaps.last, last.from >= from { throw .badLeapSecond(index: index) }
            leaps.append((from, correction))
        }
        return leaps
    }

    /// The transition times without leap seconds, checked to ascend.
    private static func ascending(
        _ times: [Int64], _ leaps: [(from: Int64, correction: Int64)]
    ) throws(ZoneFileError) -> [Int64] {
        var result: [Int64] = []
        result.reserveCapacity(times.count)
        var passed = 0
        for (index, time) in times.enumerated() {
            while passed < leaps.count, leaps[passed].from <= time { passed += 1 }
            let correction = passed > 0 ? leaps[passed - 1].correction : 0
            guard time.magnitude <= 1 << 59, result.last.map({ $0 < time - correction }) ?? true else {
                throw .badTransition(index: index)
            }
            result.append(time - correction)
        }
        return result
    }

    /// The line at the end; empty when the last recorded kind of local time stays.
    private static func rule(
        _ cursor: inout ByteCursor, version: Int
    ) throws(ZoneFileError) -> PosixRule? {
        guard let opening = try cursor.take(1, "rule").first, opening == UInt8(ascii: "\n") else {
            throw .badRule("", at: 0, expected: "a line break before it")
        }
        let line = try cursor.line("rule")
        guard !line.isEmpty else { return nil }
        var parser = PosixRuleParser(line, isExtended: version >= 3)
        return try parser.parse()
    }
}
