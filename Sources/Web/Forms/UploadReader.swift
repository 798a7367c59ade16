import Hummingbird
import Markup
import NIOCore

/// Reads a form with files: fields into memory, files straight to disk, and nothing before the form is known
/// to be ours.
struct UploadReader: Sendable {
    let folder: String
    /// The most all files of one form may weigh together.
    let limit: Int64
    let isOurs: @Sendable (String?) -> Bool

    static let fieldLimit = 1 << 20

    func read(_ request: Request) async throws -> Upload {
        guard let boundary = request.headers[.contentType].flatMap(MultipartParser.boundary) else {
            throw BodyRefusal.wrongType
        }
        let length = request.headers[.contentLength].flatMap { Int64($0) }
        if let length, length > limit + Int64(UploadReader.fieldLimit) {
            throw BodyRefusal.tooLarge(limit: limit)
        }
        var draft = UploadDraft(
            folder: folder, limit: limit, isOurs: isOurs, header: request.headers[.formToken])
        do {
            var parser = MultipartParser(boundary: boundary)
            var pace = Pace()
            for try await buffer in request.body {
                try pace.check(adding: buffer.readableBytes)
                for event in try parser.feed(Array(buffer: buffer)) { try await draft.take(event) }
            }
            guard parser.isFinished else { throw BodyRefusal.brokenForm }
            return try await draft.finish()
        } catch {
            await draft.discard()
            throw error
        }
    }
}

/// Refuses senders who keep a connection busy by dripping: after the first minute, 1 KB a second on average.
struct Pace: Sendable {
    private let started = ContinuousClock.now
    private var bytes = 0

    mutating func check(adding more: Int, at now: ContinuousClock.Instant = .now) throws {
        bytes += more
        let seconds = (now - started) / .seconds(1)
        if seconds > 60, Double(bytes) < seconds * 1024 { throw BodyRefusal.tooSlow }
    }
}
