import Kernel
public import Markup
import Storage
import Synchronization
public import Web

/// Says who people and programs are, mostly from memory.
public final class DeskGatekeeper: Gatekeeper {
    private let clock: any WallClock
    private let organisations: OrganisationStore
    private let agents: AgentStore
    private let sessions: SessionStore
    private let keys: APIKeyStore
    private let setUp: SetUp
    private let door: Door
    private let memory: AccessMemory
    private let isFounded = Mutex(false)
    private let zones = Mutex<[String: Zone]>([:])

    init(
        clock: any WallClock, organisations: OrganisationStore, agents: AgentStore, sessions: SessionStore,
        keys: APIKeyStore, setUp: SetUp, door: Door, memory: AccessMemory
    ) {
        self.clock = clock
        self.organisations = organisations
        self.agents = agents
        self.sessions = sessions
        self.keys = keys
        self.setUp = setUp
        self.door = door
        self.memory = memory
    }

    /// Once true it stays true: nobody can un-found a desk.
    public var isSetUp: Bool {
        get async throws {
            if isFounded.withLock({ $0 }) { return true }
            let isDone = try await setUp.isDone()
            if isDone { isFounded.withLock { $0 = true } }
            return isDone
        }
    }

    public func person(forSession hash: [UInt8]) async throws -> SignedIn? {
        try await memory.sessions.answer(to: hash) { try await sessions.signedIn(hash: hash, at: clock.now) }
    }

    public func caller(forKey hash: [UInt8]) async throws -> APICaller? {
        try await memory.keys.answer(to: hash) { try await keys.caller(hash: hash) }
    }

    /// Passwords are remembered for two seconds as well, or a busy program would spend all its time and ours
    /// on hashing. What is remembered is a salted hash; the same wrong guess twice in two seconds counts
    /// once.
    public func caller(email: String, password: String, from address: RemoteAddress) async throws
        -> APICaller?
    {
        let question = Secrets.hash(of: "\(salt)\(AgentStore.key(email))\u{0}\(password)")
        return try await memory.passwords.answer(to: question) {
            guard let agent = try await door.agent(email: email, password: password, from: address) else {
                return nil
            }
            return APICaller(person: agent.colleague, key: nil)
        }
    }

    /// Of this process only, so that what is remembered cannot be looked up in a table of common passwords.
    private let salt = Secrets.freshKey()

    public func reader(for person: Colleague?, acceptLanguage: String?) async throws -> Reader {
        let agent = try await agent(person)
        let organisation = try await organisations.current()
        let chosen = agent.flatMap { $0.language.isEmpty ? nil : $0.language }
        let fallback = acceptLanguage == nil ? organisation?.language : nil
        let language = Languages.installed.choose(chosen: chosen ?? fallback, accepting: acceptLanguage)
        let own = agent.flatMap { self.zone($0.zone) }
        let zone = own ?? organisation?.zone ?? .utc
        return Reader(
            language: language, zone: zone.id,
            offset: { zone.offset(at: Instant(milliseconds: $0)) })
    }

    private func agent(_ person: Colleague?) async throws -> Agent? {
        guard let person else { return nil }
        return try await memory.agents.answer(to: person.id) { try await agents.find(ID(person.id)) }
    }

    /// Reading a zone's rules takes a while, so each is read once.
    private func zone(_ id: String) -> Zone? {
        guard !id.isEmpty else { return nil }
        if let zone = zones.withLock({ $0[id] }) { return zone }
        guard let zone = Zone(id) else { return nil }
        zones.withLock { $0[id] = zone }
        return zone
    }

    public func grantors(of permission: Permission) async throws -> [String] {
        try await agents.grantors(of: permission)
    }

    public func recordUse(_ use: AccessUse) async throws {
        switch use.subject {
        case .session(let id):
            try await sessions.recordUse(of: id, from: use.address.description, at: clock.now)
        case .key(let id): try await keys.recordUse(of: id, at: clock.now)
        }
    }
}
