import Kernel

/// A word, a mark or a quoted text of a filter, with the character it begins at, counted from 1.
struct FilterToken: Equatable {
    enum Kind: Equatable {
        case word(String)
        case quoted(String)
        /// `:`, `:>`, `:<` and `:!`.
        case mark(String)
        case open, close
        case end
    }

    let kind: Kind
    let place: Int

    /// As it was written, for a sentence.
    var text: String {
        switch kind {
        case .word(let word): word
        case .quoted(let text): FilterText.quoted(text)
        case .mark(let mark): mark
        case .open: "("
        case .close: ")"
        case .end: ""
        }
    }

    /// Whether it is AND, OR or NOT. Their case does not matter.
    func isWord(_ word: String) -> Bool {
        if case .word(let own) = kind { return own.uppercased() == word }
        return false
    }
}

/// Cuts a filter into its words and marks.
struct FilterLexer {
    private let characters: [Character]
    private var position = 0

    static func tokens(_ text: String) throws(FilterRefusal) -> [FilterToken] {
        var lexer = FilterLexer(text)
        var tokens: [FilterToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private init(_ text: String) { characters = Array(text) }

    private mutating func next() throws(FilterRefusal) -> FilterToken {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        let place = position + 1
        guard position < characters.count else { return FilterToken(kind: .end, place: place) }
        switch characters[position] {
        case "(": return mark(.open, 1)
        case ")": return mark(.close, 1)
        case "'": return FilterToken(kind: .quoted(try quoted()), place: place)
        case ":":
            let follows = position + 1 < characters.count ? characters[position + 1] : " "
            return "><!".contains(follows) ? mark(.mark(":\(follows)"), 2) : mark(.mark(":"), 1)
        default: return FilterToken(kind: .word(word()), place: place)
        }
    }

    private mutating func mark(_ kind: FilterToken.Kind, _ length: Int) -> FilterToken {
        defer { position += length }
        return FilterToken(kind: kind, place: position + 1)
    }

    private mutating func quoted() throws(FilterRefusal) -> String {
        let start = position + 1
        var text = ""
        position += 1
        while position < characters.count {
            let character = characters[position]
            position += 1
            guard character == "'" else {
                text.append(character)
                continue
            }
            guard position < characters.count, characters[position] == "'" else { return text }
            text.append("'")
            position += 1
        }
        throw .unclosed(at: start)
    }

    private mutating func word() -> String {
        var word = ""
        while position < characters.count {
            let character = characters[position]
            if character.isWhitespace || "():'".contains(character) { break }
            word.append(character)
            position += 1
        }
        return word
    }
}
