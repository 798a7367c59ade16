import Markup
import Web

/// Enters a customer, or changes what is known of one.
struct CustomerFormPage: Page {
    /// Nil for a new one.
    let id: Int64?
    var kind = Party.Kind.person
    var values: [String: String] = [:]
    var refusal: (field: String, phrase: Phrase)?

    var title: String { Phrase(id == nil ? "customers.add" : "customer.edit").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><h1>\(title)</h1></header>
        <div class="card">\(Form(id.map { "/people/\($0)" } ?? "/people", content: fields).html)</div></section>
        """
    }

    private var fields: HTML {
        let kinds = [Party.Kind.person, .organisation].map {
            Choice($0.rawValue, Phrase("party.\($0.rawValue)").text)
        }
        return """
            <div class="stack">\(field("name", required: true))
            \(Field(name: "kind", label: Phrase("customer.kind").text, value: kind.rawValue, kind: .choice(kinds)).html)
            \(field("email", .email))\(field("phone", .telephone))
            \(field("outside_id", hint: "customer.outsideID.hint"), if: id == nil)</div>
            <p><button class="btn primary">\(t: "form.save")</button></p>
            """
    }

    private func field(
        _ name: String, _ kind: Field.Kind = .text, required: Bool = false, hint: String? = nil
    ) -> HTML {
        Field(
            name: name, label: Phrase("customer.field.\(name)").text, value: values[name] ?? "", kind: kind,
            hint: hint.map { Phrase($0).text },
            error: refusal.flatMap { $0.field == name ? $0.phrase.text : nil }, required: required
        ).html
    }
}
