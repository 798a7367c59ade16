import Kernel
import Storage

@testable import Desk

extension Currency {
    static let euro: Currency = {
        guard let euro = Currency("EUR") else { preconditionFailure("there is no euro") }
        return euro
    }()
}

/// An independent picture of departments, persons and holds: plain dictionaries, and rules written anew.
struct HoldWorld {
    struct Known {
        let id: Int64
        var party: Int64
        var below: Bool
        var doings: Set<Doing>
        var contract: Int64?
        var product: String
        var over: (minor: Int64, currency: String)?
        var start: Int64
        var lastDay: Int?
        var liftedAt: Int64?
    }

    var parents: [Int64: Int64] = [:]
    var organisations: [Int64] = []
    var persons: [Int64] = []
    var holds: [Known] = []
    let zone: Zone

    /// Whether somebody is at or below another, walking up as far as it goes.
    private func isAtOrBelow(_ party: Int64, _ top: Int64) -> Bool {
        var here: Int64? = party
        var steps = 0
        while let at = here, steps < 50 {
            if at == top { return true }
            here = parents[at]
            steps += 1
        }
        return false
    }

    /// Ids of the holds an act must wait for. The end is judged by the day on the wall where the organisation is.
    func touching(_ act: IntendedAct) -> Set<Int64> {
        Set(holds.filter { isHeld(act, by: $0) }.map(\.id))
    }

    private func isHeld(_ act: IntendedAct, by hold: Known) -> Bool {
        let customer = act.customer.value
        let isIn =
            hold.below
            ? isAtOrBelow(customer, hold.party)
            : customer == hold.party || act.person?.value == hold.party
        guard isIn, hold.doings.contains(act.doing), hold.start <= act.moment.milliseconds else {
            return false
        }
        if let lifted = hold.liftedAt, lifted <= act.moment.milliseconds { return false }
        if let last = hold.lastDay, zone.day(of: act.moment).daysSinceEpoch > last { return false }
        if let contract = hold.contract, contract != act.contract { return false }
        if !hold.product.isEmpty, hold.product.lowercased() != act.product.lowercased() { return false }
        if let over = hold.over {
            guard let amount = act.amount, amount.currency.code == over.currency else { return false }
            if amount.minor <= over.minor { return false }
        }
        return true
    }
}

/// A world made from a seed, in the database and in the picture at once.
struct HoldWorldMaker {
    var random: SeededRandom
    var world: HoldWorld
    let database: any Database
    let now: Instant

    static let products = ["", "Beans", "Service visit"]

    init(seed: UInt64, _ database: any Database, zone: Zone, now: Instant) {
        random = SeededRandom(seed: seed)
        world = HoldWorld(zone: zone)
        self.database = database
        self.now = now
    }

    private func add(_ name: String, _ kind: String, parent: Int64?) async throws -> Int64 {
        try await database.write { connection in
            let insert: SQL = """
                INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at, parent_id)
                VALUES (\(kind), \(name), \(name), FALSE, 'test', 0, 0, \(parent)) RETURNING id
                """
            return try connection.first(insert) { try $0.int64(0) } ?? 0
        }
    }

    mutating func fill() async throws {
        for number in 0..<Int.random(in: 3...12, using: &random) {
            let parent = Bool.random(using: &random) ? world.organisations.randomElement(using: &random) : nil
            let id = try await add("org \(number)", "organisation", parent: parent)
            if let parent { world.parents[id] = parent }
            world.organisations.append(id)
        }
        for number in 0..<4 {
            world.persons.append(try await add("person \(number)", "person", parent: nil))
        }
        for _ in 0..<Int.random(in: 1...14, using: &random) { try await place() }
    }

