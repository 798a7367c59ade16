import Testing

@testable import Tabular

@Suite struct `Guessing the format` {
    @Test(arguments: [Delimiter.comma, .semicolon, .tab, .pipe])
    func `finds the delimiter`(delimiter: Delimiter) throws {
        let separator = String(UnicodeScalar(try #require(delimiter.byte)))
        let lines = (1...30).map { ["cust \($0), Inc", "2024-03-\(10 + $0 % 20)", "\($0).50"] }
        let text = ([["name", "date", "amount"]] + lines)
            .map { $0.map { "\"\($0)\"" }.joined(separator: separator) }.joined(separator: "\n")

        let found = try preview(text)

        #expect(found.format.delimiter == delimiter)
        #expect(found.header == ["name", "date", "amount"])
        #expect(found.kinds == [.text, .date, .number])
        #expect(found.ambiguities.isEmpty)
    }

    @Test func `falls back to blanks when nothing else divides the lines`() throws {
        let found = try preview(
            " id  date qty  amount\r\n 00001 19970101  1   11.77\r\n 00002 19970112  5   77.00\r\n")

        #expect(found.format.delimiter == .whitespace)
        #expect(found.format.hasHeader)
        #expect(found.format.dateOrder == .compact)
        #expect(found.rows[0] == ["00001", "19970101", "1", "11.77"])
    }

    @Test func `does not split the words of a single column`() throws {
        let found = try preview("company\nAcme Ltd\nGlobex Corp\nInitech\n")

        #expect(found.columnCount == 1)
        #expect(found.rows == [["Acme Ltd"], ["Globex Corp"], ["Initech"]])
    }

    @Test func `prefers the semicolon when the commas are decimal`() throws {
        let found = try preview("01.02.2024;1,50\n02.02.2024;12,75\n13.02.2024;1.000,00\n")

        #expect(found.format.delimiter == .semicolon)
        #expect(found.format.decimalComma)
        #expect(found.format.dateOrder == .dayMonthYear)
        #expect(!found.format.hasHeader)
        #expect(found.header == ["Column 1", "Column 2"])
    }

    @Test func `believes the delimiter that Excel names`() throws {
        let found = try preview("sep=;\nname,x;amount\nAda,y;1\n")

        #expect(found.format.delimiter == .semicolon)
        #expect(found.header == ["name,x", "amount"])
    }

    @Test func `reads quotes as text where they do not pair up`() throws {
        let found = try preview("size\tqty\n\"5 inch\t3\n\"7 inch\t4\n\"9 inch\t5\n")

        #expect(found.format.quote == nil)
        #expect(found.rows.count == 3)
    }

    @Test func `names columns that have no name`() throws {
        #expect(try preview(",amount,\nx,1,2\ny,2,3\n").header == ["Column 1", "amount", "Column 3"])
    }

    @Test func `adds the name R leaves out above its row names`() throws {
        let found = try preview("date amount\n1 2024-03-01 5.50\n2 2024-03-02 6.50\n")

        #expect(found.header == ["Column 1", "date", "amount"])
        #expect(found.columnCount == 3)
    }

    @Test func `points out columns of the same name`() throws {
        #expect(try preview("a,b,a,a\n1,2,3,4\n").ambiguities.contains(.duplicateColumnName("a")))
    }

    @Test func `shows twenty rows and no more`() throws {
        let found = try preview("id,n\n" + (1...50).map { "x\($0),\($0)\n" }.joined())

        #expect(found.rows.count == 20)
        #expect(found.fileBytes > 0)
    }

    @Test func `counts ragged rows`() throws {
        let text = "id,n,t\n" + (1...40).map { "x\($0),\($0),y\n" }.joined() + "x,1\nx,1,2,3\n1,\"x,\n"
        #expect(try preview(text).ambiguities == [.raggedRows(count: 3)])
    }

    @Test func `leaves out the row that the sample cuts in two`() throws {
        let line = "customer,2024-03-01,12.50\n"
        let found = try preview("name,date,amount\n" + String(repeating: line, count: 20_000))

        #expect(found.ambiguities.isEmpty)
        #expect(found.kinds == [.text, .date, .number])
    }

    @Test func `is not confused by a text that the sample cuts in two`() throws {
        let story = String(repeating: "a, line\n", count: 500)
        let found = try preview("id,story,n\n" + String(repeating: "7,\"\(story)\",12.50\n", count: 100))

        #expect(found.ambiguities.isEmpty)
        #expect(found.kinds == [.number, .text, .number])
    }

    @Test func `copes with a line longer than the sample`() throws {
        let found = try preview(String(repeating: "x", count: 300_000) + "\na\n")
        #expect(found.columnCount == 1)
    }
}

@Suite struct `Guessing the header` {
    @Test func `takes a row of words above numbers for names`() throws {
        #expect(try preview("name,age\nAda,36\n").format.hasHeader)
        #expect(try preview("name;since\nAda;1.3.2024\n").format.hasHeader)
    }

    @Test func `takes a row like all others for a row`() throws {
        #expect(!(try preview("Ada,36\nGrace,85\n").format.hasHeader))
        #expect(!(try preview("2024-03-01,x\n2024-03-02,y\n").format.hasHeader))
    }

    @Test func `is not misled by NA and empty cells`() throws {
        #expect(try preview("id,score\n1,NA\n2,\n3,7\n4,NULL\n").format.hasHeader)
    }

    @Test func `says when nothing but text is there to judge by`() throws {
        let names = try preview("name,city\nAda,London\nGrace,New York\n")
        #expect(names.format.hasHeader)
        #expect(names.ambiguities == [.headerUncertain])

        let people = try preview("ada@example.com,London\ngrace@example.com,Paris\n")
        #expect(!people.format.hasHeader)
        #expect(people.ambiguities == [.headerUncertain])
    }

    @Test func `judges a single row by itself`() throws {
        #expect(try preview("name,age\n").format.hasHeader)
        #expect(!(try preview("Ada,36\n").format.hasHeader))
    }
}

@Suite struct `Guessing dates and decimals` {
    private func dates(_ values: String...) throws -> TablePreview {
        try preview("who,day\n" + values.map { "x,\($0)\n" }.joined())
    }

    @Test func `one day above twelve decides for the whole column`() throws {
        #expect(try dates("01/02/2024", "03/04/2024", "13/02/2024").format.dateOrder == .dayMonthYear)
        #expect(try dates("01/02/2024", "03/04/2024", "02/13/2024").format.dateOrder == .monthDayYear)
        #expect(try dates("2024-03-01", "2024-13-01", "2024-03-02").format.dateOrder == nil)
    }

    @Test func `asks when day and month could change places`() throws {
        let found = try dates("01/02/2024", "03/04/2024")

        #expect(found.format.dateOrder == nil)
        #expect(found.kinds[1] == .date)
        #expect(found.ambiguities == [.dateOrderAmbiguous(column: 1)])
    }

    @Test func `never puts the month first between dots`() throws {
        #expect(try dates("01.02.2024", "03.04.2024").format.dateOrder == .dayMonthYear)
    }

    @Test func `lets one column decide for its neighbour`() throws {
        let found = try preview("a,b\n01/02/2024,13/02/2024\n03/02/2024,04/02/2024\n")

        #expect(found.dateOrders == [.dayMonthYear, .dayMonthYear])
        #expect(found.ambiguities.isEmpty)
    }

    @Test func `prefers ISO and still asks about the other column`() throws {
        let found = try preview("a,b\n01/02/2024,2024-02-13\n03/02/2024,2024-02-14\n")

        #expect(found.format.dateOrder == .iso)
        #expect(found.ambiguities == [.dateOrderAmbiguous(column: 0)])
    }

    @Test func `points out dates of two kinds`() throws {
        let found = try dates("13/02/2024", "02/13/2024", "14/02/2024")
        #expect(found.format.dateOrder == .dayMonthYear)
        #expect(found.ambiguities == [.dateOrderMixed(column: 1)])

        let other = try dates("2024-02-13", "13/02/2024", "2024-02-14")
        #expect(other.format.dateOrder == .iso)
        #expect(other.ambiguities == [.dateOrderMixed(column: 1)])
    }

    @Test func `takes long numbers for time only where the name says so`() throws {
        #expect(try preview("x,created_at\na,1709251215\n").dateOrders == [nil, .unixSeconds])
        #expect(try preview("x,timestamp\na,1709251215250\n").dateOrders == [nil, .unixMillis])
        #expect(try preview("x,phone\na,1709251215\n").kinds[1] == .number)
    }

    @Test func `sees a decimal comma where only that fits`() throws {
        #expect(try preview("x;n\na;1,50\nb;1.234,00\n").format.decimalComma)
        #expect(!(try preview("x;n\na;1.50\nb;1,234.00\n").format.decimalComma))
    }

    @Test func `asks when a mark could mean thousands or decimals`() throws {
        let found = try preview("x;n\na;1,234\nb;5,678\n")

        #expect(found.format.decimalComma)
        #expect(found.ambiguities == [.decimalMarkAmbiguous(column: 1)])
    }

    @Test func `points out amounts of two kinds`() throws {
        #expect(try preview("x;n\na;1,50\nb;1,60\nc;1.70\n").ambiguities == [.decimalMarkMixed(column: 1)])
    }
}
