import Kernel
import Storage
import Tabular

/// Judges and stages the rows of an advocacy file.
final class AdvocacyStaging: RowStaging {
    let customers: StagedCustomers
    private let item: Import
    private let rules: RowRules
    private var acts: [Staged] = []

    init(_ item: Import, _ rules: RowRules) {
        self.item = item
        self.rules = rules
        customers = StagedCustomers(item)
    }

    private struct Staged {
        let line: Int
        var number = 0
        let kind: AdvocacyAct.Kind
        let day: Int
        let at: Int64
        let words: String
        let rating: Int?
        let consent: Bool?
        let friend: String
        let id: String?

        var counts: Bool { AdvocacyAct.counts(kind, rating: rating, consent: consent) }
    }

    private func judge(_ row: borrowing RowView) throws(CellRefusal) -> Staged {
        try rules.judge(row)
        let mapping = rules.mapping
        _ = try rules.required(row, mapping.place(.customer), .customer)
        _ = try rules.line(row, mapping.place(.name), .name)
        let (day, at) = try rules.day(row, mapping.place(.at))
        let id = try rules.line(row, mapping.place(.id), .id)
        return Staged(
            line: row.line, kind: try kind(row, mapping.place(.kind)), day: day, at: at,
            words: try rules.words(row, mapping.place(.words), .words, limit: 20_000),
            rating: try rating(row, mapping.place(.rating)),
            consent: try consent(row, mapping.place(.consent)),
            friend: CustomerStaging.name(try rules.line(row, mapping.place(.friend), .friend)),
            id: id.isEmpty ? nil : String(decoding: id, as: UTF8.self))
    }

    private func kind(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> AdvocacyAct.Kind {
        let bytes = try rules.required(row, column, .kind)
        switch String(decoding: bytes, as: UTF8.self).searchKey {
        case "referral", "referred", "vermittlung", "weiterempfehlung": return .referral
        case "testimonial", "kundenstimme", "referenz": return .testimonial
        case "review", "rating", "bewertung", "rezension": return .review
        case "reference call", "reference", "referenzgesprach": return .referenceCall
        case "recommendation", "recommended", "empfehlung": return .recommendation
        default: throw CellRefusal(.kind, Remark("unknownAct"), column: column)
        }
    }

    private func rating(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> Int? {
        guard column >= 0, row.bytes(column).count > 0 else { return nil }
        do {
            let number = try rules.whole(row, column, .rating, standard: 0, limit: 5)
            if number >= 1 { return Int(number) }
        } catch {}
        throw CellRefusal(.rating, Remark("badRating"), column: column)
    }

    private func consent(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> Bool? {
        guard column >= 0, row.bytes(column).count > 0 else { return nil }
        switch RefusedRow.excerpt(of: row.bytes(column)).searchKey {
        case "yes", "y", "true", "1", "ja", "j", "wahr", "x": return true
        case "no", "n", "false", "0", "nein", "falsch": return false
        default: throw CellRefusal(.consent, Remark("badConsent"), column: column)
        }
    }

    func check(_ row: borrowing RowView, into summary: inout ImportSummary) throws(CellRefusal) {
        let act = try judge(row)
        summary.add(day: act.day)
        _ = customers.number(of: row.bytes(rules.mapping.place(.customer)))
    }

    func stage(_ row: borrowing RowView) throws(CellRefusal) {
        var act = try judge(row)
        let outsideID = row.bytes(rules.mapping.place(.customer))
        let (number, isNew) = customers.number(of: outsideID)
        if isNew {
            let column = rules.mapping.place(.name)
            customers.append(
                outsideID, name: column < 0 ? "" : CustomerStaging.name(row.bytes(column)),
                email: CustomerStaging.email(row, rules.mapping.place(.email)) ?? "")
        }
        act.number = number
        acts.append(act)
    }

    var waiting: Int { acts.count }

    func takeBatches() -> [Batch] {
        defer { acts = [] }
        func numbers(_ value: (Staged) -> Int) -> Batch.Column { .integers(acts.map { Int64(value($0)) }) }
        func truth(_ value: Bool?) -> Int64 { value.map { $0 ? 1 : 0 } ?? Batch.null }
        let rows = Batch(
            into: "import_advocacy", count: acts.count,
            columns: [
                ("import_id", .constant(.integer(item.id.value))), ("line", numbers(\.line)),
                ("n", numbers(\.number)),
                ("kind", .texts(acts.map(\.kind.rawValue))), ("day", numbers(\.day)),
                ("at", .optionalIntegers(acts.map(\.at))), ("words", .texts(acts.map(\.words))),
                ("rating", .optionalIntegers(acts.map { $0.rating.map(Int64.init) ?? Batch.null })),
                ("consent", .optionalIntegers(acts.map { truth($0.consent) })),
                ("friend", .texts(acts.map(\.friend))), ("counts", .integers(acts.map { truth($0.counts) })),
                ("outside_id", .optionalTexts(acts.map(\.id))),
            ])
        return [customers.takeBatch(), rows].compactMap(\.self)
    }
}
