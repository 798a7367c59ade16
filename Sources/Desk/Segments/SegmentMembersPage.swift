import Kernel
import Markup
import Web

/// Who is in a segment, as of its last run.
struct SegmentMembersPage: Page {
    let segment: Segment
    let portion: Portion<CustomerRow>

    var title: String { segment.content.name }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1 class="segment-words"><bdi>\(title)</bdi></h1><p class="muted">\
        \(t: "segment.size", segment.members) \(SegmentWords.asOf(segment)) \(t: "filter.sorted")</p></div>
        <a class="btn" href="/segments/\(segment.id)">\(t: "segment.back")</a></header>\(list)</section>
        """
    }

    private var list: HTML {
        guard !portion.items.isEmpty else { return #"<p class="empty">\#(t: "segment.nobody")</p>"# }
        let next: HTML? = portion.next.map { next in
            let address = "/segments/\(segment.id)/members?after=\(next)"
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(t: "segment.members")</caption>
              <thead><tr><th scope="col">\(t: "customers.name")</th><th scope="col">\(t: "customers.level")</th>\
            <th scope="col" class="wide">\(t: "customers.email")</th><th scope="col" class="number">\(t: "customers.occasions")</th>\
            <th scope="col" class="number">\(t: "customers.last")</th></tr></thead>
              <tbody>\(portion.items.map(CustomerLine.html))</tbody></table>\(next)
            """
    }
}
