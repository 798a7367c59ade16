import Kernel

/// Which column holds what. Columns count from 0 here and from 1 where people see them.
public struct ImportMapping: Sendable, Equatable {
    public private(set) var columns: [ImportField: Int]

    public init(_ columns: [ImportField: Int] = [:]) { self.columns = columns }

    public subscript(field: ImportField) -> Int? { columns[field] }

    /// The column, or -1 for a field that no column holds.
    func place(_ field: ImportField) -> Int { columns[field] ?? -1 }

    public var isEmpty: Bool { columns.isEmpty }

    /// Reads `customer=1,at=2,amount=Total`: a column by its number from 1 or by its header.
    public init(words: String, kind: ImportKind, header: [String]) throws(ImportRefusal) {
        var columns: [ImportField: Int] = [:]
        for pair in words.split(separator: ",").map({ String($0).trimmed }) where !pair.isEmpty {
            guard let sign = pair.firstIndex(of: "=") else { throw .unreadableMapping(pair) }
            let word = String(pair[..<sign]).trimmed
            guard let field = ImportMapping.field(word, of: kind) else { throw .unknownField(word, kind) }
            let name = String(pair[pair.index(after: sign)...]).trimmed
            guard columns[field] == nil else { throw .fieldTwice(field) }
            columns[field] = try ImportMapping.column(name, in: header)
        }
        self.columns = columns
        try check(kind: kind, columnCount: header.count)
    }

    /// A customers file has one id, so `id` there means the customer's.
    private static func field(_ word: String, of kind: ImportKind) -> ImportField? {
        guard let field = ImportField(word: word) else { return nil }
        if kind == .customers, field == .id { return .customer }
        return ImportField.fields(of: kind).contains(field) ? field : nil
    }

    private static func column(_ name: String, in header: [String]) throws(ImportRefusal) -> Int {
        if let number = Int(name) {
            guard number >= 1, number <= header.count else { throw .noSuchColumn(name) }
            return number - 1
        }
        let exact = header.firstIndex(of: name)
        guard let found = exact ?? header.firstIndex(where: { $0.searchKey == name.searchKey }) else {
            throw .noSuchColumn(name)
        }
        return found
    }

    /// Everything needed is there, and no column means two things.
    public func check(kind: ImportKind, columnCount: Int) throws(ImportRefusal) {
        var owners: [Int: ImportField] = [:]
        for field in ImportField.fields(of: kind) {
            guard let column = columns[field] else { continue }
            guard column >= 0, column < columnCount else { throw .noSuchColumn(String(column + 1)) }
            if let other = owners[column] { throw .columnTwice(column + 1, other, field) }
            owners[column] = field
        }
        for field in ImportField.required(of: kind) where columns[field] == nil { throw .missingField(field) }
    }
}

extension ImportMapping {
    /// `customer=1,at=2`, ordered, for keeping and showing.
    public var stored: String {
        ImportField.allCases.compactMap { field in columns[field].map { "\(field.rawValue)=\($0 + 1)" } }
            .joined(separator: ",")
    }

    init(stored: String) {
        var columns: [ImportField: Int] = [:]
        for pair in stored.split(separator: ",") {
            let halves = pair.split(separator: "=")
            guard halves.count == 2, let field = ImportField(rawValue: String(halves[0])),
                let number = Int(halves[1])
            else { continue }
            columns[field] = number - 1
        }
        self.columns = columns
    }
}
