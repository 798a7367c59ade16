import Crypto
import Kernel
import Methods
import Storage
import Tabular

/// Judges and stages the rows of a file of answers.
final class AnswerStaging: RowStaging {
    let customers: StagedCustomers
    private let item: Import
    private let rules: RowRules
    private let scores: ScoreReader
    private var answers: [Staged] = []
    private var values: [ImportField: Set<String>] = [.event: [], .attribute: []]
    private var isBeyondTen = false
    /// How many gave each score from 0 to 10 in a file that does not state its scale.
    private var unstated = Array(repeating: 0, count: 11)

    /// A column that groups answers has no more values than people can read through.
    static let valueLimit = 200

    init(_ item: Import, _ rules: RowRules) {
        self.item = item
        self.rules = rules
        scores = rules.scores ?? .standard
        customers = StagedCustomers(item)
    }

    private struct Staged {
        let line: Int
        var number: Int?
        let day: Int
        let at: Int64
        let given: Int
        let score: Int
        let part: Answer.Part
        let words: String
        let event: String
        let visits: Int?
        let attribute: String
        let id: String?
        let key: String
    }

    private func judge(_ row: borrowing RowView) throws(CellRefusal) -> Staged {
        try rules.judge(row)
        let mapping = rules.mapping
        _ = try rules.line(row, mapping.place(.customer), .customer)
        _ = try rules.line(row, mapping.place(.name), .name)
        let (given, read) = try score(row, mapping.place(.score))
        let (day, at) = try moment(row, mapping.place(.at))
        let id = AnswerStaging.text(try rules.line(row, mapping.place(.id), .id))
        let words = AnswerStaging.known(
            try rules.words(row, mapping.place(.words), .words, limit: 20_000))
        let event = AnswerStaging.text(try rules.line(row, mapping.place(.event), .event, limit: 200))
        let attribute = try attribute(row, mapping.place(.attribute))
        let visits = try visits(row, mapping.place(.visits))
        let content = [
            AnswerStaging.text(row.bytes(mapping.place(.customer))), "\(day)", "\(at)", "\(given)", words,
            event,
            attribute, visits.map { "\($0)" } ?? "",
        ]
        return Staged(
            line: row.line, day: day, at: at, given: given, score: read.score, part: read.part, words: words,
            event: event, visits: visits, attribute: attribute, id: id.isEmpty ? nil : id,
            key: id.isEmpty ? AnswerStaging.print(content) : "id:" + id)
    }

    /// Two rows with the same content have the same print. 128 bits, so that no two others ever do.
    private static func print(_ content: [String]) -> String {
        let digest = SHA256.hash(data: Array(content.joined(separator: "\u{1F}").utf8))
        let hexadecimal = Array("0123456789abcdef")
        return "is:"
            + String(digest.prefix(16).flatMap { [hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] })
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        known(String(decoding: bytes, as: UTF8.self).singleLine)
    }

    /// What statistics programs write for "nothing" is nothing.
    private static func known(_ text: String) -> String { isNothing(text) ? "" : text }

