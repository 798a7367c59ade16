import Kernel
import Storage

/// The steps of the discount, kept among the settings: nothing is overwritten, so what held on any day is known.
struct DiscountStore: Sendable {
    let database: any Database
    let clock: any WallClock

    static let prefix = "discount."

    /// The months a discount is earned in: this one and the eleven before it.
    static func months(endingOn today: LocalDate) -> ClosedRange<Int> {
        let month = today.monthIndex
        return (month - 11)...month
    }

    /// Of every currency that has steps.
    func all() async throws -> [DiscountSteps] {
        let now = clock.now
        return try await database.read { try DiscountStore.all(at: now, in: $0) }
    }

    static func all(at moment: Instant, in connection: any Connection) throws -> [DiscountSteps] {
        let inForce: SQL = """
            SELECT name, value FROM setting WHERE name >= 'discount.' AND name < 'discount/' AND from_at <= \(moment)
            ORDER BY name, from_at, id
            """
        var found: [String: DiscountSteps] = [:]
        try connection.each(inForce) { row in
            let code = String(try row.text(0).dropFirst(prefix.count))
            guard let currency = Currency(code) else { return }
            found[code] = DiscountSteps(currency: currency, text: try row.text(1))
        }
        return found.sorted { $0.key < $1.key }.map(\.value).filter { !$0.steps.isEmpty }
    }

    func change(_ steps: DiscountSteps, by act: Act) async throws {
        try await database.write { connection in
            let name = DiscountStore.prefix + steps.currency.code
            try SettingStore.set(name, to: steps.text, by: act, in: connection)
            try connection.record("settings.changed", "organisation", 1, by: act)
        }
        await database.announce("events")
    }

    /// What a whole tree has earned, in every currency that has steps. Nothing where none has.
    func standings(of root: ID<Party>, today: LocalDate) async throws -> [DiscountSteps.Standing] {
        let now = clock.now
        return try await database.read { connection in
            let all = try DiscountStore.all(at: now, in: connection)
            guard !all.isEmpty else { return [] }
            let amounts = try TreeStore.amounts(
                below: root, months: DiscountStore.months(endingOn: today), in: connection)
            return all.compactMap { steps in
                guard let volume = amounts[steps.currency.code] else { return nil }
                return steps.standing(at: volume)
            }
        }
    }
}
