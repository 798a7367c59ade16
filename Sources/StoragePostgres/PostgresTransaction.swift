import Storage
import Synchronization

/// How a transaction is begun and ended.
enum PostgresTransaction: String, Sendable {
    case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case write = "BEGIN ISOLATION LEVEL SERIALIZABLE"

    /// Thrown inside the driver where nothing was kept and the whole body may run again.
    struct Again: Error {
        let kind: PostgresFailure.Kind
        let reason: StorageError
    }

    /// One try. Throws `Again`, or what the caller is to hear.
    func run<T>(
        _ body: (any Connection) throws -> T, over link: PostgresLink, _ untyped: UntypedStatements
    ) throws -> T {
        do { try link.connect() } catch let error as StorageError { throw Again(kind: .lost, reason: error) }
        let session = PostgresSession(link, untyped)
        let answer: T
        do {
            try session.execute(rawValue)
            answer = try body(session)
            if let failure = session.failure { throw failure.error }
        } catch {
            throw afterRollBack(of: session, error)
        }
        try commit(link)
        return answer
    }

    private func commit(_ link: PostgresLink) throws {
        let result = link.execute("COMMIT")
        // A read has its answer already.
        guard self == .write, result.tag != "COMMIT" else { return }
        let failure = link.failure(result)
        if link.isBroken { link.disconnect() }
        switch failure.kind {
        case .lost:
            throw StorageError.unreachable(
                "the connection broke during COMMIT; whether it was kept is unknown")
        case .conflict: throw Again(kind: .conflict, reason: failure.error)
        default: throw failure.error
        }
    }

    /// What a failure means for the caller, where the body threw it and where the body hid it behind another.
    private func afterRollBack(of session: PostgresSession, _ error: any Error) -> any Error {
        let link = session.link
        if !link.isBroken, link.isInTransaction { _ = link.execute("ROLLBACK") }
        if link.isBroken || link.isInTransaction { link.disconnect() }
        guard let failure = session.failure else { return error }
        switch failure.kind {
        case .plain: return error
        case .standby where self == .read: return error
        case .lost, .stale, .standby: link.disconnect()
        case .conflict, .mistyped: break
        }
        return Again(kind: failure.kind, reason: failure.error)
    }
}

extension PostgresTransaction.Again {
    static let mostTries = 12

    /// How long to wait before the body runs again, so that those who collided do not collide once more.
    func pause(before attempt: Int) -> Duration {
        let isLoss = kind == .lost || kind == .standby
        let longest = isLoss ? min(1000, 40 << attempt) : min(200, 1 << attempt)
        return .microseconds(Int.random(in: (isLoss ? longest * 500 : 0)...longest * 1000))
    }
}

/// Statements whose integers go without a type, because 64 bits did not suit: `substr(name, $1)` takes 32 and no more.
final class UntypedStatements: Sendable {
    private let texts = Mutex<Set<String>>([])

    func isTyped(_ text: String) -> Bool { texts.withLock { !$0.contains(text) } }

    func add(_ text: String) { texts.withLock { _ = $0.insert(text) } }
}
