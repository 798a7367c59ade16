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
    public static func languages() throws -> Languages {
        let texts = files.filter { $0.name.hasPrefix("languages/") }
        func text(_ file: AssetFile) -> String { String(decoding: file.bytes, as: UTF8.self) }
        let base = texts.first { $0.name == "languages/en.txt" }.map(text) ?? ""
        return try Languages(base: base, others: texts.filter { $0.name != "languages/en.txt" }.map(text))
    }
}
