extension KnownFormat {
    /// Recognises a format by the bytes it opens with.
    init?(opening bytes: [UInt8]) {
        if bytes.starts(with: "PK\u{3}\u{4}".utf8) || bytes.starts(with: "PK\u{5}\u{6}".utf8) {
            self = Self.insideZip(bytes)
            return
        }
        if let known = Self.openings.first(where: { bytes.starts(with: $0.bytes) }) {
            self = known.format
            return
        }
        guard Self.isPage(bytes) else { return nil }
        self = .html
    }

    private static let openings: [(bytes: [UInt8], format: KnownFormat)] = [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldExcelWorkbook),
        ([0x1F, 0x8B], .gzip),
        ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
        (Array("%PDF-".utf8), .pdf),
        (Array("SQLite format 3\0".utf8), .sqlite),
        (Array("PAR1".utf8), .parquet),
    ]

    private static func insideZip(_ bytes: [UInt8]) -> KnownFormat {
        let opening = bytes.prefix(64 << 10)
        if opening.contains(word: "[Content_Types].xml") || opening.contains(word: "xl/") {
            return .excelWorkbook
        }
        if opening.contains(word: "application/vnd.oasis.opendocument") { return .openDocument }
        return .zip
    }

    private static func isPage(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(1024).drop { Ascii.isBlank($0) }.map {
            $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0
        }
        return ["<html", "<!doctype html", "<table", "<?xml"].contains { start.starts(with: $0.utf8) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func contains(word: String) -> Bool {
        let wanted = Array(word.utf8)
        guard count >= wanted.count else { return false }
        return (startIndex...endIndex - wanted.count).contains { self[$0...].starts(with: wanted) }
    }
}
