import Kernel
import Tabular

/// Guesses which column holds what: from the words above the columns, else from what stands in them.
enum MappingGuess {
    static func mapping(of head: TableHead, kind: ImportKind) -> ImportMapping {
        var columns = head.format.hasHeader ? byNames(head.header, kind) : [:]
        if columns.isEmpty || !head.format.hasHeader { fillByContent(head, kind, &columns) }
        fillCustomer(head, kind, &columns)
        return ImportMapping(columns)
    }

    /// Each field takes the free column with the best of its words; the words of a field stand best first.
    private static func byNames(_ header: [String], _ kind: ImportKind) -> [ImportField: Int] {
        let names = header.map(plain)
        var offers: [(score: Int, field: ImportField, column: Int)] = []
        for (rank, field) in ImportField.fields(of: kind).enumerated() {
            for (place, word) in HeaderWords.words(for: field, in: kind).enumerated() {
                for (column, name) in names.enumerated() {
                    guard let loss = loss(name, word) else { continue }
                    offers.append((loss * 1000 + place * 20 + rank, field, column))
                }
            }
        }
        var columns: [ImportField: Int] = [:]
        for offer in offers.sorted(by: { $0.score < $1.score })
        where columns[offer.field] == nil && !columns.values.contains(offer.column) {
            columns[offer.field] = offer.column
        }
        return columns
    }

    /// 0: the name is the word; 1: it holds the word among others; nil: neither.
    private static func loss(_ name: String, _ word: String) -> Int? {
        if name == word { return 0 }
        guard word.count > 3 else { return nil }
        return " \(name) ".contains(" \(word) ") ? 1 : nil
    }

    /// `Number_of-CDs` as `number of cds`.
    private static func plain(_ name: String) -> String {
        var words = ""
        var last: Character = " "
        for character in name {
            if character.isUppercase, last.isLowercase { words.append(" ") }
            words.append(character.isLetter || character.isNumber ? character : " ")
            last = character
        }
        return words.searchKey
    }

    private static func fillByContent(
        _ head: TableHead, _ kind: ImportKind, _ columns: inout [ImportField: Int]
    ) {
        func free(_ wanted: ColumnKind) -> [Int] {
            head.kinds.indices.filter { head.kinds[$0] == wanted && !columns.values.contains($0) }
        }
        if kind != .customers { columns[.at] = columns[.at] ?? free(.date).first }
        let unused = head.kinds.indices.filter { head.kinds[$0] != .empty && !columns.values.contains($0) }
        if kind != .answers { columns[.customer] = columns[.customer] ?? unused.first }
        switch kind {
        case .purchases:
            let numbers = free(.number)
            columns[.amount] = columns[.amount] ?? numbers.last
            if numbers.count == 2, columns[.amount] == numbers[1] {
                columns[.quantity] = columns[.quantity] ?? numbers[0]
            }
            columns[.product] = columns[.product] ?? free(.text).first
        case .uses:
            columns[.product] = columns[.product] ?? free(.text).first
        case .customers:
            let mail = free(.text).first { column in
                head.rows.contains { column < $0.count && $0[column].contains("@") }
            }
            columns[.email] = columns[.email] ?? mail
            columns[.name] = columns[.name] ?? free(.text).first
        case .advocacy:
            columns[.kind] = columns[.kind] ?? free(.text).first
            columns[.words] = columns[.words] ?? free(.text).first
        // Their columns are known by name only.
        case .contracts: break
        case .answers:
            columns[.score] = columns[.score] ?? free(.number).first
            columns[.words] = columns[.words] ?? free(.text).first
        }
    }

    /// Where no column is called a customer's, an address or a name tells them apart as well.
    private static func fillCustomer(
        _ head: TableHead, _ kind: ImportKind, _ columns: inout [ImportField: Int]
    ) {
        guard columns[.customer] == nil else { return }
        if kind == .customers, let id = columns[.email] ?? columns[.name] {
            columns[.customer] = id
            columns[.email] = columns[.email] == id ? nil : columns[.email]
            columns[.name] = columns[.name] == id ? nil : columns[.name]
        } else if kind == .answers {
            columns[.customer] = columns.removeValue(forKey: .email)
        } else if let id = columns.removeValue(forKey: .email) ?? columns.removeValue(forKey: .name) {
            columns[.customer] = id
        }
    }
}