    mutating func place() async throws {
        let isPerson = Int.random(in: 0..<4, using: &random) == 0
        guard
            let party = (isPerson ? world.persons : world.organisations).randomElement(using: &random)
        else { return }
        var doings = Set(Doing.allCases.filter { _ in Bool.random(using: &random) })
        if doings.isEmpty { doings = [.orders] }
        let below = !isPerson && Bool.random(using: &random)
        let over: (Int64, String)? =
            Bool.random(using: &random) ? nil : (Int64.random(in: 0...5, using: &random), "EUR")
        let start = moment()
        let last: LocalDate? =
            Bool.random(using: &random) ? nil : world.zone.day(of: moment())
        let contract: Int64? = Int.random(in: 0..<3, using: &random) == 0 ? 7 : nil
        let product = HoldWorldMaker.products.randomElement(using: &random) ?? ""
        let money = over.map { Money(minor: $0.0, currency: Currency($0.1) ?? .euro) }
        let scope = HoldScope(
            below ? .below(ID(party)) : .only(ID(party)), doings, contract: contract, product: product,
            over: money)
        let lifted: Instant? = Int.random(in: 0..<4, using: &random) == 0 ? moment() : nil
        let new = NewHold(scope, reason: .bill, words: "x", lastDay: last)
        let at = now
        let id = try await database.write { connection in
            let id = try HoldStore.insert(new, start: start, by: Act(by: nil, at: at), in: connection)
            try connection.run("UPDATE hold SET lifted_at = \(lifted) WHERE id = \(id)")
            return id
        }
        world.holds.append(
            .init(
                id: id, party: party, below: below, doings: doings, contract: contract, product: product,
                over: over.map { (minor: $0.0, currency: $0.1) }, start: start.milliseconds,
                lastDay: last?.daysSinceEpoch, liftedAt: lifted?.milliseconds))
    }

    /// Within twenty days of now, often at the very edge of a day there.
    mutating func moment() -> Instant {
        let day = world.zone.day(of: now) + Int.random(in: -20...20, using: &random)
        let midnight = world.zone.instant(of: day)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return midnight
        case 1: return Instant(milliseconds: midnight.milliseconds - 1)
        default:
            return Instant(
                milliseconds: midnight.milliseconds + Int64.random(in: 0..<86_400_000, using: &random))
        }
    }

    /// Moves a department somewhere else, never below itself.
    mutating func move() async throws {
        guard let one = world.organisations.randomElement(using: &random),
            let other = world.organisations.randomElement(using: &random)
        else { return }
        var here: Int64? = other
        while let at = here {
            if at == one { return }
            here = world.parents[at]
        }
        world.parents[one] = other
        _ = try await database.write {
            try $0.run("UPDATE party SET parent_id = \(other) WHERE id = \(one)")
        }
    }

    /// Merges one customer into another as `Schema.tables` says: rows are pointed at the one that stays.
    mutating func merge() async throws {
        guard let gone = world.organisations.randomElement(using: &random),
            let kept = world.organisations.filter({ $0 != gone && world.parents[$0] != gone })
                .randomElement(using: &random)
        else { return }
        var here: Int64? = kept
        while let at = here {
            if at == gone { return }
            here = world.parents[at]
        }
        for index in world.holds.indices where world.holds[index].party == gone {
            world.holds[index].party = kept
        }
        for (child, parent) in world.parents where parent == gone { world.parents[child] = kept }
        world.parents[gone] = nil
        world.organisations.removeAll { $0 == gone }
        try await database.write { connection in
            try connection.run("UPDATE hold SET party_id = \(kept) WHERE party_id = \(gone)")
            try connection.run("UPDATE party SET parent_id = \(kept) WHERE parent_id = \(gone)")
            try connection.run("UPDATE party SET parent_id = NULL WHERE id = \(gone)")
        }
    }

    mutating func act() -> IntendedAct? {
        guard
            let customer = (world.organisations + world.persons).randomElement(using: &random),
            let doing = Doing.allCases.randomElement(using: &random)
        else { return nil }
        let person = Bool.random(using: &random) ? world.persons.randomElement(using: &random) : nil
        let codes = ["EUR", "USD"]
        let amount = Money(
            minor: Int64.random(in: 0...7, using: &random),
            currency: Currency(codes.randomElement(using: &random) ?? "EUR") ?? .euro)
        return IntendedAct(
            doing, for: ID(customer), by: person.map { ID($0) },
            contract: Bool.random(using: &random) ? 7 : nil,
            product: ["", "beans", "BEANS", "Tea", "Service visit"].randomElement(using: &random) ?? "",
            amount: Bool.random(using: &random) ? amount : nil, at: moment())
    }
}
