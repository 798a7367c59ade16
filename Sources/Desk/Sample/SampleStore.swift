public import Kernel
public import Storage
import Synchronization

/// Puts the sample company among the customers, says whether it is there, and takes it out again without a trace but
/// two events.
///
/// One for the process: what it knows about presence it keeps for two seconds, so the banner costs a page no query.
public final class SampleStore: Sendable {
    let database: any Database
    let clock: any WallClock
    let organisations: OrganisationStore
    private let presence = Mutex<(isPresent: Bool, readAt: Instant)?>(nil)

    public init(database: any Database, clock: any WallClock, organisations: OrganisationStore) {
        self.database = database
        self.clock = clock
        self.organisations = organisations
    }

    /// Whether any invented customer is in the books, as of two seconds ago at the latest.
    public var isPresent: Bool {
        get async throws {
            let now = clock.now
            if let kept = presence.withLock({ $0 }), now >= kept.readAt,
                now.milliseconds - kept.readAt.milliseconds < 2000
            {
                return kept.isPresent
            }
            let isPresent = try await database.read(SampleStore.isPresent)
            presence.withLock { $0 = (isPresent, now) }
            return isPresent
        }
    }

    static func isPresent(in connection: any Connection) throws -> Bool {
        try connection.exists("SELECT 1 FROM import WHERE sample LIMIT 1")
    }

    /// Loads a company whose last day was yesterday, in the organisation's zone and currency. All of it or nothing.
    @discardableResult
    public func load(seed: UInt64 = SampleCompany.usualSeed, by act: Act) async throws -> SampleContent {
        let organisation = try await organisations.required()
        let company = SampleCompany(seed: seed, endingOn: organisation.zone.day(of: act.at) + -1)
        let loading = SampleLoading(company, organisation, act)
        let content = try await database.write { connection in
            guard try !SampleStore.isPresent(in: connection) else { throw SampleRefusal.alreadyHere }
            return try loading.run(in: connection)
        }
        await tellEverybody()
        return content
    }

    /// Removes all of it, and whatever was recorded on the sample's customers since.
    @discardableResult
    public func remove(by act: Act) async throws -> SampleContent {
        let content = try await database.write { try SampleRemoval(act: act).run(in: $0) }
        await tellEverybody()
        return content
    }

    /// What a removal would take out now.
    public func content() async throws -> SampleContent {
        try await database.read { connection in
            guard try SampleStore.isPresent(in: connection) else { throw SampleRefusal.notHere }
            return try SampleRemoval.content(in: connection)
        }
    }

    private func tellEverybody() async {
        presence.withLock { $0 = nil }
        await database.announce("imports")
        await database.announce("events")
    }
}

/// How much sample there is.
public struct SampleContent: Sendable, Equatable {
    public let customers: Int
    public let purchases: Int
    public let acts: Int
    /// Purchases and acts that people recorded on sample customers afterwards; counted above as well.
    public let added: Int

    var detail: [String: Int64] {
        [
            "customers": Int64(customers), "purchases": Int64(purchases), "acts": Int64(acts),
            "added": Int64(added),
        ]
    }
}

/// Why the sample says no.
public enum SampleRefusal: Error, Equatable, Sendable {
    case alreadyHere
    case notHere
}
