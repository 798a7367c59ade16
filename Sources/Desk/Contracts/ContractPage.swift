import Kernel
import Markup
import Storage
import Web

/// One contract: its terms, its prices, what leaving costs on any day, and how it is changed.
struct ContractPage: Page {
    let contract: Contract
    let party: Party
    let today: LocalDate
    /// The day of leaving somebody asked about, and the day of notice.
    let asked: (on: LocalDate, told: LocalDate)
    let mayEdit: Bool
    var answers = Answers()

    private var terms: ContractTerms { contract.terms }
    private var address: String { "/contracts/\(contract.id.value)" }
    private var state: ContractState { contract.state(on: today) }

    var title: String { contract.name }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1><bdi>\(contract.name)</bdi></h1>\
        <p class="muted">\(ContractChip.html(state)) <bdi>\(party.name)</bdi></p></div>\
        <a class="btn" href="/people/\(party.id.value)">\(t: "holds.customer")</a></header>\(answers.notice)
        <div class="beside"><div class="stack">\(course)\(leaving)\(changing)</div>\
        <div class="stack">\(facts)\(prices)</div></div></section>
        """
    }

    private var course: HTML {
        let words = ContractWording(contract: contract, today: today)
        return """
            <section class="card"><h2>\(t: "contracts.course")</h2><p>\(words.price)</p>\
            \(words.promotion.map { "<p>\($0)</p>" as HTML })<p>\(words.course)</p>\
            \(reason, if: !contract.endReason.isEmpty)</section>
            """
    }

    private var reason: HTML { #"<p class="words">\#(contract.endReason)</p>"# }

    private func day(_ day: LocalDate) -> Argument { .day(daysSinceEpoch: day.daysSinceEpoch) }

    private var leaving: HTML? {
        guard state == .running || state == .ahead else { return nil }
        let leaving = contract.leaving(on: asked.on, told: asked.told)
        let cost = Argument.money(minor: leaving.cost, currency: contract.currency.code)
        return """
            <section class="card"><h2>\(t: "contracts.leaving")</h2>
            <form method="get" action="\(address)" class="stack"><div class="two">\
            \(Field(name: "told", label: Phrase("contracts.leaving.told").text, value: asked.told.description, kind: .date).html)\
            \(Field(name: "on", label: Phrase("contracts.leaving.on").text, value: asked.on.description, kind: .date).html)</div>\
            <p><button class="btn">\(t: "contracts.leaving.ask")</button></p></form>
            <p class="big">\(cost)</p><p>\(t: "contracts.leaving.months", leaving.months)</p>\
            <p>\(t: "contracts.leaving.from", day(leaving.freeFrom), day(leaving.noticeBy))</p>
            <p class="muted">\(penalty)</p></section>
            """
    }

    private var penalty: Phrase {
        switch terms.penalty {
        case .none: Phrase("contracts.rule.none")
        case .fixed(let amount):
            Phrase("contracts.rule.fixed", .money(minor: amount, currency: contract.currency.code))
        case .share(let millionths):
            Phrase("contracts.rule.share", .percent(Double(millionths) / 1_000_000, decimals: 2))
        case .rest: Phrase("contracts.rule.rest")
        }
    }

    private var facts: HTML {
        let notice = Phrase("contracts.notice.\(terms.noticeUnit.rawValue)", .count(terms.notice))
        let seen = contract.seen.map { seen -> HTML in "<dt>\(t: "contracts.seen")</dt><dd>\(day(seen))</dd>"
        }
        let minimum =
            terms.minimumMonths == 0
            ? Phrase("contracts.span.none") : Phrase("contracts.span", .count(terms.minimumMonths))
        let renewal =
            terms.renewalMonths == 0
            ? Phrase("contracts.renewal.none") : Phrase("contracts.span", .count(terms.renewalMonths))
        return """
            <section class="card"><h2>\(t: "contracts.facts")</h2><dl class="facts"><dt>\(t: "contracts.start")</dt>\
            <dd>\(day(terms.start))</dd><dt>\(t: "contracts.minimum")</dt><dd>\(minimum)</dd>\
            <dt>\(t: "contracts.renewal")</dt><dd>\(renewal)</dd><dt>\(t: "contracts.notice")</dt><dd>\(notice)</dd>\
            \("<dt>\(t: "contracts.attribute")</dt><dd>\(contract.attribute)</dd>", if: !contract.attribute.isEmpty)\(seen)</dl></section>
            """
    }

    private var prices: HTML {
        let rows = contract.prices.reversed().map { price -> HTML in
            """
            <tr><th scope="row">\(day(price.from))</th>\
            <td class="number">\(.money(minor: price.amount, currency: contract.currency.code))</td></tr>
            """
        }
        return """
            <section class="card"><h2>\(t: "contracts.prices")</h2><table class="table"><thead><tr>\
            <th scope="col">\(t: "contracts.price.from")</th><th scope="col" class="number">\(t: "contracts.price")</th></tr></thead>\
            <tbody>\(rows)</tbody></table></section>
            """
    }

    private var changing: HTML? {
        guard mayEdit else { return nil }
        if contract.end != nil {
            let resume: HTML = #"<button class="btn">\#(t: "contracts.resume")</button>"#
            return #"<section class="card">\#(Form("\(address)/resumption", content: resume).html)</section>"#
        }
        let price: HTML = """
            \(answers.field("price", Phrase("contracts.price.new", .text(contract.currency.code)), autocomplete: "off"))\
            \(answers.field("from", Phrase("contracts.price.from"), .date, standard: today.description))\
            <p><button class="btn">\(t: "contracts.price.set")</button></p>
            """
        let free = contract.leaving(on: today, told: max(today, terms.start)).freeFrom
        let end: HTML = """
            \(answers.field("end", Phrase("contracts.end"), .date, standard: free.description, hint: Phrase("contracts.end.hint")))\
            \(answers.field("end_reason", Phrase("contracts.end.reason"), .lines(2)))\
            <p><button class="btn">\(t: "contracts.end.set")</button></p>
            """
        return """
            <div class="two"><section class="card"><h2>\(t: "contracts.price.change")</h2>\(Form("\(address)/prices", name: "stack", content: price).html)</section>\
            <section class="card"><h2>\(t: "contracts.end.title")</h2>\(Form("\(address)/end", name: "stack", content: end).html)</section></div>
            """
    }
}
