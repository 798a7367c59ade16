import Markup

extension Level {
    /// The word for this level in the reader's language.
    var phrase: Phrase { Phrase("level.\(rawValue)") }

    /// Dots and a word: the colour is never alone in saying it.
    var badge: HTML {
        let filled =
            switch self {
            case .prospect, .lapsed: 0
            case .first: 1
            case .repeating: 2
            case .advocate: 3
            }
        let dots = (0..<3).map { $0 < filled ? "<b></b>" : #"<b class="off"></b>"# as HTML }
        return #"<span class="level \#(styleClass)"><i aria-hidden="true">\#(dots)</i>\#(phrase)</span>"#
    }

    private var styleClass: String {
        switch self {
        case .prospect, .lapsed: "none"
        case .first: "first"
        case .repeating: "regular"
        case .advocate: "advocate"
        }
    }
}
