import Markup
import Methods

/// The three bands as rows of characters, labels beside them where there is room and above them where there is not.
struct TerminalBars {
    let pen: TerminalPen
    let bands: [FigureBand]
    let outlines: [BandOutline]
    let isSilhouette: Bool
    /// Characters for the picture, and per person.
    let columns: Int
    let scale: Double
    let isStacked: Bool
    /// What is wanted on each level, level 1 first; empty where nothing is.
    let desired: [Int]

    /// A band is three rows high: head, middle, foot.
    private static let heights = [5.0 / 6, 0.5, 1.0 / 6]

    init(figure: ProfileFigure, width: Int, pen: TerminalPen) {
        self.pen = pen
        bands = figure.bands
        isSilhouette = figure.result.verdict.showsSilhouette
        let counts = bands.map(\.count)
        outlines =
            isSilhouette
            ? BandOutline.silhouette(counts)
            : counts.map { BandOutline(foot: Double($0), middle: Double($0), head: Double($0)) }
        let labels = bands.flatMap { TerminalBars.labels($0, among: figure.bands, pen) }
        let beside = width - 3 - (labels.map(\.count).max() ?? 0)
        isStacked = beside < 16
        columns = min(isStacked ? width : beside, 64)
        desired = figure.desired.map { [$0.levels.first, $0.levels.repeating, $0.levels.advocate] } ?? []
        let drawn = zip(bands, outlines).map { max($0.range.upperBound, $1.widest * $0.stretch) }
        let people = (drawn + desired.map(Double.init)).max() ?? 1
        scale = Double(columns) / people
    }

    /// Top band first, an empty row between bands.
    var lines: [String] {
        var lines: [String] = []
        for index in bands.indices.reversed() {
            if !lines.isEmpty { lines.append("") }
            lines += isStacked ? stacked(index) : beside(index)
        }
        return lines
    }

    private func stacked(_ index: Int) -> [String] {
        let band = bands[index]
        let label = "\(pen.spelled(band.number)) \(pen.spelled(band.words))"
        let range = band.isMeasured ? [pen.spelled(band.rangeWords.text)] : []
        let isOneLine = label.count + 2 + (range.first?.count ?? 0) <= columns
        let words = isOneLine ? [([label] + range).joined(separator: "  ")] : [label] + range
        return words + TerminalBars.heights.map { pen.paint(row(index, at: $0).text, band.level) }
    }

    private func beside(_ index: Int) -> [String] {
        let band = bands[index]
        let labels = TerminalBars.labels(band, among: bands, pen)
        let words = ["", labels[0], labels.count > 1 ? labels[1] : ""]
        return zip(TerminalBars.heights, words).map { height, words in
            let row = row(index, at: height)
            guard !words.isEmpty else { return pen.paint(row.text, band.level) }
            let blanks = String(repeating: " ", count: max(0, columns - row.length) + 3)
            return pen.paint(row.text, band.level) + blanks + words
        }
    }

    /// "11,908  first purchase" with numbers right-aligned, and the interval under the words.
    private static func labels(_ band: FigureBand, among bands: [FigureBand], _ pen: TerminalPen) -> [String]
    {
        let digits = bands.map { pen.spelled($0.number).count }.max() ?? 0
        let number = pen.spelled(band.number)
        let indent = String(repeating: " ", count: digits - number.count)
        let label = "\(indent)\(number)  \(pen.spelled(band.words))"
        guard band.isMeasured else { return [label] }
        return [label, String(repeating: " ", count: digits + 2) + pen.spelled(band.rangeWords.text)]
    }
}

extension TerminalBars {
    /// One row of a band and how many characters it covers, blanks at its left included.
    private func row(_ index: Int, at height: Double) -> (text: String, length: Int) {
        let row = bare(index, at: height)
        // A band is as wide as its count in its middle row, so that is where the wish is held against it.
        guard height == TerminalBars.heights[1], desired.indices.contains(index) else { return row }
        let width = Double(desired[index]) * scale
        let left = isSilhouette ? Int(((Double(columns) - width) / 2).rounded()) : nil
        let right =
            isSilhouette ? Int(((Double(columns) + width) / 2).rounded()) - 1 : Int(width.rounded()) - 1
        var cells = Array(row.text)
        for place in [left, right].compactMap(\.self).map({ min(max($0, 0), columns - 1) }) {
            while cells.count <= place { cells.append(" ") }
            cells[place] = pen.desiredMark
        }
        return (String(cells), cells.count)
    }

    private func bare(_ index: Int, at height: Double) -> (text: String, length: Int) {
        let band = bands[index]
        guard band.isMeasured else { return dots }
        let width = outlines[index].width(at: height)
        let cells = TerminalCells(
            columns: columns, core: width * scale, rim: width * band.stretch * scale, isCentred: isSilhouette)
        let row = pen.hasUnicode ? cells.eighths : cells.ascii
        return (row, row.count)
    }

    /// The empty place of a level nobody has measured.
    private var dots: (text: String, length: Int) {
        let dots = String(repeating: pen.hasUnicode ? "·" : ".", count: min(8, columns))
        let text = isSilhouette ? String(repeating: " ", count: (columns - dots.count) / 2) + dots : dots
        return (text, text.count)
    }
}

/// One bar of characters: its solid part and, where it covers whole characters, the rim that may belong to it.
struct TerminalCells {
    let columns: Int
    /// Widths in characters.
    let core: Double, rim: Double
    let isCentred: Bool

    /// The width is exact to an eighth; the left edge, for which there are no eighths, stands on halves.
    var eighths: String {
        let length = min(Int((core * 8).rounded()), columns * 8)
        guard length >= 8 else { return thin(length) }
        let left = isCentred ? (columns * 8 - length) / 2 / 4 * 4 : 0
        let right = left + length
        var cells = rimCells("░", from: left / 8, to: (right + 7) / 8)
        if left % 8 == 4 { cells[left / 8] = "▐" }
        for cell in (left + 7) / 8..<right / 8 { cells[cell] = "█" }
        if right % 8 > 0 { cells[right / 8] = TerminalCells.blocks[right % 8 - 1] }
        return String(cells)
    }

    private static let blocks: [Character] = Array("▏▎▍▌▋▊▉")

    /// Less than one character wide: as much of it as there is, and a line for nothing.
    private func thin(_ length: Int) -> String {
        let cell = isCentred ? columns / 2 : 0
        var cells = rimCells("░", from: cell, to: cell + 1)
        cells[cell] = length > 0 ? TerminalCells.blocks[length - 1] : "│"
        return String(cells)
    }

    var ascii: String {
        let length = min(Int(core.rounded()), columns)
        let left = isCentred ? (columns - max(length, 1)) / 2 : 0
        var cells = rimCells(":", from: left, to: left + max(length, 1))
        for cell in left..<left + max(length, 1) { cells[cell] = length > 0 ? "#" : "|" }
        return String(cells)
    }

    /// Characters up to where the bar or its rim ends; blanks before.
    private func rimCells(_ shade: Character, from left: Int, to right: Int) -> [Character] {
        let start = isCentred ? Int(((Double(columns) - rim) / 2).rounded(.up)) : right
        let end = isCentred ? columns - start : Int(rim.rounded(.down))
        var cells = [Character](repeating: " ", count: min(columns, max(right, end)))
        for cell in cells.indices where cell >= start && cell < left || cell >= right && cell < end {
            cells[cell] = shade
        }
        return cells
    }
}
