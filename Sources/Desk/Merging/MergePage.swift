import Kernel
import Markup
import Web

/// Looks for the customer who is the same one.
struct MergeFinderPage: Page {
    let party: Party
    let typed: String
    let found: [CustomerRow]
    let pairs: [DuplicatePair]

    var title: String { Phrase("merging.find.title", .text(party.name)).text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1><bdi>\(title)</bdi></h1>\
        <p class="muted">\(t: "merging.find.what")</p></div>\
        <a class="btn" href="/people/\(party.id.value)">\(t: "merging.back")</a></header>
        \(suggested)
        <form class="finder" method="get" action="/people/\(party.id.value)/merge" role="search">
          <label for="finder">\(t: "customers.find")</label>
          <input id="finder" name="q" type="search" value="\(typed)" autocomplete="off">
          <button class="btn">\(t: "customers.find.button")</button>
        </form>
        \(results)</section>
        """
    }

    private var suggested: HTML? {
        guard !pairs.isEmpty else { return nil }
        let lines = pairs.map { pair -> HTML in
            let other = pair.one.id == party.id ? pair.other : pair.one
            return """
                <li><a href="/people/\(party.id.value)/merge?with=\(other.id.value)"><bdi>\(other.name)</bdi></a> \
                <span class="muted">\(DuplicateLine.reasons(pair))</span></li>
                """
        }
        return """
            <section class="card"><h2 class="h">\(t: "duplicates.card")</h2><ul class="plain">\(lines)</ul></section>
            """
    }

    private var results: HTML {
        guard !typed.isEmpty else { return .empty }
        guard !found.isEmpty else { return "<p class=\"empty\">\(t: "customers.notFound", typed)</p>" }
        let lines = found.map { row -> HTML in
            """
            <li><a href="/people/\(party.id.value)/merge?with=\(row.party.id.value)"><bdi>\(row.party.name)</bdi></a> \
            <span class="muted">\(row.email ?? "")</span> \(row.level.badge)</li>
            """
        }
        return "<section class=\"card\"><ul class=\"plain\">\(lines)</ul></section>"
    }
}

/// Both side by side, what both together will be, and what is to be chosen.
struct MergePage: Page {
    let preview: MergePreview
    let refusal: MergeRefusal?
    /// What was chosen where it was refused.
    let typed: PostedForm?

    private var kept: CustomerRecord { preview.kept.record }
    private var going: CustomerRecord { preview.going.record }

    var title: String { Phrase("merging.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "merging.what")</p></div>\
        <div class="actions"><a class="btn" href="\(swapped)">\(t: "merging.swap")</a>\
        <a class="btn" href="/people/\(kept.party.id.value)">\(t: "merging.back")</a></div></header>
        \(refused)
        <section class="card scroll" tabindex="0" role="region" aria-label="\(t: "merging.compare")"><table class="merging-table">\
        <caption class="hidden">\(t: "merging.compare")</caption><thead><tr><td></td>\
        <th scope="col">\(t: "merging.stays")</th><th scope="col">\(t: "merging.goes")</th>\
        <th scope="col">\(t: "merging.together")</th></tr></thead><tbody>\(rows)</tbody></table></section>
        \(form, if: preview.refusal == nil)</section>
        """
    }

    private var swapped: String { "/people/\(going.party.id)/merge?with=\(kept.party.id)" }

