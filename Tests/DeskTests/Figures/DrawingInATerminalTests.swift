import Markup
import Testing

@testable import Desk

@Suite struct `Drawing in a terminal` {
    init() { FigureWords.install() }

    @Test(arguments: [40, 41, 48, 60, 72, 80, 100, 120], [false, true])
    func `stays within the width and shows every number`(_ width: Int, unicode: Bool) throws {
        for counts in [(11_908, 9874, 1788), (120, 15, 60), (420, 1310, 160), (100_000, 900, 3), (5, 3, 0)] {
            let figure = try figure(counts.0, counts.1, counts.2)

            let text = figure.terminal(width: width, colour: false, unicode: unicode)

            #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
            for band in figure.bands { #expect(text.contains(band.number)) }
        }
    }

    @Test(arguments: [40, 80, 120])
    func `is ASCII to the last letter where nothing else can be shown, in German too`(_ width: Int) throws {
        let text = try Reader.$current.withValue(FigureWords.german) {
            try figure(300, 80, 0, measured: false).terminal(width: width, colour: false, unicode: false)
        }

        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("Fuersprecher") || text.contains("Empfehlungen"))
    }

    @Test func `draws widths to an eighth of a character`() {
        #expect(TerminalCells(columns: 10, core: 4, rim: 4, isCentred: true).eighths == "   ████")
        #expect(TerminalCells(columns: 10, core: 4.25, rim: 4.25, isCentred: true).eighths == "  ▐███▊")
        #expect(TerminalCells(columns: 10, core: 3.5, rim: 3.5, isCentred: false).eighths == "███▌")
        #expect(TerminalCells(columns: 10, core: 0.3, rim: 0.3, isCentred: false).eighths == "▎")
        #expect(TerminalCells(columns: 10, core: 0, rim: 0, isCentred: false).eighths == "│")
        #expect(TerminalCells(columns: 10, core: 4, rim: 8, isCentred: true).eighths == " ░░████░░")
        #expect(TerminalCells(columns: 10, core: 4, rim: 8, isCentred: true).ascii == " ::####::")
    }

    @Test func `uses colour only when asked`() throws {
        let figure = try figure(1000, 400, 60)

        #expect(!figure.terminal(width: 80, colour: false, unicode: true).contains("\u{1B}"))
        #expect(figure.terminal(width: 80, colour: true, unicode: true).contains("\u{1B}[34m"))
    }

    @Test func `says in words why no shape is named`() throws {
        let text = try figure(5, 3, 1).terminal(width: 80, colour: false, unicode: true)

        #expect(text.contains("Too little data to name a shape"))
        #expect(text.contains("9 people on three levels"))
    }
}
