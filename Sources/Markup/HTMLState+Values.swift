/// How much of an address the literal has already settled.
enum AddressProgress: Sendable, Equatable {
    /// Nothing yet.
    case start
    /// Letters that may still turn out to be a scheme.
    case guess
    /// A lone slash.
    case root
    /// A value stands at the beginning; a colon must not follow.
    case value
    /// Scheme and site are fixed: what follows is path or query.
    case settled
    /// After `mailto:` or `tel:`.
    case contact
    /// A scheme no value may be added to.
    case refused
}

extension HTMLState {
    mutating func stepInValue(_ byte: UInt8) {
        switch mode {
        case .beforeValue: openValue(byte)
        case .doubleQuoted where byte == Ascii.quote, .singleQuoted where byte == Ascii.apostrophe:
            mode = .afterValue
        case .unquotedValue where byte == Ascii.greater: finishTag()
        case .unquotedValue where Ascii.isBlank(byte): mode = .beforeAttribute
        case .doubleQuoted, .singleQuoted, .unquotedValue:
            if attribute == .address || attribute == .ownAddress { stepInAddress(byte) }
        default:
            mode = .beforeAttribute
            stepInAttribute(byte)
        }
    }

    private mutating func openValue(_ byte: UInt8) {
        switch byte {
        case Ascii.quote: mode = .doubleQuoted
        case Ascii.apostrophe: mode = .singleQuoted
        case Ascii.greater: fail(.oddAttribute)
        case _ where Ascii.isBlank(byte): break
        default: mode = .unquotedValue
        }
    }

    private mutating func stepInAddress(_ byte: UInt8) {
        switch address {
        case .start: beginAddress(byte)
        case .guess: guessScheme(byte)
        case .root: address = byte == Ascii.slash || byte == Ascii.backslash ? .refused : .settled
        case .value: followValue(byte)
        case .settled, .contact, .refused: break
        }
    }

    private mutating func beginAddress(_ byte: UInt8) {
        guard byte > Ascii.space else { return }
        name = ShortName()
        address = .guess
        if byte == Ascii.slash { address = .root } else { guessScheme(byte) }
    }

    private mutating func guessScheme(_ byte: UInt8) {
        switch byte {
        case Ascii.slash, Ascii.question, Ascii.hash: address = .settled
        case Ascii.ampersand, Ascii.backslash: address = .refused
        case Ascii.colon:
            address = HTMLState.schemes[name] ?? .refused
            if name == ShortName.javascript { fail(.scriptAddress) }
        case 0...Ascii.space: break
        default: name.add(byte)
        }
    }

    private mutating func followValue(_ byte: UInt8) {
        switch byte {
        case Ascii.slash, Ascii.question, Ascii.hash: address = .settled
        case Ascii.colon, Ascii.ampersand, Ascii.backslash: fail(.colonAfterValue)
        default: break
        }
    }

    private static let schemes = NameTable<AddressProgress>([
        "http https": .settled,
        "mailto tel": .contact,
    ])
}

extension ShortName {
    static let on = ShortName("on")
    static let javascript = ShortName("javascript")
    static let script = ShortName("script")
}
