import Kernel
import Markup

/// Who of last year's customers came again, by how long they have been customers, and how that was in years before.
struct RetentionCard {
    let block: EconomicsFigures.Block<RetentionFigures>

    var html: HTML {
        guard let figures = block.figures else { return EconomicsCard.missing("retention", block.missing) }
        return EconomicsCard(
            key: "retention", lead: "<p>\(sentence(figures))</p>\(cut(figures))",
            content: #"<div class="two"><div>\#(ages(figures))</div><div>\#(years(figures))</div></div>"#
        ).html
    }

    private func sentence(_ figures: RetentionFigures) -> Phrase {
        let all = figures.all
        func day(_ date: LocalDate) -> Argument { .day(daysSinceEpoch: date.daysSinceEpoch) }
        return Phrase(
            "economics.retention.lead", .count(all.before), day(figures.before[0]), day(figures.before[1]),
            .count(all.again), .percent(all.share.share, decimals: 1), .text(all.share.range().text),
            .percent(1 - all.share.share, decimals: 1))
    }

    private func cut(_ figures: RetentionFigures) -> HTML? {
        figures.lastYearIsCut ? #"<p class="muted">\#(t: "economics.retention.cut")</p>"# : nil
    }

    private func ages(_ figures: RetentionFigures) -> HTML {
        table(
            Phrase("economics.retention.ages"), Phrase("economics.retention.age"),
            figures.ages.map { row in
                let isLast = row.number == figures.oldestAge
                return (
                    isLast
                        ? Phrase("economics.retention.older", .count(row.number))
                        : Phrase("economics.retention.years", .count(row.number)), row
                )
            })
    }

    private func years(_ figures: RetentionFigures) -> HTML {
        table(
            Phrase("economics.retention.past"), Phrase("economics.retention.ending"),
            figures.years.map { row in
                let end = (figures.now[1] + 1).adding(months: -12 * row.number) + -1
                return (Phrase("economics.retention.to", .day(daysSinceEpoch: end.daysSinceEpoch)), row)
            })
    }

    private func table(_ caption: Phrase, _ first: Phrase, _ rows: [(Phrase, RetentionFigures.Row)]) -> HTML {
        let table = EconomicsTable(
            caption: caption,
            head: [
                first, Phrase("economics.customers"), Phrase("economics.retention.again"),
                Phrase("economics.retention.share"),
            ],
            rows: rows.map { name, row in
                (
                    "\(name)",
                    [
                        EconomicsTable.count(row.before), EconomicsTable.count(row.again),
                        EconomicsTable.share(row.share),
                    ]
                )
            })
        return #"<h3 class="h">\#(caption)</h3>\#(table.html)"#
    }
}

/// What one and five points of retention would be worth here.
struct WorthCard {
    let figures: EconomicsFigures
    let maySetRate: Bool

    var html: HTML {
        guard let worth = figures.worth.figures else {
            return EconomicsCard.missing("worth", figures.worth.missing, more: link)
        }
        return EconomicsCard(
            key: "worth", lead: "<p>\(sentence(worth))</p>",
            content: """
                \(table(worth))<p>\(t: "economics.worth.quoted")</p>\(MarginNote(rate: figures.rate, costedShare: worth.costedShare).html)
                """
        ).html
    }

    private var link: HTML {
        guard figures.worth.missing == "noMargin", maySetRate else { return .empty }
        return #"<a href="/settings">\#(t: "economics.setMargin")</a>"#
    }

    private func money(_ minor: Double?) -> Argument {
        .money(minor: Int64((minor ?? 0).rounded()), currency: figures.currency)
    }

    private func sentence(_ worth: WorthFigures) -> Phrase {
        Phrase(
            "economics.worth.lead", .count(worth.customers), money(worth.margin), worth.retention.percent(),
            .text(worth.retention.range().text), .percent(figures.discount, decimals: 1),
            money(worth.lifetimeValue))
    }

    private func table(_ worth: WorthFigures) -> HTML {
        let currency = figures.currency
        return EconomicsTable(
            caption: Phrase("economics.worth.title"),
            head: [
                Phrase("economics.worth.points"), Phrase("economics.worth.each"),
                Phrase("economics.worth.all"), Phrase("economics.worth.relative"),
                Phrase("economics.worth.breakEven"),
            ],
            rows: worth.gains.map { gain in
                (
                    "\(t: "economics.worth.more", Int(gain.points))",
                    [
                        "\(EconomicsTable.money(gain.perCustomer, currency)) \(range(gain))",
                        EconomicsTable.money(gain.total, currency),
                        "\(.percent(gain.relative, decimals: 1))",
                        EconomicsTable.money(gain.breakEven, currency),
                    ]
                )
            }
        ).html
    }

    private func range(_ gain: WorthFigures.Gain) -> HTML? {
        guard let lower = gain.lower, let upper = gain.upper else { return nil }
        return #"<small class="muted">\#(t: "economics.range", money(lower), money(upper))</small>"#
    }
}

/// Where a margin comes from.
struct MarginNote {
    let rate: Double?
    let costedShare: Double?

    var html: HTML {
        let share = Argument.percent(costedShare ?? 0, decimals: 1)
        let words =
            (costedShare ?? 0) >= 1
            ? Phrase("economics.margin.whole")
            : rate.map { Phrase("economics.margin.rate", share, .percent($0, decimals: 1)) }
                ?? Phrase("economics.margin.costs", share)
        return #"<p class="muted">\#(words)</p>"#
    }
}
