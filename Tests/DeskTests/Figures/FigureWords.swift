import Markup

/// The words pictures are labelled with.
enum FigureWords {
    static let german = Reader(language: .german)

    /// To be called before the first word is said; harmless when called again.
    static func install() {
        do {
            Languages.install(try TestLanguages.all.get())
        } catch {
            preconditionFailure("the catalogues cannot be read: \(error)")
        }
    }
}
