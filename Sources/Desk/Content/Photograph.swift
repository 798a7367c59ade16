/// What a picture is, by what is in it: names and claims of senders say nothing.
enum PictureKind: String, Sendable, CaseIterable {
    case jpeg, png, webp

    /// Nil where the bytes begin like none of these.
    init?(_ bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(16))
        func begins(_ start: [UInt8]) -> Bool { head.starts(with: start) }
        if begins([0xFF, 0xD8, 0xFF]), head.count == 16 {
            self = .jpeg
        } else if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), head.count == 16,
            head[12..<16].elementsEqual("IHDR".utf8)
        {
            self = .png
        } else if begins(Array("RIFF".utf8)), head.count >= 16, head[8..<15].elementsEqual("WEBPVP8".utf8) {
            self = .webp
        } else {
            return nil
        }
    }

    /// What browsers are told it is; with `nosniff` they take it for nothing else.
    var contentType: String { "image/\(rawValue)" }
    var suffix: String { self == .jpeg ? "jpg" : rawValue }
}
