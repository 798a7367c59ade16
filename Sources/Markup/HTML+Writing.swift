extension HTML.StringInterpolation {
    /// Words of a stranger, written as their place demands.
    mutating func write(_ words: Span<UInt8>) {
        switch enter(.words) {
        case .text, .words:
            keepFirstNewline(of: words)
            bytes.append(escaping: words)
        case .attribute: bytes.append(escaping: words)
        case .address(let place): write(address: words, at: place)
        case .tag, .forbidden: break
        }
        state.pass(.words)
    }

    /// Digits and the like: nothing in them needs escaping anywhere.
    mutating func writeSafe(_ text: String) {
        _ = enter(.words)
        bytes.append(contentsOf: text.utf8)
        state.pass(.words)
    }

    /// Parsers drop a newline right after `<textarea>` and `<pre>`, so one that belongs to the words needs another.
    private mutating func keepFirstNewline(of words: Span<UInt8>) {
        guard state.isFresh, words.count > 0, words[0] == 0x0A else { return }
        if state.elementKind.dropsFirstNewline { bytes.append(0x0A) }
    }

    private mutating func write(address words: Span<UInt8>, at place: AddressPlace) {
        switch place {
        case .whole: write(address: words, if: Address.isHarmless(words))
        case .ownSite: write(address: words, if: Address.isOnThisSite(words))
        case .contact: Address.encode(words, keeping: Address.contactMarks, into: &bytes)
        case .component:
            dropSlashThatWouldNameASite()
            Address.encode(words, keeping: [], into: &bytes)
        }
    }

    private mutating func write(address words: Span<UInt8>, if isAllowed: Bool) {
        if isAllowed { bytes.append(escaping: words) } else { bytes.append(literal: Address.nowhere) }
    }

    /// `href="\(base)/\(path)"` with an empty or lone-slash beginning would start with `//`, which names a site.
    private mutating func dropSlashThatWouldNameASite() {
        guard bytes.count >= 3, bytes[bytes.count - 1] == Ascii.slash, bytes[bytes.count - 2] == Ascii.slash
        else {
            return
        }
        let before = bytes[bytes.count - 3]
        if before == Ascii.quote || before == Ascii.apostrophe { bytes.removeLast() }
    }
}
