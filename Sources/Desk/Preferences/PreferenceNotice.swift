import Kernel
import Markup
import Web

/// What a customer prefers, before everything else on the page; changed where it stands.
struct PreferenceNotice {
    let party: Party
    /// The customer's own, and those of the organisations they belong to.
    let known: [KnownPreferences]
    let mayEdit: Bool

    private var own: String { known.first { $0.party.id == party.id }?.words ?? "" }

    private var others: [KnownPreferences] { known.filter { $0.party.id != party.id && !$0.words.isEmpty } }

    /// Nobody has said anything yet: then it need not stand before everything else.
    var isEmpty: Bool { own.isEmpty && others.isEmpty }

    /// Nil where there is nothing to say and nobody to say it.
    var html: HTML? {
        guard mayEdit || !isEmpty else { return nil }
        return """
            <section class="card preferences" aria-labelledby="preferences"><h2 class="h" id="preferences">\
            \(t: "persons.preferences")\(history)</h2>\
            \(PreferenceNotice.words(own))\(others.map(other))\(form)</section>
            """
    }

    private var history: HTML {
        #"<small><a href="/people/\#(party.id.value)/preferences">\#(t: "persons.preferences.history")</a></small>"#
    }

    /// The words with their line breaks; nothing where there are none.
    static func words(_ words: String) -> HTML? {
        words.isEmpty ? nil : #"<p class="preference-words" dir="auto">\#(words)</p>"#
    }

    private func other(_ known: KnownPreferences) -> HTML {
        """
        <div><p class="faint">\(t: "persons.preferences.of") <a href="/people/\(known.party.id.value)"><bdi>\(known.party.name)</bdi></a></p>\
        \(PreferenceNotice.words(known.words))</div>
        """
    }

    private var form: HTML? {
        guard mayEdit else { return nil }
        let ask = own.isEmpty ? "persons.preferences.add" : "persons.preferences.change"
        return """
            <details class="edit"><summary>\(t: ask)</summary>\
            \(PreferenceForm(party: party.id, words: own).html)</details>
            """
    }
}

/// The words in a box.
struct PreferenceForm {
    let party: ID<Party>
    let words: String
    var error: String?

    var html: HTML {
        let field = Field(
            name: "preferences", label: Phrase("persons.preferences.words").text, value: words,
            kind: .lines(3),
            hint: Phrase("persons.preferences.hint").text, error: error)
        return Form(
            "/people/\(party)/preferences",
            content: """
                <div class="stack">\(field.html)</div><p><button class="btn primary">\(t: "form.save")</button></p>
                """
        ).html
    }
}

/// The words in a line of a list, short enough for it.
enum PreferenceLine {
    static func html(_ words: String) -> HTML? {
        guard !words.isEmpty else { return nil }
        let line = words.singleLine
        let short = line.count > 160 ? String(line.prefix(160)) + "…" : line
        return
            #"<span class="preference-line"><span class="hidden">\#(t: "persons.preferences"): </span><bdi>\#(short)</bdi></span>"#
    }
}

/// Every state the words were in, to put back or to erase.
struct PreferencePage: Page {
    let party: Party
    let words: String
    let history: Portion<PreferenceChange>
    let query: Query
    let mayEdit: Bool
    let mayErase: Bool
    var error: String?
    /// What was typed, where it was refused.
    var typed: String?

    var title: String { Phrase("persons.preferences").text }

    private var path: String { "/people/\(party.id)/preferences" }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(party.name)</bdi></p></div>\
        <a class="btn" href="/people/\(party.id.value)">\(t: "persons.back")</a></header>
        \(form)
        <section class="card" aria-labelledby="history"><h2 class="h" id="history">\(t: "persons.preferences.history")</h2>
        \(##"<p class="muted">\##(t: "persons.preferences.none")</p>"##, if: history.items.isEmpty)
        <ol class="plain changes">\(history.items.map(line))</ol>\(more)</section></section>
        """
    }

    private var form: HTML? {
        guard mayEdit else { return PreferenceNotice.words(words) }
        let form = PreferenceForm(party: party.id, words: typed ?? words, error: error).html
        return #"<section class="card">\#(form)</section>"#
    }

    private func line(_ change: PreferenceChange) -> HTML {
        let by = change.recordedBy ?? Phrase("settings.nobody").text
        return """
            <li><p class="faint">\(.instant(change.recordedAt.milliseconds)), <bdi>\(by)</bdi></p>\
            \(body(change))<div class="actions">\(acts(change))</div></li>
            """
    }

    private func body(_ change: PreferenceChange) -> HTML {
        if let erased = change.erasedAt {
            return #"<p class="muted">\#(t: "persons.preferences.erased", .instant(erased.milliseconds))</p>"#
        }
        guard let html = PreferenceNotice.words(change.words) else {
            return #"<p class="muted">\#(t: "persons.preferences.taken")</p>"#
        }
        return html
    }

    private func acts(_ change: PreferenceChange) -> [HTML] {
        guard change.erasedAt == nil else { return [] }
        var acts: [HTML] = []
        if mayEdit, change.words != words {
            acts.append(
                Form(
                    "\(path)/\(change.id)/return",
                    content: #"<button class="btn small">\#(t: "persons.putBack")</button>"#
                ).html)
        }
        if mayErase, !change.words.isEmpty {
            let button: HTML = """
                <button class="btn small danger" data-confirm="\(t: "persons.preferences.erase.sure")">\
                \(t: "persons.preferences.erase")</button>
                """
            acts.append(Form("\(path)/\(change.id)/erasure", content: button).html)
        }
        return acts
    }

    private var more: HTML? {
        guard let next = history.next else { return nil }
        let address = path + query.with("before", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }
}
