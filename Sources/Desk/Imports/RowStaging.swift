import Kernel
import Storage
import Tabular

/// What the two passes do with the rows of one kind of file.
protocol RowStaging: AnyObject {
    /// Pass one: judges a row and counts it. Keeps nothing.
    func check(_ row: borrowing RowView, into summary: inout ImportSummary) throws(CellRefusal)

    /// Pass two: judges a row the same way and keeps it for the next batch. Throws where pass one did.
    func stage(_ row: borrowing RowView) throws(CellRefusal)

    /// How many rows wait for `takeBatches`.
    var waiting: Int { get }

    /// Rows for the staging tables, in the order they are to be loaded; what waited before is gone.
    func takeBatches() -> [Batch]

    /// The customers met so far, numbered.
    var customers: StagedCustomers { get }

    /// Sums by currency of what was judged so far.
    var totals: [String: Int64] { get }

    /// What is wrong with the file as a whole, asked when pass one has judged every row.
    func judgeAll() throws(ImportRefusal)
}

extension RowStaging {
    var totals: [String: Int64] { [:] }
    func judgeAll() throws(ImportRefusal) {}
}

extension Import {
    func staging(_ rules: RowRules) -> any RowStaging {
        switch kind {
        case .customers: CustomerStaging(self, rules)
        case .purchases, .uses: PurchaseStaging(self, rules)
        case .advocacy: AdvocacyStaging(self, rules)
        case .answers: AnswerStaging(self, rules)
        case .contracts: ContractStaging(self, rules)
        }
    }
}

/// Columns of staged rows that are filled only where the file has them.
struct OptionalColumn {
    let isMapped: Bool
    private var values: [String] = []
    private var cache = TextCache()

    init(_ column: Int) { isMapped = column >= 0 }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isMapped { values.append(cache.text(of: bytes)) }
    }

    mutating func take() -> Batch.Column {
        guard isMapped else { return .constant(.text("")) }
        defer { values = [] }
        return .texts(values)
    }
}
