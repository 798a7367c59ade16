import Kernel
import Methods

/// What the lists hold, and whether working on them helps.
extension FindingRules {
    var lists: [Finding] { [atRisk].compactMap(\.self) + calling }

    /// Customers on a list who are not left alone on purpose, and the money beside them.
    func total(of list: CustomerList) -> (customers: Int, money: FindingValue)? {
        guard let report = facts.figures?.report, let total = report.lists.first(where: { $0.list == list }),
            total.customers > total.held
        else { return nil }
        return (total.customers - total.held, .money(total.money, report.currency))
    }

    private var atRisk: Finding? {
        guard let (customers, money) = total(of: .atRisk), let report = facts.figures?.report else {
            return nil
        }
        let isExpected = report.model != nil && report.spend.refusal == nil
        return Finding(
            kind: .atRisk, variant: isExpected ? "worth" : "soFar",
            size: Double(customers) / Double(max(report.repeaters, customers)), measure: Double(customers),
            headline: [.init("count", .count(customers))],
            detail: [.init("money", money)]
                + (isExpected ? [.init("months", .count(report.horizonMonths))] : []),
            evidence: "/lists/at-risk",
            table: FindingTable(
                heads: ["what", "customers", "money"],
                rows: CustomerList.allCases.compactMap { list in
                    total(of: list).map { [.word("lists.\(list.rawValue)"), .count($0.customers), $0.money] }
                }))
    }

    private var calling: [Finding] { (facts.figures?.outcomes ?? []).compactMap(calling) }

    private func calling(_ outcome: ListOutcome) -> Finding? {
        guard let comparison = outcome.comparison, outcome.worked >= FindingRules.fewest,
            outcome.held >= FindingRules.fewest, let range = try? comparison.interval(), !range.contains(0)
        else { return nil }
        func row(_ key: String, _ came: Int, _ all: Int) -> [FindingValue] {
            [.word(key), .count(all), .count(came), FindingRules.wilson(came, of: all) ?? .nothing]
        }
        return Finding(
            kind: .calling, subject: outcome.list.rawValue,
            variant: comparison.difference > 0 ? "helps" : "hurts",
            size: abs(comparison.difference), measure: comparison.difference,
            headline: [
                .init("list", .word("lists.\(outcome.list.rawValue)")),
                .init("points", .number(abs(comparison.difference) * 100, decimals: 1)),
            ],
            detail: [
                .init("lower", .number(range.lowerBound * 100, decimals: 1)),
                .init("upper", .number(range.upperBound * 100, decimals: 1)),
                .init("days", .count(ListOutcome.days)),
            ],
            evidence: "/lists/\(outcome.list.rawValue)",
            table: FindingTable(
                heads: ["what", "customers", "cameBack", "share"],
                rows: [
                    row("finding.row.open", outcome.workedCame, outcome.worked),
                    row("finding.row.leftAlone", outcome.heldCame, outcome.held),
                ]))
    }
}
