import Kernel
import Storage
import Tabular

/// A column of a customers file that holds a field of the house's own.
struct OwnColumn: Sendable {
    let column: Int
    let field: CustomField

    /// The fields the mapping names, each with its column; refuses names that stand for none.
    static func columns(of item: Import, _ fields: [CustomField]) throws(ImportRefusal) -> [OwnColumn] {
        var columns: [OwnColumn] = []
        for (name, column) in item.mapping.own.sorted(by: { $0.key < $1.key }) {
            guard let field = fields.first(where: { $0.name == name && $0.retiredAt == nil }) else {
                throw .unknownField(ImportMapping.ownPrefix + name, item.kind)
            }
            columns.append(OwnColumn(column: column, field: field))
        }
        return columns
    }

    /// What stands there; nil where nothing does.
    func value(_ row: borrowing RowView, _ rules: RowRules) throws(CellRefusal) -> OwnValues.Value? {
        let bytes = row.bytes(column)
        guard bytes.count > 0 else { return nil }
        guard bytes.count <= 1_000 else {
            throw CellRefusal(nil, Remark("textTooLong", "1000"), column: column)
        }
        do throws(CustomFieldRefusal) {
            let value = try field.read(String(decoding: bytes, as: UTF8.self))
            return value.map { OwnValues.Value(field: field.id.value, value: $0) }
        } catch {
            throw CellRefusal(nil, Remark("ownField", field.label), column: column)
        }
    }
}

/// Values of fields of the house's own on their way into staging.
struct OwnValues {
    struct Value {
        let field: Int64
        let value: CustomValue
    }

    let firstNumber: Int64
    private var rows: [(n: Int64, value: Value)] = []

    init(firstNumber: Int64) { self.firstNumber = firstNumber }

    /// Of the customer the file names as its `number`th.
    mutating func append(_ values: [Value], of number: Int) {
        for value in values { rows.append((firstNumber + Int64(number), value)) }
    }

    mutating func takeBatch() -> Batch? {
        guard !rows.isEmpty else { return nil }
        defer { rows = [] }
        return Batch(
            into: "import_field_value", count: rows.count,
            columns: [
                ("n", .integers(rows.map(\.n))), ("field_id", .integers(rows.map(\.value.field))),
                ("words", .texts(rows.map(\.value.value.words))),
                ("words_key", .texts(rows.map(\.value.value.key))),
                ("number", .optionalIntegers(rows.map { $0.value.value.number ?? Batch.null })),
            ])
    }
}
