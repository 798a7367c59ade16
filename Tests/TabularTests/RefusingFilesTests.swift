import Foundation
import Testing

@testable import Tabular

@Suite struct `Refusing files` {
    private func refusal(_ bytes: [UInt8]) throws -> TableProblem? {
        try withTable(bytes) { path in
            do throws(TableProblem) {
                _ = try TableReader.preview(path: path)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test(arguments: [
        ([0x50, 0x4B, 3, 4, 20, 0], KnownFormat.zip),
        (Array("PK\u{3}\u{4}....[Content_Types].xml".utf8), .excelWorkbook),
        (Array("PK\u{3}\u{4}mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8), .openDocument),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldExcelWorkbook),
        ([0x1F, 0x8B, 8, 0], .gzip), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
        (Array("%PDF-1.7\n".utf8), .pdf), (Array("SQLite format 3\0".utf8), .sqlite),
        (Array("PAR1...".utf8), .parquet), (Array("\n<HTML><table>".utf8), .html),
    ])
    func `names the format people mistook for a table`(bytes: [UInt8], format: KnownFormat) throws {
        #expect(try refusal(bytes) == .knownFormat(format))
    }

    @Test func `says what to do with a workbook`() {
        #expect("\(TableProblem.knownFormat(.excelWorkbook))" == "This is an Excel workbook; save it as CSV.")
    }

    @Test func `finds the first byte that no text has`() throws {
        #expect(try refusal(Array("a,b\n1,".utf8) + [0, 0, 1, 2]) == .notText(offset: 6))
        #expect(try refusal(Array("a,b\n1,".utf8) + [1, 2, 3, 4]) == .notText(offset: 6))
    }

    @Test func `tolerates a control character in a thousand`() throws {
        let text = String(repeating: "name,12\n", count: 100) + "na\u{1}me,12\n"
        #expect(try refusal(Array(text.utf8)) == nil)
    }

    @Test(arguments: [[], [0xEF, 0xBB, 0xBF], Array("\n\r\n  \n".utf8)] as [[UInt8]])
    func `knows when there is nothing in it`(bytes: [UInt8]) throws {
        #expect(try refusal(bytes) == .empty)
    }

    @Test func `says why a file cannot be opened`() {
        #expect(throws: TableProblem.unreadable(path: "/no/such/file", errno: ENOENT)) {
            try TableReader.preview(path: "/no/such/file")
        }
        #expect("\(TableProblem.unreadable(path: "x", errno: ENOENT))".contains("No such file"))
    }

    @Test func `wants a file, not a folder or a device`() {
        #expect(throws: TableProblem.notAFile(path: "/tmp")) { try TableReader.preview(path: "/tmp") }
        #expect(throws: TableProblem.notAFile(path: "/dev/zero")) {
            _ = try TableReader(path: "/dev/zero", format: .headless)
        }
    }

    @Test func `refuses a table with too few columns when asked`() throws {
        let one = try preview("name\nAda\nGrace\n")
        #expect(throws: TableProblem.tooFewColumns(needed: 3, found: 1)) { try one.require(columns: 3) }
        try one.require(columns: 1)
    }

    @Test func `tells every refusal in a sentence`() {
        let problems: [TableProblem] =
            [
                .notText(offset: 3), .empty, .unreadable(path: "x", errno: 13), .notAFile(path: "x"),
                .changedWhileRead, .tooFewColumns(needed: 2, found: 1),
            ] + KnownFormat.allCases.map(TableProblem.knownFormat)
        #expect(problems.allSatisfy { $0.description.hasSuffix(".") })
    }
}
