import Testing

@testable import Tabular

@Suite struct `Refusing rows` {
    @Test func `refuses only the line of a quote that never closes`() throws {
        let read = try rows(of: "1,\"a\n2,b\n3,c\n")

        #expect(read.map(\.problem) == [.unclosedQuote, nil, nil])
        #expect(read.map(\.cells) == [["1", "\"a"], ["2", "b"], ["3", "c"]])
        #expect(read.map(\.line) == [1, 2, 3])
    }

    @Test func `is not fooled when a later row's quote seems to close it`() throws {
        let read = try rows(of: "1,\"a\n2,\"b\",x\n3,c\n")

        #expect(read.map(\.problem)[0] == .unclosedQuote)
        #expect(read[1].cells == ["2", "b", "x"])
        #expect(read[2].cells == ["3", "c"])
    }

    @Test func `refuses an open quote on the last line`() throws {
        #expect(try rows(of: "a,b\n1,\"x").map(\.problem) == [nil, .unclosedQuote])
    }

    @Test func `refuses from the line of the open quote, whatever lines the row had before`() throws {
        let read = try rows(of: "\"a\nb\",\"c\n1,2\n")

        #expect(read.map(\.problem) == [.unclosedQuote, nil])
        #expect(read.map(\.line) == [1, 3])
    }

    @Test func `shows text after a closing quote as written`() throws {
        let read = try rows(of: "\"5\" inch\",12\nx,y\n")

        #expect(read.map(\.problem) == [.misplacedQuote, nil])
        #expect(read[0].cells == ["\"5\" inch\"", "12"])
    }

    @Test func `leaves a quote in the middle of a cell alone`() throws {
        let read = try rows(of: "5\" disk,12\n")

        #expect(read.map(\.cells) == [["5\" disk", "12"]])
        #expect(read[0].problem == nil)
    }

    @Test func `keeps a refused row as it was written`() throws {
        #expect(try rows(of: "a,b\n1,\"x\"\"y\",2\r\n")[1].raw == "1,\"x\"\"y\",2")
    }

    @Test(arguments: [1, 7, 64, 4096])
    func `skips a row that is too long and reads on`(chunkBytes: Int) throws {
        let long = String(repeating: "x", count: 500)
        let limits = ReadingLimits(chunkBytes: chunkBytes, rowBytes: 100)

        let read = try rows(of: "a,b\r\n\(long),1\r\nc,d\n\(long)", limits: limits)

        #expect(read.map(\.problem) == [nil, .rowTooLong(limit: 100), nil, .rowTooLong(limit: 100)])
        #expect(read.map(\.line) == [1, 2, 3, 4])
        #expect(read.map(\.endOffset) == [5, 509, 513, 1013])
        #expect(read[1].cells.isEmpty)
    }

    @Test func `refuses one line, not the file, when a quote runs past the limit`() throws {
        let text = "1,\"a\n" + (0..<100).map { "\($0),b\n" }.joined()

        let read = try rows(of: text, limits: ReadingLimits(rowBytes: 64))

        #expect(read.count == 101)
        #expect(read[0].problem == .unclosedQuote)
        #expect(read.dropFirst().allSatisfy { $0.problem == nil })
    }

    @Test func `accepts a row of exactly the limit`() throws {
        let limits = ReadingLimits(rowBytes: 8)

        #expect(try rows(of: "abc,defg", limits: limits).map(\.problem) == [nil])
        #expect(try rows(of: "abc,def\nx,y\n", limits: limits).map(\.problem) == [nil, nil])
        #expect(try rows(of: "abc,defg\nx,y\n", limits: limits)[0].problem == .rowTooLong(limit: 8))
    }

    @Test func `does not skip a row too many when CR ends the long one at the limit`() throws {
        let read = try rows(of: "abc,def\rx,y\rz,w\r", limits: ReadingLimits(rowBytes: 8))

        #expect(read.map(\.line) == [1, 2, 3])
        #expect(read.map(\.problem) == [.rowTooLong(limit: 8), nil, nil])
    }

    @Test func `holds no more of an endless line than the limit`() throws {
        let bytes =
            Array("a,b\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: 24 << 20) + Array("\nc,d\n".utf8)

        let read = try rows(of: bytes)

        #expect(read.map(\.problem) == [nil, .rowTooLong(limit: 1 << 20), nil])
        #expect(read[2].cells == ["c", "d"])
        #expect(read[2].endOffset == bytes.count)
    }

    @Test func `reads rows of very many cells`() throws {
        let read = try rows(of: String(repeating: ",", count: 100_000))

        #expect(read.first?.cells.count == 100_001)
    }

    @Test func `tells every problem in a sentence`() {
        let problems: [CellProblem] = [
            .emptyValue, .notADate, .noSuchDate, .yearOutOfRange(1), .notANumber, .tooLarge,
            .tooManyDecimals(allowed: 0), .tooManyDecimals(allowed: 2), .badEncoding, .rowTooLong(limit: 9),
            .wrongCellCount(expected: 2, found: 3), .unclosedQuote, .misplacedQuote,
        ]
        #expect(problems.allSatisfy { $0.description.hasSuffix(".") })
        #expect(Set(problems.map(\.description)).count == problems.count)
    }
}
