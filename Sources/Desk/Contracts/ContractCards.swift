import Kernel
import Markup

/// A customer's contracts on their page: the terms in force, what leaving costs, and what to expect.
struct ContractCards {
    let contracts: [Contract]
    let party: ID<Party>
    let today: LocalDate
    let kept: RetentionStore.Kept?
    let mayEdit: Bool

    var all: [CustomerCard] {
        guard !contracts.isEmpty else {
            return [CustomerCard(.rest, button)].compactMap { $0 }
        }
        return [CustomerCard(.money, money), CustomerCard(.figures, judged)].compactMap { $0 }
    }

    private var new: HTML? {
        button.map { "<p>\($0)</p>" }
    }

    private var button: HTML? {
        guard mayEdit else { return nil }
        let address = "/people/\(party)/contracts/new"
        return #"<a class="btn small" href="\#(address)">\#(t: "contracts.new")</a>"#
    }

    private var money: HTML {
        """
        <section class="card" aria-labelledby="contracts"><h2 class="h" id="contracts">\(t: "contracts.title")</h2>\
        <ul class="plain contracts">\(contracts.prefix(5).map(line))</ul>\(more)\(new)</section>
        """
    }

    private var more: HTML? {
        contracts.count > 5 ? #"<p class="muted">\#(t: "contracts.card.more", contracts.count - 5)</p>"# : nil
    }

    private func line(_ contract: Contract) -> HTML {
        let words = ContractWording(contract: contract, today: today)
        return """
            <li><p><a href="/contracts/\(contract.id.value)"><bdi>\(contract.name)</bdi></a> \(ContractChip.html(contract.state(on: today)))</p>\
            <p>\(words.price)</p>\(words.promotion.map { "<p>\($0)</p>" as HTML })<p>\(words.course)</p>\
            \(words.leaving.map { "<p>\($0)</p>" as HTML })</li>
            """
    }

    /// Beside the forecast from purchases: whoever has a contract is judged by the contract.
    private var judged: HTML? {
        guard let contract = contracts.first(where: { $0.state(on: today) != .ended }) ?? contracts.first
        else {
            return nil
        }
        return """
            <section class="card" aria-labelledby="judged"><h2 class="h" id="judged">\(t: "contracts.judged")</h2>\
            <p>\(t: "contracts.judged.\(contract.state(on: today) == .ended ? "ended" : "running")")</p>\(expected(contract))</section>
            """
    }

    private func expected(_ contract: Contract) -> HTML? {
        guard contract.state(on: today) != .ended else { return nil }
        guard let kept else { return #"<p class="muted">\#(t: "contracts.retention.soon")</p>"# }
        let group = kept.figures.group(.terms, contract.words)
        let months = contract.months(on: today).tenure
        guard let left = kept.figures.monthsToExpect(contract.words, after: months) else {
            return
                #"<p class="muted">\#(t: "contracts.expect.none") \#(ContractCurveCard.refusal(group?.refusal))</p>"#
        }
        let gap = group?.model?.gap ?? 0
        let doubt: HTML =
            #"<p class="muted">\#(t: "contracts.expect.doubt", .number(gap * 100, decimals: 0))</p>"#
        return """
            <p>\(t: "contracts.expect", .number(left, decimals: 1), .count(months), .count(group?.contracts ?? 0))</p>\
            \(doubt, if: gap > 0.05)<p class="faint">\(t: "contracts.expect.how", .percent(kept.figures.discount, decimals: 0), .day(daysSinceEpoch: kept.figures.through))</p>
            """
    }
}

/// A contract in sentences.
struct ContractWording {
    let contract: Contract
    let today: LocalDate

    private var terms: ContractTerms { contract.terms }

    private func day(_ day: LocalDate) -> Argument { .day(daysSinceEpoch: day.daysSinceEpoch) }

    private func money(_ minor: Int64) -> Argument { .money(minor: minor, currency: contract.currency.code) }

    /// The price now, and at the start where it was another.
    var price: Phrase {
        let now = contract.prices.price(on: today) ?? 0
        let start = contract.prices.price(on: terms.start) ?? now
        let months = Argument.count(terms.billingMonths)
        guard now != start else { return Phrase("contracts.price.now", money(now), months) }
        return Phrase("contracts.price.was", money(now), months, money(start), day(terms.start))
    }

    var promotion: Phrase? {
        guard let last = contract.promotionDay else { return nil }
        let name = contract.promotion.isEmpty ? Phrase("contracts.promotion").text : contract.promotion
        let key = last < today ? "contracts.promotion.over" : "contracts.promotion.until"
        return Phrase(key, .text(HoldWords.isolated(name)), day(last))
    }

    /// Since when it runs and how it goes on.
    var course: Phrase {
        if let end = contract.end {
            return Phrase(
                end <= today ? "contracts.course.ended" : "contracts.course.notice", day(terms.start),
                day(end))
        }
        if terms.hasRunOut(by: today) {
            return Phrase("contracts.course.ended", day(terms.start), day(terms.termEnd(0)))
        }
        if let seen = contract.seen, seen < today + -60 {
            return Phrase("contracts.course.seen", day(terms.start), day(seen))
        }
        guard let next = terms.nextTermEnd(after: max(today, terms.start)) else {
            return Phrase("contracts.course.open", day(terms.start))
        }
        guard terms.renewalMonths > 0 else {
            return Phrase("contracts.course.ends", day(terms.start), day(next))
        }
        return Phrase(
            "contracts.course.renews", day(terms.start), day(next), .count(terms.renewalMonths))
    }

    /// What leaving costs today, and from when it costs nothing.
    var leaving: Phrase? {
        guard contract.state(on: today) == .running else { return nil }
        let leaving = contract.leaving(on: today, told: today)
        guard leaving.freeFrom > today else { return Phrase("contracts.leaving.free") }
        let free = day(leaving.freeFrom)
        let by = day(leaving.noticeBy)
        return leaving.cost == 0
            ? Phrase("contracts.leaving.none", free, by)
            : Phrase("contracts.leaving.costs", money(leaving.cost), free, by)
    }
}

/// The small word beside a contract.
enum ContractChip {
    static func html(_ state: ContractState) -> HTML {
        let tone =
            switch state {
            case .running: "chip good"
            case .notice: "chip warn"
            case .ahead, .ended: "chip"
            }
        return #"<span class="\#(tone)">\#(t: "contracts.state.\(state.rawValue)")</span>"#
    }
}
