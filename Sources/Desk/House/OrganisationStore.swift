public import Kernel
public import Storage
import Synchronization

/// The organisation's settings, read once and again when anybody changes them.
///
/// A process keeps what it read for at most two seconds, so a change made by another machine is seen soon and a page
/// costs no query for it.
public final class OrganisationStore: Sendable {
    let database: any Database
    let clock: any WallClock
    private let cache = Mutex<(organisation: Organisation, readAt: Instant)?>(nil)

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Nil before the first run.
    public func current() async throws -> Organisation? {
        let now = clock.now
        if let kept = cache.withLock({ $0 }), now.milliseconds - kept.readAt.milliseconds < 2000,
            now >= kept.readAt
        {
            return kept.organisation
        }
        let settings = try await database.read { try SettingStore.all(at: now, in: $0) }
        guard let organisation = Organisation(settings: settings) else { return nil }
        cache.withLock { $0 = (organisation, now) }
        return organisation
    }

    /// The organisation, or the refusal that there is none yet.
    public func required() async throws -> Organisation {
        guard let organisation = try await current() else { throw HouseRefusal.notSetUp }
        return organisation
    }

    /// Settings that were in force at a moment in the past.
    public func organisation(at moment: Instant) async throws -> Organisation? {
        Organisation(settings: try await database.read { try SettingStore.all(at: moment, in: $0) })
    }

    /// Changes settings. All of them, or, when one may not stand, none.
    public func change(_ values: [SettingName: String], by act: Act) async throws {
        for (name, value) in values {
            if let key = name.entry.refusal(of: value) {
                throw HouseRefusal.settingRefused(name: name.rawValue, key: key)
            }
        }
        try await database.write { connection in
            for name in SettingName.allCases {
                guard let value = values[name] else { continue }
                try SettingStore.set(name.rawValue, to: value.trimmed, by: act, in: connection)
            }
            try connection.record("settings.changed", "organisation", 1, by: act)
        }
        forget()
    }

    func forget() { cache.withLock { $0 = nil } }
}

/// Why the house itself says no.
public enum HouseRefusal: Error, Equatable, Sendable {
    case notSetUp
    case alreadySetUp
    case settingRefused(name: String, key: String)
}
