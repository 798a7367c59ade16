import Kernel
import Storage

/// Looks every few seconds whether the economics are out of date, and computes them where they are: every night, and after
/// an import, a change of spend or of a setting.
struct ReckonEconomics: Worker {
    static let order = "reckon-economics"
    /// The hour of the organisation's night after which a new day's figures are made.
    static let nightHour = 2

    let desk: Desk

    var kind: String { ReckonEconomics.order }
    var rhythm: Duration? { .seconds(15) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let store = EconomicsStore(database: desk.database, clock: desk.clock)
        let kept = try await store.latest()
        let marker = try await store.marker()
        guard ReckonEconomics.isDue(kept, marker, organisation.zone, at: desk.clock.now) else { return }
        try await store.compute(organisation) { try await lease.extend() }
    }

    static func isDue(
        _ kept: EconomicsStore.Kept?, _ marker: String, _ zone: Zone, at now: Instant
    ) -> Bool {
        guard let kept, kept.marker == marker else { return true }
        let night = zone.instant(of: zone.day(of: now), secondOfDay: nightHour * 3600)
        return kept.computedAt < night && now >= night
    }
}
