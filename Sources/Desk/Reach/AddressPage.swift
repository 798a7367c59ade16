import Kernel
import Markup
import Web

/// Adds one address of a customer, or changes one.
struct AddressPage: Page {
    let party: Party
    /// Nil for a new one.
    let address: Address?
    var answers = Answers()

    var title: String {
        Phrase(address == nil ? "persons.address.add" : "persons.address.change").text
    }

    private var path: String { "/people/\(party.id)/addresses" }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(party.name)</bdi></p></div>\
        <a class="btn" href="/people/\(party.id.value)">\(t: "persons.back")</a></header>
        <div class="card">\(answers.notice)\(Form(address.map { "\(path)/\($0.id)" } ?? path, content: fields).html)</div>
        \(address.map(others))</section>
        """
    }

    private var fields: HTML {
        """
        <div class="stack">\(kind)\(answers.field("value", Phrase("persons.address.value"), standard: address?.value ?? "", autocomplete: "off"))\
        \(network)\(label)\
        \(tick("preferred", address?.isPreferred ?? false))\(tick("verified", address?.verifiedAt != nil))</div>\
        <p><button class="btn primary">\(t: "form.save")</button></p>
        """
    }

    private var kind: HTML {
        let kinds = Address.Kind.allCases.map {
            Choice($0.rawValue, Phrase("persons.address.kind.\($0.rawValue)").text)
        }
        let standard = address?.kind ?? .email
        return answers.field(
            "kind", Phrase("persons.address.kind"), .choice(kinds), standard: standard.rawValue)
    }

    private var network: HTML {
        answers.suggesting(
            "network", Phrase("persons.address.network"),
            from: ["Instagram", "X", "Facebook", "LinkedIn", "WhatsApp", "Signal", "Mastodon"],
            standard: address?.network ?? "", hint: Phrase("persons.address.network.hint"), required: false)
    }

    private var label: HTML {
        answers.suggesting(
            "label", Phrase("persons.address.label"), from: AddressLabel.allCases.map(\.text),
            standard: address.map { AddressLabel.text(of: $0.label) } ?? "",
            hint: Phrase("persons.address.label.hint"), required: false)
    }

    private func tick(_ name: String, _ standard: Bool) -> HTML {
        // A box that was unticked sends nothing, so an answered form says by its other fields that it was asked.
        let isTicked = answers.typed.pairs.isEmpty ? standard : answers.typed.flag(name)
        return Field(
            name: name, label: Phrase("persons.address.\(name)Tick").text, value: isTicked ? "true" : "",
            kind: .checkbox, error: answers.complaints[name]?.text
        ).html
    }

    /// What is done with one press: taking it, and taking it off.
    private func others(_ address: Address) -> HTML {
        let way = "\(path)/\(address.id)"
        let prefer = Form(
            "\(way)/preference",
            content: #"<button class="btn">\#(t: "persons.address.prefer")</button>"#
        ).html
        let remove = Form(
            "\(way)/removal",
            content: #"<button class="btn danger">\#(t: "persons.address.remove")</button>"#
        ).html
        return """
            <section class="card"><div class="actions">\(prefer, if: !address.isPreferred)\(remove)</div>\
            <p class="muted">\(t: "persons.address.remove.what")</p></section>
            """
    }
}
