import Foundation

/// The folder of reference vectors and data sets that lies beside the repository on some machines.
///
/// `REGULARS_SHARED` names it outright; otherwise it is `shared` beside the nearest folder above this file
/// that holds a `Package.swift`, looked for with and without following symbolic links.
enum SharedFolder {
    static let root: URL? = candidates.first { FileManager.default.fileExists(atPath: $0.path) }

    static func has(_ path: String) -> Bool { file(path) != nil }

    static func file(_ path: String) -> URL? {
        guard let file = root?.appending(path: path) else { return nil }
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    private static var candidates: [URL] {
        let here = URL(fileURLWithPath: #filePath)
        let named = ProcessInfo.processInfo.environment["REGULARS_SHARED"].map { URL(fileURLWithPath: $0) }
        let beside = [here, here.resolvingSymlinksInPath()].compactMap(repository(above:)).map {
            $0.deletingLastPathComponent().appending(path: "shared")
        }
        return (named.map { [$0] } ?? []) + beside
    }

    private static func repository(above file: URL) -> URL? {
        var folder = file.deletingLastPathComponent()
        while folder.path != "/" {
            let manifest = folder.appending(path: "Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { return folder }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
