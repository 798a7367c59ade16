import Kernel
import Markup

/// What customers cost to win, by where they were won, and when they have paid for it.
struct AcquisitionCard {
    let figures: EconomicsFigures

    var html: HTML {
        guard let acquisition = figures.acquisition.figures else {
            return EconomicsCard.missing(
                "acquisition", figures.acquisition.missing,
                more: #"<a href="/economics/spend">\#(t: "spend.enter")</a>"#)
        }
        return EconomicsCard(
            key: "acquisition", lead: "<p>\(sentence(acquisition))</p>",
            content: "\(table(acquisition))\(campaigns(acquisition))\(notes(acquisition))"
        ).html
    }

    private func sentence(_ acquisition: AcquisitionFigures) -> Phrase {
        Phrase(
            "economics.acquisition.lead", .day(daysSinceEpoch: acquisition.from.daysSinceEpoch),
            .day(daysSinceEpoch: acquisition.to.daysSinceEpoch), .count(acquisition.all.customers),
            .money(minor: Int64(acquisition.all.spend ?? 0), currency: figures.currency))
    }

    private func table(_ acquisition: AcquisitionFigures) -> HTML {
        let names = [
            "source", "won", "spend", "cost", "firstMargin", "left", "monthly", "simple", "adjusted",
        ]
        let everyone: HTML = "<b>\(t: "economics.acquisition.all")</b>"
        return EconomicsTable(
            caption: Phrase("economics.acquisition.title"),
            head: names.map { Phrase("economics.acquisition.\($0)") },
            rows: acquisition.rows.map { (name($0), cells($0)) } + [(everyone, cells(acquisition.all))]
        ).html
    }

    private func name(_ row: AcquisitionFigures.Row) -> HTML {
        row.source.isEmpty ? "\(t: "economics.acquisition.nowhere")" : "\(row.source)"
    }

    private func cells(_ row: AcquisitionFigures.Row) -> [HTML] {
        let currency = figures.currency
        return [
            EconomicsTable.count(row.customers),
            row.spend == nil
                ? #"<span class="muted">\#(t: "economics.acquisition.noSpend")</span>"#
                : EconomicsTable.money(row.spend.map(Double.init), currency),
            EconomicsTable.money(row.cost, currency), EconomicsTable.money(row.firstMargin, currency),
            EconomicsTable.money(row.left, currency), EconomicsTable.money(row.monthly, currency),
            AcquisitionCard.payback(row.simple), AcquisitionCard.payback(row.adjusted),
        ]
    }

    private static func payback(_ payback: AcquisitionFigures.Payback) -> HTML {
        switch payback {
        case .unknown: EconomicsTable.dash
        case .never: #"<span class="chip danger">\#(t: "economics.payback.never")</span>"#
        case .months(let months) where months == 0: "\(t: "economics.payback.first")"
        case .months(let months): "\(t: "economics.payback.months", .number(months, decimals: 1))"
        }
    }

    private func campaigns(_ acquisition: AcquisitionFigures) -> HTML? {
        let rows = acquisition.rows.flatMap { row in row.campaigns.map { (row.source, $0) } }
        guard !rows.isEmpty else { return nil }
        let table = EconomicsTable(
            caption: Phrase("economics.acquisition.campaigns"),
            head: [
                Phrase("economics.acquisition.campaign"), Phrase("economics.acquisition.source"),
                Phrase("economics.acquisition.spend"),
            ],
            rows: rows.map { source, campaign in
                (
                    "\(campaign.name)",
                    ["\(source)", EconomicsTable.money(Double(campaign.spend), figures.currency)]
                )
            })
        return
            #"<details><summary>\#(t: "economics.acquisition.campaigns")</summary>\#(table.html)</details>"#
    }

    private func notes(_ acquisition: AcquisitionFigures) -> HTML {
        let margin: HTML? =
            acquisition.all.firstMargin == nil
            ? #"<p class="empty">\#(t: "economics.missing.noMargin")</p>"# : nil
        let loss: HTML? = acquisition.loss.map {
            #"<p class="muted">\#(t: "economics.acquisition.loss", .percent($0, decimals: 1))</p>"#
        }
        let noLoss: HTML? =
            acquisition.loss == nil
            ? #"<p class="muted">\#(t: "economics.acquisition.noLoss")</p>"# : nil
        let others = acquisition.spendInOtherCurrencies
        let currencies: HTML? =
            others.isEmpty
            ? nil
            : #"<p class="muted">\#(t: "economics.acquisition.currencies", others.joined(separator: ", "))</p>"#
        return "\(margin)\(loss)\(noLoss)\(currencies)"
    }
}

/// How much of the revenue hangs on a few, and whether the base fills faster than it drains.
struct ConcentrationCard {
    let figures: EconomicsFigures
    let names: [Int64: String]

