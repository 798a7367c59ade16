import Kernel

/// One product in a customer's past: when it was first and last bought.
struct Holding: Sendable, Equatable {
    let product: UInt64
    let first: Int
    var last: Int
}

/// Products by number instead of by name, so that a million names cost no memory.
///
/// Names that differ only in case, accents or blanks are one product. The numbers hold for one run of the program.
struct ProductNumbers {
    /// How many spellings are remembered before all are forgotten and read anew.
    static let most = 50_000

    /// Products whose names are wanted, and the names met so far.
    var wanted: Set<UInt64> = []
    private(set) var names: [UInt64: String] = [:]
    private var known: [String: UInt64] = [:]

    static func number(of name: String) -> UInt64 { number(ofKey: name.searchKey) }

    static func number(ofKey key: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(key)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    mutating func number(of name: String) -> UInt64 {
        if let number = known[name] { return number }
        let number = ProductNumbers.number(of: name)
        if known.count >= ProductNumbers.most { known = [:] }
        known[name] = number
        if wanted.contains(number), name < names[number] ?? "\u{10FFFF}" { names[number] = name }
        return number
    }
}

/// Each product once, from a customer's purchases in any order.
struct Basket: Sendable, Equatable {
    let holdings: [Holding]

    init(_ purchases: [(product: UInt64, day: Int)]) {
        var holdings: [Holding] = []
        for (product, day) in purchases.sorted(by: { ($0.product, $0.day) < ($1.product, $1.day) }) {
            if let last = holdings.last, last.product == product {
                holdings[holdings.count - 1].last = day
            } else {
                holdings.append(Holding(product: product, first: day, last: day))
            }
        }
        self.holdings = holdings
    }
}

/// First pass: how many customers bought each product, and when it was last sold.
///
/// Where there are more products than memory should hold, those with the fewest customers are forgotten on the way
/// (lossy counting: G. Manku and R. Motwani, 2002, *VLDB*, 346–357); none that many bought is lost.
struct ProductCount: Sendable {
    struct Sold: Sendable, Equatable {
        var customers = 0
        var lastDay = Int.min
    }

    var limit = 2_000_000
    private(set) var products: [UInt64: Sold] = [:]
    private(set) var customers = 0
    /// The most customers a forgotten product had at the time.
    private(set) var forgotten = 0

    mutating func add(_ basket: Basket) {
        customers += 1
        for holding in basket.holdings { note(holding.product, 1, holding.last) }
    }

    mutating func merge(_ other: ProductCount) {
        customers += other.customers
        forgotten += other.forgotten
        for (product, sold) in other.products { note(product, sold.customers, sold.lastDay) }
        while products.count > limit { forgetFewest() }
    }

    private mutating func note(_ product: UInt64, _ customers: Int, _ day: Int) {
        products[product, default: Sold()].customers += customers
        if products[product, default: Sold()].lastDay < day { products[product]?.lastDay = day }
    }

    private mutating func forgetFewest() {
        guard let fewest = products.values.map(\.customers).min() else { return }
        forgotten += fewest
        products = products.filter { $0.value.customers > fewest }
    }

    /// The products to look at: bought by so many customers or more, most customers first, at most so many.
    func chosen(support: Int, most: Int) -> (products: [UInt64], leftOut: Int) {
        let enough = products.filter { $0.value.customers >= support }
        let order = enough.sorted { ($0.value.customers, $0.key) > ($1.value.customers, $1.key) }
        return (order.prefix(most).map(\.key), max(0, order.count - most))
    }
}

/// Second pass: how many customers bought each two of the products looked at.
///
/// Counted in a triangle of whole numbers, whose size depends on the products alone. A customer with very many
/// products tells nothing of what goes together and would cost the square of them, so they are left out altogether:
/// of the common customers, of each product's customers and of everyone.
struct PairCount: Sendable {
    /// More products than this are too many to say what goes together.
    static let broad = 100

    let products: Int
    private(set) var everyone = 0
    private(set) var leftOut = 0
    private(set) var single: [Int]
    private var pairs: [UInt32]

    init(products: Int) {
        self.products = products
        single = [Int](repeating: 0, count: products)
        pairs = [UInt32](repeating: 0, count: products * max(0, products - 1) / 2)
    }

    private static func place(_ low: Int, _ high: Int) -> Int { high * (high - 1) / 2 + low }

    /// A customer's products by place, each once, in rising order; products not looked at are not among them.
    mutating func add(_ places: [Int]) {
        guard places.count <= PairCount.broad else { return leftOut += 1 }
        everyone += 1
        for (index, high) in places.enumerated() {
            single[high] += 1
            for low in places[..<index] { pairs[PairCount.place(low, high)] += 1 }
        }
    }

    mutating func merge(_ other: PairCount) {
        everyone += other.everyone
        leftOut += other.leftOut
        for place in single.indices { single[place] += other.single[place] }
        for place in pairs.indices { pairs[place] += other.pairs[place] }
    }

    func both(_ one: Int, _ other: Int) -> Int {
        Int(pairs[PairCount.place(min(one, other), max(one, other))])
    }

    /// Every two products with so many common customers or more.
    func forEach(support: Int, _ body: (_ low: Int, _ high: Int, _ both: Int) throws -> Void) rethrows {
        for high in 0..<products {
            for low in 0..<high {
                let both = Int(pairs[PairCount.place(low, high)])
                if both >= max(support, 1) { try body(low, high, both) }
            }
        }
    }
}
