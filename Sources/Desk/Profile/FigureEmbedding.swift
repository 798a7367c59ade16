public import Markup

extension ProfileFigure {
    /// The picture for a page of ours: colours, fonts and darkness come from the style sheet.
    ///
    /// - Parameters:
    ///   - id: unlike any other id on the page.
    ///   - links: where a click on each level leads.
    public func embedded(id: String = "profile-figure", links: [Level: String] = [:]) -> HTML {
        let layout = FigureScene.Layout(width: 560, height: 336)
        let scene = FigureScene(self, layout)
        let drawing = FigureDrawing(scene: scene, paint: .classes, links: links)
        let lines = noteLines(size: 13, within: layout.width - 2 * layout.margin)
        let height = layout.height + Double(lines.count) * 19
        return """
            <svg class="figure" viewBox="0 0 \(layout.width) \(height)" role="\(links.isEmpty ? "img" : "group")" \
            aria-labelledby="\(id)-title \(id)-desc"><title id="\(id)-title">\(title)</title>\
            <desc id="\(id)-desc">\(summary)</desc>\(drawing.content)\
            \(note(lines, x: layout.margin, y: layout.height + 10, in: .classes))</svg>
            """
    }

    /// Why no shape is drawn, broken into lines.
    func noteLines(size: Double, within width: Double) -> [String] {
        result.note.map { FigureText.lines(of: $0.text, size: size, within: width) } ?? []
    }

    func note(_ lines: [String], x: Double, y: Double, in paint: FigurePaint) -> [HTML] {
        lines.enumerated().map { index, line in
            #"<text x="\#(x)" y="\#(y + Double(index) * 19)" \#(paint: .note, in: paint)>\#(line)</text>"#
        }
    }
}
