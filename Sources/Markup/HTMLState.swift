/// How far a browser would have read: the HTML tokenizer's state after the literal so far.
///
/// It knows only what decides whether a value may stand here. Literals are written by us, so anything odd in one
/// (markup in a title, a quote in an attribute's name) is a mistake that no value can follow.
public struct HTMLState: Sendable, Equatable {
    enum Mode: UInt8, Sendable {
        case text, tagOpen, endTagOpen, tagName, beforeAttribute, attributeName, afterAttributeName
        case beforeValue, unquotedValue, doubleQuoted, singleQuoted, afterValue
        case declaration, declarationDash, doctype, commentStart, commentStartDash, comment, commentDash,
            commentEnd
        case words, raw, rawOpen, rawSlash, rawName
        case mistaken
    }

    var mode = Mode.text
    var mistake = Mistake.none
    var element = ShortName()
    var elementKind = ElementKind.ordinary
    var isEndTag = false
    /// Inside `<svg>` or `<math>`, where scripts and styles are read by other rules.
    var isForeign = false
    /// Nothing has followed the start tag yet.
    var isFresh = false
    /// A meta tag that redirects, or one whose content came from a value.
    var refreshes = false, holdsContent = false
    var name = ShortName(), isHandlerName = false
    var attribute = AttributeKind.plain
    var address = AddressProgress.start

    public init() {}

    /// Reads on through the next piece of the literal.
    public mutating func feed(_ literal: String) {
        feed(literal.utf8.span)
    }

    mutating func feed(_ bytes: Span<UInt8>) {
        var index = 0
        let end = bytes.count
        while index < end {
            switch mode {
            case .text:
                isFresh = isFresh && bytes[index] == Ascii.less
                while index < end, bytes[index] != Ascii.less { index += 1 }
                if index < end { mode = .tagOpen }
            case .doubleQuoted where attribute == .plain:
                while index < end, bytes[index] != Ascii.quote { index += 1 }
                if index < end { mode = .afterValue }
            default:
                step(bytes[index])
            }
            index += 1
        }
    }

    private mutating func step(_ byte: UInt8) {
        switch mode {
        case .text, .tagOpen, .endTagOpen, .tagName: stepInTag(byte)
        case .beforeAttribute, .attributeName, .afterAttributeName: stepInAttribute(byte)
        case .beforeValue, .unquotedValue, .doubleQuoted, .singleQuoted, .afterValue: stepInValue(byte)
        case .words, .raw, .rawOpen, .rawSlash, .rawName: stepInRawText(byte)
        case .mistaken: break
        default: stepInDeclaration(byte)
        }
    }

    mutating func fail(_ reason: Mistake) {
        mode = .mistaken
        mistake = reason
    }
}

/// What is wrong with a literal, as a sentence.
enum Mistake: String, Sendable {
    case none = ""
    case strayDeclaration = "only <!doctype> and <!-- comments --> may begin with <!"
    case abruptComment = "a comment may not begin with > or ->"
    case markupInWords = "<title> and <textarea> hold words, not markup"
    case oddTag = "the tag's name is malformed"
    case oddAttribute = "an attribute's name holds a quote, < or a misplaced ="
    case scriptComment = "a script may not hold <!--"
    case scriptAddress = "javascript: is not an address"
    case colonAfterValue = "a value followed by a colon could name any scheme"
    case foreignScript = "<svg> and <math> hold no scripts or styles of ours"
    case lateRefresh = "a redirecting meta tag cannot take its content from a value"
}

enum Ascii {
    static let quote: UInt8 = 0x22, apostrophe: UInt8 = 0x27, less: UInt8 = 0x3C, greater: UInt8 = 0x3E
    static let slash: UInt8 = 0x2F, equals: UInt8 = 0x3D, bang: UInt8 = 0x21, dash: UInt8 = 0x2D
    static let question: UInt8 = 0x3F, colon: UInt8 = 0x3A, hash: UInt8 = 0x23, backslash: UInt8 = 0x5C
    static let ampersand: UInt8 = 0x26, space: UInt8 = 0x20, dot: UInt8 = 0x2E

    static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    static func isWordPart(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == dash }
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B)
    }
}
