/// Makes cells readable that are not so as they stand: halves doubled quotes and re-encodes bytes that are
/// not UTF-8. Works in a space of its own, so the row as written stays intact.
struct CellFixer {
    private(set) var reencodedCells = 0
    private var scratch: UnsafeMutablePointer<UInt8>?
    private var capacity = 0

    let quote: UInt8?

    init(quote: UInt8?) { self.quote = quote }

    func free() { scratch?.deallocate() }

    /// - Parameter isDecoded: the bytes come out of a decoder and are valid UTF-8 already.
    mutating func fix(_ cells: UnsafeMutablePointer<Cell>, count: Int, isDecoded: Bool) {
        var total = 0
        for index in 0..<count { total += Int(cells[index].count) }
        var space = reserve(4 * total)
        for index in 0..<count {
            if cells[index].isDoubled { space = unquote(&cells[index], into: space) }
            guard !isDecoded else { continue }
            let bytes = UnsafeBufferPointer(start: cells[index].start, count: Int(cells[index].count))
            guard !Utf8.isValid(bytes) else { continue }
            let length = Windows1252.decode(UnsafeRawBufferPointer(bytes), into: space)
            cells[index] = Cell(start: UnsafePointer(space), count: Int32(length), isDoubled: false)
            space += length
            reencodedCells += 1
        }
    }

    private func unquote(
        _ cell: inout Cell, into space: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var written = 0
        var index = 0
        let length = Int(cell.count)
        while index < length {
            let byte = cell.start[index]
            space[written] = byte
            written += 1
            index += 1
            // Within quotes the quote byte only ever comes in pairs.
            if byte == quote, index < length, cell.start[index] == byte { index += 1 }
        }
        cell = Cell(start: UnsafePointer(space), count: Int32(written), isDoubled: false)
        return space + written
    }

    private mutating func reserve(_ needed: Int) -> UnsafeMutablePointer<UInt8> {
        if let scratch, capacity >= needed { return scratch }
        scratch?.deallocate()
        capacity = max(needed, 4096)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        scratch = larger
        return larger
    }
}
