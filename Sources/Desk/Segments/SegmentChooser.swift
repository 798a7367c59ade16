import Kernel
import Markup
import Storage
import Web

/// Chooses whose numbers a screen shows: everybody's, or those of one segment.
struct SegmentChooser {
    let segments: [Segment]
    let current: Int64?
    let path: String

    var html: HTML? {
        guard !segments.isEmpty else { return nil }
        let options = segments.map { segment -> HTML in
            let isChosen = segment.id == current
            return #"""
                <option value="\#(segment.id)" \#(attribute: "selected", if: isChosen)>\#(segment.content.name)</option>
                """#
        }
        return """
            <form class="segment-chooser" method="get" action="\(path)"><label for="segment">\(t: "segment.of")</label>\
            <select id="segment" name="segment"><option value="">\(t: "segment.everybody")</option>\(options)</select>\
            <button class="btn">\(t: "profile.window.show")</button></form>
            """
    }
}

extension Query {
    /// The segment a screen is asked for; nil for everybody.
    var segment: Int64? {
        get throws {
            let text = text("segment")
            if text.isEmpty { return nil }
            guard let id = Int64(text), id > 0 else { throw NotFound() }
            return id
        }
    }
}
