/// One row, borrowed while the reader stands on it.
///
/// Nothing here may outlive the call it was given to: the bytes are the reader's own buffer.
/// Ask for a `string` to keep something.
public struct RowView: ~Copyable {
    /// The physical line, counted from 1, on which the row starts.
    public let line: Int
    /// The physical line after the row: with `endOffset`, where to resume.
    public let nextLine: Int
    /// Where in the file the row begins, in bytes.
    public let startOffset: Int
    /// Where in the file the next row begins, in bytes of the file as stored.
    public let endOffset: Int
    /// What is wrong with the row as a whole. Its cells may still be shown, but not trusted.
    public let problem: CellProblem?
    public let count: Int
    /// The row as written (in UTF-8, without its line end), to show to a person who must mend it.
    public let raw: UnsafeBufferPointer<UInt8>
    let cells: UnsafePointer<Cell>

    /// A cell, trimmed, unquoted and in UTF-8. Cells a short row does not have are empty.
    public func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard index >= 0, index < count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let cell = cells[index]
        return UnsafeBufferPointer(start: cell.start, count: Int(cell.count))
    }

    /// A cell as text. Refuses to invent cells the row does not have.
    public func string(_ index: Int) throws(CellProblem) -> String {
        guard index >= 0, index < count else {
            throw .wrongCellCount(expected: index + 1, found: count)
        }
        return String(decoding: bytes(index), as: UTF8.self)
    }

    /// All cells as text.
    public var strings: [String] {
        var cells: [String] = []
        cells.reserveCapacity(count)
        for index in 0..<count { cells.append(String(decoding: bytes(index), as: UTF8.self)) }
        return cells
    }

    /// Whether every cell is empty, as in the rows a spreadsheet leaves at its end.
    public var isBlank: Bool {
        for index in 0..<count where cells[index].count > 0 { return false }
        return true
    }
}

/// Where a cell lies. `start` points into the reader's buffer or its scratch space.
struct Cell {
    var start: UnsafePointer<UInt8>
    var count: Int32
    /// The cell holds doubled quotes that must be halved.
    var isDoubled: Bool
}
