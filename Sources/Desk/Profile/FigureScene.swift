import Methods

/// Where everything of a picture stands, in the units of its drawing. Knows neither colours nor markup.
struct FigureScene: Sendable {
    /// One level with its place.
    struct Place: Sendable {
        let band: FigureBand
        /// Widths in units of the drawing.
        let outline: BandOutline
        /// The whiskers' ends: the interval's widths at half height.
        let range: ClosedRange<Double>
        let top: Double, height: Double
        var label: Label

        var middle: Double { top + height / 2 }
    }

    /// The number and the words of a level: in its band, or beside it with a line that leads there.
    struct Label: Sendable, Equatable {
        var x: Double, y: Double
        var isInside: Bool
        /// Where the leader line begins; nil where the words stand right beside.
        var leaderStart: Double?
    }

    /// The measures a scene is laid out by.
    struct Layout: Sendable {
        var width: Double, height: Double
        var margin: Double = 12
        var gap: Double = 6
        /// All labels stand in a column at the right that begins here; nil: inside where they fit.
        var column: Double?
        var numberSize: Double = 20
        var wordSize: Double = 13
    }

    let layout: Layout
    let isSilhouette: Bool
    /// The middle of a silhouette, or the foot of all bars.
    let origin: Double
    /// Level 1 first.
    var places: [Place]
    let desired: [BandOutline]

    /// Units per person.
    let scale: Double

    static let hairline = 2.0
    /// How wide the empty place of an unmeasured level is drawn.
    static let slot = 72.0

    init(_ figure: ProfileFigure, _ layout: Layout) {
        let isSilhouette = figure.result.verdict.showsSilhouette
        var columnWidth = layout.column.map { layout.width - $0 + 28 } ?? 0
        var scene = FigureScene(figure, layout, isSilhouette, columnWidth)
        // Labels that do not fit make room beside the picture, which makes it narrower, and so once more.
        for _ in 0..<3 where layout.column == nil {
            let needed = scene.roomBeside
            guard needed > columnWidth else { break }
            columnWidth = needed
            scene = FigureScene(figure, layout, isSilhouette, columnWidth)
        }
        self = scene
    }

    private init(
        _ figure: ProfileFigure, _ layout: Layout, _ isSilhouette: Bool, _ columnWidth: Double
    ) {
        let bands = figure.bands
        let outlines = FigureScene.outlines(bands.map(\.count), isSilhouette)
        let wanted = figure.desired?.levels
        let dashed =
            wanted.map { FigureScene.outlines([$0.first, $0.repeating, $0.advocate], isSilhouette) } ?? []
        let full = layout.width - 2 * layout.margin - columnWidth
        let people = FigureScene.widest(bands, outlines, dashed)
        let scale = people > 0 ? full / people : 0
        self.layout = layout
        self.isSilhouette = isSilhouette
        self.scale = scale
        origin = isSilhouette ? layout.margin + full / 2 : layout.margin
        desired = dashed.map { $0 * scale }
        places = []
        let height = (layout.height - 2 * layout.margin - 2 * layout.gap) / 3
        for (index, band) in bands.enumerated() {
            let top = layout.margin + Double(2 - index) * (height + layout.gap)
            places.append(
                Place(
                    band: band, outline: outlines[index] * scale,
                    range: band.range.lowerBound * scale...band.range.upperBound * scale, top: top,
                    height: height,
                    label: Label(x: origin, y: top + height / 2, isInside: true)))
        }
        for index in places.indices { places[index].label = label(of: places[index], columnWidth) }
    }

    private static func outlines(_ counts: [Int], _ isSilhouette: Bool) -> [BandOutline] {
        if isSilhouette { return BandOutline.silhouette(counts) }
        return counts.map { BandOutline(foot: Double($0), middle: Double($0), head: Double($0)) }
    }

    /// The widest thing to be drawn, in people: an edge, the soft rim outside it, or an edge that is wanted.
    private static func widest(
        _ bands: [FigureBand], _ outlines: [BandOutline], _ dashed: [BandOutline]
    ) -> Double {
        let drawn = zip(bands, outlines).map { band, outline in
            band.isMeasured ? max(outline.widest * band.stretch, band.range.upperBound) : 0
        }
        return max(drawn.max() ?? 0, dashed.map(\.widest).max() ?? 0)
    }
}

extension FigureBand {
    /// How much wider than the count the interval reaches.
    var stretch: Double { count > 0 ? range.upperBound / Double(count) : 0 }
    /// How much of the count is certain.
    var core: Double { count > 0 ? range.lowerBound / Double(count) : 0 }
}

extension FigureScene {
    /// Left and right end of something so wide.
    func ends(_ width: Double) -> (left: Double, right: Double) {
        let drawn = max(width, FigureScene.hairline)
        return isSilhouette ? (origin - drawn / 2, origin + drawn / 2) : (origin, origin + drawn)
    }

    private func label(of place: Place, _ columnWidth: Double) -> Label {
        let end = place.band.isMeasured ? ends(place.range.upperBound).right : ends(FigureScene.slot).right
        if let column = layout.column {
            return Label(x: column, y: place.middle, isInside: false, leaderStart: end + 6)
        }
        if fits(place) {
            let solid = place.outline.middle * place.band.core
            return Label(x: isSilhouette ? origin : origin + solid / 2, y: place.middle, isInside: true)
        }
        guard isSilhouette else { return Label(x: end + 12, y: place.middle, isInside: false) }
        let x = layout.width - layout.margin - columnWidth + 28
        return Label(x: x, y: place.middle, isInside: false, leaderStart: end + 6)
    }

    /// Whether number and words stand on the solid part of a band with some air round them.
    private func fits(_ place: Place) -> Bool {
        guard place.band.isMeasured else { return false }
        let textHeight = layout.numberSize + layout.wordSize + 6
        guard textHeight < place.height else { return false }
        let reach = textHeight / place.height / 2
        let widths = [0.5 - reach, 0.5, 0.5 + reach].map { place.outline.width(at: $0) * place.band.core }
        return (widths.min() ?? 0) >= textWidth(place.band) + 16
    }

    private func textWidth(_ band: FigureBand) -> Double {
        max(
            FigureText.width(band.number, size: layout.numberSize, isBold: true),
            FigureText.width(band.words, size: layout.wordSize))
    }

    /// What the labels that stand outside need at the right. Behind a short bar there is room anyway.
    private var roomBeside: Double {
        let end = layout.width - layout.margin
        let outside = places.filter { place in
            !place.label.isInside && (isSilhouette || place.label.x + textWidth(place.band) > end)
        }
        return outside.map { textWidth($0.band) + 28 }.max() ?? 0
    }
}
