/// The bytes a table is made of, by name.
enum Ascii {
    static let quote: UInt8 = 0x22
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let apostrophe: UInt8 = 0x27
    static let openParenthesis: UInt8 = 0x28
    static let closeParenthesis: UInt8 = 0x29
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let minus: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let pipe: UInt8 = 0x7C

    /// The value of a digit; 10 or more when the byte is not one.
    @inline(__always)
    static func digit(_ byte: UInt8) -> UInt8 { byte &- 0x30 }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { digit(byte) < 10 }

    /// Blanks that may surround a cell, line ends inside quotes among them.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == tab || byte == lineFeed || byte == carriageReturn
    }
}
