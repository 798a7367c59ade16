import Markup

extension ProfileFigure {
    /// The picture as a file to take away: everything it needs to be understood stands in it, and it needs no style
    /// sheet. Light, since slides and paper are.
    public var standalone: String {
        let width = 960.0
        let picture = FigureScene.Layout(
            width: 900, height: 372, margin: 8, gap: 7, column: 668, numberSize: 27, wordSize: 15)
        let drawing = FigureDrawing(scene: FigureScene(self, picture), paint: .colours, showsRanges: true)
        let notes = noteLines(size: 13, within: 860)
        let rules = ruleLines.flatMap { FigureText.lines(of: $0.text, size: 12, within: 880) }
        let pictureTop = 146.0
        let noteTop = pictureTop + picture.height + 24
        let ruleTop = noteTop + Double(notes.count) * 19 + 14
        let height = ruleTop + Double(rules.count) * 18 + 22
        let svg: HTML = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="title desc" \
            font-family="Inter, 'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif">\
            <title id="title">\(title)</title><desc id="desc">\(summary)</desc>\
            <rect width="\(width)" height="\(height)" fill="#ffffff"/>\(heading)\
            <g transform="translate(30 \(pictureTop))">\(drawing.content)</g>\
            \(note(notes, x: 40, y: noteTop, in: .colours))\(foot(rules, at: ruleTop, width))</svg>
            """
        return svg.text
    }

    private var heading: HTML {
        let name = FigureText.cut(organisation, size: 16, within: isSample ? 700 : 880)
        let natural = FigureText.width(result.sentence, size: 29, isBold: true)
        let size = 29 * min(1, 880 / max(natural, 1))
        return """
            <text x="40" y="52" font-size="15" font-weight="600" fill="\(FigurePaint.softInk)">\(name)</text>\
            <text x="40" y="91" font-size="\(size)" font-weight="700" fill="\(FigurePaint.ink)">\(result.sentence)</text>\
            <text x="40" y="119" font-size="15" fill="\(FigurePaint.softInk)">\(windowWords)</text>\
            \(sampleMark, if: isSample)
            """
    }

    private var sampleMark: HTML {
        let words = Phrase("figure.sample").text
        let width = FigureText.width(words, size: 14, isBold: true) + 28
        return """
            <rect x="\(920 - width)" y="33" width="\(width)" height="28" rx="14" fill="#fbf0d2"/>\
            <text x="\(920 - width / 2)" y="52" text-anchor="middle" font-size="14" font-weight="600" \
            fill="#7d5600">\(words)</text>
            """
    }

    private func foot(_ lines: [String], at top: Double, _ width: Double) -> HTML {
        let texts: [HTML] = lines.enumerated().map { index, line in
            #"<text x="40" y="\#(top + 8 + Double(index) * 18)">\#(line)</text>"#
        }
        return """
            <path d="M40 \(top - 12)H\(width - 40)" stroke="#e2dfd8"/>\
            <g font-size="12" fill="#6a665d">\(texts)</g>
            """
    }
}
