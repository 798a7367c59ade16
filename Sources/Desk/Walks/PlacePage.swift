import Kernel
import Markup
import Web

/// One place: what is looked at, what was found, and every walk.
struct PlacePage: Page {
    let place: Place
    let items: [PlaceItem]
    let walks: Portion<Walk>
    let findings: [WalkFinding]
    let names: [Int64: String]
    let today: LocalDate
    let mayKeep: Bool

    var title: String { place.name }

    private var path: String { "/walks/places/\(place.id)" }

    var main: HTML {
        """
        <section class="page walks"><header class="page-head"><div><h1><bdi>\(place.name)</bdi></h1>\
        <p class="muted">\(t: "walk.kind.\(place.kind.rawValue)") · \(WalkWords.rhythm(place)) · \(WalkWords.owner(place.owner))</p></div>
        <div class="actions"><a class="btn" href="/walks">\(t: "walk.all")</a>\(acts)</div></header>
        \(next)<div class="beside"><div class="stack">\(history)</div><div class="stack">\(list)</div></div>\(found)</section>
        """
    }

    private var acts: HTML? {
        guard mayKeep else { return nil }
        let noun = place.isRetired ? "restoring" : "retirement"
        let key = place.isRetired ? "walk.place.restore" : "walk.place.retire"
        let form = Form("\(path)/\(noun)", content: #"<button class="btn">\#(t: key)</button>"#).html
        let edit = "\(path)/edit"
        return #"<a class="btn" href="\#(edit)">\#(t: "walk.place.edit")</a>\#(form)"#
    }

    private var next: HTML {
        guard !place.isRetired else { return #"<p class="empty">\#(t: "walk.place.isRetired")</p>"# }
        return """
            <p>\(t: "walk.nextOn", .day(daysSinceEpoch: place.next.daysSinceEpoch)) \
            \(WalkWords.state(WalkState(next: place.next, today: today))) \
            <a class="btn primary" href="\("\(path)/walk")">\(t: "walk.begin")</a></p>
            """
    }

    private var list: HTML {
        """
        <section class="card" aria-labelledby="items"><h2 class="h" id="items">\(t: "walk.items")</h2>\
        <ul class="plain">\(items.map { "<li><bdi>\($0.words)</bdi></li>" as HTML })</ul></section>
        """
    }

    private var found: HTML? {
        guard !findings.isEmpty else { return nil }
        return """
            <section class="card"><h2 class="h">\(t: "walk.findings")</h2>\
            \(WalkFindingTable(findings: findings, today: today).html)</section>
            """
    }

    private var history: HTML {
        let rows: HTML =
            walks.items.isEmpty
            ? #"<p class="muted">\#(t: "walk.history.none")</p>"#
            : #"<ul class="plain">\#(walks.items.map(line))</ul>\#(more)"#
        return """
            <section class="card" aria-labelledby="history"><h2 class="h" id="history">\(t: "walk.history")</h2>\(rows)</section>
            """
    }

    private func line(_ walk: Walk) -> HTML {
        let address = "/walks/\(walk.id)"
        return """
            <li><a href="\(address)">\(.day(daysSinceEpoch: walk.day.daysSinceEpoch))</a> \
            <bdi>\(walk.walkedBy.flatMap { names[$0] } ?? "–")</bdi>: \(WalkPage.sums(walk))</li>
            """
    }

    private var more: HTML? {
        guard let next = walks.next else { return nil }
        let address = "\(path)?after=\(next)"
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}

/// One walk: what was said of each item, with its pictures.
struct WalkPage: Page {
    let walk: Walk
    let place: Place
    let marks: [WalkMark]
    let names: [Int64: String]

    var title: String {
        Phrase("walk.of", .text(place.name), .day(daysSinceEpoch: walk.day.daysSinceEpoch)).text
    }

    static func sums(_ walk: Walk) -> Phrase {
        Phrase("walk.sums", .count(walk.fine), .count(walk.wrong), .count(walk.apart))
    }

    var main: HTML {
        """
        <section class="page narrow walks"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(walk.walkedBy.flatMap { names[$0] } ?? "–")</bdi> · \(.instant(walk.at.milliseconds)) · \(WalkPage.sums(walk))</p></div>
        <div class="actions"><a class="btn" href="\("/walks/places/\(place.id)")">\(t: "walk.toPlace")</a></div></header>
        \(words)\(marks.map(card))</section>
        """
    }

    private var words: HTML? { walk.words.isEmpty ? nil : #"<p class="walk-words">\#(walk.words)</p>"# }

    private func card(_ mark: WalkMark) -> HTML {
        let tone =
            switch mark.verdict {
            case .fine: "chip good"
            case .wrong: "chip danger"
            case .apart: "chip"
            }
        return """
            <section class="card"><h2 class="h"><bdi>\(mark.item.words)</bdi> \
            <span class="\(tone)">\(t: "walk.verdict.\(mark.verdict.rawValue)")</span></h2>\
            \("<p class=\"walk-words\">\(mark.words)</p>", if: !mark.words.isEmpty)\(WalkWords.photos(mark.photos, of: mark.item.words))</section>
            """
    }
}