    var html: HTML {
        guard let concentration = figures.concentration.figures else {
            return EconomicsCard.missing("concentration", figures.concentration.missing)
        }
        let lead = Phrase(
            "economics.concentration.lead", .count(concentration.customers),
            .money(minor: Int64(concentration.revenue), currency: figures.currency))
        return EconomicsCard(
            key: "concentration", lead: "<p>\(lead)</p>",
            content:
                #"<div class="two"><div>\#(top(concentration))</div><dl class="facts">\#(facts(concentration))</dl></div>"#
        ).html
    }

    private func top(_ concentration: ConcentrationFigures) -> HTML {
        EconomicsTable(
            caption: Phrase("economics.concentration.top"),
            head: [
                Phrase("economics.concentration.customer"), Phrase("economics.concentration.revenue"),
                Phrase("economics.concentration.together"),
            ],
            rows: zip(concentration.largest, concentration.top).map { customer, share in
                (
                    name(customer.id),
                    [
                        EconomicsTable.money(Double(customer.revenue), figures.currency),
                        "\(.percent(share, decimals: 1))",
                    ]
                )
            }
        ).html
    }

    private func name(_ id: Int64) -> HTML {
        guard let name = names[id] else { return "\(t: "economics.concentration.someone", "\(id)")" }
        let address = "/people/\(id)"
        return #"<a href="\#(address)">\#(name)</a>"#
    }

    private func facts(_ concentration: ConcentrationFigures) -> [HTML] {
        var facts = [
            fact("herfindahl", .number(concentration.herfindahl, decimals: 4)),
            fact("effective", .number(concentration.effectiveCustomers, decimals: 0)),
        ]
        guard let ratio = concentration.ratio else {
            return facts + [note("noRatio")] + replacing(concentration)
        }
        let lower = Argument.number(concentration.ratioLower ?? 0, decimals: 2)
        let upper = concentration.ratioUpper.map { Argument.number($0, decimals: 2) } ?? .text("∞")
        facts.append(fact("new", .count(concentration.new)))
        facts.append(fact("lost", .count(concentration.lost)))
        facts.append(
            fact(
                "ratio",
                .text(
                    Phrase(
                        "economics.concentration.ratio.value", .number(ratio, decimals: 2), lower, upper
                    ).text)))
        return facts + replacing(concentration)
    }

    private func replacing(_ concentration: ConcentrationFigures) -> [HTML] {
        guard let business = concentration.newBusiness, let months = concentration.monthsToReplace else {
            return [note("noReplacing")]
        }
        return [
            fact(
                "business", .money(minor: Int64(business.rounded()), currency: figures.currency)),
            fact("replace", .text(Phrase("economics.payback.months", .number(months, decimals: 1)).text)),
        ]
    }

    private func fact(_ key: String, _ value: Argument) -> HTML {
        "<dt>\(t: "economics.concentration.\(key)")</dt><dd>\(value)</dd>"
    }

    private func note(_ key: String) -> HTML {
        #"<dt class="wide">\#(t: "economics.concentration.\(key)")</dt><dd>–</dd>"#
    }
}
