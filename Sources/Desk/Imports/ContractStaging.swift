import Kernel
import Storage
import Tabular

/// Judges and stages the rows of a file of contracts.
///
/// Such a file says when a contract began, or how many months it had lasted on a stated day; the start is then reckoned
/// back from that day.
final class ContractStaging: RowStaging {
    let customers: StagedCustomers
    private let item: Import
    private let rules: RowRules
    private var contracts: [Staged] = []
    private var currencies = CurrencyCache()
    /// The day the file speaks of.
    private let asOf: Int

    init(_ item: Import, _ rules: RowRules) {
        self.item = item
        self.rules = rules
        asOf = item.question.day ?? rules.zone.day(of: item.createdAt).daysSinceEpoch
        customers = StagedCustomers(item)
    }

    private struct Staged {
        let line: Int
        var number = 0
        let words: String
        let product: String
        let terms: ContractTerms
        let amount: Int64
        let currency: String
        let end: Int64
        let reason: String
        let attribute: String
        let id: String
        let key: String
    }

    private func text(_ row: borrowing RowView, _ field: ImportField) throws(CellRefusal) -> String {
        let bytes = try rules.line(row, rules.mapping.place(field), field)
        return String(decoding: bytes, as: UTF8.self).singleLine
    }

    private func judge(_ row: borrowing RowView) throws(CellRefusal) -> Staged {
        try rules.judge(row)
        let mapping = rules.mapping
        let customer = try rules.required(row, mapping.place(.customer), .customer)
        _ = try rules.line(row, mapping.place(.name), .name)
        let words = try text(row, .terms)
        let product = try text(row, .product)
        let start = try start(row)
        let currency = try currency(row)
        let amount = try rules.amount(row, mapping.place(.amount), .amount, exponent: currency.exponent)
        guard (0..<Money.limit).contains(amount) else {
            throw CellRefusal(.amount, Remark("negativePrice"), column: mapping.place(.amount))
        }
        let id = try text(row, .id)
        let span = ContractWords.months(in: words)
        // A file that counts months lists a customer's contract as it stands; one with days may list several.
        let begin = mapping[.at] == nil ? "" : "\(start)"
        let content = [String(decoding: customer, as: UTF8.self), product.searchKey, begin]
        return Staged(
            line: row.line, words: words, product: product,
            terms: ContractTerms(
                start: LocalDate(daysSinceEpoch: start), minimumMonths: span.map { $0 > 1 ? $0 : 0 } ?? 0,
                renewalMonths: span ?? 0),
            amount: amount, currency: currency.code, end: try end(row, from: start),
            reason: try text(row, .reason), attribute: try attribute(row), id: id,
            key: id.isEmpty ? "is:" + content.joined(separator: "\u{1F}") : "id:" + id)
    }

    private func currency(_ row: borrowing RowView) throws(CellRefusal) -> Currency {
        let column = rules.mapping.place(.currency)
        guard column >= 0, row.bytes(column).count > 0 else { return rules.currency }
        let code = row.bytes(column)
        guard let known = currencies.currency(code) else {
            throw CellRefusal(
                .currency, Remark("unknownCurrency", RefusedRow.excerpt(of: code)), column: column)
        }
        return known
    }

    private func start(_ row: borrowing RowView) throws(CellRefusal) -> Int {
        let column = rules.mapping.place(.at)
        if column >= 0 { return try rules.day(row, column).day }
        let tenure = rules.mapping.place(.tenure)
        _ = try rules.required(row, tenure, .tenure)
        let months = try rules.whole(row, tenure, .tenure, standard: 0, limit: 1200)
        guard months >= 0 else { throw CellRefusal(.tenure, Remark("negativeTenure"), column: tenure) }
        guard asOf <= rules.lastDay else { throw CellRefusal(.tenure, Remark("future"), column: tenure) }
        let start = LocalDate(daysSinceEpoch: asOf).adding(months: -Int(months))
        guard start >= LocalDate.earliest else {
            throw CellRefusal(.tenure, Remark("yearOutOfRange", "\(start.civil.year)"), column: tenure)
        }
        return start.daysSinceEpoch
    }

    /// The first day without the contract; `Batch.null` where it runs. A plain yes means: by the day the file speaks of.
    private func end(_ row: borrowing RowView, from start: Int) throws(CellRefusal) -> Int64 {
        let column = rules.mapping.place(.ended)
        guard column >= 0 else { return Batch.null }
        let bytes = row.bytes(column)
        switch ContractWords.ended(RefusedRow.excerpt(of: bytes)) {
        case .some(true): return Int64(max(asOf, start))
        case .some(false): return Batch.null
        case nil:
            guard let moment = try? parseDate(bytes, order: rules.order) else {
                throw CellRefusal(.ended, Remark("badEnded"), column: column)
            }
            guard moment.daysSinceEpoch >= start else {
                throw CellRefusal(.ended, Remark("endsBeforeStart"), column: column)
            }
            return Int64(moment.daysSinceEpoch)
        }
    }

