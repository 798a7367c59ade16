import Kernel
import Markup
import Web

/// A segment to write or to change; once more with what was typed where that may not stand.
struct SegmentFormPage: Page {
    let id: Int64?
    let content: SegmentContent
    var refusal: SegmentRefusal?

    var title: String { Phrase(id == nil ? "segment.new" : "segment.edit").text }

    var main: HTML {
        let fields: [HTML] = [
            field("name", content.name, .text, required: true), field("need", content.need, .lines(3)),
            field("valued", content.valued, .lines(3)),
            field("unique_value", content.uniqueValue, .lines(3)),
            field("filter", content.filter, .lines(3), required: true),
        ]
        let back = id.map { "/segments/\($0)" } ?? "/segments"
        return """
            <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
            <p class="muted">\(t: "segment.form.lead")</p></div></header>\(general)
            \(Form(
                back, name: "stack card",
                content: """
                    \(fields)<div class="actions"><button class="primary">\(t: "segment.keep")</button>\
                    <a class="btn quiet" href="\(back)">\(t: "segment.cancel")</a></div>
                    """
            ).html)</section>
            """
    }

    /// What is wrong with no field of its own.
    private var general: HTML? {
        guard let refusal, refusal.field == nil else { return nil }
        return #"<p class="field-error" role="alert">\#(refusal.phrase)</p>"#
    }

    private func field(
        _ name: String, _ value: String, _ kind: Field.Kind, required: Bool = false
    ) -> HTML {
        Field(
            name: name, label: Phrase("segment.\(name)").text, value: value, kind: kind,
            hint: Phrase("segment.\(name).hint").text,
            error: refusal?.field == name ? refusal?.phrase.text : nil, required: required
        ).html
    }
}
