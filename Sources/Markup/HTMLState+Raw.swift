extension HTMLState {
    /// `<!…>` and `<?…>`: comments, the doctype, an XML declaration.
    mutating func stepInDeclaration(_ byte: UInt8) {
        switch (mode, byte) {
        case (.declaration, Ascii.dash): mode = .declarationDash
        case (.declaration, 0x44), (.declaration, 0x64): mode = .doctype
        case (.declarationDash, Ascii.dash): mode = .commentStart
        case (.declaration, _), (.declarationDash, _): fail(.strayDeclaration)
        case (.doctype, Ascii.greater): mode = .text
        case (.doctype, _): break
        case (.commentStart, Ascii.greater), (.commentStartDash, Ascii.greater): fail(.abruptComment)
        case (.commentStart, Ascii.dash): mode = .commentStartDash
        case (.comment, Ascii.dash): mode = .commentDash
        case (.commentDash, Ascii.dash), (.commentStartDash, Ascii.dash): mode = .commentEnd
        case (.commentEnd, Ascii.greater): mode = .text
        case (.commentEnd, Ascii.dash), (.commentEnd, Ascii.bang): break
        default: mode = .comment
        }
    }

    /// Inside `<script>`, `<style>`, `<title>`, `<textarea>`: only the matching end tag ends it.
    mutating func stepInRawText(_ byte: UInt8) {
        switch mode {
        case .words, .raw:
            isFresh = false
            if byte == Ascii.less { mode = .rawOpen }
        case .rawOpen:
            if byte == Ascii.slash {
                name = ShortName()
                mode = .rawSlash
            } else {
                leaveRawTag(byte)
            }
        default: stepInRawEnd(byte)
        }
    }

    private mutating func stepInRawEnd(_ byte: UInt8) {
        let ends = Ascii.isBlank(byte) || byte == Ascii.slash || byte == Ascii.greater
        if ends, name == element {
            isEndTag = true
            mode = .beforeAttribute
            stepInAttribute(byte)
        } else if Ascii.isLetter(byte) {
            name.add(byte)
            mode = .rawName
        } else {
            leaveRawTag(byte)
        }
    }

    /// What looked like a tag was text after all.
    private mutating func leaveRawTag(_ byte: UInt8) {
        guard elementKind.isRaw else {
            let isText =
                mode == .rawOpen && !Ascii.isLetter(byte) && byte != Ascii.bang && byte != Ascii.question
            guard isText else { return fail(.markupInWords) }
            mode = byte == Ascii.less ? .rawOpen : .words
            return
        }
        if element == ShortName.script, mode == .rawOpen, byte == Ascii.bang { return fail(.scriptComment) }
        mode = byte == Ascii.less ? .rawOpen : .raw
    }
}
