import Kernel
import Synchronization
import Web

/// What was looked up a moment ago, so that two thousand calls a second cost no query each.
///
/// Answers are kept for two seconds, which is how long another machine may still let somebody in. In this
/// process a change is felt at once: whatever changes who may enter calls `forget`.
public final class AccessMemory: Sendable {
    let sessions: ShortMemory<[UInt8], SignedIn?>
    let keys: ShortMemory<[UInt8], APICaller?>
    let passwords: ShortMemory<[UInt8], APICaller?>
    let agents: ShortMemory<Int64, Agent?>

    init(clock: any WallClock) {
        sessions = ShortMemory(clock: clock)
        keys = ShortMemory(clock: clock)
        passwords = ShortMemory(clock: clock)
        agents = ShortMemory(clock: clock)
    }

    /// Somebody came, went or changed: ask the database again.
    func forget() {
        sessions.forget()
        keys.forget()
        passwords.forget()
        agents.forget()
    }
}

/// Answers by question, for two seconds each.
final class ShortMemory<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct State {
        var answers: [Question: (answer: Answer, at: Instant)] = [:]
        /// Moves on when everything is forgotten, so that an answer that was already on its way is not kept.
        var round = 0
    }

    private let state = Mutex(State())
    private let clock: any WallClock
    private let lifetime: Int64 = 2000
    private let limit = 20_000

    init(clock: any WallClock) { self.clock = clock }

    func answer(to question: Question, _ find: () async throws -> Answer) async throws -> Answer {
        let now = clock.now
        let (kept, round) = state.withLock { (self.fresh($0.answers[question], at: now), $0.round) }
        if let kept { return kept }
        let answer = try await find()
        state.withLock { state in
            guard state.round == round else { return }
            if state.answers.count >= limit { state.answers = [:] }
            state.answers[question] = (answer, now)
        }
        return answer
    }

    private func fresh(_ kept: (answer: Answer, at: Instant)?, at now: Instant) -> Answer? {
        guard let kept, now >= kept.at, now.milliseconds - kept.at.milliseconds < lifetime else { return nil }
        return kept.answer
    }

    func forget() {
        state.withLock { state in
            state.answers = [:]
            state.round += 1
        }
    }
}
