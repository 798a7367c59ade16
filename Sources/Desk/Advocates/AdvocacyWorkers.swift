import Kernel
import Storage

/// Makes the list of whom to ask every night, and after files, figures or settings changed.
struct MakeAskList: Worker {
    static let order = "list-whom-to-ask"
    /// The local hour after which a new day's list is made; the figures are there by then.
    static let hour = 3

    let desk: Desk

    var kind: String { MakeAskList.order }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        guard try await isDue(organisation) else { return }
        _ = try await AskList(desk: desk, organisation: organisation) { try await lease.extend() }.make()
    }

    func isDue(_ organisation: Organisation) async throws -> Bool {
        let now = desk.clock.now
        let night = organisation.zone.instant(
            of: organisation.zone.day(of: now), secondOfDay: MakeAskList.hour * 3600)
        return try await desk.database.read { connection in
            let last = try connection.first(
                "SELECT marker, started_at FROM ask_run WHERE state = 'complete' ORDER BY id DESC LIMIT 1"
            ) { (marker: try $0.text(0), at: try $0.instant(1)) }
            guard let last else {
                return try connection.exists("SELECT 1 FROM party WHERE NOT serves LIMIT 1")
            }
            return try last.marker != AskList.marker(in: connection) || (last.at < night && now >= night)
        }
    }
}

/// Keeps referrals in step with who our customers are and what they bought, and folds the counters.
struct KeepReferrals: Worker {
    let desk: Desk

    var kind: String { "keep-referrals" }
    var rhythm: Duration? { .seconds(30) }

    func run(_ job: Job, holding lease: Lease) async throws {
        while try await desk.database.write({ try AdvocacyCount.fold(in: $0) }) > 0 {
            try await lease.extend()
        }
        guard try await desk.organisations.current() != nil else { return }
        let store = ReferralStore(database: desk.database)
        try await store.look(by: desk.act(by: nil)) { try await lease.extend() }
    }
}

/// Reads what advocates say every night, and after answers came in from a file.
struct ListenToAdvocates: Worker {
    static let order = "listen-to-advocates"
    static let hour = 4

    let desk: Desk

    var kind: String { ListenToAdvocates.order }
    var rhythm: Duration? { .seconds(60) }

    func run(_ job: Job, holding lease: Lease) async throws {
        guard let organisation = try await desk.organisations.current() else { return }
        let store = TalkStore(database: desk.database, clock: desk.clock)
        let (kept, marker) = (try await store.latest(), try await store.marker())
        let now = desk.clock.now
        let night = organisation.zone.instant(
            of: organisation.zone.day(of: now), secondOfDay: ListenToAdvocates.hour * 3600)
        if let kept, kept.marker == marker, !(kept.computedAt < night && now >= night) { return }
        try await store.compute(organisation) { try await lease.extend() }
    }
}
