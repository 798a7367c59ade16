public import Kernel
public import Storage

/// Something bought, paid back (a negative amount) or used for nothing (zero).
public struct Purchase: Sendable, Equatable {
    /// Whether something was sold, or the service was used and nothing sold.
    public enum Kind: String, Sendable, Codable, SQLBindable { case sale, use }

    public let id: Int64
    public let account: ID<Party>
    /// The day in the organisation's zone when it was bought.
    public let day: LocalDate
    /// The moment, where it is known.
    public let at: Instant?
    public let amount: Money
    public let cost: Int64?
    public let quantity: Int
    public let product: String
    public let channel: String
    public let source: String
    public let outsideID: String?
    public let kind: Kind

    static let columns: SQL = """
        id, account_id, day, at, amount, currency, cost, quantity, product, channel, source, outside_id, kind
        """

    init(row: any Row) throws {
        id = try row.int64(0)
        account = try row.id(1)
        day = try row.day(2)
        at = try row.optionalInstant(3)
        let code = try row.text(5)
        guard let currency = Currency(code) else { throw StorageError.broken("purchase \(id) is in \(code)") }
        amount = Money(minor: try row.int64(4), currency: currency)
        cost = try row.optionalInt64(6)
        quantity = try row.int(7)
        product = try row.text(8)
        channel = try row.text(9)
        source = try row.text(10)
        outsideID = try row.optionalText(11)
        kind = try row.word(12)
    }
}

/// A purchase somebody enters or a program sends.
public struct NewPurchase: Sendable, Equatable {
    /// How the customer is named: by our id, another system's, or an address.
    public enum Customer: Sendable, Equatable {
        case id(ID<Party>)
        case outsideID(String, name: String?)
        case email(String)
    }

    public var customer: Customer
    public var kind = Purchase.Kind.sale
    public var day: LocalDate
    public var at: Instant?
    public var amount: Money
    public var cost: Int64?
    public var quantity = 1
    public var product = ""
    public var channel = ""
    public var source = "api"
    public var outsideID: String?

    public init(customer: Customer, day: LocalDate, amount: Money) {
        self.customer = customer
        self.day = day
        self.amount = amount
    }
}

/// Why a purchase is not taken.
public enum PurchaseRefusal: Error, Equatable, Sendable {
    case unknownCustomer
    case inTheFuture
    /// Before 1900, which no till remembers: a misread date.
    case tooLongAgo
    case amountTooLarge
    case badQuantity
    case textTooLong(field: String)
    /// A use of the service without a word on what was used.
    case nothingUsed
    /// The outside id stands for a different purchase already.
    case duplicate(Int64)
}
