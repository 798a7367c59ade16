public import Kernel
public import Storage
public import Web

/// The people who serve, and every way they get in: one value for the whole process, because what it
/// remembers and what it holds against wrong guesses is shared.
public struct People: Sendable {
    public let agents: AgentStore
    public let sessions: SessionStore
    public let keys: APIKeyStore
    public let invitations: InvitationStore
    public let setUp: SetUp
    public let gatekeeper: DeskGatekeeper
    let door: Door
    let memory: AccessMemory
    let clock: any WallClock
    let organisations: OrganisationStore
    let passwords: Passwords

    public init(
        database: any Database, clock: any WallClock, organisations: OrganisationStore, passwords: Passwords
    ) {
        let memory = AccessMemory(clock: clock)
        self.memory = memory
        self.clock = clock
        self.organisations = organisations
        self.passwords = passwords
        agents = AgentStore(database: database, memory: memory)
        sessions = SessionStore(database: database, memory: memory)
        keys = APIKeyStore(database: database, memory: memory)
        invitations = InvitationStore(database: database, memory: memory)
        setUp = SetUp(
            database: database, clock: clock, organisations: organisations, passwords: passwords,
            memory: memory)
        door = Door(agents: agents, passwords: passwords, throttle: SignInThrottle(clock: clock))
        gatekeeper = DeskGatekeeper(
            clock: clock, organisations: organisations, agents: agents, sessions: sessions, keys: keys,
            setUp: setUp,
            door: door, memory: memory)
    }
}
