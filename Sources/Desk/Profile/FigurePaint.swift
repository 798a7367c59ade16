import Markup

/// What a stroke of the picture is, from which follows how it looks.
enum FigureRole: Sendable, Equatable {
    /// The part of a band that is as good as certain, and the rim that may or may not belong to it.
    case core(Level), rim(Level)
    /// The line at the count itself, and the whiskers of its interval.
    case edge(Level), whisker(Level)
    /// The empty place of a level nobody has measured.
    case slot(Level)
    case number, words, range
    case numberInside, wordsInside
    case leader, desired, desiredWords, note
}

/// How roles become attributes: classes of a page's style sheet, or explicit colours in a file that travels alone.
enum FigurePaint: Sendable {
    case classes, colours

    func attributes(_ role: FigureRole) -> FigureAttributes {
        switch self {
        case .classes: FigureAttributes(name: FigurePaint.name(role))
        case .colours: FigurePaint.colours(role)
        }
    }

    private static func name(_ role: FigureRole) -> String {
        switch role {
        case .core(let level): "figure-core figure-\(level.rawValue)"
        case .rim(let level): "figure-rim figure-\(level.rawValue)"
        case .edge(let level): "figure-edge figure-\(level.rawValue)"
        case .whisker(let level): "figure-whisker figure-\(level.rawValue)"
        case .slot(let level): "figure-slot figure-\(level.rawValue)"
        case .number: "figure-number"
        case .words: "figure-words"
        case .range: "figure-range"
        case .numberInside: "figure-number figure-inside"
        case .wordsInside: "figure-words figure-inside"
        case .leader: "figure-leader"
        case .desired: "figure-desired"
        case .desiredWords: "figure-words figure-desired-words"
        case .note: "figure-note"
        }
    }

    private static func colours(_ role: FigureRole) -> FigureAttributes {
        switch role {
        case .core(let level): FigureAttributes(fill: colour(level))
        case .rim(let level): FigureAttributes(fill: colour(level), opacity: "0.28")
        case .edge(let level): FigureAttributes(fill: "none", stroke: colour(level), strokeWidth: "1")
        case .whisker: FigureAttributes(fill: "none", stroke: ink, strokeWidth: "1.5")
        case .slot(let level):
            FigureAttributes(fill: "none", stroke: colour(level), strokeWidth: "1.5", dashes: "4 4")
        case .number: FigureAttributes(fill: ink, size: "27", weight: "650")
        case .words: FigureAttributes(fill: ink, size: "15")
        case .range: FigureAttributes(fill: softInk, size: "13")
        case .numberInside: FigureAttributes(fill: paper, size: "20", weight: "650")
        case .wordsInside: FigureAttributes(fill: paper, size: "13")
        case .leader: FigureAttributes(fill: "none", stroke: "#b9b4a9", strokeWidth: "1")
        case .desired:
            FigureAttributes(fill: "none", stroke: ink, strokeWidth: "1.4", dashes: "5 5", opacity: "0.6")
        case .desiredWords, .note: FigureAttributes(fill: softInk, size: "13")
        }
    }

    static let ink = "#1d1c1a"
    static let softInk = "#5d5a54"
    static let paper = "#ffffff"

    static func colour(_ level: Level) -> String {
        switch level {
        case .first: "#2a66ad"
        case .repeating: "#0b6f5d"
        case .advocate: "#8f5a08"
        case .prospect, .lapsed: "#6a665d"
        }
    }
}

/// Attributes of one element; what is nil is left out.
struct FigureAttributes: Sendable, Equatable {
    var name: String?
    var fill: String?
    var stroke: String?
    var strokeWidth: String?
    var dashes: String?
    var opacity: String?
    var size: String?
    var weight: String?
}

extension HTML.StringInterpolation {
    /// `<path d="…" \(paint: .core(.first), in: paint)/>`
    mutating func appendInterpolation(paint role: FigureRole, in paint: FigurePaint) {
        appendInterpolation(attributes: paint.attributes(role))
    }

    mutating func appendInterpolation(attributes: FigureAttributes) {
        appendInterpolation(attribute: "class", attributes.name)
        appendInterpolation(attribute: "fill", attributes.fill)
        appendInterpolation(attribute: "stroke", attributes.stroke)
        appendInterpolation(attribute: "stroke-width", attributes.strokeWidth)
        appendInterpolation(attribute: "stroke-dasharray", attributes.dashes)
        appendInterpolation(attribute: "opacity", attributes.opacity)
        appendInterpolation(attribute: "font-size", attributes.size)
        appendInterpolation(attribute: "font-weight", attributes.weight)
    }
}
