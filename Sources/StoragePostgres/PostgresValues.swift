import Storage

/// The values of a statement as libpq takes them: one block of memory, and where in it each value starts.
struct PostgresValues {
    private var block: [CChar] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    /// A letter for each value: statements of one text but other types are prepared apart.
    private(set) var letters = ""
    private(set) var types: [UInt32] = []

    /// The same with integers left open, for PostgreSQL to infer what kind of number a place wants.
    var looseTypes: [UInt32] { types.map { $0 == 20 ? 0 : $0 } }

    init(_ values: [SQLValue]) throws {
        for value in values { try append(value) }
    }

    var count: Int32 { Int32(starts.count) }

    private mutating func append(_ value: SQLValue) throws {
        switch value {
        case .null: add(nil, type: 0, "n")
        case .integer(let number): add(String(number), type: 20, "i")
        case .real(let number):
            guard !number.isNaN else { throw StorageError.refused("not a number") }
            add(String(number), type: 701, "r")
        case .boolean(let flag): add(flag ? "t" : "f", type: 16, "b")
        case .text(let text):
            guard !text.utf8.contains(0) else { throw StorageError.refused("text with a NUL") }
            add(text, type: 25, "t")
        case .bytes(let bytes): add(bytes)
        }
    }

    private mutating func add(_ text: String?, type: UInt32, _ letter: Character) {
        starts.append(text == nil ? nil : block.count)
        lengths.append(0)
        formats.append(0)
        types.append(type)
        letters.append(letter)
        guard let text else { return }
        block.append(contentsOf: text.utf8.lazy.map(CChar.init(bitPattern:)))
        block.append(0)
    }

    private mutating func add(_ bytes: [UInt8]) {
        starts.append(block.count)
        lengths.append(Int32(bytes.count))
        formats.append(1)
        types.append(17)
        letters.append("y")
        block.append(contentsOf: bytes.lazy.map(CChar.init(bitPattern:)))
        block.append(0)
    }

    /// Values, lengths and formats, for as long as `act` runs.
    func lend<T>(
        _ act: ([UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) throws -> T
    ) rethrows -> T {
        try block.withUnsafeBufferPointer { block in
            let pointers = starts.map { start in start.flatMap { block.baseAddress?.advanced(by: $0) } }
            return try act(pointers, lengths, formats)
        }
    }
}
