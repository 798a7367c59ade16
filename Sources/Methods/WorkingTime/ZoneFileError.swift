/// What is wrong with a time zone file, so that whoever put it there can put it right.
public enum ZoneFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Larger than any zone needs (256 KiB; the largest of the tz database has 8).
    case tooLarge(bytes: Int)
    /// The file does not start with "TZif".
    case notTZif
    /// A version other than 1 to 4; the byte as it stands in the file.
    case unknownVersion(UInt8)
    /// The file ends inside a part.
    case truncated(part: String, needed: Int, found: Int)
    /// A count in the header that cannot be.
    case badCount(part: String, count: Int)
    /// A transition that is not later than the one before it, or further than 2⁵⁹ seconds from 1970.
    case badTransition(index: Int)
    /// A transition to a kind of local time that the file does not describe.
    case unknownKind(transition: Int)
    /// An offset from UTC outside −24:59:59 to +25:59:59.
    case badOffset(seconds: Int)
    /// An abbreviation that lies outside the file's letters, does not end, or is not printable.
    case badAbbreviation(kind: Int)
    /// A leap second that is not later than the one before it.
    case badLeapSecond(index: Int)
    /// A rule for the time after the last transition that does not follow RFC 9636, and where it departs.
    case badRule(String, at: Int, expected: String)

    public var description: String {
        switch self {
        case .tooLarge(let bytes): "the file has \(bytes) bytes, more than any zone needs"
        case .notTZif: "the file does not start with TZif"
        case .unknownVersion(let byte): "the version byte is \(byte), none of 1 to 4"
        case .truncated(let part, let needed, let found):
            "the file ends inside its \(part): \(needed) bytes needed, \(found) left"
        case .badCount(let part, let count): "the number of \(part) cannot be \(count)"
        case .badTransition(let index): "transition \(index) is not later than the one before, or too far off"
        case .unknownKind(let transition): "transition \(transition) leads to a local time not described"
        case .badOffset(let seconds): "an offset of \(seconds) seconds lies outside -24:59:59 to +25:59:59"
        case .badAbbreviation(let kind): "the abbreviation of local time \(kind) cannot be read"
        case .badLeapSecond(let index): "leap second \(index) is not later than the one before"
        case .badRule(let rule, let place, let expected):
            "the rule \"\(rule)\" should have \(expected) at character \(place + 1)"
        }
    }
}
