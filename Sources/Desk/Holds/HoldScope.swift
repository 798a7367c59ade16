public import Kernel

/// A kind of doing that a hold may keep waiting.
public enum Doing: String, Sendable, CaseIterable, Codable {
    case orders, deliveries, service, discounts
}

/// What a hold touches. All parts must be met at once, so each one narrows: what is not named by the scope is never held.
///
/// - `whom`: one customer (an organisation, a department or a person), or a department with all below it.
/// - `doings`: the kinds of doing that wait.
/// - `contract`, `product`, `over`: only what is done under that contract, with that product, or beyond that amount.
public struct HoldScope: Sendable, Equatable {
    public enum Whom: Sendable, Equatable {
        case only(ID<Party>)
        case below(ID<Party>)

        public var party: ID<Party> {
            switch self {
            case .only(let party), .below(let party): party
            }
        }

        public var isWithBelow: Bool {
            if case .below = self { return true }
            return false
        }
    }

    public var whom: Whom
    public var doings: Set<Doing>
    public var contract: Int64?
    public var product: String
    /// Only what is worth more than this. What is in another currency, or has no amount, is not known to be more.
    public var over: Money?

    public init(
        _ whom: Whom, _ doings: Set<Doing>, contract: Int64? = nil, product: String = "", over: Money? = nil
    ) {
        self.whom = whom
        self.doings = doings
        self.contract = contract
        self.product = product.singleLine
        self.over = over
    }

    /// Whether it leaves some doings of those it names alone.
    public var isNarrowed: Bool { contract != nil || !product.isEmpty || over != nil }
}

/// Something about to be done for a customer.
public struct IntendedAct: Sendable, Equatable {
    /// For whom: the account that buys or is served.
    public var customer: ID<Party>
    /// The customer and every organisation above it, upwards.
    public var lineage: [ID<Party>]
    /// The person who asks, where that is not the customer.
    public var person: ID<Party>?
    public var doing: Doing
    public var contract: Int64?
    public var product: String
    public var amount: Money?
    public var moment: Instant

    public init(
        _ doing: Doing, for customer: ID<Party>, above: [ID<Party>] = [], by person: ID<Party>? = nil,
        contract: Int64? = nil, product: String = "", amount: Money? = nil, at moment: Instant
    ) {
        self.customer = customer
        lineage = [customer] + above
        self.person = person
        self.doing = doing
        self.contract = contract
        self.product = product
        self.amount = amount
        self.moment = moment
    }
}

extension HoldScope {
    /// Whether an act lies inside. Days and lifting are the hold's.
    public func covers(_ act: IntendedAct) -> Bool {
        guard doings.contains(act.doing), concerns(act) else { return false }
        if let contract, act.contract != contract { return false }
        if !product.isEmpty, product.searchKey != act.product.searchKey { return false }
        guard let over else { return true }
        guard let amount = act.amount, amount.currency == over.currency else { return false }
        return amount.minor > over.minor
    }

    private func concerns(_ act: IntendedAct) -> Bool {
        switch whom {
        case .only(let party): act.customer == party || act.person == party
        case .below(let party): act.lineage.contains(party)
        }
    }
}
