import Kernel
import Markup
import Web

/// One segment: what it says, who is in it, what to look at next.
struct SegmentPage: Page {
    let segment: Segment
    let changedBy: String?
    let mayEdit: Bool
    let mayExport: Bool
    let maySeeProfile: Bool

    var title: String { segment.content.name }

    private var path: String { "/segments/\(segment.id)" }

    var main: HTML {
        """
        <section class="page" data-live="customers"><header class="page-head"><div><h1 class="segment-words"><bdi>\(segment.content.name)</bdi></h1>\
        <p class="muted">\(size)</p></div><div class="actions">\(acts)</div></header>
        \(##"<p class="notice card">\##(t: "segment.isArchived")</p>"##, if: segment.isArchived)
        <div class="two"><section class="card" aria-labelledby="what"><h2 class="h" id="what">\(t: "segment.what")</h2>\
        <dl class="segment">\(row("need", segment.content.need))\(row("valued", segment.content.valued))\
        \(row("unique_value", segment.content.uniqueValue))</dl></section>
        <section class="card" aria-labelledby="who"><h2 class="h" id="who">\(t: "segment.who")</h2>\
        <p><code class="segment-filter">\(segment.content.filter)</code></p><ul class="segment-links">\(looks)</ul></section></div>
        <p class="faint">\(changed) <a href="\(path + "/versions")">\(t: "segment.versions")</a></p></section>
        """
    }

    private var size: HTML {
        let asOf = SegmentWords.asOf(segment)
        guard segment.computedAt != nil else { return asOf }
        return "\(t: "segment.size", segment.members) \(asOf)"
    }

    private func row(_ name: String, _ words: String) -> HTML {
        let said: HTML =
            words.isEmpty ? #"<span class="faint">\#(t: "segment.unsaid")</span>"# : "<bdi>\(words)</bdi>"
        return #"<dt>\#(Phrase("segment.\(name)"))</dt><dd class="segment-words">\#(said)</dd>"#
    }

    private var looks: [HTML] {
        let live = "/people" + Query("").with("filter", segment.content.filter)
        let csv = "/people.csv" + Query("").with("filter", "segment_id:\(segment.id)")
        var links: [HTML] = [
            #"<li><a href="\#(path + "/members")">\#(t: "segment.look.members")</a></li>"#,
            #"<li><a href="\#(live)">\#(t: "segment.look.live")</a></li>"#,
        ]
        if maySeeProfile {
            links.append(
                #"<li><a href="\#("/profile?segment=\(segment.id)")">\#(t: "segment.look.profile")</a></li>"#)
            links.append(
                #"<li><a href="\#("/nps?segment=\(segment.id)")">\#(t: "segment.look.nps")</a></li>"#)
        }
        for list in CustomerList.allCases {
            let address = "/lists/\(list.rawValue)?segment=\(segment.id)"
            links.append(
                #"<li><a href="\#(address)">\#(t: "segment.look.list", Phrase("lists.\(list.rawValue)").text)</a></li>"#
            )
        }
        if mayExport { links.append(#"<li><a href="\#(csv)" download>\#(t: "segment.look.csv")</a></li>"#) }
        return links
    }

    private var changed: HTML {
        let when = Argument.instant(segment.current.changedAt.milliseconds)
        let version = Argument.text("\(segment.current.version)")
        guard let changedBy else { return "\(t: "segment.version.when", version, when)" }
        return "\(t: "segment.version.whenBy", version, when, .text(changedBy))"
    }

    private var acts: HTML? {
        guard mayEdit else { return nil }
        if segment.isArchived {
            return "\(form: path + "/return", button: Phrase("segment.return"))"
        }
        return """
            <a class="btn" href="\(path + "/edit")">\(t: "segment.edit")</a>\
            \(form: path + "/counting", button: Phrase("segment.count"))\
            \(form: path + "/archiving", button: Phrase("segment.archiving"))
            """
    }
}
