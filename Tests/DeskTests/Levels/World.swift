import Kernel
import Methods
import Storage

@testable import Desk

/// Repeats itself exactly for a seed. SplitMix64.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Everything that happened, in memory, counted by the plain definition of the levels.
struct World {
    static let settings = [
        "organisation.name": "World", "organisation.zone": "UTC", "organisation.currency": "EUR",
    ]
    private static let border = 20_000

    private var random: SeededRandom
    private var ids: [ID<Party>] = []
    private var bought: [(id: ID<Party>, day: Int, amount: Int64)] = []
    private var told: [(id: ID<Party>, day: Int)] = []

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func people(_ count: Int, in database: any Database, at now: Instant) async throws {
        let act = Act(by: nil, at: now)
        ids = try await database.write { connection in
            try (1...count).map {
                try CustomerStore.add(NewCustomer(name: "Person \($0)"), by: act, in: connection)
            }
        }
    }

    /// So many purchases and acts, in no order of time, with refunds and several on one day.
    mutating func happen(_ count: Int, in database: any Database, clock: any WallClock) async throws {
        let purchases = PurchaseStore(database: database, clock: clock)
        let advocacy = AdvocacyStore(database: database, clock: clock)
        guard let euro = Currency("EUR") else { return }
        let today = LocalDate(daysSinceEpoch: World.border + 2000)
        for _ in 1...count {
            guard let id = ids.randomElement(using: &random) else { return }
            let day = World.border + Int.random(in: 0...400, using: &random)
            let act = Act(by: nil, at: clock.now)
            if Int.random(in: 0..<5, using: &random) == 0 {
                _ = try await advocacy.record(
                    NewAct(person: id, kind: .referral, day: .init(daysSinceEpoch: day)), today: today,
                    by: act)
                told.append((id, day))
            } else {
                let amount = Int64.random(in: -300...1000, using: &random)
                let money = Money(minor: amount, currency: euro)
                _ = try await purchases.record(
                    NewPurchase(customer: .id(id), day: .init(daysSinceEpoch: day), amount: money),
                    today: today,
                    by: act)
                bought.append((id, day, amount))
            }
        }
    }

    mutating func window() -> ClosedRange<LocalDate> {
        let start = World.border + Int.random(in: -20...390, using: &random)
        let end = start + Int.random(in: 0...200, using: &random)
        return LocalDate(daysSinceEpoch: start)...LocalDate(daysSinceEpoch: end)
    }

    private func occasions(_ id: ID<Party>) -> [Int] {
        Set(bought.filter { $0.id == id && $0.amount >= 0 }.map(\.day)).sorted()
    }

    func levels(_ window: ClosedRange<LocalDate>) -> Levels {
        Levels(
            first: behind(.first, window).count, repeating: behind(.repeating, window).count,
            advocate: behind(.advocate, window).count)
    }

    func behind(_ level: ProfileLevel, _ window: ClosedRange<LocalDate>) -> Set<Int64> {
        let days = window.lowerBound.daysSinceEpoch...window.upperBound.daysSinceEpoch
        let found = ids.filter { id in
            switch level {
            case .first: occasions(id).first.map(days.contains) ?? false
            case .repeating: occasions(id).dropFirst().contains(where: days.contains)
            case .advocate: told.contains { $0.id == id && days.contains($0.day) }
            }
        }
        return Set(found.map(\.value))
    }

    func customers(_ window: ClosedRange<LocalDate>) -> Int {
        let days = window.lowerBound.daysSinceEpoch...window.upperBound.daysSinceEpoch
        return ids.filter { occasions($0).contains(where: days.contains) }.count
    }

    private func inside(_ window: ClosedRange<LocalDate>) -> [Int64] {
        let days = window.lowerBound.daysSinceEpoch...window.upperBound.daysSinceEpoch
        return bought.filter { days.contains($0.day) }.map(\.amount)
    }

    func purchases(_ window: ClosedRange<LocalDate>) -> Int { inside(window).count }

    func totals(_ window: ClosedRange<LocalDate>) -> [Int64] {
        let sum = inside(window).reduce(0, +)
        return sum == 0 ? [] : [sum]
    }

    static func all(
        _ profiles: ProfileStore, _ level: ProfileLevel, _ window: ClosedRange<LocalDate>,
        _ organisation: Organisation
    ) async throws -> Set<Int64> {
        var found: Set<Int64> = []
        var after: String?
        repeat {
            let portion = try await profiles.behind(
                level, window: window, after: after, limit: 3, organisation: organisation)
            found.formUnion(portion.items.map(\.party.id.value))
            after = portion.next
        } while after != nil
        return found
    }

    /// The projections, folded, as text.
    static func projections(_ database: any Database) async throws -> [String] {
        try await database.write { connection in
            while try TallyStore.fold(in: connection) > 0 {}
            let tallies: SQL = "SELECT family, a, b, n FROM tally WHERE n <> 0 ORDER BY family, a, b"
            let standings: SQL = """
                SELECT party_id, first_day, coalesce(second_day, -1), last_day, occasions FROM standing ORDER BY party_id
                """
            let one = try connection.all(tallies) { row in
                "\(try row.int(0)) \(try row.int(1)) \(try row.int(2)) \(try row.int(3))"
            }
            let two = try connection.all(standings) { row in
                "\(try row.int(0)) \(try row.int(1)) \(try row.int(2)) \(try row.int(3)) \(try row.int(4))"
            }
            return one + two
        }
    }
}
