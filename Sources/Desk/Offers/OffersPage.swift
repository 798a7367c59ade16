import Kernel
import Markup
import Methods
import Web

/// What goes together, the surest first, and whether offering it helps.
struct OffersPage: Page {
    let report: OfferReport?
    let portion: Portion<OfferPair>
    let query: Query
    let mayExport: Bool

    var title: String { Phrase("offers.title").text }

    var main: HTML {
        """
        <section class="page offers" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "offers.lead") \(asOf)</p></div>\
        \(##"<div class="actions"><a class="btn" href="/offers/csv" download>CSV</a></div>"##, if: mayExport && !portion.items.isEmpty)\
        </header>\(content)</section>
        """
    }

    private var asOf: HTML? {
        report.map { "\(t: "lists.asOf", .day(daysSinceEpoch: $0.day.daysSinceEpoch))" }
    }

    private var content: HTML {
        guard let report else {
            return """
                <div class="empty card"><h2>\(t: "offers.none")</h2><p class="muted">\(t: "offers.none.how")</p></div>
                """
        }
        return "\(OfferOutcomeCard(report: report).html)\(table(report))\(method(report))"
    }

    private func table(_ report: OfferReport) -> HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(query["after"] == nil ? why(report) : Phrase("offers.noMore"))</p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(t: "offers.sorted")</caption><thead><tr>\
            <th scope="col">\(t: "offers.column.bought")</th><th scope="col">\(t: "offers.column.offer")</th>\
            <th scope="col" class="number">\(t: "offers.column.times")</th>\
            <th scope="col" class="number wide">\(t: "offers.column.together")</th>\
            <th scope="col" class="number">\(t: "offers.column.could")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    private func line(_ pair: OfferPair) -> HTML {
        let address = "/offers/\(pair.id)"
        let name = Phrase("offers.pair", .text(pair.bought), .text(pair.offered)).text
        return """
            <tr><td><bdi>\(pair.bought)</bdi></td><td><bdi>\(pair.offered)</bdi></td>\
            <td class="number">\(OfferWords.range(pair))</td>\
            <td class="number wide">\(t: "offers.ofMany", .count(pair.together), .count(pair.boughtBy))</td>\
            <td class="number"><a href="\(address)" aria-label="\(t: "offers.could.of", .count(pair.could), .text(name))">\
            \(.count(pair.could))</a></td></tr>
            """
    }

    private func why(_ report: OfferReport) -> Phrase {
        if report.customers == 0 { return Phrase("offers.why.noProducts") }
        if report.products < 2 { return Phrase("offers.why.fewProducts", .count(report.support)) }
        if report.tested == 0 { return Phrase("offers.why.fewPairs", .count(report.support)) }
        return Phrase("offers.why.nothing", .count(report.tested))
    }

    private func method(_ report: OfferReport) -> HTML {
        var notes: [Phrase] = [
            Phrase(
                "offers.method.looked", .count(report.customers), .count(report.products),
                .count(report.support)),
            Phrase(
                "offers.method.tested", .count(report.tested), .count(report.found),
                .percent(OfferRules.falseShare, decimals: 0)),
            Phrase("offers.method.each", .count(OfferChoice.most)),
        ]
        if report.broadCustomers > 0 {
            notes.append(
                Phrase("offers.method.broad", .count(report.broadCustomers), .count(PairCount.broad)))
        }
        if report.productsLeftOut > 0 {
            notes.append(
                Phrase("offers.method.products", .count(report.productsLeftOut), .count(OfferRun.products)))
        }
        if report.found > OfferRules.most {
            notes.append(Phrase("offers.method.pairs", .count(OfferRules.most)))
        }
        return """
            <section class="card" aria-labelledby="method"><h2 class="h" id="method">\(t: "offers.method")</h2>
            \(notes.map { "<p>\($0)</p>" as HTML })</section>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/offers" + query.with("after", next)
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}

/// Whether those who could be offered something bought it more often than those left alone.
struct OfferOutcomeCard {
    let report: OfferReport

    var html: HTML {
        """
        <section class="card" aria-labelledby="outcome"><h2 class="h" id="outcome">\(t: "offers.helps")</h2>\(content)</section>
        """
    }

    private var content: HTML {
        guard report.open.customers > 0 || report.held.customers > 0 else {
            return #"<p class="muted">\#(t: "offers.helps.none", .count(OfferReport.days))</p>"#
        }
        return "\(made)<p>\(sides)</p>\(verdict)"
    }

    private var sides: HTML {
        "\(t: "offers.helps.sides", .count(OfferReport.days), .count(report.open.bought), .count(report.open.customers), .count(report.held.bought), .count(report.held.customers))"
    }

    private var made: HTML {
        let phrase = Phrase(
            "offers.helps.made", .count(report.made.customers), .count(report.accepted),
            .count(report.declined),
            .count(report.made.bought), .count(report.notMade.customers), .count(report.notMade.bought))
        return "<p>\(phrase)</p>"
    }

    private var verdict: HTML {
        guard let comparison = report.comparison, let range = try? comparison.interval() else {
            return #"<p class="faint">\#(t: "offers.helps.oneSided")</p>"#
        }
        func points(_ share: Double) -> Argument { .number(share * 100, decimals: 1) }
        let key =
            range.lowerBound > 0
            ? "offers.helps.yes" : range.upperBound < 0 ? "offers.helps.no" : "offers.helps.open"
        return """
            <p>\(t: key, points(abs(comparison.difference)), points(range.lowerBound), points(range.upperBound))</p>
            """
    }
}
