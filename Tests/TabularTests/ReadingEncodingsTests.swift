import Testing

@testable import Tabular

@Suite struct `Reading encodings` {
    @Test(arguments: [TextEncoding.utf8, .utf16le, .utf16be])
    func `recognises byte order marks`(encoding: TextEncoding) throws {
        let bytes = "name,amount\nJosé,1.50\nZoë €,2.00\n".stored(as: encoding, marked: true)

        let found = try preview(bytes)

        #expect(found.format.encoding == encoding)
        #expect(found.header == ["name", "amount"])
        #expect(found.rows == [["José", "1.50"], ["Zoë €", "2.00"]])
    }

    @Test(arguments: [TextEncoding.utf16le, .utf16be])
    func `recognises UTF-16 without a mark by its empty bytes`(encoding: TextEncoding) throws {
        let found = try preview("name,amount\nAda,1.50\nZoë,2.00\n".stored(as: encoding))

        #expect(found.format.encoding == encoding)
        #expect(found.rows.last == ["Zoë", "2.00"])
    }

    @Test func `takes what is not UTF-8 for Windows-1252`() throws {
        let found = try preview("nom;prix\ncafé;3 €\n".stored(as: .windows1252))

        #expect(found.format.encoding == .windows1252)
        #expect(found.rows == [["café", "3 €"]])
    }

    @Test func `reads stray bytes of another encoding cell by cell and counts them`() throws {
        let bytes =
            Array("éé,üü,öö\nä,à,".utf8) + [0xE9, 0x0A] + Array("ê,".utf8) + [0x80, 0x2C] + Array("ô\n".utf8)

        let found = try preview(bytes)
        #expect(found.format.encoding == .utf8)
        #expect(found.ambiguities.contains(.encodingMixed))
        try withTable(bytes) { path in
            var reader = try TableReader(path: path, format: .headless)
            let read = try reader.allRows().map(\.cells)
            #expect(read == [["éé", "üü", "öö"], ["ä", "à", "é"], ["ê", "€", "ô"]])
            #expect(reader.reencodedCells == 2)
            _ = try reader.allRows()
            #expect(reader.reencodedCells == 2)
        }
    }

    @Test func `unquotes a cell and re-encodes it`() throws {
        let bytes = Array("\"a \"\"".utf8) + [0xE9] + Array("\"\"\",x\n".utf8)

        #expect(try rows(of: bytes).map(\.cells) == [["a \"é\"", "x"]])
    }

    @Test func `gives every byte of Windows-1252 a meaning`() throws {
        let bytes = (0x80...0xFF).map { UInt8($0) }
        let text = try #require(
            try rows(of: bytes, .separated(by: .comma, encoding: .windows1252)).first?.cells.first)

        #expect(text.unicodeScalars.count == 128)
        #expect(text.hasPrefix("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"))
        #expect(text.hasSuffix("üýþÿ"))
    }

    @Test func `shows damaged UTF-16 as such and counts its bytes right`() throws {
        let bytes: [UInt8] = [0x61, 0, 0x3D, 0xD8, 0x0A, 0, 0x00, 0xDC, 0x62, 0, 0x0A, 0, 0x63]
        let read = try rows(of: bytes, .separated(by: .comma, encoding: .utf16le))

        #expect(read.map(\.cells) == [["a\u{FFFD}"], ["\u{FFFD}b"], ["\u{FFFD}"]])
        #expect(read.map(\.endOffset) == [6, 12, 13])
    }

    @Test func `knows valid UTF-8 exactly as the standard library does`() {
        var random = SeededRandom(11)
        let pool: [UInt8] = [
            0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0x9F, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xF5,
        ]
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...6, using: &random)
            let bytes = (0..<length).map { _ in pool.randomElement(using: &random) ?? 0 }
            #expect(
                bytes.withUnsafeBufferPointer(Utf8.isValid)
                    == (String(validating: bytes, as: UTF8.self) != nil))
        }
    }
}
