import Kernel
public import Tabular

/// The top of a file as it is read now: what a person checks before anything is written.
public struct TableHead: Sendable, Equatable {
    public let format: TableFormat
    public let header: [String]
    public let kinds: [ColumnKind]
    /// How each column writes its dates, where that is certain.
    let dateOrders: [DateOrder?]
    public let rows: [[String]]
    /// Where a person should look twice.
    public let doubts: [Ambiguity]

    /// Looks at the file, with what somebody said about it in place of the guesses.
    public init(path: String, options: ImportOptions = ImportOptions()) throws(TableProblem) {
        let preview = try TableReader.preview(path: path)
        var format = preview.format
        options.apply(to: &format)
        guard !format.cutsLike(preview.format) else {
            self.init(
                format: format, header: preview.header, kinds: preview.kinds, dateOrders: preview.dateOrders,
                rows: preview.rows, preview.ambiguities)
            return
        }
        var rows = try TableHead.rows(path: path, format: format)
        let first = rows.first ?? []
        format.columnCount = first.count
        if format.hasHeader, !rows.isEmpty { rows.removeFirst() }
        let header = first.enumerated().map { index, name in
            format.hasHeader && !name.isEmpty ? name : "Column \(index + 1)"
        }
        let isSameCut = preview.kinds.count == header.count
        self.init(
            format: format, header: header, kinds: isSameCut ? preview.kinds : header.map { _ in .text },
            dateOrders: isSameCut ? preview.dateOrders : [], rows: rows, [])
    }

    private init(
        format: TableFormat, header: [String], kinds: [ColumnKind], dateOrders: [DateOrder?],
        rows: [[String]],
        _ doubts: [Ambiguity]
    ) {
        self.format = format
        self.header = header
        self.kinds = kinds
        self.dateOrders = dateOrders
        self.rows = rows
        self.doubts = doubts
    }

    /// The order of the dates in a column, else the one remembered; nil where it could be either and a person must say.
    func dateOrder(of column: Int?, remembered: DateOrder?) -> DateOrder? {
        guard let column else { return format.dateOrder ?? remembered }
        if let certain = dateOrders.indices.contains(column) ? dateOrders[column] : nil { return certain }
        let isOpen =
            doubts.contains(.dateOrderAmbiguous(column: column))
            || doubts.contains(.dateOrderMixed(column: column))
        return format.dateOrder ?? remembered ?? (isOpen ? nil : .iso)
    }

    private static func rows(path: String, format: TableFormat) throws(TableProblem) -> [[String]] {
        var plain = format
        (plain.hasHeader, plain.columnCount) = (false, nil)
        var reader = try TableReader(path: path, format: plain)
        var rows: [[String]] = []
        do {
            try reader.forEachRow { row in
                if row.problem != .rowTooLong(limit: ReadingLimits().rowBytes) { rows.append(row.strings) }
                return rows.count < 21
            }
        } catch let problem as TableProblem {
            throw problem
        } catch {
            throw .changedWhileRead
        }
        return rows
    }

    /// Files with the same names above their columns, or without names the same kinds of columns, have one key.
    func key(_ kind: ImportKind) -> String {
        let words = format.hasHeader ? header.map(\.searchKey) : kinds.map(\.rawValue)
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in words.joined(separator: "\u{1F}").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (format.hasHeader ? "names-" : "kinds-") + String(hash, radix: 16)
    }
}
