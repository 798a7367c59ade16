import CAssets
public import Markup
public import Web

/// What was compiled into the binary: styles, scripts, icons and languages.
public enum CompiledAssets {
    public static let files: [AssetFile] = (0..<regulars_asset_count).compactMap { index in
        guard let entry = regulars_asset_at(index)?.pointee, let name = entry.name, let bytes = entry.bytes
        else {
            return nil
        }
        let content = Array(UnsafeBufferPointer(start: bytes, count: Int(entry.length)))
        return AssetFile(name: String(cString: name), bytes: content)
    }

    /// English, which is complete, and every other language there is a file for.
    ///
    /// A language is `languages/en.txt` and what features add to it, each in a file of its own: `languages/en/holds.txt`.
    public static func languages() throws -> Languages {
        let texts = files.filter { $0.name.hasPrefix("languages/") }
        func text(_ code: Substring) -> String {
            let first = texts.filter { $0.name == "languages/\(code).txt" }
            let added = texts.filter { $0.name.hasPrefix("languages/\(code)/") }
            return (first + added).map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
        }
        let codes = Set(texts.map { $0.name.dropFirst("languages/".count).prefix { $0 != "." && $0 != "/" } })
        return try Languages(base: text("en"), others: codes.subtracting(["en"]).sorted().map(text))
    }
}
