import Testing

@testable import Tabular

@Suite struct `Cutting a file into chunks` {
    private static let traps = #"""
        \#u{FEFF}sep=,\#r
        id, name ,"note"\#r
        1,"Ada ""the first""", "two\#r
        lines"\#r
        \#r
        2,Grace,é€😀\#n3,"open\#n4,x,"y" z\#r5,,\#r\#r6,"",""\#n7,short\#n8,"a"b\#n9,"multi
        line"",",x\#n"10",last,"end
        """#

    @Test(arguments: 1...64)
    func `makes no difference to any row`(chunkBytes: Int) throws {
        let bytes = Array(Self.traps.utf8) + [0x0A, 0xE9, 0x2C, 0xC3, 0x2C, 0x31]
        for rowBytes in [1 << 20, 24] {
            let whole = try rows(of: bytes, TableFormat(), limits: ReadingLimits(rowBytes: rowBytes))
            let cut = try rows(
                of: bytes, TableFormat(), limits: ReadingLimits(chunkBytes: chunkBytes, rowBytes: rowBytes))

            #expect(whole.count > 8)
            #expect(cut == whole)
        }
    }

    @Test(arguments: 1...64, TextEncoding.allCases)
    func `makes no difference in any encoding`(chunkBytes: Int, encoding: TextEncoding) throws {
        let format = TableFormat.separated(by: .comma, encoding: encoding)
        let bytes = "a,é\r\n\"b\n€\",\"😀\"\"ü\"\n".stored(as: encoding, marked: true)

        let cut = try rows(of: bytes, format, limits: ReadingLimits(chunkBytes: chunkBytes))

        #expect(cut == (try rows(of: bytes, format)))
        #expect(cut.count == 2)
        #expect(cut.last?.endOffset == bytes.count)
    }

    @Test(arguments: [Delimiter.comma, .semicolon, .tab, .pipe, .whitespace])
    func `reads back whatever was written`(delimiter: Delimiter) throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            let table = MadeUpTable(seed: seed, delimiter: delimiter)
            var random = SeededRandom(seed)
            let limits = ReadingLimits(chunkBytes: Int.random(in: 1...200, using: &random))

            let read = try rows(of: table.text, .separated(by: delimiter), limits: limits)

            #expect(read.map(\.cells) == table.rows, "seed \(seed)")
            #expect(read.map(\.line) == table.lines, "seed \(seed)")
            #expect(read.allSatisfy { $0.problem == nil }, "seed \(seed)")
            #expect(read.last?.endOffset == table.text.utf8.count)
        }
    }

    @Test func `makes no difference to the hash of the content`() throws {
        try withTable(MadeUpTable(seed: 7, delimiter: .comma).text) { path in
            let hashes = try [1, 2, 3, 7, 8, 9, 100, 1 << 20].map { chunkBytes in
                let limits = ReadingLimits(chunkBytes: chunkBytes)
                var reader = try TableReader(path: path, format: .headless, limits: limits)
                _ = try reader.allRows()
                return reader.fingerprint.contentHash
            }
            #expect(hashes[0] != nil)
            #expect(Set(hashes).count == 1)
        }
    }
}
