/// The counts at the head of each half of a TZif file (RFC 9636, section 3.1).
struct ZoneFileHeader {
    let version, universalFlags, standardFlags, leapSeconds, transitions, kinds, letters: Int

    init(_ cursor: inout ByteCursor) throws(ZoneFileError) {
        let magic = try cursor.take(4, "header")
        guard magic.elementsEqual("TZif".utf8) else { throw .notTZif }
        let versionByte = try cursor.number(size: 1, "header")
        switch UInt8(truncatingIfNeeded: versionByte) {
        case 0: version = 1
        case let byte where (UInt8(ascii: "2")...UInt8(ascii: "4")).contains(byte):
            version = Int(byte - UInt8(ascii: "0"))
        case let byte: throw .unknownVersion(byte)
        }
        _ = try cursor.take(15, "header")
        universalFlags = try cursor.count("header")
        standardFlags = try cursor.count("header")
        leapSeconds = try cursor.count("header")
        transitions = try cursor.count("header")
        kinds = try cursor.count("header")
        letters = try cursor.count("header")
    }

    func blockSize(timeSize: Int) -> Int {
        transitions * (timeSize + 1) + kinds * 6 + letters + leapSeconds * (timeSize + 4) + standardFlags
            + universalFlags
    }

    func checkCounts() throws(ZoneFileError) {
        guard (1...256).contains(kinds) else { throw .badCount(part: "kinds of local time", count: kinds) }
        guard letters > 0 else { throw .badCount(part: "letters in abbreviations", count: letters) }
        guard [0, kinds].contains(standardFlags) else {
            throw .badCount(part: "standard-time flags", count: standardFlags)
        }
        guard [0, kinds].contains(universalFlags) else {
            throw .badCount(part: "universal-time flags", count: universalFlags)
        }
    }
}

/// A place in a file that is read from start to end and may stop short.
struct ByteCursor {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ count: Int, _ part: String) throws(ZoneFileError) -> ArraySlice<UInt8> {
        let left = bytes.count - position
        guard count <= left else { throw .truncated(part: part, needed: count, found: left) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A signed number of 1, 4 or 8 bytes, the largest first.
    mutating func number(size: Int, _ part: String) throws(ZoneFileError) -> Int64 {
        let slice = try take(size, part)
        return size == 8 ? Int64(bigEndian: slice) : Int64(Int32(bigEndian: slice))
    }

    /// An unsigned 32-bit count.
    mutating func count(_ part: String) throws(ZoneFileError) -> Int {
        Int(UInt32(bigEndian: try take(4, part)))
    }

    mutating func numbers(_ count: Int, size: Int, _ part: String) throws(ZoneFileError) -> [Int64] {
        var slice = try take(count * size, part)
        var numbers: [Int64] = []
        numbers.reserveCapacity(count)
        while !slice.isEmpty {
            let bytes = slice.prefix(size)
            numbers.append(size == 8 ? Int64(bigEndian: bytes) : Int64(Int32(bigEndian: bytes)))
            slice = slice.dropFirst(size)
        }
        return numbers
    }

    /// The bytes up to the next line break, which must come.
    mutating func line(_ part: String) throws(ZoneFileError) -> ArraySlice<UInt8> {
        let rest = bytes[position...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            throw .truncated(part: part, needed: rest.count + 1, found: rest.count)
        }
        position = end + 1
        return rest[..<end]
    }
}

extension FixedWidthInteger {
    /// Puts bytes together, the most significant first; as many as the type has, or fewer.
    init(bigEndian bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}