    private var refused: HTML? {
        refusal.map { #"<p class="notice notice-warning" role="alert">\#($0.phrase)</p>"# }
    }

    private var rows: [HTML] {
        [
            row("customers.name", name(kept.party), name(going.party), "–"),
            row("customers.level", level(kept), level(going), together),
            row("customer.first", first(kept), first(going), earliest),
            row(
                "customer.occasions", count(kept.evidence.occasions.count),
                count(going.evidence.occasions.count), count(preview.occasions)),
            row(
                "customer.purchases", count(kept.purchases), count(going.purchases),
                count(kept.purchases + going.purchases)),
            row("customer.value", money(kept.totals), money(going.totals), money(preview.totals)),
            row(
                "customer.acts", count(kept.acts.count), count(going.acts.count),
                count(kept.acts.count + going.acts.count)),
            row("customer.reach", addresses(kept), addresses(going), reachTogether),
            row(
                "customer.outsideID", ids(kept), ids(going),
                count(kept.outsideIDs.count + going.outsideIDs.count)),
        ]
    }

    private func row(_ key: String, _ one: HTML, _ other: HTML, _ both: HTML) -> HTML {
        """
        <tr><th scope="row">\(Phrase(key))</th><td>\(one)</td><td>\(other)</td><td>\(both)</td></tr>
        """
    }

    private func name(_ party: Party) -> HTML {
        """
        <a href="/people/\(party.id.value)"><bdi>\(party.name)</bdi></a> <span class="chip">\(Phrase("party.\(party.kind.rawValue)"))</span>
        """
    }

    private func count(_ number: Int) -> HTML { "\(.count(number))" }

    private func level(_ record: CustomerRecord) -> HTML { level(record.level, record.since) }

    private var together: HTML { level(preview.level, preview.since) }

    private func level(_ level: Level, _ since: LocalDate?) -> HTML {
        let since = since.map { day -> HTML in
            #" <span class="muted">\#(t: "customer.since", .day(daysSinceEpoch: day.daysSinceEpoch))</span>"#
        }
        return "\(level.badge)\(since)"
    }

    private func day(_ day: LocalDate?) -> HTML {
        day.map { "\(.day(daysSinceEpoch: $0.daysSinceEpoch))" } ?? "–"
    }

    private func first(_ record: CustomerRecord) -> HTML { day(record.evidence.occasions.first) }

    private var earliest: HTML {
        day([kept, going].compactMap(\.evidence.occasions.first).min())
    }

    private func money(_ totals: [Money]) -> HTML {
        let texts = totals.map { Argument.money(minor: $0.minor, currency: $0.currency.code).text }
        return texts.isEmpty ? "–" : "\(texts.joined(separator: " · "))"
    }

    private func addresses(_ record: CustomerRecord) -> HTML {
        let lines = record.addresses.map { "<div>\($0.value)</div>" as HTML }
        return lines.isEmpty ? "–" : "\(lines)"
    }

    private var reachTogether: HTML {
        let all = kept.addresses.count + going.addresses.count - preview.shared
        guard preview.shared > 0 else { return count(all) }
        return "\(.count(all)) <span class=\"muted\">\(t: "merging.shared", preview.shared)</span>"
    }

    private func ids(_ record: CustomerRecord) -> HTML {
        let lines = record.outsideIDs.map { "<div>\($0)</div>" as HTML }
        return lines.isEmpty ? "–" : "\(lines)"
    }
}

extension MergePage {
    /// Which of each field is to stay, where the two differ; then the button.
    private var form: HTML {
        let chosen = preview.choices.map(choice)
        let content: HTML = """
            <input type="hidden" name="with" value="\(going.party.id.value)">
            \(##"<p class="muted">\##(t: "merging.nothingToChoose")</p>"##, if: chosen.isEmpty)
            <div class="stack">\(chosen)</div>
            <p class="muted">\(t: "merging.afterwards", .text(kept.party.name))</p>
            <p><button class="btn primary">\(t: "merging.button")</button></p>
            """
        return """
            <section class="card" aria-labelledby="choose"><h2 class="h" id="choose">\(t: "merging.choose")</h2>
            \(Form("/people/\(kept.party.id)/merging", content: content).html)</section>
            """
    }

    private func choice(_ field: String) -> HTML {
        let (one, other) = (preview.kept.text(field), preview.going.text(field))
        let empty = Phrase("merging.empty").text
        var options = [Choice("kept", one.isEmpty ? empty : one), Choice("other", other)]
        if field == "preferences", !one.isEmpty {
            options.append(Choice("both", Phrase("merging.both").text))
        }
        let usual = one.isEmpty ? "other" : field == "preferences" ? "both" : "kept"
        let typed = typed?.text(field) ?? ""
        return Field(
            name: field, label: Phrase("merging.field.\(field)").text, value: typed.isEmpty ? usual : typed,
            kind: .options(options)
        ).html
    }
}
