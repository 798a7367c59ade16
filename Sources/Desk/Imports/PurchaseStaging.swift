import Kernel
import Storage
import Tabular

/// Judges and stages the rows of a purchases file, or of a file of uses of the service, which have no amount.
final class PurchaseStaging: RowStaging {
    let customers: StagedCustomers
    private let item: Import
    private let rules: RowRules
    private let columns: Columns
    private var batch: Columns.Filled
    private var currencies = CurrencyCache()

    init(_ item: Import, _ rules: RowRules) {
        self.item = item
        self.rules = rules
        customers = StagedCustomers(item)
        columns = Columns(rules.mapping)
        batch = Columns.Filled(columns)
    }

    private var isOfUses: Bool { item.kind == .uses }

    /// Where the file holds what; -1 for what it does not.
    struct Columns {
        let customer, at, amount, currency, cost, quantity, product, channel, id, name, email: Int

        init(_ mapping: ImportMapping) {
            customer = mapping.place(.customer)
            at = mapping.place(.at)
            amount = mapping.place(.amount)
            currency = mapping.place(.currency)
            cost = mapping.place(.cost)
            quantity = mapping.place(.quantity)
            product = mapping.place(.product)
            channel = mapping.place(.channel)
            id = mapping.place(.id)
            name = mapping.place(.name)
            email = mapping.place(.email)
        }

        /// Rows that wait to be loaded.
        struct Filled {
            var lines: [Int64] = []
            var numbers: [Int64] = []
            var days: [Int64] = []
            var moments: [Int64] = []
            var amounts: [Int64] = []
            var costs: [Int64] = []
            var quantities: [Int64] = []
            var currencies: [String] = []
            var products: OptionalColumn
            var channels: OptionalColumn
            var ids: [String?] = []

            init(_ columns: Columns) {
                products = OptionalColumn(columns.product)
                channels = OptionalColumn(columns.channel)
            }

            /// Arrays that grow by doubling would leave their smaller selves behind in memory.
            mutating func reserve(_ count: Int) {
                lines.reserveCapacity(count)
                numbers.reserveCapacity(count)
                days.reserveCapacity(count)
                moments.reserveCapacity(count)
                amounts.reserveCapacity(count)
            }
        }
    }

    /// The numbers of a row, and where its texts lie.
    private struct Judged {
        let day: Int
        let at: Int64
        let amount: Int64
        let currency: Currency
        let cost: Int64
        let quantity: Int64
        let customer, product, channel, id, name: UnsafeBufferPointer<UInt8>
    }

    private func judge(_ row: borrowing RowView) throws(CellRefusal) -> Judged {
        try rules.judge(row)
        let customer = try rules.required(row, columns.customer, .customer)
        let (day, at) = try rules.day(row, columns.at)
        var currency = rules.currency
        if columns.currency >= 0, row.bytes(columns.currency).count > 0 {
            let code = row.bytes(columns.currency)
            guard let known = currencies.currency(code) else {
                let text = RefusedRow.excerpt(of: code)
                throw CellRefusal(.currency, Remark("unknownCurrency", text), column: columns.currency)
            }
            currency = known
        }
        let amount =
            isOfUses ? 0 : try rules.amount(row, columns.amount, .amount, exponent: currency.exponent)
        var cost = Batch.null
        if columns.cost >= 0, row.bytes(columns.cost).count > 0 {
            cost = try rules.amount(row, columns.cost, .cost, exponent: currency.exponent)
        }
        let quantity = try rules.whole(row, columns.quantity, .quantity, standard: 1, limit: 1_000_000_000)
        return Judged(
            day: day, at: at, amount: amount, currency: currency, cost: cost, quantity: quantity,
            customer: customer,
            product: try rules.line(row, columns.product, .product),
            channel: try rules.line(row, columns.channel, .channel), id: try rules.line(row, columns.id, .id),
            name: try rules.line(row, columns.name, .name))
    }

