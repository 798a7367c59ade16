public import Kernel

/// A believable company that never was, made from a seed: the same seed and last day give the same company, byte for
/// byte. Three years of customers, purchases and words, with a story (see `SampleStory`).
public struct SampleCompany: Sendable, Equatable {
    public static let name = "Harbour Coffee Roasters"
    /// The seed `make demo` uses.
    public static let usualSeed: UInt64 = 7

    public let end: LocalDate
    /// In order of their arrival.
    public let customers: [SampleCustomer]
    /// In order of time.
    public let purchases: [SamplePurchase]
    public let acts: [SampleAct]

    public init(seed: UInt64 = SampleCompany.usualSeed, endingOn end: LocalDate) {
        var diary = SampleDiary(seed: seed, endingOn: end)
        diary.write()
        self.end = end
        customers = diary.customers
        purchases = diary.purchases.enumerated()
            .sorted {
                ($0.element.day, $0.element.second, $0.offset) < (
                    $1.element.day, $1.element.second, $1.offset
                )
            }
            .map(\.element)
        acts = diary.acts.enumerated()
            .sorted {
                ($0.element.day, $0.element.second, $0.offset) < (
                    $1.element.day, $1.element.second, $1.offset
                )
            }
            .map(\.element)
    }
}

/// A person or an organisation; known to others here by its place in the list.
public struct SampleCustomer: Sendable, Equatable {
    public let name: String
    public let isOrganisation: Bool
    public var email: String?
    public var phone: String?
    /// When we first heard of them.
    public let since: LocalDate
    /// The organisation a person works in.
    public var organisation: Int?
}

public struct SamplePurchase: Sendable, Equatable {
    public let customer: Int
    public let day: LocalDate
    /// Seconds after midnight where the shop stands.
    public let second: Int
    /// Hundredths; a refund is negative.
    public let amount: Int
    /// What it cost us, where that is known.
    public let cost: Int?
    public let quantity: Int
    public let product: String
    public let channel: String
    /// Nil is the money of the house.
    public let currency: String?
}

public struct SampleAct: Sendable, Equatable {
    public let person: Int
    public let kind: AdvocacyAct.Kind
    public let day: LocalDate
    public let second: Int
    public let words: String
    public let rating: Int?
    public let consent: Bool?
    public let friend: String
}
