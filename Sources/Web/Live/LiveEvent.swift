/// Something changed that an open page may show. It says what, never the words themselves.
public struct LiveEvent: Sendable, Hashable {
    /// Its place in the order of all events; clients come back with the last one they saw.
    public let sequence: Int64
    /// What kind of thing, as pages name it in `data-live`: `customers`, `imports`.
    public let topic: String
    /// Which one, where it is one: `7`.
    public let subject: String?
    /// Only people who may do this are told. Nil: everyone signed in.
    public let needs: Permission?

    public init(sequence: Int64, topic: String, subject: String? = nil, needs: Permission? = nil) {
        self.sequence = sequence
        self.topic = topic
        self.subject = subject
        self.needs = needs
    }
}

/// Where events come from. The desk keeps them; the hub asks.
public protocol LiveSource: Sendable {
    /// The number of the newest event.
    var latest: Int64 { get async throws }

    /// Events after this number, oldest first.
    func events(after sequence: Int64, limit: Int) async throws -> [LiveEvent]

    /// Yields when there may be new events. A wake-up too many does no harm.
    var wakeUps: AsyncStream<Void> { get }
}
