import Kernel
import Tabular

/// Why one row is not taken. The rest of the file is.
struct CellRefusal: Error {
    /// Nil where the row as a whole is at fault.
    let field: ImportField?
    let remark: Remark
    /// The cell to show, or -1 for the row as it was written.
    let column: Int

    init(_ field: ImportField?, _ remark: Remark, column: Int = -1) {
        self.field = field
        self.remark = remark
        self.column = column
    }
}

/// A refused row as the report shows it.
public struct RefusedRow: Sendable, Equatable {
    public let line: Int
    /// Empty where the row as a whole is at fault.
    public let field: String
    public let reason: Remark
    /// What stood there, on one line and cut to 80 characters.
    public let excerpt: String

    init(line: Int, field: String, reason: Remark, excerpt: String) {
        self.line = line
        self.field = field
        self.reason = reason
        self.excerpt = excerpt
    }

    init(_ refusal: CellRefusal, at row: borrowing RowView) {
        line = row.line
        field = refusal.field?.rawValue ?? ""
        reason = refusal.remark
        let bytes = refusal.column >= 0 ? row.bytes(refusal.column) : row.raw
        excerpt = RefusedRow.excerpt(of: bytes)
    }

    static func excerpt(of bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(String(decoding: bytes.prefix(400), as: UTF8.self).singleLine.prefix(80))
    }
}
