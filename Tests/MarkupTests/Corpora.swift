import Foundation

/// The repository this test stands in, found by walking up to its manifest.
enum Repository {
    static let root: URL? = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path.count > 1 {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
                return folder
            }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }()
}

/// Attack collections of other projects, kept outside the repository.
enum Corpora {
    static let xss: URL? = {
        let shared = ProcessInfo.processInfo.environment["REGULARS_SHARED"].map { URL(filePath: $0) }
        let root = shared ?? Repository.root?.deletingLastPathComponent().appending(path: "shared")
        let folder = root?.appending(path: "corpora/xss")
        return folder.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
    }()

    static func payloads() throws -> [String] {
        guard let xss, let files = FileManager.default.enumerator(at: xss, includingPropertiesForKeys: nil)
        else {
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
