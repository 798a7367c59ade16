import Testing

@testable import Tabular

@Suite struct `Reading rows` {
    @Test(arguments: ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"])
    func `ends them at LF, CRLF, CR and the end of the file`(text: String) throws {
        #expect(try cells(of: text) == [["a", "b"], ["1", "2"]])
    }

    @Test func `keeps delimiters, line ends and doubled quotes inside quotes`() throws {
        let read = try rows(of: "1,\"a, \"\"b\"\"\r\nc\",2\n3,x,4\n")

        #expect(read.map(\.cells) == [["1", "a, \"b\"\r\nc", "2"], ["3", "x", "4"]])
        #expect(read.map(\.line) == [1, 3])
        #expect(read.map(\.nextLine) == [3, 4])
        #expect(read.allSatisfy { $0.problem == nil })
    }

    @Test func `trims blanks around cells, inside quotes too`() throws {
        #expect(try cells(of: "  a , \" b \" ,\tc\t\n") == [["a", "b", "c"]])
    }

    @Test func `keeps empty cells, also at the end`() throws {
        #expect(try cells(of: ",a,\n\"\",b,\"\"\n,,") == [["", "a", ""], ["", "b", ""], ["", "", ""]])
    }

    @Test func `skips blank lines but counts them`() throws {
        let read = try rows(of: "\n\na,b\n   \n\r\n1,2\n\n")

        #expect(read.map(\.cells) == [["a", "b"], ["1", "2"]])
        #expect(read.map(\.line) == [3, 6])
    }

    @Test func `takes an empty pair of quotes for a value, not for a blank line`() throws {
        #expect(try cells(of: "a\n\"\"\n\nb\n") == [["a"], [""], ["b"]])
    }

    @Test func `splits at runs of blanks and ignores those at the start of a line`() throws {
        let read = try cells(
            of: " 00001 19970101  1   11.77\r\n\t00002\t 19970112  5   77.00  \r\n",
            .separated(by: .whitespace))

        #expect(read == [["00001", "19970101", "1", "11.77"], ["00002", "19970112", "5", "77.00"]])
    }

    @Test func `reads quoted names among blanks`() throws {
        #expect(
            try cells(of: "\"Ada King\" 3\nGrace 4", .separated(by: .whitespace)) == [
                ["Ada King", "3"], ["Grace", "4"],
            ])
    }

    @Test(arguments: [Delimiter.comma, .semicolon, .tab, .pipe])
    func `splits at the delimiter and at no other`(delimiter: Delimiter) throws {
        let byte = try #require(delimiter.byte)
        let others = [",", ";", "|"].filter { $0 != String(UnicodeScalar(byte)) }.joined()

        let read = try cells(of: "a\(UnicodeScalar(byte))b\(others)c", .separated(by: delimiter))

        #expect(read == [["a", "b\(others)c"]])
    }

    @Test func `keeps an empty cell between two tabs`() throws {
        #expect(try cells(of: "a\t\tb\n\t\t", .separated(by: .tab)) == [["a", "", "b"], ["", "", ""]])
    }

    @Test func `skips the byte order mark`() throws {
        #expect(try cells(of: "\u{FEFF}a,b\n") == [["a", "b"]])
        #expect(try rows(of: "\u{FEFF}a,b\n").first?.startOffset == 3)
    }

    @Test(arguments: ["sep=;\r\n", "SEP=;\n", "\u{FEFF}sep=;\n"])
    func `skips the line in which Excel names the delimiter`(opening: String) throws {
        let read = try rows(of: opening + "a;b\n", .separated(by: .semicolon))

        #expect(read.map(\.cells) == [["a", "b"]])
        #expect(read.first?.line == 2)
        #expect(read.first?.startOffset == opening.utf8.count)
    }

    @Test func `does not take a word that begins with sep for that line`() throws {
        #expect(try cells(of: "sep=,b\n1,2\n") == [["sep=", "b"], ["1", "2"]])
    }

    @Test func `leaves out the header and remembers how many cells it had`() throws {
        let read = try rows(of: "name,age\nAda,36\nGrace\n", TableFormat())

        #expect(read.map(\.cells) == [["Ada", "36"], ["Grace"]])
        #expect(read.map(\.problem) == [nil, .wrongCellCount(expected: 2, found: 1)])
    }

    @Test func `forgives empty cells beyond the last column`() throws {
        let read = try rows(of: "a,b\n1,2,\n3,4,,,\n5,6,7\n", TableFormat())

        #expect(read.map(\.cells) == [["1", "2"], ["3", "4"], ["5", "6", "7"]])
        #expect(read.map(\.problem) == [nil, nil, .wrongCellCount(expected: 2, found: 3)])
    }

    @Test func `stops when it is told to`() throws {
        try withTable("a\nb\nc\n") { path in
            var reader = try TableReader(path: path, format: .headless)
            var seen = 0
            try reader.forEachRow { _ in
                seen += 1
                return seen < 2
            }
            #expect(seen == 2)
            #expect(reader.fingerprint.contentHash == nil)
        }
    }

    @Test func `passes on what its caller throws`() throws {
        try withTable("a\nb\n") { path in
            var reader = try TableReader(path: path, format: .headless)
            #expect(throws: CellProblem.notADate) {
                try reader.forEachRow { row in
                    _ = try parseDate(row.bytes(0), order: .iso)
                    return true
                }
            }
        }
    }

    @Test func `does not invent cells`() throws {
        try withTable("a,b\n") { path in
            var reader = try TableReader(path: path, format: .headless)
            try reader.forEachRow { row in
                #expect(row.bytes(2).isEmpty)
                #expect(row.bytes(-1).isEmpty)
                #expect(throws: CellProblem.wrongCellCount(expected: 3, found: 2)) { _ = try row.string(2) }
                return true
            }
        }
    }

    @Test func `knows the rows a spreadsheet leaves empty`() throws {
        try withTable("a,b\n,\n") { path in
            var reader = try TableReader(path: path, format: .headless)
            var blank: [Bool] = []
            try reader.forEachRow { row in
                blank.append(row.isBlank)
                return true
            }
            #expect(blank == [false, true])
        }
    }

    @Test func `reads quotes as text when the format has none`() throws {
        var format = TableFormat.headless
        format.quote = nil

        #expect(try cells(of: "\"a,b\"\n", format) == [["\"a", "b\""]])
    }
}
