import Foundation
import Testing

@testable import Tabular

@Suite struct `Noticing that a file changed` {
    private func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test func `refuses a file that grows while it is read`() throws {
        try withTable("a,b\n1,2\n3,4\n") { path in
            var reader = try TableReader(
                path: path, format: TableFormat(), limits: ReadingLimits(chunkBytes: 4))
            #expect(throws: TableProblem.changedWhileRead) {
                try reader.forEachRow { row in
                    if row.line == 2 { try append("5,6\n", to: path) }
                    return true
                }
            }
        }
    }

    @Test func `refuses a file that is cut short while it is read`() throws {
        try withTable("a,b\n1,2\n3,4\n5,6\n") { path in
            var reader = try TableReader(
                path: path, format: TableFormat(), limits: ReadingLimits(chunkBytes: 4))
            #expect(throws: TableProblem.changedWhileRead) {
                try reader.forEachRow { _ in truncate(path, 6) == 0 }
            }
        }
    }

    @Test func `refuses a second pass over another file of the same name`() throws {
        try withTable("a,b\n1,2\n") { path in
            var first = try TableReader(path: path, format: TableFormat())
            _ = try first.allRows()
            try Data("a,b\n1,3\n".utf8).write(to: URL(filePath: path), options: .atomic)

            #expect(throws: TableProblem.changedWhileRead) { _ = try first.allRows() }
            #expect(throws: TableProblem.changedWhileRead) {
                _ = try TableReader(path: path, format: TableFormat(), expecting: first.fingerprint)
            }
        }
    }

    @Test func `compares the content even when the file system saw nothing`() throws {
        try withTable("a,b\n1,2\n") { path in
            var first = try TableReader(path: path, format: TableFormat())
            _ = try first.allRows()
            var forged = first.fingerprint
            forged.contentHash = forged.contentHash.map { $0 ^ 1 }

            var second = try TableReader(path: path, format: TableFormat(), expecting: forged)

            #expect(throws: TableProblem.changedWhileRead) { _ = try second.allRows() }
        }
    }

    @Test func `lets an untouched file be read again`() throws {
        try withTable("a,b\n1,2\n") { path in
            var first = try TableReader(path: path, format: TableFormat())
            let rows = try first.allRows()

            var second = try TableReader(path: path, format: TableFormat(), expecting: first.fingerprint)

            #expect(try second.allRows() == rows)
            #expect(second.fingerprint == first.fingerprint)
        }
    }

    @Test func `knows the same bytes in another place`() throws {
        let prints = try ["a,b\n1,2\n", "a,b\n1,2\n", "a,b\n1,3\n"].map { text in
            try withTable(text) { path in
                var reader = try TableReader(path: path, format: TableFormat())
                _ = try reader.allRows()
                return reader.fingerprint
            }
        }
        #expect(prints[0].hasSameContent(as: prints[1]))
        #expect(!prints[0].hasSameContent(as: prints[2]))
    }
}
