import Kernel
import Storage

/// Looks every minute whether the offers are out of date, and computes them where they are: every night, and after
/// purchases were brought in or taken back or a setting they depend on was changed.
struct ComputeOffers: Worker {
    static let order = "compute-offers"
    /// The hour of the organisation's night after which a new day's offers are made.
    static let nightHour = 3

    let desk: Desk

    var kind: String { ComputeOffers.order }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let store = OfferStore(database: desk.database, clock: desk.clock)
        guard try await isDue(store, organisation) else { return }
        let run = OfferRun(store: store, organisation: organisation) { try await lease.extend() }
        _ = try await run.run(at: desk.clock.now)
    }

    func isDue(_ store: OfferStore, _ organisation: Organisation) async throws -> Bool {
        let now = desk.clock.now
        let isBusy = try await desk.database.read {
            try $0.exists("SELECT 1 FROM import WHERE state IN ('loading', 'publishing', 'undoing') LIMIT 1")
        }
        if isBusy { return false }
        guard let kept = try await store.latest() else {
            return try await desk.database.read { try $0.exists("SELECT 1 FROM standing LIMIT 1") }
        }
        let zone = organisation.zone
        let night = zone.instant(of: zone.day(of: now), secondOfDay: ComputeOffers.nightHour * 3600)
        if kept.computedAt < night, now >= night { return true }
        return try await store.marker() != kept.marker
    }
}
