import Kernel
import Storage
import Tabular

/// The customers of a file, each staged once, when the file first names them.
final class StagedCustomers {
    private let firstNumber: Int64
    private let numbers = ByteNumbers()
    private var ids: [String] = []
    private var names: [String] = []
    private var nameKeys: [String] = []
    private var emails: [String] = []
    private var phones: [String] = []
    private var organisations: [String] = []
    private var kinds: [String] = []
    private var nextNumber: Int64

    init(_ item: Import) {
        firstNumber = item.firstNumber
        nextNumber = item.firstNumber
    }

    /// How many different ones the file has named so far.
    var count: Int { numbers.count }

    /// Learns again, in order, who was staged before the work was interrupted.
    func restore(_ outsideIDs: [String]) {
        for id in outsideIDs { _ = numbers.number(of: id) }
        nextNumber = firstNumber + Int64(numbers.count)
    }

    @inline(__always)
    func number(of outsideID: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
        numbers.number(of: outsideID)
    }

    /// Keeps the customer just numbered.
    func append(
        _ outsideID: UnsafeBufferPointer<UInt8>, name: String = "", email: String = "", phone: String = "",
        organisation: String = "", kind: String = ""
    ) {
        ids.append(String(decoding: outsideID, as: UTF8.self))
        names.append(name)
        nameKeys.append(name.isEmpty ? StagedCustomers.key(ofName: outsideID) : name.searchKey)
        emails.append(email.isEmpty ? StagedCustomers.email(in: outsideID) : email)
        phones.append(phone)
        organisations.append(organisation)
        kinds.append(kind)
    }

    /// Most ids are their own search key, which `searchKey` would take its time to find out.
    private static func key(ofName bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let isKey = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && !(0x41...0x5A).contains($0) }
        return isKey ? text : text.searchKey
    }

    /// The id as a mail address, where that is what the file names its customers by; empty where it is not.
    private static func email(in id: UnsafeBufferPointer<UInt8>) -> String {
        guard id.contains(0x40), id.count <= 254 else { return "" }
        let text = String(decoding: id, as: UTF8.self)
        return EmailAddress(text)?.text == text ? text : ""
    }

    func takeBatch() -> Batch? {
        guard !ids.isEmpty else { return nil }
        let count = ids.count
        let batch = Batch(
            into: "import_customer", count: count,
            columns: [
                ("n", .integers(Array(nextNumber..<nextNumber + Int64(count)))), ("outside_id", .texts(ids)),
                ("name", column(names)), ("name_key", .texts(nameKeys)), ("email", column(emails)),
                ("email_key", column(emails) { Address.key(.email, $0) }), ("phone", column(phones)),
                ("phone_key", column(phones) { Address.key(.phone, $0) }),
                ("organisation", column(organisations)),
                ("organisation_key", column(organisations, \.searchKey)), ("kind", column(kinds)),
                ("named", .constant(.boolean(false))), ("party_id", .constant(.null)),
            ])
        nextNumber += Int64(count)
        (ids, names, nameKeys, emails, phones, organisations, kinds) = ([], [], [], [], [], [], [])
        return batch
    }

    private func column(_ texts: [String], _ key: (String) -> String = { $0 }) -> Batch.Column {
        texts.allSatisfy(\.isEmpty) ? .constant(.text("")) : .texts(texts.map { $0.isEmpty ? "" : key($0) })
    }
}
