import Kernel
import Markup
import Web

/// Ticks what is to be taken out of a customer, and says into whom.
struct SplitPage: Page {
    let things: SplitThings
    let refusal: MergeRefusal?
    /// What was ticked and typed where it was refused.
    let typed: PostedForm

    var title: String { Phrase("merging.split.title", .text(things.party.name)).text }

    private var id: Int64 { things.party.id.value }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1><bdi>\(title)</bdi></h1>\
        <p class="muted">\(t: "merging.split.what")</p></div>\
        <a class="btn" href="/people/\(id)">\(t: "merging.back")</a></header>
        \(refused)\(content)</section>
        """
    }

    private var refused: HTML? {
        refusal.map { #"<p class="notice notice-warning" role="alert">\#($0.phrase)</p>"# }
    }

    private var content: HTML {
        guard !things.isEmpty else { return "<p class=\"empty\">\(t: "merging.split.nothing")</p>" }
        return Form(
            "/people/\(id)/splitting",
            content: """
                <div class="stack">\(parts)\(goal)</div>
                <p><button class="btn primary">\(t: "merging.split.button")</button></p>
                """
        ).html
    }

    private var parts: [HTML] {
        [
            part("addresses", things.addresses.map { tick("address", "\($0.id)", "\($0.value)") }),
            part("keys", things.keys.map { tick("key", $0.text, "\($0.id) (\($0.source))") }),
            part("relations", things.relations.map { tick("relation", "\($0.id)", "\($0.name)") }),
            part("groups", things.groups.map { tick("group", "\($0.importID)", group($0)) }),
            part("purchases", things.purchases.map { tick("purchase", "\($0.id)", purchase($0)) }),
            part("acts", things.acts.map { tick("act", "\($0.id)", act($0)) }),
            part("answers", things.answers.map { tick("answer", "\($0.id)", answer($0)) }),
        ].compactMap { $0 }
    }

    private func part(_ name: String, _ ticks: [HTML]) -> HTML? {
        guard !ticks.isEmpty else { return nil }
        return """
            <fieldset class="card split-part"><legend>\(Phrase("merging.split.\(name)"))</legend>\
            <div class="split-ticks">\(ticks)</div></fieldset>
            """
    }

    private func tick(_ name: String, _ value: String, _ words: HTML) -> HTML {
        let isTicked = typed.values(name).contains(value)
        return """
            <label class="split-tick"><input type="checkbox" name="\(name)" value="\(value)" \
            \(attribute: "checked", if: isTicked)> <bdi>\(words)</bdi></label>
            """
    }

    private func group(_ group: SplitThings.Group) -> HTML {
        let from = group.importID == 0 ? Phrase("merging.split.entered").text : group.file
        return "\(t: "merging.split.group", .count(group.count), .text(from))"
    }

    private func purchase(_ purchase: Purchase) -> HTML {
        let money = Argument.money(minor: purchase.amount.minor, currency: purchase.amount.currency.code)
        return "\(.day(daysSinceEpoch: purchase.day.daysSinceEpoch)) · \(money) \(purchase.product)"
    }

    private func act(_ act: AdvocacyAct) -> HTML {
        "\(.day(daysSinceEpoch: act.day.daysSinceEpoch)) · \(Phrase("act.\(act.kind.rawValue)"))"
    }

    private func answer(_ answer: Answer) -> HTML {
        "\(.day(daysSinceEpoch: answer.day.daysSinceEpoch)) · \(AnswerWords.score(answer))"
    }

    private var goal: HTML {
        let wrong = refusal?.field == "name" ? refusal?.phrase.text : nil
        let name = Field(
            name: "name", label: Phrase("merging.split.name").text,
            value: typed["name"] ?? things.party.name, error: wrong)
        let known = Field(
            name: "known", label: Phrase("merging.split.known").text, value: typed["known"] ?? "",
            hint: Phrase("merging.split.known.hint").text,
            error: refusal?.field == "secondary_contact_ids" ? refusal?.phrase.text : nil)
        return """
            <fieldset class="card split-part"><legend>\(t: "merging.split.goal")</legend>\(name.html)\(known.html)</fieldset>
            """
    }
}
