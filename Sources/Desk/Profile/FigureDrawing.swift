import Markup

/// A scene turned into markup, with one paint.
struct FigureDrawing: Sendable {
    let scene: FigureScene
    let paint: FigurePaint
    /// Where a click on a level leads, such as the list of those customers.
    var links: [Level: String] = [:]
    var showsRanges = false

    var content: HTML {
        "\(scene.places.map(band))\(scene.places.map(label))\(desired)"
    }

    private func band(_ place: FigureScene.Place) -> HTML {
        let level = place.band.level
        let shapes: HTML = place.band.isMeasured ? measured(place) : slot(place)
        let group: HTML = "<g><title>\(tooltip(place))</title>\(shapes)</g>"
        guard let link = links[level] else { return group }
        return #"<a href="\#(link)">\#(group)</a>"#
    }

    private func tooltip(_ place: FigureScene.Place) -> String {
        let words = "\(place.band.number) \(place.band.words)"
        return place.band.isMeasured ? "\(words) (\(place.band.rangeWords.text))" : place.band.words
    }

    private func measured(_ place: FigureScene.Place) -> HTML {
        let level = place.band.level
        let core = outline(place.outline * place.band.core, place)
        let rim = outline(place.outline * place.band.stretch, place)
        let edge = outline(place.outline, place)
        return """
            <path d="\(rim)" \(paint: .rim(level), in: paint)/><path d="\(core)" \(paint: .core(level), in: paint)/>\
            <path d="\(edge)" \(paint: .edge(level), in: paint)/>\
            <path d="\(whiskers(place))" \(paint: .whisker(level), in: paint)/>
            """
    }

    private func slot(_ place: FigureScene.Place) -> HTML {
        let width = FigureScene.slot
        let edges = BandOutline(foot: width, middle: width, head: width)
        return #"<path d="\#(outline(edges, place))" \#(paint: .slot(place.band.level), in: paint)/>"#
    }

    /// The band clockwise from its upper left corner; the inner corners are where its edges bend.
    private func outline(_ outline: BandOutline, _ place: FigureScene.Place) -> String {
        let (head, middle, foot) = (
            scene.ends(outline.head), scene.ends(outline.middle), scene.ends(outline.foot)
        )
        let bottom = place.top + place.height
        let corners = [
            (head.left, place.top), (head.right, place.top), (middle.right, place.middle),
            (foot.right, bottom), (foot.left, bottom), (middle.left, place.middle),
        ]
        return FigureDrawing.path(corners) + "Z"
    }

    /// At half height, from the least to the most credible width, on both sides of a silhouette.
    private func whiskers(_ place: FigureScene.Place) -> String {
        let inner = scene.ends(place.range.lowerBound)
        let outer = scene.ends(place.range.upperBound)
        var path = whisker(from: inner.right, to: outer.right, at: place.middle)
        if scene.isSilhouette { path += whisker(from: outer.left, to: inner.left, at: place.middle) }
        return path
    }

    private func whisker(from left: Double, to right: Double, at y: Double) -> String {
        let cap = 4.0
        return FigureDrawing.path([(left, y), (right, y)])
            + FigureDrawing.path([(left, y - cap), (left, y + cap)])
            + FigureDrawing.path([(right, y - cap), (right, y + cap)])
    }

    /// `M1 2L3 4`, to a tenth of a unit.
    static func path(_ points: [(Double, Double)]) -> String {
        points.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(tenths(point.0)) \(tenths(point.1))"
        }.joined()
    }

    static func tenths(_ number: Double) -> String {
        let rounded = (number * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

extension FigureDrawing {
    private func label(_ place: FigureScene.Place) -> HTML {
        place.label.isInside ? inside(place) : beside(place)
    }

    private func inside(_ place: FigureScene.Place) -> HTML {
        let x = place.label.x
        let y = place.label.y
        return """
            <g text-anchor="middle" pointer-events="none">\
            <text x="\(x)" y="\(y - 1)" \(paint: .numberInside, in: paint)>\(place.band.number)</text>\
            <text x="\(x)" y="\(y + 18)" \(paint: .wordsInside, in: paint)>\(place.band.words)</text></g>
            """
    }

    private func beside(_ place: FigureScene.Place) -> HTML {
        let x = place.label.x
        let y = place.label.y
        let lines: HTML = """
            <text x="\(x)" y="\(y - 2)" \(paint: .number, in: paint)>\(place.band.number)</text>\
            <text x="\(x)" y="\(y + 18)" \(paint: .words, in: paint)>\(place.band.words)</text>\
            \(range(place, x, y + 37), if: showsRanges && place.band.isMeasured)
            """
        return "\(leader(place))<g>\(lines)</g>"
    }

    private func range(_ place: FigureScene.Place, _ x: Double, _ y: Double) -> HTML {
        #"<text x="\#(x)" y="\#(y)" \#(paint: .range, in: paint)>\#(place.band.rangeWords)</text>"#
    }

    private func leader(_ place: FigureScene.Place) -> HTML? {
        guard let start = place.label.leaderStart, place.label.x - 8 > start + 4 else { return nil }
        let path = FigureDrawing.path([(start, place.middle), (place.label.x - 8, place.middle)])
        return #"<path d="\#(path)" \#(paint: .leader, in: paint)/>"#
    }

    /// One dashed line round all levels as they are wanted.
    private var desired: HTML? {
        guard !scene.desired.isEmpty else { return nil }
        var right: [(Double, Double)] = []
        var left: [(Double, Double)] = []
        for (outline, place) in zip(scene.desired, scene.places) {
            let bottom = place.top + place.height
            let heights = [(outline.foot, bottom), (outline.middle, place.middle), (outline.head, place.top)]
            for (width, y) in heights {
                right.append((scene.ends(width).right, y))
                left.append((scene.ends(width).left, y))
            }
        }
        let corner = right.last ?? (0, 0)
        return """
            <path d="\(FigureDrawing.path(right + left.reversed()))Z" \(paint: .desired, in: paint)/>\
            <text x="\(corner.0 + 10)" y="\(corner.1 + 3)" \(paint: .desiredWords, in: paint)>\(t: "figure.desired")</text>
            """
    }
}
