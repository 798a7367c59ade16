import Kernel

/// A file's name as a stranger gave it, made fit to be shown: no folders, no control or invisible characters,
/// no text direction tricks, at most 200 characters. It never becomes a path.
enum UploadName {
    static func cleaned(_ raw: String) -> String {
        let last = raw.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        let name = String(String(String.UnicodeScalarView(visible)).trimmed.prefix(200))
        return name.isEmpty || name.allSatisfy { $0 == "." } ? "file" : name
    }
}
