import Kernel
import Markup
import Storage
import Web

/// Places a hold: what waits, for whom, why, and until when.
struct HoldFormPage: Page {
    let party: Party
    let contracts: [Choice]
    let colleagues: [Choice]
    let me: Int64
    let currency: Currency
    let today: LocalDate
    var answers = Answers()

    var title: String { Phrase("holds.new").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(party.name)</bdi></p></div></header>
        <p>\(t: "holds.new.lead")</p>\(answers.notice)
        \(Form("/people/\(party.id.value)/holds", name: "card stack", content: fields).html)
        <p><a class="btn" href="/people/\(party.id.value)">\(t: "holds.back")</a></p></section>
        """
    }

    private var isUntouched: Bool { answers.typed.pairs.isEmpty }

    private var fields: HTML {
        """
        \(doings)\(whom)
        <details \(attribute: "open", if: isNarrowed)><summary>\(t: "holds.narrow")</summary><div class="stack">\
        <p class="muted">\(t: "holds.narrow.what")</p>\(narrowing)</div></details>
        \(answers.field("reason", Phrase("holds.reason"), .choice(reasons)))
        \(answers.field("words", Phrase("holds.words"), .lines(3), hint: Phrase("holds.words.hint")))
        \(answers.field("owner", Phrase("holds.owner"), .choice(colleagues), standard: "\(me)", required: false))
        <div class="two">\(answers.field("starts", Phrase("holds.starts"), .date, hint: Phrase("holds.starts.hint"), required: false))\
        \(answers.field("ends", Phrase("holds.ends"), .date, hint: Phrase("holds.ends.hint"), required: false))</div>
        <p><button class="btn primary">\(t: "holds.place")</button></p>
        """
    }

    private var isNarrowed: Bool {
        ["contract", "product", "over"].contains {
            !answers.value($0).isEmpty || answers.complaints[$0] != nil
        }
    }

    private var doings: HTML {
        let ticks = Doing.allCases.map { doing -> HTML in
            let standard = isUntouched && doing == .orders ? "true" : ""
            return Field(
                name: doing.rawValue, label: Phrase("holds.doing.\(doing.rawValue)").text,
                value: answers.value(doing.rawValue, standard), kind: .checkbox
            ).html
        }
        let error: HTML? = answers.complaints["orders"].map {
            #"<p class="field-error" role="alert">\#($0)</p>"#
        }
        return """
            <fieldset class="field"><legend>\(t: "holds.what")</legend>\
            <p class="field-hint">\(t: "holds.what.hint")</p>\(ticks)\(error)</fieldset>
            """
    }

    private var whom: HTML? {
        guard party.kind == .organisation else { return nil }
        let choices = [
            Choice("only", Phrase("holds.whom.only").text), Choice("below", Phrase("holds.whom.all").text),
        ]
        return answers.field("whom", Phrase("holds.whom"), .choice(choices), standard: "only")
    }

    private var narrowing: HTML {
        let contract = answers.field(
            "contract", Phrase("holds.contract"),
            .choice([Choice("", Phrase("holds.contract.any").text)] + contracts), required: false)
        let limit = answers.field(
            "over", Phrase("holds.over", .text(currency.code)), hint: Phrase("holds.over.hint"),
            autocomplete: "off", required: false)
        return """
            \(contract, if: !contracts.isEmpty)\
            \(answers.field("product", Phrase("holds.product"), hint: Phrase("holds.product.hint"), autocomplete: "off", required: false))\
            \(limit)
            """
    }

    private var reasons: [Choice] {
        Hold.Reason.allCases.map { Choice($0.rawValue, Phrase("holds.reason.\($0.rawValue)").text) }
    }
}

/// What somebody typed, read as a hold.
struct HoldForm {
    let form: PostedForm
    let party: Party
    let currency: Currency

    func hold() throws -> NewHold {
        let doings = Doing.allCases.filter { form.flag($0.rawValue) }
        let isBelow = party.kind == .organisation && form.text("whom") == "below"
        let scope = HoldScope(
            isBelow ? .below(party.id) : .only(party.id), Set(doings), contract: try contract(),
            product: try form.line("product", limit: 400), over: try over())
        return NewHold(
            scope, reason: try form.choice("reason", as: Hold.Reason.self) ?? .other,
            words: form.text("words"), owner: try form.int("owner").map(Int64.init),
            firstDay: try form.day("starts"), lastDay: try form.day("ends"))
    }

    private func contract() throws -> Int64? { try form.int("contract").map(Int64.init) }

    private func over() throws -> Money? {
        let text = try form.line("over", limit: 40)
        guard !text.isEmpty else { return nil }
        guard let minor = TypedAmount.minor(text, in: currency) else { throw HoldRefusal.badAmount }
        return Money(minor: minor, currency: currency)
    }
}
