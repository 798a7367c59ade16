/// Finds words in a text that is in lower case already.
enum WordScanner {
    /// Visits every word, and says whether other punctuation than apostrophes stands between it and the one before.
    static func scan(_ text: String, for words: Tokenizer.Words, visit: (String, Bool) -> Void) {
        switch words {
        case .unicode: scanUnicode(text, visit)
        case .latinLetters: scanBytes(text, apostrophes: true, visit) { (0x61...0x7A).contains($0) }
        case .latinIdentifiers:
            scanBytes(text, apostrophes: false, visit) { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            }
        }
    }

    private static func scanBytes(
        _ text: String, apostrophes: Bool, _ visit: (String, Bool) -> Void, isPart: (UInt8) -> Bool
    ) {
        let bytes = text.utf8
        var place = bytes.startIndex
        var isBroken = false
        while place < bytes.endIndex {
            guard isPart(bytes[place]) else {
                isBroken = isBroken || !isSpacing(bytes[place])
                bytes.formIndex(after: &place)
                continue
            }
            var end = bytes[place...].firstIndex { !isPart($0) } ?? bytes.endIndex
            if apostrophes, end < bytes.endIndex, bytes[end] == UInt8(ascii: "'") {
                let next = bytes.index(after: end)
                let tail = bytes[next...].firstIndex { !isPart($0) } ?? bytes.endIndex
                if tail > next { end = tail }
            }
            visit(String(text[place..<end]), isBroken)
            isBroken = false
            place = end
        }
    }

    private static func isSpacing(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || byte == UInt8(ascii: "'")
    }

    /// Letters, marks and digits; an apostrophe between two of them belongs to the word.
    private static func scanUnicode(_ text: String, _ visit: (String, Bool) -> Void) {
        var word = String.UnicodeScalarView()
        var isBroken = false
        var apostropheWaits = false
        for scalar in text.unicodeScalars {
            let kind = Kind(scalar)
            if kind == .part {
                if apostropheWaits { word.append("'") }
                apostropheWaits = false
                word.append(scalar)
                continue
            }
            if kind == .apostrophe, !word.isEmpty, !apostropheWaits {
                apostropheWaits = true
                continue
            }
            if !word.isEmpty {
                visit(String(word), isBroken)
                word = String.UnicodeScalarView()
                isBroken = false
            }
            apostropheWaits = false
            isBroken = isBroken || kind == .punctuation
        }
        if !word.isEmpty { visit(String(word), isBroken) }
    }

    private enum Kind {
        case part, apostrophe, spacing, punctuation

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x61...0x7A, 0x30...0x39: self = .part
            // U+0092 is Windows' apostrophe in a text that was read as Latin-1.
            case 0x27, 0x2019, 0x02BC, 0x92: self = .apostrophe
            // Soft hyphens and zero-width joiners show nothing and end nothing of a sentence.
            case 0x20, 0x09...0x0D, 0xA0, 0xAD, 0x200B...0x200D, 0xFEFF: self = .spacing
            case ..<0x80: self = .punctuation
            default: self = Kind(beyondASCII: scalar.properties)
            }
        }

        private init(beyondASCII properties: Unicode.Scalar.Properties) {
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .nonspacingMark, .spacingMark, .decimalNumber:
                self = .part
            case .spaceSeparator, .lineSeparator, .format: self = .spacing
            default: self = .punctuation
            }
        }
    }
}
