import Foundation
import FoundationXML
import Kernel
import Markup
import Methods
import Pictures
import Testing

@testable import Desk

@Suite struct `Drawing a profile` {
    init() { FigureWords.install() }

    @Test func `draws 5 to 3 to 1 as one straight triangle`() {
        let bands = BandOutline.silhouette([5, 3, 1])

        #expect(bands[0] == BandOutline(foot: 6, middle: 5, head: 4))
        #expect(bands[1] == BandOutline(foot: 4, middle: 3, head: 2))
        #expect(bands[2] == BandOutline(foot: 2, middle: 1, head: 0))
    }

    @Test(arguments: [
        [1000, 400, 60], [120, 15, 60], [4, 40, 2], [100_000, 900, 3], [300, 0, 20], [0, 0, 0],
    ])
    func `is to scale at half height and nowhere flares beyond twice the count`(_ counts: [Int]) {
        let bands = BandOutline.silhouette(counts)

        #expect(bands.map(\.middle) == counts.map(Double.init))
        for band in bands {
            #expect(band.foot >= 0 && band.head >= 0)
            #expect(band.widest <= 2 * band.middle)
        }
    }

    @Test(arguments: [(1000, 400, 60), (120, 15, 60), (4, 40, 2), (100_000, 900, 3), (300, 80, 0)])
    func `keeps everything inside the drawing, with every label on the page`(_ counts: (Int, Int, Int)) throws
    {
        let scene = FigureScene(try figure(counts.0, counts.1, counts.2), .init(width: 560, height: 336))

        for place in scene.places {
            let ends = scene.ends(place.outline.widest * place.band.stretch)
            #expect(ends.left >= 0 && ends.right <= 560)
            #expect(scene.ends(place.range.upperBound).right <= 560)
            let words = FigureText.width(place.band.words, size: 13)
            #expect(place.label.isInside || place.label.x + words <= 560)
            #expect(abs(place.outline.middle - Double(place.band.count) * scene.scale) < 1e-9)
        }
    }

    @Test func `writes a number beside a band too narrow for it, with a line that leads there`() throws {
        let scene = FigureScene(try figure(100_000, 900, 3), .init(width: 560, height: 336))

        #expect(scene.places.map(\.label.isInside) == [true, false, false])
        #expect(scene.places[2].label.leaderStart != nil)
    }

    @Test func `shows no silhouette where the shape is withheld, and says why`() throws {
        let history = try figure(300, 80, 20, history: true)
        let scene = FigureScene(history, .init(width: 560, height: 336))

        #expect(!scene.isSilhouette)
        #expect(scene.places.allSatisfy { $0.outline.foot == $0.outline.head })
        #expect(history.embedded().text.contains("everyone looks new"))
        #expect(history.standalone.contains("History starts here"))
        #expect(!history.standalone.contains("Probabilities"))
    }

    @Test func `leaves the place of an unmeasured level empty instead of drawing nothing as zero`() throws {
        let unmeasured = try figure(300, 80, 0, measured: false)
        let zero = try figure(300, 80, 0)

        #expect(unmeasured.embedded().text.contains("figure-slot"))
        #expect(!zero.embedded().text.contains("figure-slot"))
        #expect(zero.embedded().text.contains(">0<"))
    }

    @Test func `puts everything a stranger needs into the file to take away`() throws {
        let svg = try figure(1000, 400, 60).standalone

        for words in [
            "Harbour &amp; Sons", "Sample data", "A pyramid, narrow in the middle", "1,000", "400", "60",
            "95%: 939 to 1,063", "23 Nov 2025 to 22 Nov 2026", "A shape is named from a probability of 95%",
        ] { #expect(svg.contains(words), "\(words)") }
        #expect(!svg.contains("class=") && !svg.contains("var(") && !svg.contains("style="))
        #expect(XMLCheck.isWellFormed(svg))
    }

    @Test func `makes a picture of it with the words drawn`() throws {
        let pixels = try Raster(png: try png(svg: try figure(1000, 400, 60).standalone, width: 960))

        #expect(pixels.dark(x: 40..<500, y: 65..<95) > 800)
        #expect(pixels.dark(x: 690..<760, y: 415..<460) > 100)
    }

    @Test func `takes its colours from the page where it stands in one, and speaks to those who hear it`()
        throws
    {
        let svg = try figure(1000, 400, 60).embedded(id: "now", links: [.first: "/people?level=first"]).text

        #expect(svg.contains(#"class="figure-core figure-first""#))
        #expect(!svg.contains("fill=") && !svg.contains("style="))
        #expect(svg.contains(#"aria-labelledby="now-title now-desc""#))
        #expect(svg.contains("Three levels: 1,000 first, 400 repeat, 60 advocates"))
        #expect(svg.contains(#"href="/people?level=first""#))
    }

    @Test func `draws the wanted widths as a dashed line, to the same scale`() throws {
        let wanted = DesiredProfile(Levels(first: 800, repeating: 600, advocate: 300))
        let figure = try figure(1000, 400, 60, desired: wanted)

        #expect(figure.embedded().text.contains("figure-desired"))
        #expect(figure.standalone.contains("desired"))
    }

    @Test func `speaks German to a German reader`() throws {
        let svg = try Reader.$current.withValue(FigureWords.german) { try figure(1000, 400, 60).standalone }

        #expect(svg.contains("Eine Pyramide, schmal in der Mitte"))
        #expect(svg.contains("1.000") && svg.contains("Beispieldaten"))
        #expect(!svg.contains("figure."))
    }
}

/// The profile of a shop whose name needs care.
func figure(
    _ first: Int, _ repeating: Int, _ advocate: Int, measured: Bool = true, history: Bool = false,
    desired: DesiredProfile? = nil
) throws -> ProfileFigure {
    let levels = Levels(first: first, repeating: repeating, advocate: advocate)
    let result = try shape(
        of: levels, advocacyMeasured: measured, historyBeginsInside: history, windowDays: 365,
        medianCycleDays: 40)
    let end = LocalDate(daysSinceEpoch: 20_779)
    return try ProfileFigure(
        result, window: end + -364...end, organisation: "Harbour & Sons", isSample: true,
        advocacyMeasured: measured, desired: desired)
}

/// Reads a text as XML, as the strictest of its readers will.
enum XMLCheck {
    static func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }
}
