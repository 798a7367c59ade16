public import Markup
public import Methods

/// What a verdict is called in the reader's language, here and wherever a shape is named.
extension ShapeVerdict {
    /// As a headline: "A pyramid", "Between pyramid and hexagon", "Too little data to name a shape".
    public var headline: Phrase {
        switch self {
        case .labelled(let shape): Phrase("figure.shape.labelled.\(shape.rawValue)")
        case .leaning(let shape): Phrase("figure.shape.leaning.\(shape.rawValue)")
        case .undecided(let one, let other):
            Phrase("figure.shape.undecided", .text(one.name.text), .text(other.name.text))
        case .tooLittle: Phrase("figure.shape.too-little")
        case .historyStartsHere: Phrase("figure.shape.history")
        case .advocacyNotMeasured: Phrase("figure.shape.unmeasured")
        }
    }

    /// In two or three words, for a table or under a miniature.
    public var shortName: Phrase {
        switch self {
        case .labelled(let shape): shape.name
        case .leaning(let shape): Phrase("figure.short.leaning", .text(shape.name.text))
        case .undecided(let one, let other):
            Phrase("figure.short.undecided", .text(one.name.text), .text(other.name.text))
        case .tooLittle: Phrase("figure.short.too-little")
        case .historyStartsHere: Phrase("figure.short.history")
        case .advocacyNotMeasured: Phrase("figure.short.unmeasured")
        }
    }

    /// Whether the levels may be drawn as one silhouette. Where the shape is withheld a silhouette would name it all
    /// the same, so the levels stand apart as bars.
    public var showsSilhouette: Bool {
        switch self {
        case .labelled, .leaning, .undecided: true
        case .tooLittle, .historyStartsHere, .advocacyNotMeasured: false
        }
    }
}

extension Shape {
    /// The bare word, as it stands in a list: "pyramid".
    public var name: Phrase { Phrase("figure.shape.name.\(rawValue)") }
}

extension Qualifier {
    /// As it follows a headline after a comma: "narrow in the middle".
    public var remark: Phrase {
        switch self {
        case .broadMiddle: Phrase("figure.qualifier.broad-middle")
        case .narrowMiddle: Phrase("figure.qualifier.narrow-middle")
        case .weakBase: Phrase("figure.qualifier.weak-base")
        case .severe: Phrase("figure.qualifier.severe")
        case .shortWindow: Phrase("figure.qualifier.short-window")
        }
    }
}

extension ShapeResult {
    /// The headline with its qualifiers: "A pyramid, narrow in the middle".
    public var sentence: String {
        ([verdict.headline] + qualifiers.map(\.remark)).map(\.text).joined(separator: ", ")
    }

    /// What the shape means, in a sentence; nil where none is named or leant to.
    public var meaning: Phrase? {
        switch verdict {
        case .labelled(let shape), .leaning(let shape): Phrase("figure.says.\(shape.rawValue)")
        case .undecided, .tooLittle, .historyStartsHere, .advocacyNotMeasured: nil
        }
    }

    /// Why no shape is named; nil where one is.
    public var note: Phrase? {
        switch verdict {
        case .labelled, .leaning, .undecided: nil
        case .tooLittle:
            Phrase("figure.note.too-little", .count(levels.total), .count(rule.minimumTotal))
        case .historyStartsHere: Phrase("figure.note.history")
        case .advocacyNotMeasured: Phrase("figure.note.unmeasured")
        }
    }
}
