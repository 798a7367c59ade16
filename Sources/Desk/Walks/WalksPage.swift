import Kernel
import Markup
import Web

/// What is due to be looked at, and what was found and is not mended.
struct WalksPage: Page {
    let places: Portion<Place>
    let findings: Portion<WalkFinding>
    let today: LocalDate
    let isFirst: Bool
    let mayKeep: Bool

    var title: String { Phrase("walk.title").text }

    var main: HTML {
        """
        <section class="page walks"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "walk.lead")</p></div><div class="actions">\
        <a class="btn" href="/walks/findings">\(t: "walk.findings")</a>\
        \(##"<a class="btn primary" href="/walks/places/new">\##(t: "walk.place.new")</a>"##, if: mayKeep)</div></header>
        \(open, if: isFirst)\(content)</section>
        """
    }

    private var open: HTML {
        guard !findings.items.isEmpty else { return .empty }
        return """
            <section class="card" aria-labelledby="open"><h2 class="h" id="open">\(t: "walk.findings.open")</h2>
            \(WalkFindingTable(findings: findings.items, today: today).html)\
            \(##"<p><a href="/walks/findings">\##(t: "walk.findings.all")</a></p>"##, if: findings.next != nil)</section>
            """
    }

    private var content: HTML {
        guard !places.items.isEmpty else {
            return """
                <div class="empty card"><h2>\(t: "walk.none")</h2><p class="muted">\(t: "walk.none.how")</p></div>
                """
        }
        return """
            <table class="rows"><caption>\(t: "walk.sorted")</caption><thead><tr>\
            <th scope="col">\(t: "walk.column.place")</th><th scope="col">\(t: "walk.column.next")</th>\
            <th scope="col" class="wide">\(t: "walk.column.rhythm")</th>\
            <th scope="col" class="wide">\(t: "walk.column.owner")</th><th scope="col">\(t: "walk.column.do")</th></tr></thead>
            <tbody>\(places.items.map(line))</tbody></table>\(more)
            """
    }

    private func line(_ place: Place) -> HTML {
        let address = "/walks/places/\(place.id)"
        return """
            <tr><td><a href="\(address)"><bdi>\(place.name)</bdi></a> <span class="chip">\(t: "walk.kind.\(place.kind.rawValue)")</span></td>\
            <td>\(.day(daysSinceEpoch: place.next.daysSinceEpoch)) \(WalkWords.state(WalkState(next: place.next, today: today)))</td>\
            <td class="wide">\(WalkWords.rhythm(place))</td><td class="wide">\(WalkWords.owner(place.owner))</td>\
            <td><a class="btn" href="\("\(address)/walk")" aria-label="\(t: "walk.begin.of", place.name)">\(t: "walk.begin")</a></td></tr>
            """
    }

    private var more: HTML? {
        guard let next = places.next else { return nil }
        let address = "/walks?after=\(next)"
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}

/// Words about walks, the same wherever they stand.
enum WalkWords {
    static func state(_ state: WalkState) -> HTML? {
        switch state {
        case .later: nil
        case .due: #"<span class="chip warn">\#(t: "walk.due")</span>"#
        case .overdue: #"<span class="chip danger">\#(t: "walk.overdue")</span>"#
        }
    }

    static func rhythm(_ place: Place) -> Phrase {
        Phrase("walk.every.\(place.unit.rawValue)", .count(place.every))
    }

    static func owner(_ owner: Owner?) -> HTML {
        guard let owner else { return "\(t: "lists.nobody")" }
        let gone: HTML = #" <span class="chip warn">\#(t: "walk.notHere")</span>"#
        return "<bdi>\(owner.name)</bdi>\(gone, if: !owner.isHere)"
    }

    static func photos(_ photos: [WalkPhoto], of item: String) -> HTML? {
        guard !photos.isEmpty else { return nil }
        let all = photos.map { photo -> HTML in
            let address = "/walks/photos/\(photo.id)"
            return """
                <a href="\(address)"><img src="\(address)" alt="\(t: "walk.photo.of", item)" loading="lazy"></a>
                """
        }
        return #"<p class="walk-photos">\#(all)</p>"#
    }
}

/// Findings as a table, each with who mends it by when.
struct WalkFindingTable {
    let findings: [WalkFinding]
    let today: LocalDate

    var html: HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(t: "walk.findings")">\
        <table class="table"><caption class="hidden">\(t: "walk.findings")</caption><thead><tr>\
        <th scope="col">\(t: "walk.column.what")</th><th scope="col">\(t: "walk.column.place")</th>\
        <th scope="col">\(t: "walk.column.due")</th><th scope="col">\(t: "walk.column.mends")</th></tr></thead>
        <tbody>\(findings.map(line))</tbody></table></div>
        """
    }

    private func line(_ finding: WalkFinding) -> HTML {
        let address = "/walks/findings/\(finding.id)"
        return """
            <tr><th scope="row"><a href="\(address)"><bdi>\(finding.itemWords)</bdi></a> <span class="reason">\(finding.words)</span></th>\
            <td><bdi>\(finding.placeName)</bdi></td><td>\(due(finding))</td><td>\(WalkWords.owner(finding.owner))</td></tr>
            """
    }

    private func due(_ finding: WalkFinding) -> HTML {
        if let day = finding.mendedDay {
            return
                #"<span class="chip good">\#(t: "walk.mendedOn", .day(daysSinceEpoch: day.daysSinceEpoch))</span>"#
        }
        return
            "\(.day(daysSinceEpoch: finding.due.daysSinceEpoch)) \(WalkWords.state(WalkState(next: finding.due, today: today)))"
    }
}

/// Every finding that is open.
struct WalkFindingsPage: Page {
    let portion: Portion<WalkFinding>
    let today: LocalDate
    let isFirst: Bool

    var title: String { Phrase("walk.findings.open").text }

    var main: HTML {
        """
        <section class="page walks"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "walk.findings.lead")</p></div>\
        <div class="actions"><a class="btn" href="/walks">\(t: "walk.all")</a></div></header>\(content)</section>
        """
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: isFirst ? "walk.findings.none" : "walk.findings.noMore")</p>"#
        }
        let next: HTML? = portion.next.map { next in
            let address = "/walks/findings?after=\(next)"
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return "\(WalkFindingTable(findings: portion.items, today: today).html)\(next)"
    }
}
