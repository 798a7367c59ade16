import Foundation
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Web

/// Files kept in rows: once, under the hash of what is in them, in parts.
struct ContentStore: Sendable {
    /// The most one picture may weigh.
    static let limit: Int64 = 10 << 20
    static let partSize = 256 << 10
    /// Parts written together.
    private static let together = 4

    let database: any Database
    let clock: any WallClock

    struct Kept: Sendable, Equatable {
        let digest: String
        let kind: PictureKind
        let size: Int
    }

    /// Keeps an uploaded picture and answers the name it is kept under. Nothing shows it until a row does.
    func keep(_ file: UploadedFile) async throws -> Kept {
        try await keep(path: file.path, size: file.size, sha256: file.sha256)
    }

    func keep(path: String, size: Int64, sha256: [UInt8]) async throws -> Kept {
        guard size <= ContentStore.limit else { throw PictureRefusal.tooLarge }
        guard let read = FileManager.default.contents(atPath: path), let kind = PictureKind(read) else {
            throw PictureRefusal.noPicture
        }
        let bytes = [UInt8](read)
        let kept = Kept(
            digest: sha256.map { String(format: "%02x", $0) }.joined(), kind: kind, size: bytes.count)
        let now = clock.now
        let isThere = try await database.write {
            try $0.run("UPDATE content SET kept_at = \(now) WHERE digest = \(kept.digest)") > 0
        }
        if !isThere { try await write(bytes, kept, at: now) }
        return kept
    }

    private func write(_ bytes: [UInt8], _ kept: Kept, at now: Instant) async throws {
        let starts = Array(stride(from: 0, to: bytes.count, by: ContentStore.partSize))
        for first in stride(from: 0, to: starts.count, by: ContentStore.together) {
            try await database.write { connection in
                for part in first..<min(first + ContentStore.together, starts.count) {
                    let end = min(starts[part] + ContentStore.partSize, bytes.count)
                    try connection.run(
                        """
                        INSERT INTO content_part (digest, part, bytes)
                        VALUES (\(kept.digest), \(part), \(Array(bytes[starts[part]..<end]))) ON CONFLICT DO NOTHING
                        """)
                }
            }
        }
        _ = try await database.write {
            try $0.run(
                """
                INSERT INTO content (digest, kind, size, kept_at)
                VALUES (\(kept.digest), \(kept.kind.rawValue), \(kept.size), \(now)) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// A picture on its way out, part by part.
    func response(_ digest: String, named name: String) async throws -> Response {
        let found = try await database.read { connection in
            try connection.first("SELECT kind, size FROM content WHERE digest = \(digest)") {
                (try $0.text(0), try $0.int(1))
            }
        }
        guard let (word, size) = found, let kind = PictureKind(rawValue: word) else { throw NotFound() }
        let database = database
        let body = ResponseBody(contentLength: size) { writer in
            for part in 0..<(size + ContentStore.partSize - 1) / ContentStore.partSize {
                let bytes = try await database.read { connection in
                    try connection.first(
                        "SELECT bytes FROM content_part WHERE digest = \(digest) AND part = \(part)"
                    ) { try $0.bytes(0) }
                }
                guard let bytes else { throw StorageError.broken("part \(part) of a picture is missing") }
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
        return .download(body, named: "\(name).\(kind.suffix)", type: kind.contentType)
    }

    /// Lets go of what no row has shown for a day. Answers how many files went.
    func sweep() async throws -> Int {
        let border = clock.now.advanced(by: .seconds(-86_400))
        return try await database.write { connection in
            let digests = try connection.all(
                """
                SELECT c.digest FROM content c WHERE c.kept_at < \(border)
                    AND NOT EXISTS (SELECT 1 FROM walk_photo w WHERE w.digest = c.digest)
                ORDER BY c.kept_at, c.digest LIMIT 100
                """
            ) { try $0.text(0) }
            try connection.run("DELETE FROM content WHERE digest IN (\(list: digests))")
            try connection.run("DELETE FROM content_part WHERE digest IN (\(list: digests))")
            return digests.count
        }
    }
}

/// Lets go of pictures that were sent and never shown, every hour.
struct SweepContent: Worker {
    let desk: Desk

    var kind: String { "sweep-content" }
    var rhythm: Duration? { .seconds(3600) }

    func run(_ job: Job, holding lease: Lease) async throws {
        let store = ContentStore(database: desk.database, clock: desk.clock)
        while try await store.sweep() > 0 { try await lease.extend() }
    }
}

/// Why a picture is not taken.
enum PictureRefusal: Refusal, Equatable {
    case noPicture
    case tooLarge
    case tooMany

    var phrase: Phrase {
        switch self {
        case .noPicture: Phrase("walk.refused.noPicture")
        case .tooLarge: Phrase("walk.refused.pictureTooLarge")
        case .tooMany: Phrase("walk.refused.tooManyPictures")
        }
    }

    var field: String? { "photo" }
}
