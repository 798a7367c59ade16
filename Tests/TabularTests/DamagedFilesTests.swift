import Testing

@testable import Tabular

@Suite struct `Reading damaged files` {
    private static let formats: [TableFormat] = Delimiter.allCases.flatMap { delimiter in
        TextEncoding.allCases.flatMap { encoding in
            [0x22, nil, 0x27].map { quote in
                TableFormat(delimiter: delimiter, encoding: encoding, hasHeader: false, quote: quote)
            }
        }
    }

    private func damaged(_ seed: UInt64) -> (bytes: [UInt8], random: SeededRandom) {
        var random = SeededRandom(seed)
        let delimiter = Delimiter.allCases.randomElement(using: &random) ?? .comma
        let encoding = TextEncoding.allCases.randomElement(using: &random) ?? .utf8
        var bytes = MadeUpTable(seed: seed, delimiter: delimiter, rowCount: 12).text.stored(as: encoding)
        for _ in 0..<Int.random(in: 1...30, using: &random) where !bytes.isEmpty {
            let position = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: position)
            case 1: bytes.insert(0x22, at: position)
            case 2:
                bytes[position] = [0x0A, 0x0D, 0x22, 0x2C, 0, 0xFF, 0xC3].randomElement(using: &random) ?? 0
            default: bytes[position] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return (bytes + [0x78], random)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `never crashes, loses its place or depends on the chunks`(seed: UInt64) throws {
        let (bytes, seeded) = damaged(seed)
        var random = seeded
        try withTable(bytes) { path in
            for format in Self.formats.shuffled(using: &random).prefix(12) {
                let rowBytes = Bool.random(using: &random) ? 1 << 16 : Int.random(in: 1...40, using: &random)
                let chunk = Int.random(in: 1...70, using: &random)
                var whole = try TableReader(
                    path: path, format: format, limits: ReadingLimits(rowBytes: rowBytes))
                var cut = try TableReader(
                    path: path, format: format, limits: ReadingLimits(chunkBytes: chunk, rowBytes: rowBytes))

                let rows = try whole.allRows()
                #expect(try cut.allRows() == rows)
                #expect(
                    zip(rows, rows.dropFirst()).allSatisfy {
                        $0.endOffset <= $1.startOffset && $0.nextLine <= $1.line
                    })
                #expect(rows.allSatisfy { $0.startOffset < $0.endOffset && $0.endOffset <= bytes.count })

                guard let row = rows.randomElement(using: &random) else {
                    continue
                }
                let rest = try cut.allRows(fromOffset: row.endOffset, line: row.nextLine)
                #expect(rest == rows.filter { $0.startOffset >= row.endOffset })
            }
        }
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `previews them or says why not`(seed: UInt64) throws {
        try withTable(damaged(seed).bytes) { path in
            do throws(TableProblem) {
                let found = try TableReader.preview(path: path)
                #expect(found.header.count == found.columnCount)
                #expect(found.kinds.count == found.columnCount)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func `parses any bytes at all or refuses them`() {
        var random = SeededRandom(5)
        let pool =
            Array("0123456789012345678901234567890123456789.,.,-/:- TZ+()$€'% \u{A0}e".utf8) + [
                0xFF, 0xE2, 0,
            ]
        var (dates, amounts, whole) = (0, 0, 0)
        for _ in 0..<60_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pool.randomElement(using: &random) ?? 0
            }
            bytes.withUnsafeBufferPointer { buffer in
                for order in DateOrder.allCases {
                    dates += (try? parseDate(buffer, order: order)) == nil ? 0 : 1
                }
                for comma in [true, false] {
                    amounts += (try? parseAmount(buffer, exponent: 2, decimalComma: comma)) == nil ? 0 : 1
                    whole += (try? parseInteger(buffer, decimalComma: comma)) == nil ? 0 : 1
                }
            }
        }
        #expect(dates > 100 && amounts > 100 && whole > 100)
    }
}