    func check(_ row: borrowing RowView, into summary: inout ImportSummary) throws(CellRefusal) {
        let judged = try judge(row)
        summary.add(day: judged.day)
        if !isOfUses {
            currencies.add(judged.amount, in: judged.currency)
            if judged.amount == 0 { summary.zeroAmounts += 1 }
        }
        _ = customers.number(of: judged.customer)
    }

    func stage(_ row: borrowing RowView) throws(CellRefusal) {
        let judged = try judge(row)
        let (number, isNew) = customers.number(of: judged.customer)
        if isNew {
            customers.append(
                judged.customer, name: CustomerStaging.name(judged.name),
                email: CustomerStaging.email(row, columns.email) ?? "")
        }
        batch.lines.append(Int64(row.line))
        batch.numbers.append(Int64(number))
        batch.days.append(Int64(judged.day))
        batch.moments.append(judged.at)
        batch.amounts.append(judged.amount)
        if columns.cost >= 0 { batch.costs.append(judged.cost) }
        if columns.quantity >= 0 { batch.quantities.append(judged.quantity) }
        if columns.currency >= 0 { batch.currencies.append(judged.currency.code) }
        batch.products.append(judged.product)
        batch.channels.append(judged.channel)
        if columns.id >= 0 {
            batch.ids.append(judged.id.isEmpty ? nil : String(decoding: judged.id, as: UTF8.self))
        }
    }

    var waiting: Int { batch.lines.count }

    func takeBatches() -> [Batch] {
        var filled = Columns.Filled(columns)
        filled.reserve(batch.lines.count)
        swap(&filled, &batch)
        (batch.products, batch.channels) = (filled.products, filled.channels)
        let hasMoments = filled.moments.contains { $0 != Batch.null }
        let rows = Batch(
            into: "import_purchase", count: filled.lines.count,
            columns: [
                ("import_id", .constant(.integer(item.id.value))), ("line", .integers(filled.lines)),
                ("n", .integers(filled.numbers)), ("day", .integers(filled.days)),
                ("at", hasMoments ? .optionalIntegers(filled.moments) : .constant(.null)),
                ("amount", .integers(filled.amounts)),
                (
                    "currency",
                    columns.currency >= 0 ? .texts(filled.currencies) : .constant(.text(rules.currency.code))
                ),
                ("cost", columns.cost >= 0 ? .optionalIntegers(filled.costs) : .constant(.null)),
                ("quantity", columns.quantity >= 0 ? .integers(filled.quantities) : .constant(.integer(1))),
                ("product", batch.products.take()), ("channel", batch.channels.take()),
                ("outside_id", columns.id >= 0 ? .optionalTexts(filled.ids) : .constant(.null)),
            ])
        return [customers.takeBatch(), rows].compactMap(\.self)
    }

    /// Sums by currency, for the summary.
    var totals: [String: Int64] { currencies.totals }
}

/// Currencies by their code as the file writes it, and what was added up in each.
struct CurrencyCache {
    private var known: [String: Currency?] = [:]
    private var last: Currency?
    private var lastSum: Int64 = 0
    private var sums: [String: Int64] = [:]

    mutating func currency(_ bytes: UnsafeBufferPointer<UInt8>) -> Currency? {
        guard bytes.count <= 8 else { return nil }
        let code = String(decoding: bytes, as: UTF8.self)
        if let found = known[code] { return found }
        let currency = Currency(code)
        if known.count < 1000 { known[code] = .some(currency) }
        return currency
    }

    /// The most a file may come to in one currency, in minor units: far beyond any company, far below what a sum of
    /// several such files could not hold.
    static let limit: Int64 = 100_000_000_000_000_000

    /// Stays beyond `limit` once it is there: such amounts are a misread column, and the file is refused.
    @inline(__always)
    mutating func add(_ amount: Int64, in currency: Currency) {
        if currency != last { settle(currency) }
        if abs(lastSum) <= CurrencyCache.limit { lastSum += amount }
    }

    private mutating func settle(_ currency: Currency) {
        if let last { sums[last.code] = lastSum }
        (last, lastSum) = (currency, sums[currency.code] ?? 0)
    }

    var totals: [String: Int64] {
        var all = sums
        if let last { all[last.code] = lastSum }
        return all
    }
}
