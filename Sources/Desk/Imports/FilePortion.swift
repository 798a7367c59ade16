import Kernel
import Tabular

/// Some rows of a file, read in one go, and where the next ones begin.
struct FilePortion: Sendable {
    var offset: Int
    var line: Int
    var rows = 0
    var accepted = 0
    var refused = 0
    var isLast = false
    var refusals: [RefusedRow] = []

    init(offset: Int, line: Int) {
        self.offset = offset
        self.line = line
    }

    /// Reads up to `limit` rows. Rows of nothing but empty cells, as spreadsheets leave them, do not count.
    mutating func read(
        _ reader: inout TableReader, limit: Int, refusalsWanted: Int,
        _ take: (borrowing RowView) throws(CellRefusal) -> Void
    ) throws {
        var delivered = 0
        var portion = self
        try reader.forEachRow(fromOffset: offset, line: line) { row in
            delivered += 1
            (portion.offset, portion.line) = (row.endOffset, row.nextLine)
            if row.isBlank, row.problem == nil { return delivered < limit }
            portion.rows += 1
            do throws(CellRefusal) {
                try take(row)
                portion.accepted += 1
            } catch {
                portion.refused += 1
                if portion.refusals.count < refusalsWanted {
                    portion.refusals.append(RefusedRow(error, at: row))
                }
            }
            return delivered < limit
        }
        self = portion
        isLast = delivered < limit
    }
}
