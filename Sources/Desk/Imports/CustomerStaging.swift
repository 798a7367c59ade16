import Kernel
import Storage
import Tabular

/// Judges and stages the rows of a customers file.
final class CustomerStaging: RowStaging {
    let customers: StagedCustomers
    private let rules: RowRules
    private let customer, name, email, phone, organisation, kind: Int
    private(set) var waiting = 0
    private var values: OwnValues

    init(_ item: Import, _ rules: RowRules) {
        self.rules = rules
        customers = StagedCustomers(item)
        values = OwnValues(firstNumber: item.firstNumber)
        let mapping = rules.mapping
        customer = mapping.place(.customer)
        name = mapping.place(.name)
        email = mapping.place(.email)
        phone = mapping.place(.phone)
        organisation = mapping.place(.organisation)
        kind = mapping.place(.kind)
    }

    private struct Judged {
        let id, name, phone, organisation: UnsafeBufferPointer<UInt8>
        let email: String
        let kind: Party.Kind?
        let values: [OwnValues.Value]
    }

    private func judge(_ row: borrowing RowView) throws(CellRefusal) -> Judged {
        try rules.judge(row)
        guard let email = CustomerStaging.email(row, email) else {
            throw CellRefusal(.email, Remark("badEmail"), column: self.email)
        }
        var values: [OwnValues.Value] = []
        for column in rules.own {
            if let value = try column.value(row, rules) { values.append(value) }
        }
        return Judged(
            id: try rules.required(row, customer, .customer), name: try rules.line(row, name, .name),
            phone: try rules.line(row, phone, .phone, limit: 60),
            organisation: try rules.line(row, organisation, .organisation), email: email,
            kind: try partyKind(row), values: values)
    }

    private func partyKind(_ row: borrowing RowView) throws(CellRefusal) -> Party.Kind? {
        guard kind >= 0, row.bytes(kind).count > 0 else { return nil }
        switch RefusedRow.excerpt(of: row.bytes(kind)).searchKey {
        case "person", "private", "individual", "contact", "p", "privat", "privatperson", "kontakt":
            return .person
        case "organisation", "organization", "company", "business", "account", "o", "firma", "unternehmen",
            "geschaftlich":
            return .organisation
        default: throw CellRefusal(.kind, Remark("unknownPartyKind"), column: kind)
        }
    }

    func check(_ row: borrowing RowView, into summary: inout ImportSummary) throws(CellRefusal) {
        _ = customers.number(of: try judge(row).id)
    }

    func stage(_ row: borrowing RowView) throws(CellRefusal) {
        let judged = try judge(row)
        waiting += 1
        let (number, isNew) = customers.number(of: judged.id)
        guard isNew else { return }
        values.append(judged.values, of: number)
        let organisation = CustomerStaging.name(judged.organisation)
        customers.append(
            judged.id, name: CustomerStaging.name(judged.name), email: judged.email,
            phone: String(decoding: judged.phone, as: UTF8.self), organisation: organisation,
            kind: judged.kind?.rawValue ?? "")
    }

    func takeBatches() -> [Batch] {
        waiting = 0
        return [customers.takeBatch(), values.takeBatch()].compactMap(\.self)
    }

    static func name(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        bytes.isEmpty ? "" : String(decoding: bytes, as: UTF8.self).singleLine
    }

    /// Empty where there is none, nil where what stands there is none.
    static func email(_ row: borrowing RowView, _ column: Int) -> String? {
        guard column >= 0, row.bytes(column).count > 0 else { return "" }
        let bytes = row.bytes(column)
        guard bytes.count <= 254 else { return nil }
        return EmailAddress(String(decoding: bytes, as: UTF8.self))?.text
    }
}
