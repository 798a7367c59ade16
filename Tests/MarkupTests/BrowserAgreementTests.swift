import Markup
import Testing

@Suite struct `Reading a literal as a browser reads it` {
    private static let pieces = [
        "<a", "<p", "<b>", "</b>", "<svg>", "</svg>", " href=", " title=", " onclick=", " style=", " x", " ",
        "\n", "=",
        "\"", "'", "\"", "'", ">", ">", "/", "/>", "<!--", "-->", "--", "-", "!", "<!doctype html>",
        "<script>",
        "</script>", "<script", "</script", "<style>", "</style>", "<title>", "</title>", "<textarea>",
        "</textarea >", "<",
        "</", "words", "1", "&", "?", "#", ":", "https", "javascript",
    ]

    /// Beginnings that reach the deeper places more often than chance would.
    private static let beginnings = [
        "", "", "<a href=\"", "<p title='", "<p ", "<title>", "<textarea>", "<svg><a xlink:href=\"", "<pre>",
        "<!--",
    ]

    @Test func `agrees about every place in random markup`() {
        var dice = Dice(seed: 4711)
        var met: [String: Int] = [:]

        for _ in 0..<20_000 {
            let beginning = Self.beginnings[dice.roll(Self.beginnings.count)]
            let literal =
                beginning + (0..<dice.roll(9)).map { _ in Self.pieces[dice.roll(Self.pieces.count)] }.joined()
            var state = HTMLState()
            state.feed(literal)
            let place = state.placeFor(.words)
            met[kind(of: place), default: 0] += 1
            #expect(agrees(place, after: literal), "\(place) after \(literal)")
        }
        for kind in ["text", "words", "attribute", "address", "forbidden"] {
            #expect(met[kind, default: 0] > 100)
        }
    }

    /// Puts a mark where the value would stand and looks where the parser finds it.
    private func agrees(_ place: Place, after literal: String) -> Bool {
        let mark = "qzqzq"
        switch place {
        case .text, .words:
            let dom = DOM(bytes: Array((literal + mark).utf8))
            let hidden = dom.elements.contains {
                ["script", "style"].contains($0.name) && $0.text.contains(mark)
            }
            return !hidden && dom.elements.first?.text.contains(mark) == true
                && !anyAttribute(of: dom, holds: mark)
        case .attribute, .address:
            let dom = DOM(bytes: Array((literal + mark + "\"'>").utf8))
            let holders = dom.elements.flatMap { $0.attributes }.filter { $0.value.contains(mark) }
            return holders.allSatisfy {
                !$0.key.hasPrefix("on") && $0.key != "style" && !$0.key.contains(mark)
            }
                && dom.elements.first?.text.contains(mark) != true
        case .tag, .forbidden: return true
        }
    }

    private func anyAttribute(of dom: DOM, holds mark: String) -> Bool {
        dom.elements.contains { $0.attributes.contains { $0.key.contains(mark) || $0.value.contains(mark) } }
    }

    private func kind(of place: Place) -> String { String("\(place)".prefix { $0 != "(" }) }
}
