import Kernel

/// Which column holds what. Columns count from 0 here and from 1 where people see them.
public struct ImportMapping: Sendable, Equatable {
    public private(set) var columns: [ImportField: Int]
    /// Columns that hold fields of the house's own, by the name of the field: `cf_birthday`.
    public private(set) var own: [String: Int]

    public init(_ columns: [ImportField: Int] = [:], own: [String: Int] = [:]) {
        self.columns = columns
        self.own = own
    }

    /// What stands before the name of a field of one's own: `field.cf_birthday=7`.
    static let ownPrefix = "field."

    public subscript(field: ImportField) -> Int? { columns[field] }

    /// The column, or -1 for a field that no column holds.
    func place(_ field: ImportField) -> Int { columns[field] ?? -1 }

    public var isEmpty: Bool { columns.isEmpty }

    /// Reads `customer=1,at=2,amount=Total`: a column by its number from 1 or by its header.
    public init(words: String, kind: ImportKind, header: [String]) throws(ImportRefusal) {
        var columns: [ImportField: Int] = [:]
        var own: [String: Int] = [:]
        for pair in words.split(separator: ",").map({ String($0).trimmed }) where !pair.isEmpty {
            guard let sign = pair.firstIndex(of: "=") else { throw .unreadableMapping(pair) }
            let word = String(pair[..<sign]).trimmed
            if kind == .customers, word.hasPrefix(ImportMapping.ownPrefix) {
                let name = String(word.dropFirst(ImportMapping.ownPrefix.count))
                guard own[name] == nil else { throw .unreadableMapping(pair) }
                own[name] = try ImportMapping.column(
                    String(pair[pair.index(after: sign)...]).trimmed, in: header)
                continue
            }
            guard let field = ImportMapping.field(word, of: kind) else { throw .unknownField(word, kind) }
            let name = String(pair[pair.index(after: sign)...]).trimmed
            guard columns[field] == nil else { throw .fieldTwice(field) }
            columns[field] = try ImportMapping.column(name, in: header)
        }
        self.columns = columns
        self.own = own
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
        for column in own.values where column < 0 || column >= columnCount {
            throw .noSuchColumn(String(column + 1))
        }
        for field in ImportField.required(of: kind) where columns[field] == nil { throw .missingField(field) }
    }
}

extension ImportMapping {
    /// `customer=1,at=2`, ordered, for keeping and showing.
    public var stored: String {
        let fields = ImportField.allCases.compactMap { field in
            columns[field].map { "\(field.rawValue)=\($0 + 1)" }
        }
        let own = own.sorted { $0.key < $1.key }.map { "\(ImportMapping.ownPrefix)\($0.key)=\($0.value + 1)" }
        return (fields + own).joined(separator: ",")
    }

    init(stored: String) {
        var columns: [ImportField: Int] = [:]
        var own: [String: Int] = [:]
        for pair in stored.split(separator: ",") {
            let halves = pair.split(separator: "=")
            if halves.count == 2, halves[0].hasPrefix(ImportMapping.ownPrefix), let number = Int(halves[1]) {
                own[String(halves[0].dropFirst(ImportMapping.ownPrefix.count))] = number - 1
                continue
            }
            guard halves.count == 2, let field = ImportField(rawValue: String(halves[0])),
                let number = Int(halves[1])
            else { continue }
            columns[field] = number - 1
        }
        self.columns = columns
        self.own = own
    }
}
