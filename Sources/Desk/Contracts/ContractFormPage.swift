import Kernel
import Markup
import Storage
import Web

/// Puts a contract on record.
struct ContractFormPage: Page {
    let party: Party
    let currency: Currency
    let today: LocalDate
    var answers = Answers()

    var title: String { Phrase("contracts.new").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted"><bdi>\(party.name)</bdi></p></div></header>\(answers.notice)
        \(Form("/people/\(party.id.value)/contracts", name: "card stack", content: fields).html)
        <p><a class="btn" href="/people/\(party.id.value)">\(t: "holds.back")</a></p></section>
        """
    }

    private var fields: HTML {
        """
        \(answers.field("terms", Phrase("contracts.terms"), hint: Phrase("contracts.terms.hint"), autocomplete: "off", required: false))
        \(answers.field("product", Phrase("contracts.product"), autocomplete: "off", required: false))
        <div class="two">\(answers.field("start", Phrase("contracts.start"), .date, standard: today.description))\
        \(answers.field("price", Phrase("contracts.price"), autocomplete: "off"))</div>
        <div class="two">\(number("billing_months", "contracts.billing", "1"))\
        \(answers.field("currency", Phrase("spend.currency"), .choice(Currency.codes.map { Choice($0, $0) }), standard: currency.code))</div>
        <div class="two">\(number("minimum_months", "contracts.minimum", "12", hint: "contracts.minimum.hint"))\
        \(number("renewal_months", "contracts.renewal", "12", hint: "contracts.renewal.hint"))</div>
        <div class="two">\(number("notice", "contracts.notice", "1"))\
        \(answers.field("notice_unit", Phrase("contracts.notice.unit"), .choice(units), standard: "months"))</div>
        \(answers.field("penalty", Phrase("contracts.penalty"), .choice(penalties), standard: "none"))
        <div class="two">\(answers.field("penalty_amount", Phrase("contracts.penalty.amount"), autocomplete: "off", required: false))\
        \(answers.field("penalty_share", Phrase("contracts.penalty.percent"), autocomplete: "off", required: false))</div>
        <div class="two">\(answers.field("promotion", Phrase("contracts.promotion"), autocomplete: "off", required: false))\
        \(answers.field("promotion_ends", Phrase("contracts.promotion.ends"), .date, required: false))</div>
        <p><button class="btn primary">\(t: "contracts.save")</button></p>
        """
    }

    private func number(_ name: String, _ key: String, _ standard: String, hint: String? = nil) -> HTML {
        answers.field(name, Phrase(key), .number, standard: standard, hint: hint.map { Phrase($0) })
    }

    private var units: [Choice] {
        ContractTerms.NoticeUnit.allCases.map {
            Choice($0.rawValue, Phrase("contracts.unit.\($0.rawValue)").text)
        }
    }

    private var penalties: [Choice] {
        ["none", "fixed", "share", "rest"].map { Choice($0, Phrase("contracts.penalty.\($0)").text) }
    }
}

/// What somebody typed, read as a contract.
struct ContractForm {
    let form: PostedForm
    let party: ID<Party>
    let currency: Currency

    func contract() throws -> NewContract {
        let code = try form.line("currency", limit: 10)
        guard let currency = code.isEmpty ? currency : Currency(code) else {
            throw ContractRefusal.unknownCurrency
        }
        guard let start = try form.day("start") else { throw FieldRefusal.missing(field: "start") }
        let terms = ContractTerms(
            start: start, minimumMonths: try number("minimum_months"),
            renewalMonths: try number("renewal_months"),
            billingMonths: try number("billing_months", standard: 1), notice: try number("notice"),
            noticeUnit: try form.choice("notice_unit") ?? .months, penalty: try penalty(currency))
        var contract = NewContract(
            party: party, words: try form.line("terms", limit: 400),
            product: try form.line("product", limit: 400), terms: terms,
            price: Money(minor: try amount("price", currency), currency: currency))
        contract.promotion = try form.line("promotion", limit: 400)
        contract.promotionDay = try form.day("promotion_ends")
        return contract
    }

    private func number(_ name: String, standard: Int = 0) throws -> Int {
        try form.int(name, in: 0...1_000_000) ?? standard
    }

    private func amount(_ name: String, _ currency: Currency) throws -> Int64 {
        guard let minor = TypedAmount.minor(try form.required(name, limit: 40), in: currency) else {
            throw ContractRefusal.badAmount(field: name)
        }
        return minor
    }

    private func penalty(_ currency: Currency) throws -> ContractTerms.Penalty {
        switch form.text("penalty") {
        case "fixed": .fixed(try amount("penalty_amount", currency))
        case "share": .share(try share())
        case "rest": .rest
        default: .none
        }
    }

    /// Percent with at most four decimals, `50` or `12,5`.
    private func share() throws -> Int {
        let text = try form.required("penalty_share", limit: 20).replacing(",", with: ".").replacing(
            "%", with: "")
        guard let percent = Double(text.trimmed), (0...100).contains(percent) else {
            throw ContractRefusal.badNumber(field: "penalty_share")
        }
        return Int((percent * 10_000).rounded())
    }
}
