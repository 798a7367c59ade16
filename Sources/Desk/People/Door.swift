import Kernel
import Storage
import Web

/// Checks passwords. Whoever comes, the same work is done and the same words are said.
struct Door: Sendable {
    let agents: AgentStore
    let passwords: Passwords
    let throttle: SignInThrottle

    /// Who this is; nil where address and password do not match or the seat is closed.
    func agent(
        email: String, password: String, from place: RemoteAddress, device: KnownDevice? = nil
    ) async throws -> Agent? {
        let account = AgentStore.key(email)
        try throttle.attempt(account: account, from: place, device: device)
        let known = try await agents.credentials(email: account)
        let isRight = try await passwords.verify(password, against: known?.password)
        guard let known, isRight, !known.agent.isSuspended else { return nil }
        throttle.succeed(account: account, from: place, device: device)
        if passwords.isOutdated(known.password) {
            let hash = try await passwords.hash(password)
            try await agents.rehash(known.agent.id, from: known.password, to: hash)
        }
        return known.agent
    }

    /// A stolen session must not be enough to take the account: the present password is asked for, and
    /// guessing it is slowed down like any other.
    func changePassword(
        of agent: Agent, from current: String, to new: String, at place: RemoteAddress, device: KnownDevice?,
        by act: Act
    ) async throws {
        if let refusal = PasswordRule.refusal(of: new, about: [agent.name, agent.email]) { throw refusal }
        let known = try await self.agent(email: agent.email, password: current, from: place, device: device)
        guard known?.id == agent.id else { throw AgentRefusal.wrongPassword }
        let hash = try await passwords.hash(new)
        try await agents.setPassword(of: agent.id, to: hash, by: act)
    }
}