    private func attribute(_ row: borrowing RowView) throws(CellRefusal) -> String {
        let value = try text(row, .attribute)
        guard !value.isEmpty, let name = item.question.attribute, !name.isEmpty else { return value }
        return "\(name.singleLine.prefix(60)): \(value)"
    }

    func check(_ row: borrowing RowView, into summary: inout ImportSummary) throws(CellRefusal) {
        let contract = try judge(row)
        summary.add(day: contract.terms.start.daysSinceEpoch)
        _ = customers.number(of: row.bytes(rules.mapping.place(.customer)))
    }

    func stage(_ row: borrowing RowView) throws(CellRefusal) {
        var contract = try judge(row)
        let outsideID = row.bytes(rules.mapping.place(.customer))
        let (number, isNew) = customers.number(of: outsideID)
        if isNew {
            let column = rules.mapping.place(.name)
            customers.append(
                outsideID, name: column < 0 ? "" : CustomerStaging.name(row.bytes(column)),
                email: CustomerStaging.email(row, rules.mapping.place(.email)) ?? "")
        }
        contract.number = number
        contracts.append(contract)
    }

    var waiting: Int { contracts.count }

    func takeBatches() -> [Batch] {
        defer { contracts = [] }
        let today = rules.zone.day(of: item.createdAt)
        func numbers(_ value: (Staged) -> Int) -> Batch.Column {
            .integers(contracts.map { Int64(value($0)) })
        }
        func texts(_ value: (Staged) -> String) -> Batch.Column { .texts(contracts.map(value)) }
        let dues = contracts.map { contract in
            contract.terms.due(after: today).map { Int64($0.daysSinceEpoch) } ?? Batch.null
        }
        let rows = Batch(
            into: "import_contract", count: contracts.count,
            columns: [
                ("import_id", .constant(.integer(item.id.value))), ("line", numbers(\.line)),
                ("n", numbers(\.number)), ("terms", texts(\.words)), ("terms_key", texts(\.words.searchKey)),
                ("product", texts(\.product)), ("product_key", texts(\.product.searchKey)),
                ("start_day", numbers(\.terms.start.daysSinceEpoch)),
                ("minimum_months", numbers(\.terms.minimumMonths)),
                ("renewal_months", numbers(\.terms.renewalMonths)),
                ("amount", .integers(contracts.map(\.amount))), ("currency", texts(\.currency)),
                ("end_day", .optionalIntegers(contracts.map(\.end))), ("end_reason", texts(\.reason)),
                ("attribute", texts(\.attribute)), ("seen_day", .constant(.integer(Int64(asOf)))),
                ("due_day", .optionalIntegers(dues)),
                ("outside_id", .optionalTexts(contracts.map { $0.id.isEmpty ? nil : $0.id })),
                ("row_key", texts(\.key)),
            ])
        return [customers.takeBatch(), rows].compactMap(\.self)
    }
}

/// What people write about contracts, in English and German.
enum ContractWords {
    /// The months a contract binds at a time: 1 for month to month, 12 for `One year`. Nil where the words do not say.
    static func months(in text: String) -> Int? {
        let words = text.searchWords
        let key = words.joined(separator: " ")
        if ["month to month", "monthly", "month", "monatlich", "monat zu monat"].contains(key) { return 1 }
        if ["yearly", "annual", "annually", "jahrlich", "jahresvertrag", "year", "jahr"].contains(key) {
            return 12
        }
        guard words.count >= 2, let number = number(words[0]) else { return nil }
        let unit = words[1]
        if unit.hasPrefix("month") || unit.hasPrefix("monat") { return number }
        if unit.hasPrefix("year") || unit.hasPrefix("jahr") { return number * 12 }
        return nil
    }

    private static func number(_ word: String) -> Int? {
        let words = [
            "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ein": 1, "eine": 1, "einen": 1, "zwei": 2,
            "drei": 3, "vier": 4, "funf": 5, "six": 6, "sechs": 6,
        ]
        let number = words[word] ?? Int(word)
        return number.flatMap { (1...100).contains($0) ? $0 : nil }
    }

    /// Whether a cell says that a contract is over; nil where it says neither, and may be a day.
    static func ended(_ text: String) -> Bool? {
        switch text.searchKey {
        case "", "no", "n", "false", "0", "nein", "active", "aktiv", "running", "lauft", "stayed", "-", "na",
            "null":
            false
        case "yes", "y", "true", "1", "ja", "j", "churned", "left", "ended", "cancelled", "canceled",
            "gekundigt",
            "beendet", "x":
            true
        default: nil
        }
    }
}
