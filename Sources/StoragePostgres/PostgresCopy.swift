import CPostgres
import Storage

/// A batch on its way in, as the text that COPY reads.
struct PostgresCopy {
    private let batch: Batch
    private let link: PostgresLink
    private static let portion = 1 << 18

    init(_ batch: Batch, over link: PostgresLink) {
        self.batch = batch
        self.link = link
    }

    func run() throws {
        let names = batch.columns.map { "\($0.name)" }.joined(separator: ", ")
        let start = link.execute("COPY \(batch.table) (\(names)) FROM STDIN")
        guard start.status == PGRES_COPY_IN else { throw link.failure(start) }
        do {
            try sendRows()
        } catch {
            _ = link.endCopy(because: "\(error)")
            throw error
        }
        guard let end = link.endCopy() else { throw link.lost() }
        guard end.isGood else { throw link.failure(end) }
    }

    private func sendRows() throws {
        let columns = try batch.columns.map { try CopyColumn($0.values) }
        var text: [CChar] = []
        text.reserveCapacity(PostgresCopy.portion + 4096)
        for row in 0..<batch.count {
            for (number, column) in columns.enumerated() {
                if number > 0 { text.append(CopyColumn.tab) }
                try column.write(row, to: &text)
            }
            text.append(CopyColumn.newline)
            if text.count >= PostgresCopy.portion { try send(&text) }
        }
        try send(&text)
    }

    private func send(_ text: inout [CChar]) throws {
        guard text.withUnsafeBufferPointer(link.copy) else { throw link.lost() }
        text.removeAll(keepingCapacity: true)
    }
}

/// A column as COPY reads it; a constant is spelled once.
private enum CopyColumn {
    case integers([Int64])
    case optionalIntegers([Int64])
    case texts([String])
    case optionalTexts([String?])
    case same([CChar])

    static let tab = CChar(9)
    static let newline = CChar(10)
    private static let backslash = CChar(0x5C)
    private static let null: [CChar] = [backslash, 0x4E]

    init(_ values: Batch.Column) throws {
        switch values {
        case .integers(let values): self = .integers(values)
        case .optionalIntegers(let values): self = .optionalIntegers(values)
        case .texts(let values): self = .texts(values)
        case .optionalTexts(let values): self = .optionalTexts(values)
        case .constant(let value): self = .same(try CopyColumn.spelled(value))
        }
    }

    @inline(__always)
    func write(_ row: Int, to text: inout [CChar]) throws {
        switch self {
        case .integers(let values): CopyColumn.write(values[row], to: &text)
        case .optionalIntegers(let values):
            let value = values[row]
            if value == Batch.null { text += CopyColumn.null } else { CopyColumn.write(value, to: &text) }
        case .texts(let values): try CopyColumn.write(values[row], to: &text)
        case .optionalTexts(let values):
            if let value = values[row] {
                try CopyColumn.write(value, to: &text)
            } else {
                text += CopyColumn.null
            }
        case .same(let spelled): text += spelled
        }
    }

    private static func spelled(_ value: SQLValue) throws -> [CChar] {
        var text: [CChar] = []
        switch value {
        case .null: text = null
        case .integer(let number): write(number, to: &text)
        case .boolean(let flag): try write(flag ? "t" : "f", to: &text)
        case .text(let words): try write(words, to: &text)
        case .bytes(let bytes): try write("\\x" + bytes.map(hexadecimal).joined(), to: &text)
        case .real(let number):
            guard !number.isNaN else { throw StorageError.refused("not a number") }
            try write(String(number), to: &text)
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Backslash, tab and line ends have a meaning in COPY's text.
    private static func write(_ words: String, to text: inout [CChar]) throws {
        for byte in words.utf8 {
            switch byte {
            case 0: throw StorageError.refused("text with a NUL")
            case 0x5C: text += [backslash, backslash]
            case 9: text += [backslash, 0x74]
            case 10: text += [backslash, 0x6E]
            case 13: text += [backslash, 0x72]
            default: text.append(CChar(bitPattern: byte))
            }
        }
    }

    private static func write(_ number: Int64, to text: inout [CChar]) {
        if number < 0 { text.append(0x2D) }
        var rest = number.magnitude
        let start = text.count
        repeat {
            text.append(0x30 + CChar(rest % 10))
            rest /= 10
        } while rest > 0
        text[start...].reverse()
    }
}
