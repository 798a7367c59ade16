/// The path of a request, taken apart and decoded once.
struct Path: Sendable, Hashable {
    let segments: [String]

    /// Nil where a path could mean two things to two readers: a broken escape, a hidden slash, a dot segment,
    /// a control character, an empty segment in the middle.
    init?(_ raw: String) {
        guard raw.utf8.first == UInt8(ascii: "/"), raw.utf8.count <= 4096 else { return nil }
        var segments: [String] = []
        for part in raw.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            guard let segment = URLEncoded.decoded(part, plusIsBlank: false), Path.isClean(segment) else {
                return nil
            }
            segments.append(segment)
        }
        if segments.last == "" { segments.removeLast() }
        guard !segments.contains("") else { return nil }
        self.segments = segments
    }

    private static func isClean(_ segment: String) -> Bool {
        guard segment != ".", segment != ".." else { return false }
        return segment.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x2F && $0 != 0x5C }
    }

    /// Of a route's template, which is ours and clean.
    static func segments(of template: String) -> [String] {
        template.split(separator: "/").map(String.init)
    }
}
