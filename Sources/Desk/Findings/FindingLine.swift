import Kernel
import Markup
import Web

/// One finding as it stands in a list: the sentence, what it rests on, and the ways to its evidence.
struct FindingLine {
    let kept: KeptFinding
    let words: FindingWords
    let sight: FindingSight
    let now: Instant

    private var finding: Finding { kept.finding }

    var html: HTML {
        """
        <li><span class="dot \(finding.kind.tone(finding.subject))" aria-hidden="true"></span><div>\
        <p><b>\(words.headline(finding))</b>\(mark)</p><p class="muted">\(words.detail(finding))</p>\
        \(reason)<p class="finding-links">\(links)</p></div></li>
        """
    }

    private var mark: HTML? {
        kept.isNew(at: now) ? #" <span class="chip good">\#(t: "finding.new")</span>"# : nil
    }

    private var reason: HTML? {
        kept.aside.map {
            #"<p class="muted">\#(t: "finding.aside.why", .instant($0.at.milliseconds)) <bdi>\#($0.reason)</bdi></p>"#
        }
    }

    private var links: HTML {
        let headline = words.headlineText(finding)
        let own: HTML = """
            <a href="/findings/\(kept.id)" aria-label="\(t: "finding.counts.of", headline)">\(t: "finding.counts")</a>
            """
        guard let address = sight.link(finding.evidence) else { return own }
        return """
            \(own) <a href="\(address)" aria-label="\(t: "finding.evidence.of", headline)">\(t: "finding.evidence")</a>
            """
    }
}

/// What the profile screen says under the picture.
struct FindingsCard {
    /// More than these are a click away.
    static let most = 6

    let shown: FindingsShown

    var html: HTML {
        """
        <section class="card findings" aria-labelledby="findings-title"><h2 class="h" id="findings-title">\(t: "finding.says") \
        <small>\(asOf.map { "\($0)" as HTML })</small></h2>\(content)</section>
        """
    }

    /// The days looked at, which are not always those of the picture above.
    private var asOf: Phrase? {
        shown.state.map { state in
            Phrase(
                "finding.asOf", .day(daysSinceEpoch: state.window.lowerBound.daysSinceEpoch),
                .day(daysSinceEpoch: state.window.upperBound.daysSinceEpoch),
                .day(daysSinceEpoch: state.day.daysSinceEpoch))
        }
    }

    private var content: HTML {
        guard shown.state != nil else { return #"<p class="empty">\#(t: "finding.notYet")</p>"# }
        let open = shown.open
        let lines = open.prefix(FindingsCard.most).map { shown.line($0).html }
        let list: HTML =
            open.isEmpty
            ? #"<p class="empty">\#(t: "finding.none")</p>"# : #"<ul class="advice">\#(Array(lines))</ul>"#
        return "\(list)\(aside)<p class=\"actions\"><a class=\"btn\" href=\"/findings\">\(all)</a></p>"
    }

    private var all: Phrase {
        let more = shown.open.count - FindingsCard.most
        return more > 0 ? Phrase("finding.more", .count(more)) : Phrase("finding.all")
    }

    private var aside: HTML? {
        shown.aside.isEmpty
            ? nil
            : """
            <details><summary>\(t: "finding.aside.folded", shown.aside.count)</summary>\
            <ul class="advice">\(shown.aside.map { shown.line($0).html })</ul></details>
            """
    }
}

/// The findings one person may see, with the names they say.
struct FindingsShown {
    let state: FindingState?
    let all: [KeptFinding]
    let words: FindingWords
    let sight: FindingSight
    let now: Instant

    var open: [KeptFinding] { all.filter { $0.finding.kind != .lever && $0.aside == nil } }
    var aside: [KeptFinding] { all.filter { $0.finding.kind != .lever && $0.aside != nil } }

    func lever(_ level: String) -> KeptFinding? {
        all.first { $0.finding.kind == .lever && $0.finding.subject == level }
    }

    func line(_ kept: KeptFinding) -> FindingLine {
        FindingLine(kept: kept, words: words, sight: sight, now: now)
    }

    static func read(_ store: FindingStore, _ sight: FindingSight) async throws -> FindingsShown {
        let all = try await store.open().filter { sight.sees($0.finding) }
        let names = sight.seesCustomers ? try await store.names(all.flatMap(\.finding.parties)) : [:]
        return FindingsShown(
            state: try await store.state(), all: all, words: FindingWords(names: names), sight: sight,
            now: store.clock.now)
    }
}
