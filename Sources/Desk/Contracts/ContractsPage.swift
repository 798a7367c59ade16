import Kernel
import Markup
import Web

/// Contracts of one part: all, promotions ending, renewals due, or given up.
struct ContractsPage: Page {
    let part: ContractPart
    let portion: Portion<ContractLine>
    let query: Query
    let today: LocalDate
    let maySeeRetention: Bool
    let mayImport: Bool

    var title: String { Phrase("contracts.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "contracts.lead")</p></div><div class="actions">\
        \(#"<a class="btn" href="/imports/new?kind=contracts">\#(t: "contracts.import")</a>"#, if: mayImport)\
        \(#"<a class="btn" href="/contracts/retention">\#(t: "contracts.retention")</a>"#, if: maySeeRetention)</div></header>
        <nav class="segments parts" aria-label="\(t: "contracts.parts")">\(ContractPart.allCases.map(link))</nav>
        <p class="muted">\(t: "contracts.sorted.\(part.rawValue)")</p>\(list)</section>
        """
    }

    private func link(_ other: ContractPart) -> HTML {
        let address = "/contracts?show=\(other.rawValue)"
        return """
            <a href="\(address)" \(attribute: "aria-current", "page", if: other == part)>\(t: "contracts.part.\(other.rawValue)")</a>
            """
    }

    private var list: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: "contracts.none.\(part.rawValue)")</p>"#
        }
        let column: HTML = #"<th scope="col">\#(t: "contracts.column.\(part.rawValue)")</th>"#
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "contracts.customer")</th><th scope="col">\(t: "contracts.contract")</th>\
            <th scope="col" class="number">\(t: "contracts.price")</th>\(column, if: part != .all)\
            <th scope="col">\(t: "contracts.state")</th></tr></thead><tbody>\(portion.items.map(row))</tbody></table></div>\(more)
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/contracts" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    private func row(_ line: ContractLine) -> HTML {
        let contract = line.contract
        let day: HTML? = line.day.map { "<td>\(.day(daysSinceEpoch: $0.daysSinceEpoch))</td>" }
        let price = contract.price(on: today).map {
            Phrase(
                "contracts.price.per", .money(minor: $0.minor, currency: $0.currency.code),
                .count(contract.terms.billingMonths))
        }
        return """
            <tr><td><a href="/contracts/\(contract.id.value)"><bdi>\(line.name)</bdi></a></td>\
            <td class="reason"><bdi>\(contract.name)</bdi></td><td class="number">\(price?.text ?? "–")</td>\(day)\
            <td>\(ContractChip.html(contract.state(on: today)))\(seen(contract))</td></tr>
            """
    }

    /// A contract that only an old file knew to run.
    private func seen(_ contract: Contract) -> HTML? {
        guard let seen = contract.seen, seen < today + -60, contract.state(on: today) == .running else {
            return nil
        }
        return
            #" <span class="muted">\#(t: "contracts.seen.on", .day(daysSinceEpoch: seen.daysSinceEpoch))</span>"#
    }
}
