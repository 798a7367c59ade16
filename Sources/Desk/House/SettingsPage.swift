import Kernel
import Markup

/// Every setting there is, as the one table says, and how they came to be what they are.
struct SettingsPage: Page {
    var answers = Answers()
    let inForce: [String: SettingChange]
    let history: [SettingChange]
    let names: [Int64: String]
    let languages: [Choice]

    var title: String { Phrase("settings.title").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "settings.lead")</p></div></header>\
        <section class="card">\(answers.notice)\(form)</section>\
        <section class="card"><h2>\(t: "settings.history")</h2>\(changes)</section></section>
        """
    }

    private var form: HTML {
        Form(
            "/settings", name: "stack",
            content: """
                \(SettingName.allCases.map(field))<button class="btn primary">\(t: "settings.save")</button>
                """
        ).html
    }

    private func field(_ name: SettingName) -> HTML {
        let standard = inForce[name.rawValue]?.value ?? name.entry.standard
        let label = Phrase(name.entry.phraseKey)
        switch name.entry.kind {
        case .zone:
            return answers.suggesting(
                name.rawValue, label, from: Zone.names, standard: standard, hint: hint(name))
        case .currency: return choice(name, Currency.codes.map { Choice($0, $0) }, standard)
        case .language: return choice(name, languages, standard)
        case .optionalShare:
            return answers.field(
                name.rawValue, label, standard: standard, hint: hint(name), autocomplete: "off",
                required: false)
        case .text, .whole, .share:
            return answers.field(
                name.rawValue, label, standard: standard, hint: hint(name), autocomplete: "off")
        }
    }

    private func choice(_ name: SettingName, _ choices: [Choice], _ standard: String) -> HTML {
        answers.field(
            name.rawValue, Phrase(name.entry.phraseKey), .choice(choices), standard: standard,
            hint: hint(name))
    }

    /// What it means, what it is when nobody says otherwise, and since when it is what it is.
    private func hint(_ name: SettingName) -> Phrase {
        let meaning = Phrase("\(name.entry.phraseKey).hint").text
        guard let change = inForce[name.rawValue] else { return Phrase("settings.standard", .text(meaning)) }
        return Phrase("settings.since", .text(meaning), .instant(change.from.milliseconds))
    }

    private var changes: HTML {
        """
        <table class="table"><thead><tr><th scope="col">\(t: "settings.when")</th>\
        <th scope="col">\(t: "settings.what")</th><th scope="col">\(t: "settings.to")</th>\
        <th scope="col">\(t: "settings.who")</th></tr></thead><tbody>\(history.map(row))</tbody></table>
        """
    }

    private func row(_ change: SettingChange) -> HTML {
        let label = SettingName(rawValue: change.name).map { Phrase($0.entry.phraseKey).text } ?? change.name
        return """
            <tr><td>\(.instant(change.from.milliseconds))</td><td>\(label)</td><td>\(change.value)</td>\
            <td>\(change.setBy.flatMap { names[$0] } ?? Phrase("settings.nobody").text)</td></tr>
            """
    }
}
