import Foundation

/// The rows of a comma-separated file whose quoted fields may hold commas, doubled quotes and line ends.
struct CSVRows {
    let header: [String: Int]
    let rows: [[String]]

    init(_ bytes: Data, encoding: String.Encoding) throws {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var closedQuote = false
        func close() -> String { String(bytes: field, encoding: encoding) ?? "" }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""):
                if closedQuote { field.append(byte) }
                closedQuote = isQuoted
                isQuoted.toggle()
                continue
            case _ where isQuoted: field.append(byte)
            case UInt8(ascii: ","):
                row.append(close())
                field.removeAll(keepingCapacity: true)
            case UInt8(ascii: "\n"):
                rows.append(row + [close()])
                row = []
                field.removeAll(keepingCapacity: true)
            case UInt8(ascii: "\r"): break
            default: field.append(byte)
            }
            closedQuote = false
        }
        header = Dictionary(uniqueKeysWithValues: (rows.first ?? []).enumerated().map { ($1, $0) })
        self.rows = Array(rows.dropFirst())
    }

    func column(_ name: String) -> [String] {
        guard let place = header[name] else { return [] }
        return rows.map { $0[place] }
    }
}
