import Markup
import Methods

/// The three levels as bars on one middle line, current and desired, with room to pull the desired ones wider. A script
/// puts handles on it; without one the number fields beside it say the same.
struct DesiredPicture {
    let current: Levels
    let isMeasured: Bool
    let wanted: Levels

    private static let (width, height, bar, gap) = (560.0, 324.0, 88.0, 16.0)

    /// The widest bar fills so much of the picture, so that there is room beyond it.
    private static let filled = 0.6

    /// Units per person.
    private var scale: Double {
        let people = [current, wanted].flatMap { [$0.first, $0.repeating, $0.advocate] }.max() ?? 0
        return DesiredPicture.width * DesiredPicture.filled / Double(max(people, 10))
    }

    var html: HTML {
        let levels: [ProfileLevel] = [.advocate, .repeating, .first]
        let bars = levels.enumerated().map { place, level in
            band(level, top: 14 + Double(place) * (DesiredPicture.bar + DesiredPicture.gap))
        }
        return """
            <svg class="figure desired-figure" viewBox="0 0 \(DesiredPicture.width) \(DesiredPicture.height)" role="group" \
            aria-labelledby="desired-title" data-desired data-scale="\(String(scale))" data-limit="\(DesiredVersion.most)">\
            <title id="desired-title">\(t: "desired.picture")</title>\(bars)</svg>
            """
    }

    private func band(_ level: ProfileLevel, top: Double) -> HTML {
        let count = current.count(of: level)
        let middle = DesiredPicture.width / 2
        let solid = Double(count) * scale
        let dashed = Double(wanted.count(of: level)) * scale
        let name = Phrase("desired.\(level.rawValue)")
        let isShown = level != .advocate || isMeasured
        let now: Phrase =
            isShown
            ? Phrase("desired.picture.now", .count(count), .text(name.text))
            : Phrase("figure.level.unmeasured")
        return """
            <g class="figure-\(level.rawValue)" data-level="\(level.rawValue)" data-label="\(t: "desired.\(level.rawValue)")">\
            <rect class="figure-core" x="\(rounded(middle - solid / 2))" y="\(top + 22)" width="\(rounded(solid))" height="\(DesiredPicture.bar - 44)"/>\
            <rect class="figure-desired" data-outline x="\(rounded(middle - dashed / 2))" y="\(top + 8)" width="\(rounded(dashed))" height="\(DesiredPicture.bar - 16)"/>\
            <text class="figure-words desired-now" x="8" y="\(top + 2)">\(now)</text></g>
            """
    }

    private func rounded(_ number: Double) -> String { FigureDrawing.tenths(number) }
}
