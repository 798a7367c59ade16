import CPostgres
import Dispatch
import Storage

/// One connection to the server and the queue it is used on.
///
/// It holds a C handle and is unchecked for that: `PostgresPool` lends a link to one borrower at a time, and the
/// borrower touches it only on `queue`, which runs one thing after the other and may block. The listener and the
/// herald own theirs alone, each on a thread of its own.
final class PostgresLink: @unchecked Sendable {
    let queue = DispatchQueue(label: "regulars.postgres")
    private let address: PostgresAddress
    private var handle: OpaquePointer?
    private var prepared = PreparedNames()

    init(_ address: PostgresAddress) { self.address = address }

    deinit { disconnect() }

    var isBroken: Bool { handle == nil || PQstatus(handle) != CONNECTION_OK }

    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    var socket: Int32 { PQsocket(handle) }

    /// Connects where there is no connection, or a broken one.
    func connect() throws {
        guard isBroken else { return }
        disconnect()
        handle = address.connect()
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = lastMessage
            disconnect()
            throw message.contains("too many") ? StorageError.tooBusy : StorageError.unreachable(message)
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        let settled = execute(PostgresLink.settings)
        guard settled.isGood else {
            disconnect()
            throw PostgresFailure(settled).error
        }
    }

    func disconnect() {
        PQfinish(handle)
        handle = nil
        prepared = PreparedNames()
    }

    /// A server may have commits wait for the disk or for its standbys; one that waits for nothing is overruled.
    private static let settings = """
        SET client_min_messages = warning; SET TimeZone = 'UTC'; SET standard_conforming_strings = on;
        SET bytea_output = hex; SET extra_float_digits = 1;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        """

    private var lastMessage: String {
        PQerrorMessage(handle).map { String(cString: $0).line } ?? "no connection"
    }

    /// Runs statements that have no values, and answers the last result.
    func execute(_ text: String) -> PostgresResult { PostgresResult(PQexec(handle, text)) }

    /// Sends a statement; its rows then come one by one from `next`.
    func send(_ text: String, _ values: PostgresValues, isTyped: Bool) throws {
        let name = try prepare(text, values, isTyped)
        let sent = values.lend { pointers, lengths, formats in
            PQsendQueryPrepared(handle, name, values.count, pointers, lengths, formats, 0)
        }
        guard sent == 1, PQsetSingleRowMode(handle) == 1 else { throw lost() }
    }

    /// The next result of the statement that was sent; nil when it is done. Blocks.
    func next() -> PostgresResult? { PQgetResult(handle).map { PostgresResult($0) } }

    private func prepare(_ text: String, _ values: PostgresValues, _ isTyped: Bool) throws -> String {
        let key = text + (isTyped ? "\u{0}" : "\u{1}") + values.letters
        if let name = prepared.name(of: key) { return name }
        for name in prepared.oldest() { _ = execute("DEALLOCATE \(name)") }
        let name = prepared.fresh()
        let result = PostgresResult(
            PQprepare(handle, name, text, values.count, isTyped ? values.types : values.looseTypes))
        guard result.isGood else {
            var failure = failure(result)
            if isTyped, result.isMistyped { failure.kind = .mistyped }
            throw failure
        }
        prepared.keep(name, for: key)
        return name
    }

    /// What a bad result means, knowing whether the connection still stands.
    func failure(_ result: PostgresResult) -> PostgresFailure {
        var failure = PostgresFailure(result)
        if isBroken { failure = PostgresFailure(.lost, .unreachable(lastMessage)) }
        return failure
    }

    func lost() -> PostgresFailure { PostgresFailure(.lost, .unreachable(lastMessage)) }
}

/// COPY, and what the listener needs.
extension PostgresLink {
    func copy(_ bytes: UnsafeBufferPointer<CChar>) -> Bool {
        PQputCopyData(handle, bytes.baseAddress, Int32(bytes.count)) == 1
    }

    /// Ends a COPY; with a reason, the server throws away what it got.
    func endCopy(because reason: String? = nil) -> PostgresResult? {
        guard PQputCopyEnd(handle, reason) == 1 else { return nil }
        var last: PostgresResult?
        while let result = next() { last = last.map { $0.isGood ? result : $0 } ?? result }
        return last
    }

    /// Notifications that have arrived. False where the connection broke.
    func consume(_ take: (String) -> Void) -> Bool {
        guard PQconsumeInput(handle) == 1 else { return false }
        while let notice = PQnotifies(handle) {
            if let payload = notice.pointee.extra { take(String(cString: payload)) }
            PQfreemem(notice)
        }
        return !isBroken
    }
}

/// Names of the statements a connection has prepared, by their text.
private struct PreparedNames {
    private var byKey: [String: (name: String, lastUse: Int)] = [:]
    private var clock = 0
    private let limit = 300

    mutating func name(of key: String) -> String? {
        clock += 1
        guard let name = byKey[key]?.name else { return nil }
        byKey[key] = (name, clock)
        return name
    }

    /// The statements to let go of before another is prepared: none while there is room.
    mutating func oldest() -> [String] {
        guard byKey.count >= limit else { return [] }
        let old = byKey.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(limit / 4)
        for (key, _) in old { byKey[key] = nil }
        return old.map(\.value.name)
    }

    mutating func fresh() -> String {
        clock += 1
        return "s\(clock)"
    }

    mutating func keep(_ name: String, for key: String) { byKey[key] = (name, clock) }
}
