import Dispatch
import Synchronization

/// Hands topics to everyone in this process who listens.
public final class Noticeboard: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<String>.Continuation] = [:]
        var count = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    public init() {}

    public func post(_ topic: String) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(topic) }
    }

    /// A listener that falls thousands of topics behind loses the oldest: a topic only ever says "look again".
    public func listen() -> AsyncStream<String> {
        let (stream, listener) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(4096))
        let number: Int? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.count += 1
            state.listeners[state.count] = listener
            return state.count
        }
        guard let number else {
            listener.finish()
            return stream
        }
        listener.onTermination = { [weak self] _ in self?.forget(number) }
        return stream
    }

    private func forget(_ number: Int) { state.withLock { _ = $0.listeners.removeValue(forKey: number) } }

    /// Ends every stream.
    public func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}

/// Gathers topics for 10 ms, then delivers each of them once.
public final class TopicGathering: Sendable {
    private let topics = Mutex<[String]>([])
    private let queue = DispatchQueue(label: "regulars.topics")
    private let deliver: @Sendable ([String]) -> Void

    /// `deliver` runs on a queue of its own and may block.
    public init(_ deliver: @escaping @Sendable ([String]) -> Void) { self.deliver = deliver }

    public func add(_ topic: String) {
        let isFirst = topics.withLock { topics in
            defer { if !topics.contains(topic) { topics.append(topic) } }
            return topics.isEmpty
        }
        guard isFirst else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(10)) { self.flush() }
    }

    private func flush() {
        let gathered = topics.withLock { topics in
            defer { topics = [] }
            return topics
        }
        if !gathered.isEmpty { deliver(gathered) }
    }
}
