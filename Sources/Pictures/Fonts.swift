import CRsvg

/// Whether anything can be written at all. Asked first, because the text library ends the process without a font.
enum Fonts {
    static let areInstalled: Bool = {
        // nil is the machine's own configuration, read by fontconfig on first use.
        FcInit() == FcTrue && contains(nil)
    }()

    /// Whether a configuration knows at least one font that can be scaled.
    static func contains(_ configuration: OpaquePointer?) -> Bool {
        let pattern = FcPatternCreate()
        defer { FcPatternDestroy(pattern) }
        FcPatternAddBool(pattern, FC_SCALABLE, FcTrue)
        let wanted = FcObjectSetCreate()
        defer { FcObjectSetDestroy(wanted) }
        FcObjectSetAdd(wanted, FC_FAMILY)
        guard let found = FcFontList(configuration, pattern, wanted) else { return false }
        defer { FcFontSetDestroy(found) }
        return found.pointee.nfont > 0
    }
}
