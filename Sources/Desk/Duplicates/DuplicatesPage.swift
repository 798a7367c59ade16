import Kernel
import Markup
import Web

/// Pairs of customers who may be one, surest first, with the reasons.
struct DuplicatesPage: Page {
    let portion: Portion<DuplicatePair>
    let isDismissed: Bool
    let run: DuplicateRun?
    let query: Query

    var title: String { Phrase("duplicates.title").text }

    var main: HTML {
        """
        <section class="page" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: isDismissed ? "duplicates.sorted.dismissed" : "duplicates.sorted") \(when)</p></div>\
        <a class="btn" href="/merges">\(t: "merging.list.title")</a></header>
        <nav class="chooser" aria-label="\(t: "duplicates.parts")"><span class="parts">\
        \(tab("duplicates.open", "/duplicates", !isDismissed))\
        \(tab("duplicates.part.dismissed", "/duplicates?show=dismissed", isDismissed))</span></nav>
        \(content)\(notes)</section>
        """
    }

    private func tab(_ key: String, _ address: String, _ isHere: Bool) -> HTML {
        """
        <a class="btn" href="\(address)" \(attribute: "aria-current", "true", if: isHere)>\(Phrase(key))</a>
        """
    }

    private var when: HTML? {
        run.map { "\(t: "duplicates.searched", .instant($0.finishedAt.milliseconds), .count($0.customers))" }
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            let key =
                isDismissed
                ? "duplicates.none.dismissed" : run == nil ? "duplicates.none.yet" : "duplicates.none"
            return "<p class=\"empty\">\(Phrase(key))</p>"
        }
        return "<ol class=\"plain duplicate-list\">\(portion.items.map(DuplicateLine.html))</ol>\(more)"
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/duplicates" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    /// What the search left out, said plainly.
    private var notes: HTML? {
        guard let run, !isDismissed else { return nil }
        var notes: [HTML] = []
        if run.crowds > 0 {
            notes.append(
                "<p class=\"faint\">\(t: "duplicates.crowds", .count(run.crowds), .count(DuplicateBlocks.largest))</p>"
            )
            if !run.crowd.isEmpty {
                notes.append(
                    "<p class=\"faint\">\(t: "duplicates.crowd", .count(run.crowdSize), .text(run.crowd))</p>"
                )
            }
        }
        if run.isCut {
            notes.append("<p class=\"faint\">\(t: "duplicates.cut", DuplicateSearch.most)</p>")
        }
        return "\(notes)"
    }
}

/// One pair in a list.
enum DuplicateLine {
    static func html(_ pair: DuplicatePair) -> HTML {
        """
        <li class="card duplicate-pair"><div class="duplicate-names">\(member(pair.one))\(member(pair.other))</div>
        <p>\(confidence(pair)) <span>\(reasons(pair))</span></p>
        <div class="actions">\(work(pair))</div></li>
        """
    }

    private static func member(_ member: DuplicatePair.Member) -> HTML {
        """
        <div><a href="/people/\(member.id.value)"><bdi>\(member.name)</bdi></a> \
        <span class="faint">\(Phrase("duplicates.number", .text("\(member.id)")))</span>\
        \(##"<div class="muted">\##(member.email ?? "")</div>"##, if: member.email != nil)</div>
        """
    }

    static func confidence(_ pair: DuplicatePair) -> HTML {
        let style = pair.confidence == .sure ? "good" : pair.confidence == .likely ? "warn" : ""
        return #"<span class="chip \#(style)">\#(Phrase("duplicates.\(pair.confidence.rawValue)"))</span>"#
    }

    static func reasons(_ pair: DuplicatePair) -> HTML {
        let words = pair.reasons.map { Phrase("duplicates.reason.\($0.rawValue)").text }
        return "\(words.joined(separator: ", "))."
    }

    private static func work(_ pair: DuplicatePair) -> HTML {
        let (one, other) = (pair.one.id.value, pair.other.id.value)
        if pair.dismissedAt != nil {
            return "\(form: "/duplicates/\(one)/\(other)/reopening", button: Phrase("duplicates.reopen"))"
        }
        return """
            <a class="btn primary" href="/people/\(one)/merge?with=\(other)">\(t: "duplicates.compare")\
            <span class="hidden"> \(pair.one.name), \(pair.other.name)</span></a>
            \(Form("/duplicates/\(one)/\(other)/dismissal", content: """
                <button class="btn">\(t: "duplicates.dismiss")<span class="hidden"> \(pair.one.name), \(pair.other.name)</span></button>
                """).html)
            """
    }
}
