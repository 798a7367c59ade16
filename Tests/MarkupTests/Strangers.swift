import Foundation

/// What people who mean harm type into forms.
enum Strangers {
    static let words: [String] = [
        "", " ", "plain words", "Jörg Lindqvist 🙂 日本語 👩‍👩‍👧",
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "--><script>alert(1)</script><!--",
        "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "\" onmouseover=\"alert(1)",
        "' onfocus='alert(1)' autofocus='", "`onclick=alert(1)`", "x` y=`z", "a=b c=d", "]]><b>", "<![CDATA[<b>]]>",
        "</title><b>", "</textarea><b>", "</pre><b>", "</svg><b>", "</td></table><b>", "</select><b>", "<!--", "-->",
        "&lt;b&gt;", "&amp;", "&#106;avascript:alert(1)", "&#x3c;script&#x3e;", "&copy", "&NotEqualTilde;", "&",
        "&#", "&#0;", "<", ">", "<a", "</", "<!", "<?php", "</a href='", "\\\"", "\\", "%3Cscript%3E", "{{7*7}}", "${7*7}",
        "\u{0}", "a\u{0}b", "<scr\u{0}ipt>", "\u{1}\u{8}\u{B}\u{C}\u{1F}", "\u{7F}\u{80}\u{85}\u{9F}\u{A0}",
        "\u{FFFD}\u{FFFE}\u{FFFF}\u{FEFF}", "\u{2028}\u{2029}", "\u{202E}txet desrever\u{202C}", "\u{2066}x\u{2069}",
        "\u{E000}\u{10FFFF}\u{1FFFE}", String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self), "a\u{301}\u{302}", "\n", "\n\nlines\n", "\r\n", "\ra\r", "\ttabs\t", "\t\n x",
        "+ADw-script+AD4-", "¼script¾alert(1)¼/script¾", "＜script＞", "＇＂", "\u{2039}b\u{203A}", "ʺ onload=x",
        String(repeating: "<\"'&>", count: 20_480), String(repeating: "a", count: 102_400),
    ]

    /// What a page may show of these words: everything but the characters no page can hold.
    static func shown(_ words: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: scalars.append(scalar)
            case 0...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

/// Attack collections of other projects, kept outside the repository.
enum Corpora {
    static let xss: URL? = {
        let shared = ProcessInfo.processInfo.environment["REGULARS_SHARED"].map { URL(filePath: $0) }
        let root = shared ?? beside(URL(filePath: #filePath))
        let folder = root?.appending(path: "corpora/xss")
        return folder.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
    }()

    private static func beside(_ file: URL) -> URL? {
        var folder = file.deletingLastPathComponent()
        while folder.path.count > 1 {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
                return folder.deletingLastPathComponent().appending(path: "shared")
            }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }

    /// The repository's own files, found by walking up to its manifest.
    static var project: URL? { beside(URL(filePath: #filePath))?.deletingLastPathComponent().appending(path: "main") }

    static func payloads() throws -> [String] {
        guard let xss, let files = FileManager.default.enumerator(at: xss, includingPropertiesForKeys: nil) else {
            return []
        }
        var found: [String] = []
        for case let file as URL in files {
            switch file.pathExtension {
            case "json": found += strings(in: try JSONSerialization.jsonObject(with: Data(contentsOf: file)))
            case "test": found.append(String(decoding: try Data(contentsOf: file), as: UTF8.self))
            default: break
            }
        }
        return found
    }

    private static func strings(in value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(strings)
        case let object as [String: Any]: object.values.flatMap(strings)
        default: []
        }
    }
}
