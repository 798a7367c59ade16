import Kernel
import Markup

/// How to reach a customer: every address, what it is for, and what was taken off lately.
struct ReachCard {
    let record: CustomerRecord
    let former: [FormerAddress]
    let mayEdit: Bool

    private var path: String { "/people/\(record.party.id)/addresses" }

    var html: HTML {
        let ids = record.outsideIDs.map { id -> HTML in "<dt>\(t: "customer.outsideID")</dt><dd>\(id)</dd>" }
        let isEmpty = record.addresses.isEmpty && ids.isEmpty
        return """
            <section class="card reach" aria-labelledby="reach"><h2 class="h" id="reach">\(t: "customer.reach")</h2>
            \(##"<p class="muted">\##(t: "customer.reach.none")</p>"##, if: isEmpty)
            <dl class="facts">\(record.addresses.map(line))\(ids)</dl>\(add)\(removed)</section>
            """
    }

    private func line(_ address: Address) -> HTML {
        """
        <dt>\(ReachCard.kind(address.kind, address.network))\(label(address))</dt>\
        <dd>\(ReachCard.link(address)) \(chips(address))\(change(address))</dd>
        """
    }

    static func kind(_ kind: Address.Kind, _ network: String) -> HTML {
        kind == .handle ? "<bdi>\(network)</bdi>" : "\(t: "address.\(kind.rawValue)")"
    }

    private func label(_ address: Address) -> HTML? {
        guard !address.label.isEmpty else { return nil }
        return #", <bdi>\#(AddressLabel.text(of: address.label))</bdi>"#
    }

    /// A phone is called and a mail written by pressing it.
    static func link(_ address: Address) -> HTML {
        switch address.kind {
        case .email: #"<a href="mailto:\#(address.value)"><bdi>\#(address.value)</bdi></a>"#
        case .phone: #"<a href="tel:\#(address.key)"><bdi>\#(address.value)</bdi></a>"#
        case .handle: "<bdi>\(address.value)</bdi>"
        }
    }

    private func chips(_ address: Address) -> HTML {
        let proof = address.verifiedAt == nil ? "address.claimed" : "address.verified"
        return """
            \(##"<span class="chip">\##(t: "persons.address.preferred")</span> "##, if: address.isPreferred)\
            <span class="chip">\(t: proof)</span>
            """
    }

    private func change(_ address: Address) -> HTML? {
        guard mayEdit else { return nil }
        let label = Phrase("persons.address.changeOf", .text(address.value))
        return """
             <a class="change" href="\(path)/\(address.id.value)" aria-label="\(label)">\(t: "persons.change")</a>
            """
    }

    private var add: HTML? {
        guard mayEdit else { return nil }
        return #"<p><a class="btn small" href="\#(path)/new">\#(t: "persons.address.add")</a></p>"#
    }

    private var removed: HTML? {
        guard mayEdit, !former.isEmpty else { return nil }
        return """
            <details><summary>\(t: "persons.address.former")</summary><ul class="plain">\(former.map(formerLine))</ul></details>
            """
    }

    private func formerLine(_ address: FormerAddress) -> HTML {
        let button = Phrase("persons.address.putBackOf", .text(address.value))
        return """
            <li><bdi>\(address.value)</bdi> <span class="faint">\(.instant(address.removedAt.milliseconds))</span> \
            \(Form(
                "\(path)/former/\(address.id)/return",
                content: #"<button class="btn small" aria-label="\#(button)">\#(t: "persons.putBack")</button>"#
            ).html)</li>
            """
    }
}
