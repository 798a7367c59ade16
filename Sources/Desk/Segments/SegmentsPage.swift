import Kernel
import Markup
import Web

/// Every segment, and how many are in it.
struct SegmentsPage: Page {
    let segments: [Segment]
    let isArchive: Bool
    let mayEdit: Bool

    var title: String { Phrase("segment.title").text }

    var main: HTML {
        """
        <section class="page" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: isArchive ? "segment.lead.archive" : "segment.lead")</p></div><div class="actions">\(links)</div></header>
        \(list)</section>
        """
    }

    private var links: HTML {
        let other: HTML =
            isArchive
            ? #"<a class="btn" href="/segments">\#(t: "segment.inUse")</a>"#
            : #"<a class="btn" href="/segments?show=archive">\#(t: "segment.archive")</a>"#
        return """
            \(other)\(##"<a class="btn primary" href="/segments/new">\##(t: "segment.new")</a>"##, if: mayEdit)
            """
    }

    private var list: HTML {
        guard !segments.isEmpty else {
            return """
                <div class="empty card"><h2>\(t: isArchive ? "segment.none.archive" : "segment.none")</h2>\
                <p class="muted">\(t: "segment.none.how")</p></div>
                """
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "segment.name")</th><th scope="col" class="wide">\(t: "segment.need")</th>\
            <th scope="col" class="number">\(t: "segment.members")</th><th scope="col" class="wide">\(t: "segment.asOf")</th></tr></thead>
            <tbody>\(segments.map(line))</tbody></table>
            """
    }

    private func line(_ segment: Segment) -> HTML {
        """
        <tr><td><a href="/segments/\(segment.id)"><bdi>\(segment.content.name)</bdi></a></td>\
        <td class="wide segment-words">\(segment.content.need)</td><td class="number">\(SegmentWords.members(segment))</td>\
        <td class="wide muted">\(SegmentWords.asOf(segment))</td></tr>
        """
    }
}

/// How a segment's size and date are said everywhere.
enum SegmentWords {
    static func members(_ segment: Segment) -> HTML {
        segment.computedAt == nil ? "–" : "\(.count(segment.members))"
    }

    static func asOf(_ segment: Segment) -> HTML {
        if !segment.problem.isEmpty { return #"<span class="field-error">\#(t: "segment.problem")</span>"# }
        guard let at = segment.computedAt else { return "\(t: "segment.waiting")" }
        let when: HTML = "\(t: "segment.asOf.when", .instant(at.milliseconds))"
        return segment.isBehind ? "\(when) \(t: "segment.behind")" : when
    }
}
