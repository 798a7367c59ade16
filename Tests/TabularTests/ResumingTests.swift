import Testing

@testable import Tabular

@Suite struct `Resuming a file` {
    @Test(arguments: TextEncoding.allCases)
    func `after any row equals reading straight through`(encoding: TextEncoding) throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            let bytes = MadeUpTable(seed: seed, delimiter: .comma).text.stored(as: encoding, marked: true)
            try expectResumable(bytes, .separated(by: .comma, encoding: encoding))
        }
    }

    @Test func `works in a damaged file too`() throws {
        let text = "a,b\n1,\"x\n2,\"y\"z\n3\n\"4\n5\",6\n\(String(repeating: "7", count: 200))\n8,9"
        try expectResumable(Array(text.utf8), TableFormat(), ReadingLimits(chunkBytes: 16, rowBytes: 64))
    }

    private func expectResumable(
        _ bytes: [UInt8], _ format: TableFormat, _ limits: ReadingLimits = ReadingLimits(chunkBytes: 64)
    ) throws {
        try withTable(bytes) { path in
            var reader = try TableReader(path: path, format: format, limits: limits)
            let straight = try reader.allRows()
            for (index, row) in straight.enumerated() {
                var fresh = try TableReader(path: path, format: format, limits: limits)
                let rest = try fresh.allRows(fromOffset: row.endOffset, line: row.nextLine)
                #expect(rest == Array(straight[(index + 1)...]))
            }
            #expect(straight.last?.endOffset == bytes.count)
        }
    }

    @Test func `still knows how many cells a row should have`() throws {
        try withTable("a,b,c\n1,2,3\n4,5\n") { path in
            var reader = try TableReader(path: path, format: TableFormat())
            let read = try reader.allRows(fromOffset: 12, line: 3)
            #expect(read.map(\.problem) == [.wrongCellCount(expected: 3, found: 2)])
            #expect(read.map(\.line) == [3])
        }
    }

    @Test func `at the very end finds nothing`() throws {
        try withTable("a,b\n1,2\n") { path in
            var reader = try TableReader(path: path, format: TableFormat())
            #expect(try reader.allRows(fromOffset: 8, line: 3).isEmpty)
            #expect(try reader.allRows(fromOffset: 800, line: 3).isEmpty)
        }
    }
}
