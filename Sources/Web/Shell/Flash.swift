public import Markup

/// One sentence said on the page after a redirect: what was done, or why not.
public struct Flash: Sendable, Hashable {
    public enum Tone: String, Sendable, Hashable { case notice, warning }

    public let tone: Tone
    public let phrase: Phrase
    /// Where what was done can be undone.
    public let undo: LocalPath?

    public init(_ phrase: Phrase, tone: Tone = .notice, undo: LocalPath? = nil) {
        self.phrase = phrase
        self.tone = tone
        self.undo = undo
    }
}

/// As it travels in a cookie. Numbers travel as numbers, so that plurals still work on the other side.
extension Flash {
    static let cookie = "flash"

    var encoded: String {
        var pairs = [NamedValue("tone", tone.rawValue), NamedValue("key", phrase.key)]
        for argument in phrase.arguments {
            if case .count(let number) = argument {
                pairs.append(NamedValue("count", String(number)))
            } else {
                pairs.append(NamedValue("text", String(argument.text.prefix(200))))
            }
        }
        if let undo { pairs.append(NamedValue("undo", undo.description)) }
        return Base64URL.encode(URLEncoded.text(pairs).utf8)
    }

    init?(encoded: String) {
        guard encoded.utf8.count < 4000, let bytes = Base64URL.decode(encoded) else { return nil }
        let form = PostedForm(URLEncoded.pairs(in: bytes) ?? [])
        guard let key = form["key"], let tone = form["tone"].flatMap(Tone.init) else { return nil }
        let arguments: [Argument] = form.pairs.compactMap { pair in
            switch pair.name {
            case "text": .text(pair.value)
            case "count": Int(pair.value).map(Argument.count)
            default: nil
            }
        }
        self.init(Phrase(key, arguments: arguments), tone: tone, undo: form["undo"].flatMap(LocalPath.init))
    }
}
