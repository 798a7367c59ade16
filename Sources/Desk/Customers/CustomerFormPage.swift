import Kernel
import Markup
import Web

/// Enters a customer, or changes what is known of one: what is asked of everybody first, the rest folded.
struct CustomerFormPage: Page {
    /// Nil for a new one.
    let party: Party?
    var kind = Party.Kind.person
    /// Nil for a new one.
    var known: CustomerKnown?
    let fields: [CustomField]
    let colleagues: [Choice]
    var answers = Answers()

    var title: String { Phrase(party == nil ? "customers.add" : "customer.edit").text }

    var main: HTML {
        let back = party.map { "/people/\($0.id)" } ?? "/people"
        return """
            <section class="page narrow"><header class="page-head"><h1>\(title)</h1>\
            <a class="btn" href="\(back)">\(t: "persons.back")</a></header>
            <div class="card">\(answers.notice)\(Form(party.map { "/people/\($0.id)" } ?? "/people", content: content).html)</div></section>
            """
    }

    private var content: HTML {
        """
        <div class="stack">\(first)\(folds)</div><p><button class="btn primary">\(t: "form.save")</button></p>
        """
    }

    private var first: [HTML] {
        let kinds = [Party.Kind.person, .organisation].map {
            Choice($0.rawValue, Phrase("party.\($0.rawValue)").text)
        }
        let preferences = answers.field(
            "preferences", Phrase("persons.preferences"), .lines(3), standard: known?.preferences ?? "",
            hint: Phrase("persons.preferences.hint"), required: false)
        let name = answers.field(
            "name", Phrase("customer.field.name"), standard: party?.name ?? "", autocomplete: "off")
        let choice = answers.field(
            "kind", Phrase("customer.kind"), .choice(kinds), standard: (party?.kind ?? kind).rawValue)
        return [name, choice] + (party == nil ? addresses : []) + [preferences]
    }

    private var addresses: [HTML] {
        let more = party == nil ? "customer.field" : "persons.another"
        return [
            answers.field("email", Phrase("\(more).email"), .email, autocomplete: "off", required: false),
            answers.field("phone", Phrase("\(more).phone"), .telephone, autocomplete: "off", required: false),
        ]
    }

    private var folds: [HTML] {
        let asked = fields.filter { $0.isAsked(of: party?.kind ?? kind) }
        let outsideID = answers.field(
            "outside_id", Phrase("customer.field.outside_id"), hint: Phrase("customer.outsideID.hint"),
            autocomplete: "off", required: false)
        let reach = party == nil ? [outsideID] : addresses + [outsideID]
        return [
            fold(
                "reach", Phrase(party == nil ? "persons.form.ids" : "persons.form.addresses"), reach,
                ["email", "phone", "outside_id"]),
            fold("care", Phrase("persons.care"), care, ["owner", "language", "zone"]),
            fold("tags", Phrase("tags.title"), [tags], ["tags"]),
            asked.isEmpty ? nil : fold("fields", Phrase("fields.card"), questions(asked), asked.map(\.name)),
        ].compactMap(\.self)
    }

    /// Closed until something in it is known or wrong.
    private func fold(_ id: String, _ label: Phrase, _ content: [HTML], _ names: [String]) -> HTML {
        let isWrong = names.contains { answers.complaints[$0] != nil }
        return """
            <details class="fold" id="\("fold-\(id)")" \(attribute: "open", if: isWrong || isKnown(id))>\
            <summary>\(label)</summary><div class="stack">\(content)</div></details>
            """
    }

    private func isKnown(_ id: String) -> Bool {
        guard let known else { return false }
        return switch id {
        case "care": known.care != Care()
        case "tags": !known.tags.isEmpty
        case "fields": !known.values.isEmpty
        default: false
        }
    }

    private var care: [HTML] {
        let owner = known?.care.owner
        var owners = [Choice("", Phrase("persons.owner.nobody").text)] + colleagues
        if let owner, !owners.contains(where: { $0.value == "\(owner.id)" }) {
            owners.append(Choice("\(owner.id)", Phrase("persons.owner.suspended", .text(owner.name)).text))
        }
        let spoken = answers.value("language", known?.care.language ?? "")
        var languages = CustomerLanguage.offered
        if !spoken.isEmpty, !languages.contains(spoken) { languages.append(spoken) }
        let choices =
            [Choice("", Phrase("persons.language.none").text)]
            + languages.map { Choice($0, CustomerLanguage.name($0)) }.sorted { $0.label < $1.label }
        return [
            answers.field(
                "owner", Phrase("persons.owner"), .choice(owners), standard: owner.map { "\($0.id)" } ?? "",
                required: false),
            answers.field(
                "language", Phrase("persons.language"), .choice(choices),
                standard: known?.care.language ?? "",
                required: false),
            answers.suggesting(
                "zone", Phrase("persons.zone"), from: Zone.names, standard: known?.care.zone ?? "",
                hint: Phrase("persons.zone.hint"), required: false),
        ]
    }

    private var tags: HTML {
        answers.field(
            "tags", Phrase("tags.title"), standard: (known?.tags ?? []).map(\.name).joined(separator: ", "),
            hint: Phrase("tags.form.hint"), autocomplete: "off", required: false)
    }

    private func questions(_ asked: [CustomField]) -> [HTML] {
        let ticks = asked.filter { $0.kind == .tick }.map(\.name).joined(separator: " ")
        // A box that is not ticked sends nothing; this says that it was there.
        let marker: HTML = #"<input type="hidden" name="ticks" value="\#(ticks)">"#
        return [marker]
            + asked.map { field in
                let standing = known?.values[field.id]?.words ?? ""
                let value =
                    field.kind == .tick && !answers.typed.pairs.isEmpty
                    ? (answers.typed.flag(field.name) ? "true" : "") : answers.value(field.name, standing)
                return field.question(value, error: answers.complaints[field.name])
            }
    }
}