    /// Whether a cell names a customer: the answer is anonymous where it is empty or says that there is none.
    private static func isNamed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        !bytes.isEmpty && (bytes.count > 4 || !isNothing(String(decoding: bytes, as: UTF8.self)))
    }

    private static func isNothing(_ text: String) -> Bool {
        ["", "NA", "N/A", "NULL", "NaN", "-", "#N/A"].contains(text)
    }

    private func score(
        _ row: borrowing RowView, _ column: Int
    ) throws(CellRefusal) -> (given: Int, read: (score: Int, part: Answer.Part)) {
        guard !AnswerStaging.isNothing(RefusedRow.excerpt(of: row.bytes(column))) else {
            throw CellRefusal(.score, Remark("noAnswer"), column: column)
        }
        let given = Int(try rules.whole(row, column, .score, standard: -1, limit: 1_000_000))
        if item.question.scale == nil {
            isBeyondTen = isBeyondTen || given > 10
            if given <= 10 { unstated[max(0, given)] += 1 }
        }
        guard let read = scores.read(given) else {
            let (lowest, highest) = (String(scores.scale.lowest), String(scores.scale.highest))
            throw CellRefusal(.score, Remark("offScale", lowest, highest), column: column)
        }
        return (given, read)
    }

    private func moment(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> (day: Int, at: Int64)
    {
        guard column < 0 else { return try rules.day(row, column) }
        let day = item.question.day ?? 0
        guard day <= rules.lastDay else { throw CellRefusal(.at, Remark("future")) }
        return (day, .min)
    }

    private func visits(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> Int? {
        guard column >= 0, !AnswerStaging.isNothing(RefusedRow.excerpt(of: row.bytes(column))) else {
            return nil
        }
        let visits = try rules.whole(row, column, .visits, standard: 0, limit: 1_000_000_000)
        guard visits >= 0 else { throw CellRefusal(.visits, Remark("negativeCount"), column: column) }
        return Int(visits)
    }

    private func attribute(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> String {
        let value = AnswerStaging.text(try rules.line(row, column, .attribute, limit: 200))
        guard !value.isEmpty, let name = item.question.attribute, !name.isEmpty else { return value }
        return "\(name.singleLine.prefix(60)): \(value)"
    }

    func check(_ row: borrowing RowView, into summary: inout ImportSummary) throws(CellRefusal) {
        let answer = try judge(row)
        summary.add(day: answer.day)
        var counts = summary.scores ?? Array(repeating: 0, count: scores.scale.range.count)
        counts[answer.given - scores.scale.lowest] += 1
        summary.scores = counts
        for (field, value) in [(ImportField.event, answer.event), (.attribute, answer.attribute)]
        where !value.isEmpty && (values[field]?.count ?? 0) <= AnswerStaging.valueLimit {
            values[field]?.insert(value)
        }
        let customer = row.bytes(rules.mapping.place(.customer))
        if AnswerStaging.isNamed(customer) { _ = customers.number(of: customer) }
    }

    func judgeAll() throws(ImportRefusal) {
        if isBeyondTen { throw .scaleOpen }
        // Ones but no nought, or many answers and none above seven: that is how 1 to 10, 1 to 5 and 1 to 7 look.
        let isLow = unstated.reduce(0, +) >= 20 && unstated[8...].allSatisfy { $0 == 0 }
        if unstated[0] == 0, unstated[1] >= 5 || isLow { throw .scaleDoubtful }
        for field in [ImportField.event, .attribute]
        where (values[field]?.count ?? 0) > AnswerStaging.valueLimit {
            throw .tooManyValues(field)
        }
    }

    func stage(_ row: borrowing RowView) throws(CellRefusal) {
        var answer = try judge(row)
        let outsideID = row.bytes(rules.mapping.place(.customer))
        if AnswerStaging.isNamed(outsideID) {
            let (number, isNew) = customers.number(of: outsideID)
            if isNew {
                let column = rules.mapping.place(.name)
                customers.append(
                    outsideID, name: column < 0 ? "" : CustomerStaging.name(row.bytes(column)),
                    email: CustomerStaging.email(row, rules.mapping.place(.email)) ?? "")
            }
            answer.number = number
        }
        answers.append(answer)
    }

    var waiting: Int { answers.count }

    func takeBatches() -> [Batch] {
        defer { answers = [] }
        func numbers(_ value: (Staged) -> Int?) -> Batch.Column {
            .optionalIntegers(answers.map { value($0).map(Int64.init) ?? Batch.null })
        }
        let rows = Batch(
            into: "import_answer", count: answers.count,
            columns: [
                ("import_id", .constant(.integer(item.id.value))), ("line", numbers(\.line)),
                ("n", numbers(\.number)), ("day", numbers(\.day)),
                ("at", .optionalIntegers(answers.map(\.at))),
                ("given", numbers(\.given)), ("score", numbers(\.score)), ("part", numbers(\.part.rawValue)),
                ("words", .texts(answers.map(\.words))), ("after_event", .texts(answers.map(\.event))),
                ("visits", numbers(\.visits)), ("band", numbers { $0.visits.map(VisitBand.start) }),
                ("attribute", .texts(answers.map(\.attribute))),
                ("outside_id", .optionalTexts(answers.map(\.id))),
                ("row_key", .texts(answers.map(\.key))),
            ])
        return [customers.takeBatch(), rows].compactMap(\.self)
    }
}
