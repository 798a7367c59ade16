import Kernel
import Methods

/// What hangs on few, and what a first purchase leaves.
extension FindingRules {
    var money: [Finding] { [concentration, firstLoss].compactMap(\.self) + worstSources }

    private var concentration: Finding? {
        guard let few = facts.economics?.concentration.figures, let first = few.top.first else { return nil }
        // Of fewer than four customers the three largest are everybody: that says nothing.
        let isHeavy = few.customers > 3 && (few.top.last ?? 0) >= FindingRules.topThree
        guard few.customers > 1, isHeavy || few.herfindahl >= FindingRules.herfindahl else { return nil }
        let names = few.largest.prefix(few.top.count).enumerated()
        let rows: [[FindingValue]] = names.map { place, customer in
            [
                .party(customer.id), .money(Int64(customer.revenue), facts.currency), .share(few.top[place]),
            ]
        }
        let others: [[FindingValue]] = [
            [.word("finding.row.all"), .money(Int64(few.revenue), facts.currency), .share(1)],
            [.word("finding.row.herfindahl"), .nothing, .number(few.herfindahl, decimals: 4)],
            [.word("finding.row.effective"), .nothing, .number(few.effectiveCustomers, decimals: 1)],
        ]
        let months: [NamedFindingValue] =
            few.monthsToReplace.map {
                [.init("months", .number($0, decimals: 1))]
            } ?? []
        return Finding(
            kind: .concentration, variant: few.monthsToReplace == nil ? "unknown" : "months",
            size: few.top.last ?? first, measure: few.top.last ?? first,
            headline: [
                .init("count", .count(few.top.count)), .init("share", .share(few.top.last ?? first)),
                .init("customers", .count(few.customers)),
            ],
            detail: [
                .init("one", .share(first)), .init("herfindahl", .number(few.herfindahl, decimals: 3)),
            ] + months,
            evidence: "/economics",
            table: FindingTable(heads: ["customer", "revenue", "together"], rows: rows + others))
    }

    private var firstLoss: Finding? {
        guard let row = facts.economics?.acquisition.figures?.all else { return nil }
        return loss(row, subject: "", variant: "all")
    }

    /// Sources whose newcomers cost more than their first purchase leaves, the dearest loss first; not said again where
    /// there is only one.
    private var worstSources: [Finding] {
        let rows = facts.economics?.acquisition.figures?.rows.filter { $0.spend != nil } ?? []
        guard rows.count > 1 else { return [] }
        let losses = rows.compactMap { row in
            row.source.isEmpty ? nil : loss(row, subject: row.source.searchKey, variant: "source")
        }
        return Array(losses.sorted { $0.measure < $1.measure }.prefix(FindingRules.mostChannels))
    }

    private func loss(_ row: AcquisitionFigures.Row, subject: String, variant: String) -> Finding? {
        guard row.customers >= FindingRules.fewest, let left = row.left, left < 0, let cost = row.cost,
            let margin = row.firstMargin
        else { return nil }
        let source: [NamedFindingValue] = subject.isEmpty ? [] : [.init("source", .text(row.source))]
        return Finding(
            kind: .firstLoss, subject: subject, variant: variant, size: min(1, -left / max(cost, 1)),
            measure: left,
            headline: [.init("loss", amount(-left))] + source,
            detail: [
                .init("margin", amount(margin)), .init("cost", amount(cost)),
                .init("customers", .count(row.customers)),
            ],
            evidence: "/economics",
            table: FindingTable(
                heads: ["what", "each"],
                rows: [
                    [.word("finding.row.margin"), amount(margin)], [.word("finding.row.cost"), amount(cost)],
                    [.word("finding.row.left"), amount(left)],
                    [.word("finding.row.new"), .count(row.customers)],
                ]))
    }
}
