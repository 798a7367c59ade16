internal import Synchronization

/// Everything we say in one language, read from a text file that a translator can edit.
///
/// ```
/// language = en
/// language.name = English
/// # The first count chooses the form; [=0] is exactly none.
/// people.count[one] = {count} person
/// people.count[other] = {count} people
/// # With two or more arguments, the complete language states the order they are given in.
/// ticket.taken(name, count) = {name} took {count} tickets
/// ```
///
/// A line that begins with a blank carries on the one before. What this language lacks is said in `base`, the
/// complete one, which also fixes the order of arguments.
public final class Catalogue: Sendable {
    public let language: Language
    /// The language's name in itself, for people to choose by.
    public let name: String
    let base: Catalogue?
    let phrases: [String: Wording]
    let formats: Formats

    public init(_ text: String, base: Catalogue? = nil) throws(CatalogueError) {
        let file = try CatalogueFile(text, base: base)
        language = file.language
        name = file.setting("language.name") ?? file.language.code
        phrases = file.phrases
        formats = Formats(file.settings, language: file.language, base: base?.formats)
        self.base = base
    }

    /// A catalogue that has nothing to say: every phrase shows its key.
    init(empty language: Language) {
        self.language = language
        name = language.code
        base = nil
        phrases = [:]
        formats = Formats([:], language: language, base: nil)
    }

    /// Every key this language has words of its own for, in order.
    public var keys: [String] { phrases.keys.sorted() }

    /// The keys of the complete language that this one still borrows.
    public var untranslated: [String] {
        (base?.phrases.keys.filter { phrases[$0] == nil } ?? []).sorted()
    }

    /// The names of a phrase's arguments in the order they are given; nil where no language has the key.
    public func arguments(of key: String) -> [String]? { phrases[key]?.order ?? base?.arguments(of: key) }

    func say(_ phrase: Phrase, to reader: Reader) -> String {
        var text = ""
        for piece in pieces(of: phrase, to: reader) { text += piece.text }
        return text
    }

    /// The phrase in parts: words (without a name) and written arguments.
    func pieces(of phrase: Phrase, to reader: Reader) -> [(name: String?, text: String)] {
        guard let wording = phrases[phrase.key] else {
            if let base { return base.pieces(of: phrase, to: reader) }
            Catalogue.note(missing: phrase.key)
            return [(nil, phrase.key)]
        }
        return wording.form(for: phrase.arguments, in: language).map { piece in
            switch piece {
            case .words(let words): return (nil, words)
            case .argument(let name, let style):
                guard let place = wording.order.firstIndex(of: name), place < phrase.arguments.count else {
                    Catalogue.note(missing: "\(phrase.key){\(name)}")
                    return (name, "{\(name)}")
                }
                return (name, phrase.arguments[place].text(for: reader, style: style))
            }
        }
    }
}

extension Catalogue {
    private static let absent = Mutex<Set<String>>([])

    /// Keys asked for that no language has, and arguments not given (`key{name}`), since the process began.
    public static var missing: Set<String> { absent.withLock { $0 } }

    private static func note(missing key: String) {
        absent.withLock { keys in
            if keys.count < 1000 { keys.insert(key) }
        }
    }
}
